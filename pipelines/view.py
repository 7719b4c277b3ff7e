"""All records of an archive that is being closed, wherever they stand: in the files of its own shards, or, for members
that have not changed, in an earlier export. Numbered in the archive's order, and taken a slice at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import exports, layout, parts, reuse, shards
from pipelines.schema import RECORDS

_KEPT: Final = 4  # files held decoded: neighbours in an archive were neighbours before
_HELD: Final = 32 << 20  # bytes of small shards held decoded: every question to an export goes through all of them
_LINKED: Final = 4096  # records whose links are looked at together
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Unreadable(Exception):
    """Parts of the earlier export cannot be read: what they held must be read from the archive."""

    def __init__(self, lost: frozenset[int]) -> None:
        super().__init__(lost)
        self.lost = lost


class View:
    """Records by number. ``own``: True where the record was read now; ``file``: its shard, or else its part of the
    earlier export; ``row``: its row there; ``member``: the number of its member."""

    def __init__(self, folder: Path, base: reuse.Base | None) -> None:
        self.files = layout.shards(folder)
        self._small, self._room = dict[int, pa.Table](), _HELD
        noted = [self._members(number) for number in self.files]
        self.members = pa.concat_tables([shards.MEMBERS.empty_table(), *noted]).combine_chunks()
        part, first, rows = (self.members[name].to_numpy() for name in ("part", "row", "rows"))
        shard = np.repeat(np.fromiter(self.files, np.int64, len(noted)), [len(table) for table in noted])
        self.count = int(rows.sum())
        self.starts: Ints = np.cumsum(rows, dtype=np.int64) - rows
        self.member: Ints = np.repeat(np.arange(len(rows)), rows)
        self.within: Ints = np.arange(self.count) - self.starts[self.member]  # 0: the member itself
        self.own = (part == shards.HERE)[self.member]
        self.file: Ints = np.where(self.own, shard[self.member], part[self.member])
        self.row: Ints = first[self.member] + self.within
        self._own_file = lru_cache(maxsize=_KEPT)(self._read_shard)
        self._base_file = lru_cache(maxsize=_KEPT)(self._read_part)
        self.archive = str((layout.read_json(folder / "plan.json") or {}).get("archive", ""))  # its file name
        self.earlier: Ints = np.full(self.count, -1, np.int64)  # its number in the earlier export
        self._base: reuse.Base | None = base
        self._taken: exports.Taken | None = None
        self.places: exports.Places | None = None  # of the earlier export, if anything is taken from it
        if base and not self.own.all():
            self._look_up(base)

    def _look_up(self, base: reuse.Base) -> None:
        try:
            self._taken = exports.Taken(base.folder)
            self.places = exports.Places(base.folder)
        except (OSError, pa.ArrowException):
            raise Unreadable(frozenset(np.unique(self.file[~self.own]).tolist())) from None
        there = np.flatnonzero(~self.own)
        found = self.places.find(self.file[there], self.row[there])
        if (found < 0).any():
            raise Unreadable(frozenset(self.file[there[found < 0]].tolist()))
        self.earlier[there] = found

    def slices(self, names: Sequence[str]) -> Iterator[tuple[int, pa.Table]]:
        """(number of the first, columns of exports.ENCODED), in order."""
        for start in range(0, self.count, exports.GROUP):
            yield start, self._encoded(np.arange(start, min(start + exports.GROUP, self.count)), names)

    def take(self, numbers: Ints, names: Sequence[str]) -> pa.Table:
        """Columns of exports.SAID of some records, as this export says them. ``numbers``: best in order, then what is
        read for each is let go before the next."""
        said = pa.schema([exports.SAID.field(name) for name in names])
        some = np.split(numbers, np.flatnonzero(np.diff(numbers // exports.GROUP)) + 1)
        return pa.concat_tables([self._encoded(each, names).cast(said) for each in some])

    def _encoded(self, numbers: Ints, names: Sequence[str]) -> pa.Table:
        own = self.own[numbers]
        made = _encoded(self._from_shards(numbers[own], names))
        if own.all():
            return made
        try:
            assert self._taken
            tables, place = self._taken.find(self.earlier[numbers[~own]], names)
        except (OSError, pa.ArrowException):
            raise Unreadable(frozenset(np.unique(self.file[~self.own]).tolist())) from None
        where = np.empty(len(numbers), np.int64)
        where[own], where[~own] = np.arange(len(made)), len(made) + place
        return self._said_now(numbers, own, pa.concat_tables([made, *tables]).take(pa.array(where)))

    def _from_shards(self, numbers: Ints, names: Sequence[str]) -> pa.Table:
        tables = [pa.schema([RECORDS.field(name) for name in names]).empty_table()]
        order, runs = _runs(self.file[numbers])
        for run in runs:
            chosen = numbers[order[run]]
            tables.append(_rows(self._own_file(int(self.file[chosen[0]]), tuple(names)), self.row[chosen]))
        table = pa.concat_tables(tables)
        return table if (np.diff(order) > 0).all() else table.take(pa.array(_inverse(order)))

    def _said_now(self, numbers: Ints, own: Bools, table: pa.Table) -> pa.Table:
        """What this export says of unchanged records in the place of what the earlier one said."""
        member, within = pa.array(self.member[numbers]), self.within[numbers] > 0
        if "archive" in table.column_names:
            one = pa.DictionaryArray.from_arrays(np.zeros(len(table), np.int32), [self.archive])
            table = _set(table, "archive", one)
        if "member" in table.column_names:
            names, said = self.members["member"].take(member), table["member"]
            if (inside := np.flatnonzero(within & ~own)).size:
                names = self._inside(numbers, inside, names, said)
            table = _set(table, "member", pc.if_else(pa.array(own), said, names))
        if "fetched_at" in table.column_names:
            fetched = self.members["fetched_at"].take(member)
            table = _set(table, "fetched_at", pc.if_else(pa.array(own | within), table["fetched_at"], fetched))
        return table

    def _inside(self, numbers: Ints, inside: Ints, outer: pa.ChunkedArray, inner: pa.ChunkedArray) -> pa.Array:
        """The names of files inside others: the outermost one's may be another now."""
        names, was = outer.to_pylist(), inner.to_pylist()
        assert self._taken
        tables, place = self._taken.find(self.earlier[numbers[inside]] - self.within[numbers[inside]], ("member",))
        before = pa.concat_tables(tables).take(pa.array(place))["member"].to_pylist()
        for number, root in zip(inside.tolist(), before, strict=True):
            names[number] += was[number].removeprefix(root)
        return pa.array(names, pa.string())

    def links(self) -> Iterator[tuple[Ints, pa.Table]]:
        """(numbers, columns ``links`` and ``published_at``) of the records of some files after others; the number is
        -1 where a file holds a row that is none of them."""
        held = list[tuple[Ints, pa.Table]]()
        for numbers in self.by_file():
            held.append(self._linked(numbers))
            if sum(len(each) for each, _ in held) >= _LINKED:
                yield _together(held)
                held = []
        if held:
            yield _together(held)

    def _linked(self, numbers: Ints) -> tuple[Ints, pa.Table]:
        """Of the records of one file, in the order of their rows. Its table whole: to take nearly all of it costs as
        much as reading it."""
        names, row = ("links", "published_at"), self.row[numbers]
        if (np.diff(row) <= 0).any():  # a document that the export holds twice
            return numbers, self._of_file(numbers, names)
        table = self._file(numbers, names)
        every = np.full(len(table), -1, np.int64)
        every[row] = numbers
        return every, table

    def by_file(self) -> Iterator[Ints]:
        """The numbers of the records in each file, in the order of their rows."""
        order = np.lexsort((self.row, self.file, self.own))
        file, own = self.file[order], self.own[order]
        ends = np.flatnonzero((np.diff(file) != 0) | (np.diff(own.astype(np.int8)) != 0)) + 1
        if len(order):
            yield from np.split(order, ends)

    def full(self, numbers: Ints, names: Sequence[str]) -> pa.Table:
        """Columns of RECORDS of some records as their files hold them."""
        names = tuple(names)
        order, runs = _runs(np.where(self.own[numbers], -1 - self.file[numbers], self.file[numbers]))
        nothing = pa.schema([RECORDS.field(name) for name in names]).empty_table()
        table = pa.concat_tables([nothing, *(self._of_file(numbers[order[run]], names) for run in runs)])
        return table if (np.diff(order) > 0).all() else table.take(pa.array(_inverse(order)))

    def _of_file(self, numbers: Ints, names: tuple[str, ...]) -> pa.Table:
        """The same of records that all stand in one file."""
        return _rows(self._file(numbers, names), self.row[numbers])

    def _file(self, numbers: Ints, names: tuple[str, ...]) -> pa.Table:
        """Columns of the file that some records stand in."""
        file = int(self.file[numbers[0]])
        if self.own[numbers[0]]:
            return self._own_file(file, names)
        try:
            return self._base_file(file, names)
        except (OSError, pa.ArrowException):
            raise Unreadable(frozenset((file,))) from None

    def _members(self, shard: int) -> pa.Table:
        """What a shard notes of its members; holds its records if they are few."""
        path = self.files[shard]
        if path.suffix == ".parquet":
            return shards.members(path)
        small = shards.staged(path)
        size = small.get_total_buffer_size()
        if size <= self._room:
            self._small[shard] = small
            self._room -= size
        return shards.members(path, small)

    def _read_shard(self, shard: int, names: tuple[str, ...]) -> pa.Table:
        if shard in self._small:
            return self._small[shard].select(list(names))
        return shards.records(self.files[shard], list(names))

    def _read_part(self, part: int, names: tuple[str, ...]) -> pa.Table:
        assert self._base
        return parts.columns(self._base.folder / layout.part_name(part), names)


def _encoded(table: pa.Table) -> pa.Table:
    """Columns of exports.SAID as those of exports.ENCODED."""
    return table.cast(pa.schema([exports.ENCODED.field(name) for name in table.column_names]))


def _together(held: Sequence[tuple[Ints, pa.Table]]) -> tuple[Ints, pa.Table]:
    numbers, tables = zip(*held, strict=True)
    return np.concatenate(numbers), pa.concat_tables(tables)


def _set(table: pa.Table, name: str, column: pa.Array | pa.ChunkedArray) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, table.schema.field(place), column)


def _runs(keys: Ints) -> tuple[Ints, list[slice]]:
    """An order that brings equal keys together, and where each key's are in it."""
    order = np.argsort(keys, kind="stable")
    ends = np.flatnonzero(np.diff(keys[order])) + 1
    bounds = [0, *ends.tolist(), len(order)] if len(order) else [0]
    return order, [slice(start, stop) for start, stop in pairwise(bounds)]


def _inverse(order: Ints) -> Ints:
    """Where each of the things that were brought into ``order`` is now."""
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places


def _rows(table: pa.Table, rows: Ints) -> pa.Table:
    if len(rows) == len(table) and (rows == np.arange(len(table))).all():
        return table
    return table.take(pa.array(rows))
