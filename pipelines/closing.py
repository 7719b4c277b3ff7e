"""An archive all of whose shards are read becomes an export that stands for itself.

Parts of an earlier export that are still needed get a second name in its folder, so that nothing that happens to the
earlier export's folder can break it. What was read now in small portions is put together in parts of some size; so is
what is left of parts of which most is gone, of too many small parts, and what a page now says other things of, because
its hits may be others. Last comes ``rows.parquet``: until then, and if that is lost, nothing has been lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from pipelines import exports, layout, links, parts, reuse, stages, totals
from pipelines.schema import RECORDS
from pipelines.stages import Laps, Spent
from pipelines.view import Ints, Unreadable, View

_ROWS: Final = 2048  # of a part that is put together
_STEP: Final = 256  # rows put together at a time
_FEW: Final = 128  # rows of a part that counts as small
_SMALL: Final = 1 << 20  # bytes of one
_MANY: Final = 16  # small parts are too many


@dataclass(frozen=True, slots=True)
class Closed:
    folder: Path
    totals: totals.Totals
    unchanged: int  # of the records
    spent: Spent


@dataclass(frozen=True, slots=True)
class Unusable:
    """Parts of the earlier export turned out to be unreadable: shards that refer to them must be read again."""

    folder: Path
    lost: frozenset[int]
    spent: Spent


def close(folder: Path, base: reuse.Base | None) -> Closed | Unusable:
    """Writes all that an export's folder holds besides its parts and its manifest. Raises StorageError."""
    laps = Laps()
    try:
        if base and not exports.is_listed(base.folder):
            _list(base.folder)
        counted, unchanged = _close(folder, base, laps)
    except Unreadable as error:
        return Unusable(folder, error.lost, laps.spent())
    return Closed(folder, counted, unchanged, laps.spent())


def _list(folder: Path) -> None:
    """Makes an export that an older version finished one of this version."""
    try:
        _close(folder, None, Laps())
    except (OSError, pa.ArrowException):
        raise Unreadable(frozenset(map(layout.ordinal, layout.parts(folder)))) from None


def _close(folder: Path, base: reuse.Base | None, laps: Laps) -> tuple[totals.Totals, int]:
    """What the export holds, and how many records of it had not changed."""
    view = View(folder, base)
    related, context = links.context(view)
    placed = _Placed(folder, view, base, _changed(view, base, related, context))
    laps.lap(stages.TIE)
    placed.link()
    placed.gather()
    laps.lap(stages.TAKE)
    _write_members(folder, view, placed)
    _write_context(folder, placed, related, context)
    laps.lap(stages.INDEX)
    counted = _write_rows(folder, view, placed, base)
    laps.lap(stages.COUNT)
    return counted, int((~view.own).sum())


def _changed(view: View, base: reuse.Base | None, related: Ints, context: pa.Table) -> Ints:
    """The members that have not changed themselves, but of which a page now says other things."""
    if base is None or view.own.all():
        return np.empty(0, np.int64)
    assert view.places
    before, said = _context_before(base, view.places)
    now = np.full(view.count, -1, np.int64)
    now[related] = np.arange(len(related))
    same = np.flatnonzero(~view.own)
    ours, theirs = now[same], before[view.earlier[same]]
    changed = (ours < 0) != (theirs < 0)
    both = np.flatnonzero((ours >= 0) & (theirs >= 0))
    changed[both] = links.differ(context.take(pa.array(ours[both])), said.take(pa.array(theirs[both])))
    return np.unique(view.member[same[changed]])


def _context_before(base: reuse.Base, places: exports.Places) -> tuple[Ints, pa.Table]:
    """(row of the table by the record's number in the earlier export, or -1; the table)."""
    try:
        said = parts.columns(links.context_of(base.folder), ("part", "record_row", *links.FROM_PAGE))
        number = places.find(said["part"].to_numpy(), said["record_row"].to_numpy())
        count = exports.count(base.folder)
    except (OSError, pa.ArrowException):
        raise Unreadable(frozenset(part.ordinal for part in exports.parts_of(base.folder))) from None
    before = np.full(count, -1, np.int64)
    before[number[number >= 0]] = np.flatnonzero(number >= 0)
    return before, said


class _Placed:
    """Where each record of an export lies in the end: ``part`` and ``row``."""

    def __init__(self, folder: Path, view: View, base: reuse.Base | None, changed: Ints) -> None:
        self._folder, self._view, self._base = folder, view, base
        self.part, self.row = view.file.astype(np.int32), view.row.astype(np.int32)
        self.parts = [
            exports.Part(ordinal, parts.rows(path), path.stat().st_size, -1)
            for ordinal, path in view.files.items() if path.suffix == ".parquet"
        ]  # fmt: skip
        whole = np.isin(view.file, [part.ordinal for part in self.parts])
        self._gathered = np.where(view.own, ~whole, np.isin(view.member, changed))
        self._next = layout.FIRST_TAKEN
        self._linked = self._kept() if base else []

    def _kept(self) -> list[exports.Part]:
        """The parts of the earlier export that are worth a second name; what stays of others is to be put together."""
        assert self._base
        view, wanted = self._view, ~self._view.own & ~self._gathered
        used, counts = np.unique(view.file[wanted], return_counts=True)
        every = {part.ordinal: part for part in exports.parts_of(self._base.folder)}
        kept = [every[u] for u, count in zip(used.tolist(), counts.tolist(), strict=True) if 2 * count >= every[u].rows]
        small = {part.ordinal for part in kept if part.rows < _FEW and part.size < _SMALL}
        if len(small) > _MANY:
            kept = [part for part in kept if part.ordinal not in small]
        self._gathered |= wanted & ~np.isin(view.file, [part.ordinal for part in kept])
        return kept

    def link(self) -> None:
        """Gives parts of the earlier export a second name here."""
        for stale in layout.parts(self._folder):
            if layout.ordinal(stale) >= layout.FIRST_TAKEN:
                stale.unlink()
        becomes = dict[int, int]()
        for part in self._linked:
            assert self._base
            becomes[part.ordinal] = self._next
            try:
                into = self._folder / layout.part_name(self._next)
                layout.link(self._base.folder / layout.part_name(part.ordinal), into)
            except FileNotFoundError:
                raise Unreadable(frozenset((part.ordinal,))) from None
            self.parts.append(exports.Part(self._next, part.rows, part.size, part.ordinal))
            self._next += 1
        if becomes:
            view = self._view
            stays = np.flatnonzero(~view.own & ~self._gathered)
            old = np.array(list(becomes), np.int64)
            new = np.array(list(becomes.values()), np.int32)
            order = np.argsort(old)
            self.part[stays] = new[order][np.searchsorted(old[order], view.file[stays])]

    def gather(self) -> None:
        """Puts the other records together, in the export's order."""
        numbers = np.flatnonzero(self._gathered)
        # Where in ``numbers`` members begin: none is ever divided.
        starts = np.unique(np.searchsorted(numbers, self._view.starts))
        while len(numbers):
            taken = self._one_part(numbers, starts)
            numbers, starts = numbers[taken:], starts - taken

    def _one_part(self, numbers: Ints, starts: Ints) -> int:
        """Writes a part of the first of ``numbers``; of how many."""
        path = self._folder / layout.part_name(self._next)
        stop = len(numbers)
        if stop > _ROWS:
            possible = starts[(starts > 0) & (starts <= _ROWS)]
            stop = int(possible.max()) if len(possible) else int(starts[starts > 0].min(initial=stop))
        with parts.writing(path, RECORDS, RECORDS.names) as writer:
            records = parts.RecordsWriter(writer)
            for first in range(0, stop, _STEP):
                records.add_table(self._view.full(numbers[first : min(first + _STEP, stop)], RECORDS.names))
            records.flush()
        self.part[numbers[:stop]] = self._next
        self.row[numbers[:stop]] = np.arange(stop)
        self.parts.append(exports.Part(self._next, stop, path.stat().st_size, -1))
        self._next += 1
        return stop


def _write_members(folder: Path, view: View, placed: _Placed) -> None:
    some = view.starts  # every member has a record
    with parts.writing(reuse.index_of(folder), reuse.INDEX, ("key", "row")) as writer:
        said = {"part": pa.array(placed.part[some], pa.int32()), "row": pa.array(placed.row[some], pa.int32())}
        table = pa.table([said.get(n, view.members[n]) for n in reuse.INDEX.names], schema=reuse.INDEX)
        writer.write_table(table, exports.GROUP)


def _write_context(folder: Path, placed: _Placed, related: Ints, context: pa.Table) -> None:
    part, row = placed.part[related], placed.row[related]
    full = pa.table([pa.array(part), pa.array(row), *context.columns], schema=links.CONTEXT)
    with parts.writing(links.context_of(folder), links.CONTEXT) as writer:
        writer.write_table(full.take(pa.array(np.lexsort((row, part)))), exports.GROUP)


def _write_rows(folder: Path, view: View, placed: _Placed, base: reuse.Base | None) -> totals.Totals:
    count = totals.Count()
    with parts.writing(exports.rows_of(folder), exports.ENCODED, exports.UNIQUE, stored=False) as writer:
        for start, table in view.slices(exports.SAID.names):
            count.add(table)
            stop = start + len(table)
            where = pa.array(placed.part[start:stop]), pa.array(placed.row[start:stop])
            columns = [*parts.compact(table).columns, *where]
            writer.write_table(pa.table(columns, schema=exports.ENCODED), exports.GROUP)
        origin = exports.Origin(base.folder.name, exports.digest(base.folder)) if base else None
        every = np.stack([placed.part, placed.row])
        writer.add_key_value_metadata(exports.notes(placed.parts, origin, every))
    return count.total()


def tidy(folder: Path) -> None:
    """Removes what a finished export no longer needs: what its shards left, and how older versions noted contexts."""
    needed = {part.ordinal for part in exports.parts_of(folder)}
    unneeded = [path for path in layout.parts(folder) if layout.ordinal(path) not in needed]
    for path in (*unneeded, *folder.glob("shard-*.arrow"), *folder.glob("context/part-*.parquet")):
        path.unlink(missing_ok=True)
