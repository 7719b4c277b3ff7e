"""Documents that have not changed since an earlier export of the same site are not extracted again.

Every shard notes the members it was made from: a key of all that their records depend on (place, address, what the
server claimed, every byte). A finished archive gathers these notes in ``members.parquet``: what the next export of the
site is looked up in.

A document is looked up by 128 bits of BLAKE2b. What a failing machine may have decided (time and memory limits, damage)
is never taken again, nor what a password of tomorrow may open, nor what an extractor of another version read.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines import exports, layout, locations, parts
from pipelines.documents import Member
from pipelines.records import Row
from pipelines.schema import Status
from pipelines.shards import MEMBERS

INDEX: Final = pa.schema([MEMBERS.field(name) for name in ("key", "part", "row", "rows", "extractors")])
_KEY: Final = 16  # bytes of one
_FIRST: Final = struct.Struct("=Q")  # what of a key is looked up
# A locked file is tried again: the owner may know its password by now.
_LASTING: Final = frozenset((Status.EXTRACTED, Status.PARTIAL, Status.UNSUPPORTED))


def key_of(member: Member, archive: str) -> bytes:
    """Equal for two members whose records are equal but for the export they came in; b"" for one without data.
    ``archive``: what the locations of members without a URL begin with."""
    if member.data is None:
        return b""
    place = "" if member.url else locations.of_member(archive, member.path)
    name = member.path.rpartition("/")[2]
    claims = (place, member.url, name, member.media_type, member.charset, member.status, member.reason)
    fields = (word for pair in sorted(member.fields.items()) for word in pair)
    digest = blake2b("\0".join((*claims, *fields, "")).encode("utf-8", "surrogatepass"), digest_size=16)
    digest.update(member.data)
    return digest.digest()


class Known:
    """What an earlier export of a site holds, by key."""

    def __init__(self, folder: Path, stale: frozenset[str], lost: frozenset[int]) -> None:
        table = parts.columns(index_of(folder), INDEX.names)
        extractors = table["extractors"].combine_chunks().dictionary_encode()
        usable = [bool(names) and stale.isdisjoint(names.split()) for names in extractors.dictionary.to_pylist()]
        there = np.isin(table["part"].to_numpy(), list(lost), invert=True)
        table = table.filter(pa.array(np.array(usable, bool)[extractors.indices.to_numpy()] & there, pa.bool_()))
        self._members = table.combine_chunks()
        halves = _halves(table["key"])
        self._keys = halves.tobytes()
        order = np.argsort(halves[:, 0], kind="stable")
        self._sorted, self._order, self._guess = halves[order, 0].data, order.data, 0

    def find(self, key: bytes) -> int | None:
        """The number of a member; None if there is none with this key."""
        if not key:
            return None
        at = self._guess  # most members follow the one they followed before
        if self._keys[at * _KEY : at * _KEY + _KEY] == key:
            self._guess = at + 1
            return at
        (first,) = _FIRST.unpack_from(key)
        place = bisect_left(self._sorted, first)  # for one number at a time a fifth of numpy's time
        while place < len(self._sorted) and self._sorted[place] == first:
            at = self._order[place]
            if self._keys[at * _KEY : at * _KEY + _KEY] == key:
                self._guess = at + 1
                return at
            place += 1
        return None

    def members(self, numbers: Sequence[int]) -> pa.Table:
        """INDEX of some members: their records in the earlier export are ``rows`` from ``row`` of a part on."""
        return self._members.take(pa.array(numbers, pa.int64()))


def _halves(keys: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    column = keys.combine_chunks()
    if not len(column):
        return np.empty((0, 2), np.uint64)
    return np.frombuffer(column.buffers()[1], np.uint64).reshape(-1, 2)[column.offset :][: len(column)]


def extractors_of(key: bytes, rows: Iterable[Row]) -> str:
    """The names of all extractors that made a member's records; "" when these are not to be taken again."""
    lasting = key and all(row["status"] in _LASTING for row in rows)
    return " ".join(sorted({row["extractor"] or "none" for row in rows})) if lasting else ""


def index_of(folder: Path) -> Path:
    return folder / "members.parquet"


@dataclass(frozen=True, slots=True)
class Base:
    """The earlier export a new one is compared with."""

    folder: Path
    stale: frozenset[str]  # extractors of another version now
    finished: int  # time of its manifest, ns: one read anew under the same name is another one
    lost: frozenset[int] = frozenset()  # parts that are not there, or damaged

    @property
    def name(self) -> str:
        return f"{self.folder.name} {self.finished}"

    def known(self) -> Known | None:
        return _known(self)


@lru_cache(maxsize=2)
def _known(base: Base) -> Known | None:
    """None when the earlier export says nothing that can be read: then everything is read again."""
    try:
        return Known(base.folder, base.stale, base.lost)
    except (OSError, pa.ArrowException):
        return None


def finished(folder: Path) -> dict[str, Any] | None:
    """The manifest of an export that was completely read; None where it was not, or what lists its records is lost."""
    manifest = layout.read_json(folder / "manifest.json")
    return None if manifest and manifest.get("listed") and not exports.is_listed(folder) else manifest


def bases(
    records_dir: Path, own: Path, plan: Mapping[str, Any], lineage: str, base_name: Callable[[str], str]
) -> Iterator[Base]:
    """The finished archives of the same site, read under the same settings, that are not ``own`` folder."""
    for manifest in records_dir.glob("*/manifest.json"):
        known_plan = (finished(manifest.parent) or {}).get("plan", {})
        alike = all(known_plan.get(name) == plan.get(name) for name in ("extractors", "sites", "fields"))
        alike = alike and _taken(known_plan) == _taken(plan)
        if manifest.parent != own and alike and base_name(known_plan.get("archive", "")) == lineage:
            stale = _stale(known_plan.get("versions", {}), plan.get("versions", {}))
            yield Base(manifest.parent, stale, manifest.stat().st_mtime_ns)


def _taken(plan: Mapping[str, Any]) -> list[Any]:
    """How much of a document is taken: what decides of every document, not only of those that cost too much."""
    limits = plan.get("limits", {})
    return [limits.get(name) for name in ("depth", "children", "text")]


def choose(found: Iterable[Base], begun: str) -> Base | None:
    """The one that shards refer to which an interrupted run left, by its name; else the newest."""
    best = max(found, key=lambda base: (base.name == begun, base.finished), default=None)
    if best is None or not index_of(best.folder).exists():
        return None
    try:
        return replace(best, lost=exports.missing(best.folder))
    except (OSError, pa.ArrowException):
        return None


def _stale(before: Mapping[str, str], now: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for name in {*before, *now} if before.get(name) != now.get(name))
