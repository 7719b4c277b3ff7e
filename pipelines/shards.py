"""What a worker leaves of some shards that follow each other: their records, and a note of all members they were made
from.

Records that were read now stand in the file itself; of a member that has not changed since an earlier export only its
place there is noted. A few new records become a small Arrow file, which is put together with others when the archive
closes; more become a part at once.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import layout, parts
from pipelines.schema import RECORDS

MEMBERS: Final = pa.schema(
    [
        pa.field("key", pa.binary(16), nullable=False),
        pa.field("part", pa.int32(), nullable=False),  # of the earlier export its records stand in; HERE: read now
        pa.field("row", pa.int32(), nullable=False),  # of the member's own record in that part, or in the shard's file
        pa.field("rows", pa.int32(), nullable=False),  # its record and those of the files in it
        pa.field("extractors", pa.string(), nullable=False),  # of these, parted by blanks; "" never taken again
        pa.field("member", pa.string(), nullable=False),  # its path now; "" and null when it was read now
        pa.field("fetched_at", RECORDS.field("fetched_at").type),
    ]
)
HERE: Final = -1
_NOTHING: Final = RECORDS.empty_table()  # making it takes as long as three records
_NOTE: Final = "members"
_BASE: Final = "base"
_SHARDS: Final = "shards"  # how many, where it is not one
_SUM: Final = 16  # bytes of a checksum
_OLD: Final = b"\xff\xff\xff\xff"  # how the notes of an older version begin
_FEW: Final = 128  # records; a Parquet file costs as much time as extracting five pages
_SMALL: Final = 8 << 20  # bytes
Same = tuple[int, str, datetime | None]  # a member that has not changed: its number in the earlier export, path, date


class Notes:
    """Gathers what is said of the members of some shards. ``base``: names the earlier export it refers to, or is "";
    ``known``: the first columns of MEMBERS of some members of it, by their numbers."""

    def __init__(
        self, base: str = "", known: Callable[[Sequence[int]], pa.Table] | None = None, shards: int = 1
    ) -> None:
        self._base, self._known, self._shards = base, known, shards
        self._made, self._count = list[tuple[int, bytes, int, int, str]](), 0
        self._same = list[Same]()

    def made(self, key: bytes, rows: int, extractors: str) -> None:
        """A member that was read now: its records come next in the file."""
        place = len(self._made) + len(self._same)
        self._made.append((place, key or bytes(16), self._count, rows, extractors))
        self._count += rows

    def same(self, member: Same) -> None:
        self._same.append(member)

    def members(self) -> pa.Table:
        """MEMBERS of all that was noted, in order."""
        place, key, row, rows, extractors = map(list, zip(*self._made, strict=True)) if self._made else [[]] * 5
        own = {"key": pa.array(key, pa.binary(16)), "row": pa.array(row, pa.int32())}
        own |= {"rows": pa.array(rows, pa.int32()), "extractors": pa.array(extractors, pa.string())}
        made = _all_here(pa.table(own))
        if not self._same:
            return made
        assert self._known
        numbers, names, fetched = zip(*self._same, strict=True)
        said = [pa.array(names, pa.string()), pa.array(fetched, MEMBERS.field("fetched_at").type)]
        same = pa.table([*self._known(numbers).columns, *said], schema=MEMBERS)
        if not self._made:
            return same
        order = np.empty(len(same) + len(made), np.int64)
        order[place] = np.arange(len(same), len(order))
        order[np.delete(np.arange(len(order)), place)] = np.arange(len(same))
        return pa.concat_tables([same, made]).take(pa.array(order))

    def encoded(self, members: pa.Table) -> dict[str, str]:
        """``members`` as key-value metadata of their file."""
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, MEMBERS) as writer:
            writer.write_table(members.combine_chunks())
        noted = {_NOTE: base64.b64encode(_packed(sink.getvalue())).decode(), _BASE: self._base}
        return noted if self._shards == 1 else noted | {_SHARDS: str(self._shards)}


@contextmanager
def writing(folder: Path, ordinal: int, *, few: bool) -> Iterator[parts.Sink]:
    """A sink of the records of a shard, whose file appears when the block ends without an error. ``few``: most members
    may be unchanged."""
    if not few:
        with parts.writing(folder / layout.part_name(ordinal), RECORDS, RECORDS.names) as writer:
            yield writer
        return
    with ExitStack() as stack:
        late = _Late(folder, ordinal, stack)
        yield late
        late.finish()


class _Late:
    """Opens a Parquet file only when there is enough for one; holds one row group at most."""

    def __init__(self, folder: Path, ordinal: int, stack: ExitStack) -> None:
        self._folder, self._ordinal, self._stack = folder, ordinal, stack
        self._held, self._notes = _NOTHING, dict[str, str]()
        self._writer: pq.ParquetWriter | None = None

    def write_table(self, table: pa.Table, row_group_size: int | None = None) -> None:
        if len(self._held) or self._writer:
            self._parquet().write_table(table, row_group_size)
        else:
            self._held = table

    def add_key_value_metadata(self, key_value_metadata: dict[str, str]) -> None:
        self._notes |= key_value_metadata

    def finish(self) -> None:
        if self._writer is None and len(self._held) < _FEW and self._held.nbytes < _SMALL:
            _stage(self._folder / layout.shard_name(self._ordinal), self._held, self._notes)
        else:
            self._parquet().add_key_value_metadata(self._notes)
            self._stack.close()

    def _parquet(self) -> pq.ParquetWriter:
        if self._writer is None:
            path = self._folder / layout.part_name(self._ordinal)
            self._writer = self._stack.enter_context(parts.writing(path, RECORDS, RECORDS.names))
            if len(self._held):
                self._writer.write_table(self._held, parts.ROWS)
        return self._writer


def _stage(path: Path, table: pa.Table, notes: dict[str, str]) -> None:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, RECORDS.with_metadata(notes)) as writer:
        writer.write_table(table)
    packed = _packed(sink.getvalue())
    with layout.replacing(path, lasting=False) as temporary:  # a fifth of the time goes into waiting for the disk
        temporary.write_bytes(_sum(packed) + packed)


def _packed(content: pa.Buffer) -> bytes:
    """Compressed as a whole: column by column it would take three times as long."""
    return len(content).to_bytes(8, "little") + bytes(pa.compress(content, "zstd", asbytes=True))


def _unpacked(packed: bytes) -> pa.Buffer:
    return pa.decompress(packed[8:], int.from_bytes(packed[:8], "little"), "zstd")


def staged(path: Path) -> pa.Table:
    """The records of a small shard; its notes are the schema's metadata."""
    content = path.read_bytes()
    return pa.ipc.open_stream(_unpacked(content[_SUM:])).read_all()


def is_whole(path: Path) -> bool:
    """Whether a shard's file holds what was written to it: a loss of power may have taken that from a small one."""
    if path.suffix == ".parquet":
        return True
    content = path.read_bytes()
    return len(content) > _SUM and content[:_SUM] == _sum(content[_SUM:])


def _sum(packed: bytes) -> bytes:
    return blake2b(packed, digest_size=_SUM).digest()


def records(path: Path, names: list[str]) -> pa.Table:
    """Some columns of what a shard's file holds itself."""
    return parts.columns(path, names) if path.suffix == ".parquet" else staged(path).select(names)


def _notes(path: Path) -> dict[str, str]:
    return parts.notes(path) if path.suffix == ".parquet" else _notes_of(staged(path))


def _notes_of(small: pa.Table) -> dict[str, str]:
    return {key.decode(): value.decode() for key, value in (small.schema.metadata or {}).items()}


def base_of(path: Path) -> str:
    """The earlier export a shard refers to; "" when it refers to none."""
    return _notes(path).get(_BASE, "")


def covered(path: Path) -> range:
    """The ordinals of the shards that a file is made of."""
    first = int(path.stem.rpartition("-")[2])
    return range(first, first + int(_notes(path).get(_SHARDS, "1")))


def members(path: Path, small: pa.Table | None = None) -> pa.Table:
    """What a shard's file notes of its members (MEMBERS); a file of an older version holds the records of all.
    ``small``: the records of a small shard, where they are read already."""
    notes = _notes(path) if small is None else _notes_of(small)
    noted = base64.b64decode(notes.get(_NOTE, ""))
    if not noted:  # of a version that noted nothing: none of its records is ever taken again
        return _unnoted(parts.rows(path))
    if not noted.startswith(_OLD):
        return pa.ipc.open_stream(_unpacked(noted)).read_all()
    table = pa.ipc.open_stream(noted).read_all()
    return _all_here(table)


def _unnoted(count: int) -> pa.Table:
    row = pa.array(range(count), pa.int32())
    one, no = pa.array([1] * count, pa.int32()), pa.array([""] * count, pa.string())
    keys = pa.array([bytes(16)] * count, pa.binary(16))
    return _all_here(pa.table({"key": keys, "row": row, "rows": one, "extractors": no}))


def _all_here(table: pa.Table) -> pa.Table:
    count = len(table)
    here = {"part": pa.array([HERE] * count, pa.int32()), "member": pa.array([""] * count, pa.string())}
    here["fetched_at"] = pa.nulls(count, MEMBERS.field("fetched_at").type)
    return pa.table([here[n] if n in here else table[n] for n in MEMBERS.names], schema=MEMBERS)
