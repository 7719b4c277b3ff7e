"""Documents that have not changed since an earlier export of the same site are not extracted again.

Every part of records notes, in its own metadata, the members it was made from: a key of all that their records depend
on (place, address, what the server claimed, every byte), and where the records were copied from, if they were. A
finished archive gathers these notes in ``members.parquet``: what the next export of the site is looked up in.

A document is looked up by 128 bits of BLAKE2b. Its records are copied as Arrow columns; only what the export decides
(archive, member, time of fetching) is written anew. What a failing machine may have decided (time and memory limits,
damage) is never copied, nor what a password of tomorrow may open, nor what an extractor of another version read.
"""

from __future__ import annotations

import base64
import struct
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines import layout, parts
from pipelines.documents import Member
from pipelines.schema import RECORDS, Status

MEMBERS: Final = pa.schema(
    [
        pa.field("key", pa.binary(16), nullable=False),
        pa.field("row", pa.int32(), nullable=False),  # of the member's own record in its part
        pa.field("rows", pa.int32(), nullable=False),  # its record and those of the files in it
        pa.field("extractors", pa.string(), nullable=False),  # of all of these, parted by blanks; "" never copied
        pa.field("origin", pa.string(), nullable=False),  # "archive_id/part-000123.parquet" it was copied from, or ""
        pa.field("origin_row", pa.int32(), nullable=False),
    ]
)
INDEX: Final = MEMBERS.append(pa.field("part", pa.int32(), nullable=False))  # ordinal
_NOTE: Final = "members"
_TWO: Final = struct.Struct("=QQ")  # a key, as it is looked up
# A locked file is tried again: the owner may know its password by now.
_LASTING: Final = frozenset((Status.EXTRACTED, Status.PARTIAL, Status.UNSUPPORTED))
_KEPT_PARTS: Final = 3  # of earlier records held decoded in a worker: unchanged neighbours stay neighbours


class Ref(NamedTuple):
    """The records of a member in an earlier export: ``rows`` of them from ``row`` on."""

    part: str  # "archive_id/part-000123.parquet"
    row: int
    rows: int
    extractors: str


def key_of(member: Member, location: str) -> bytes:
    """Equal for two members whose records are equal but for the export they came in; b"" for one without data."""
    if member.data is None:
        return b""
    name = member.path.rpartition("/")[2]
    claims = (location, member.url, name, member.media_type, member.charset, member.status, member.reason)
    fields = (word for pair in sorted(member.fields.items()) for word in pair)
    digest = blake2b("\0".join((*claims, *fields, "")).encode("utf-8", "surrogatepass"), digest_size=16)
    digest.update(member.data)
    return digest.digest()


class Here(NamedTuple):
    """What an export says anew of a member that has not changed."""

    path: str
    fetched_at: datetime | None


class Known:
    """What an earlier export of a site holds, by key."""

    def __init__(self, folder: Path, stale: frozenset[str]) -> None:
        table = parts.columns(folder / "members.parquet", INDEX.names)
        extractors = table["extractors"].combine_chunks().dictionary_encode()
        usable = [bool(names) and stale.isdisjoint(names.split()) for names in extractors.dictionary.to_pylist()]
        table = table.filter(pa.array(np.array(usable, bool)[extractors.indices.to_numpy()], pa.bool_()))
        halves = _halves(table["key"])
        order = np.argsort(halves[:, 0], kind="stable")
        self._first, self._second = (np.ascontiguousarray(halves[order, half]).data for half in (0, 1))
        self._name = folder.name
        self._rows, self._counts, self._parts = (table[n].to_numpy()[order] for n in ("row", "rows", "part"))
        names = table["extractors"].combine_chunks().dictionary_encode()
        self._names, self._name_of = names.dictionary.to_pylist(), names.indices.to_numpy()[order]

    def find(self, key: bytes) -> Ref | None:
        if not key:
            return None
        first, second = _TWO.unpack(key)
        place = bisect_left(self._first, first)  # for one number at a time a fifth of numpy's time
        while place < len(self._first) and self._first[place] == first:
            if self._second[place] == second:
                return self._ref(place)
            place += 1
        return None

    def _ref(self, place: int) -> Ref:
        part = f"{self._name}/{layout.part_name(int(self._parts[place]))}"
        names = self._names[self._name_of[place]]
        return Ref(part, int(self._rows[place]), int(self._counts[place]), names)


def _halves(keys: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    joined = b"".join(keys.to_pylist())
    return np.frombuffer(joined, np.uint64).reshape(-1, 2)


@lru_cache(maxsize=2)
def known(folder: Path, stale: frozenset[str], _finished: int) -> Known | None:
    """``_finished``: when the archive was finished, so that one read anew under the same name is looked at anew."""
    return Known(folder, stale) if (folder / "members.parquet").exists() else None


class Notes:
    """Gathers what a part says of its members."""

    def __init__(self) -> None:
        self._rows: list[tuple[bytes, int, int, str, str, int]] = []
        self._count = 0

    def made(self, key: bytes, rows: list[dict[str, Any]]) -> None:
        """A member that was read now."""
        lasting = key and all(row["status"] in _LASTING for row in rows)
        names = " ".join(sorted({row["extractor"] or "none" for row in rows})) if lasting else ""
        self._add(key or bytes(16), len(rows), names, "", 0)

    def copied(self, key: bytes, ref: Ref) -> None:
        self._add(key, ref.rows, ref.extractors, ref.part, ref.row)

    def _add(self, key: bytes, rows: int, extractors: str, origin: str, origin_row: int) -> None:
        self._rows.append((key, self._count, rows, extractors, origin, origin_row))
        self._count += rows

    def encoded(self) -> dict[str, str]:
        """As key-value metadata of the part."""
        columns = [list(column) for column in zip(*self._rows, strict=True)] or [[]] * len(MEMBERS)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, MEMBERS, strict=True)]
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, MEMBERS, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=MEMBERS))
        return {_NOTE: base64.b64encode(sink.getvalue()).decode()}


def members(part: Path) -> pa.Table:
    """What a part of records notes of its members (MEMBERS); empty for a part that notes nothing."""
    noted = parts.notes(part).get(_NOTE)
    return pa.ipc.open_stream(base64.b64decode(noted)).read_all() if noted else MEMBERS.empty_table()


def write_index(folder: Path) -> None:
    """Gathers the notes of all parts of a finished archive. Raises StorageError."""
    with parts.writing(folder / "members.parquet", INDEX) as writer:
        for part in layout.parts(folder):
            table = members(part)
            ordinal = pa.array([layout.ordinal(part)] * len(table), pa.int32())
            writer.write_table(table.append_column(INDEX.field("part"), ordinal))


@lru_cache(maxsize=_KEPT_PARTS)
def _earlier(path: Path) -> pa.Table:
    return parts.columns(path, RECORDS.names)


def copies(records_dir: Path, archive: str, found: Iterable[tuple[Ref, Here]]) -> Iterator[pa.Table]:
    """The records of unchanged members as they are in this export, neighbours of one earlier part together."""
    held: list[tuple[Ref, Here]] = []
    for ref, member in found:
        if held and held[0][0].part != ref.part:
            yield _copied(records_dir / held[0][0].part, archive, held)
            held = []
        held.append((ref, member))
    if held:
        yield _copied(records_dir / held[0][0].part, archive, held)


def _copied(part: Path, archive: str, found: list[tuple[Ref, Here]]) -> pa.Table:
    wanted = np.concatenate([np.arange(ref.row, ref.row + ref.rows) for ref, _ in found])
    table = _earlier(part)
    if len(wanted) != len(table) or (wanted != np.arange(len(table))).any():
        table = table.take(pa.array(wanted))
    fetched, names = table["fetched_at"].to_pylist(), table["member"].to_pylist()
    at = 0
    for ref, member in found:
        fetched[at] = member.fetched_at
        was = names[at]
        if was != member.path:
            for row in range(at, at + ref.rows):
                names[row] = member.path + names[row].removeprefix(was)
        at += ref.rows
    fresh: Mapping[str, list[Any]] = {"archive": [archive] * len(table), "member": names, "fetched_at": fetched}
    for name, values in fresh.items():
        place = table.schema.get_field_index(name)
        table = table.set_column(place, table.schema.field(place), pa.array(values, table.schema.field(place).type))
    return table


@dataclass(frozen=True, slots=True)
class Base:
    """The earlier export a new one is compared with."""

    folder: Path
    stale: frozenset[str]  # extractors of another version now
    finished: int  # time of its manifest, ns

    def known(self) -> Known | None:
        return known(self.folder, self.stale, self.finished)


def find_base(records_dir: Path, own: Path, plan: Mapping[str, Any], lineage: str, base_name: Any) -> Base | None:
    """The newest finished archive of the same site, read under the same settings, that is not ``own`` folder."""
    best: Base | None = None
    for manifest in records_dir.glob("*/manifest.json"):
        known_plan = (layout.read_json(manifest) or {}).get("plan", {})
        alike = all(known_plan.get(name) == plan.get(name) for name in ("extractors", "sites", "fields"))
        if manifest.parent == own or not alike or base_name(known_plan.get("archive", "")) != lineage:
            continue
        finished = manifest.stat().st_mtime_ns
        if best is None or finished > best.finished:
            best = Base(manifest.parent, _stale(known_plan.get("versions", {}), plan.get("versions", {})), finished)
    return best


def _stale(before: Mapping[str, str], now: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for name in {*before, *now} if before.get(name) != now.get(name))
