"""What ingest workers do: a shard becomes a part of records; a complete archive gets its context and its totals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import pyarrow.compute as pc

from pipelines import layout, links, parts, reuse, stages, totals
from pipelines.documents import Document, Member
from pipelines.extractors import versions
from pipelines.isolation import Limits, Verdict, Watch
from pipelines.records import Row, RowMaker
from pipelines.schema import RECORDS, Status
from pipelines.sites import SiteMap
from pipelines.sources import FieldMap, Shard, Source
from pipelines.stages import Laps, Spent

EXTRACTORS_VERSION: Final = "2"  # raise it when the same archive may become other records

Opener = Callable[..., Source]  # of a path and the names of its fields


@dataclass(frozen=True, slots=True)
class ReadShard:
    """Read one shard into one part."""

    path: Path
    folder: Path
    shard: Shard
    base: reuse.Base | None = None  # an earlier export, whose unchanged documents are copied


@dataclass(frozen=True, slots=True)
class CloseArchive:
    """All parts are there: tie attachments to their pages, count."""

    folder: Path


@dataclass(frozen=True, slots=True)
class ShardRead:
    folder: Path
    size: int  # bytes of the container
    records: int
    unread: int
    copied: int = 0  # of the records
    spent: Spent = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArchiveClosed:
    folder: Path
    totals: totals.Totals
    spent: Spent


@dataclass(frozen=True, slots=True)
class IngestTask:
    """The task of ingest workers: ReadShard → ShardRead, CloseArchive → ArchiveClosed."""

    sites: SiteMap
    fields: FieldMap
    limits: Limits
    opener: Opener
    extractor: Callable[[Member], Document]
    passwords: str = ""  # a keyed digest of those that opener and extractor try

    def open(self) -> Callable[[ReadShard | CloseArchive, Watch], Any]:
        source = lru_cache(maxsize=4)(lambda path: self.opener(path, self.fields))

        def handle(item: ReadShard | CloseArchive, watch: Watch) -> Any:
            if isinstance(item, CloseArchive):
                return _close(item)
            maker = RowMaker(item.path.name, self.sites, self.limits, self.extractor)
            return _read_shard(item, source(item.path), maker, watch)

        return handle

    @property
    def settings(self) -> dict[str, Any]:
        """What else than the archive its records depend on."""
        digest = blake2b(repr(self.fields).encode(), digest_size=8).hexdigest()
        return {
            "extractors": EXTRACTORS_VERSION, "versions": versions(), "sites": self.sites.digest, "fields": digest,
            **({"passwords": self.passwords} if self.passwords else {}),
        }  # fmt: skip


def _read_shard(item: ReadShard, source: Source, maker: RowMaker, watch: Watch) -> ShardRead:
    laps = maker.laps
    known = item.base.known() if item.base else None
    laps.lap(stages.KEY)

    def work(member: Member) -> _Made:
        laps.lap(stages.UNPACK)
        location = maker.location(member)
        key = reuse.key_of(member, location)
        ref = known.find(key) if known else None
        laps.lap(stages.KEY)
        return key, (maker.rows(member, location) if ref is None else (ref, reuse.Here(member.path, member.fetched_at)))

    def condemned(member: Member, verdict: Verdict) -> _Made:
        return b"", maker.condemned(member, verdict)

    def lost(index: int, verdict: Verdict) -> _Made:
        return condemned(unreachable(item.path, item.shard, index), verdict)

    with parts.writing(item.folder / layout.part_name(item.shard.ordinal), RECORDS) as writer:
        shard = _ShardWriter(item, parts.RecordsWriter(writer), reuse.Notes())
        for made in watch.each(source.read(item.shard), work, condemned, lost):
            laps.lap(stages.ROWS)
            shard.add(made)
            laps.lap(stages.WRITE)
        shard.close()
        writer.add_key_value_metadata(shard.notes.encoded())
    laps.lap(stages.WRITE)
    return ShardRead(item.folder, item.shard.size, shard.records, shard.unread, shard.copied, laps.spent())


# A member's key, and its rows or where these are to be copied from.
_Made = tuple[bytes, list[Row] | tuple[reuse.Ref, reuse.Here]]


@dataclass(slots=True)
class _ShardWriter:
    """Writes rows and copies in the order of their members, and counts."""

    item: ReadShard
    writer: parts.RecordsWriter
    notes: reuse.Notes
    records: int = 0
    unread: int = 0
    copied: int = 0
    _held: list[tuple[reuse.Ref, reuse.Here]] = field(default_factory=list)

    def add(self, made: _Made) -> None:
        key, what = made
        if isinstance(what, tuple):
            self._held.append(what)
            self.notes.copied(key, what[0])
            return
        self._copy()
        self.writer.add(what)
        self.notes.made(key, what)
        self.records += len(what)
        self.unread += sum(row["status"] != Status.EXTRACTED for row in what)

    def close(self) -> None:
        self._copy()
        self.writer.flush()

    def _copy(self) -> None:
        for table in reuse.copies(self.item.folder.parent, self.item.path.name, self._held):
            self.writer.add_table(table)
            self.records += len(table)
            self.copied += len(table)
            self.unread += int(pc.sum(pc.not_equal(table["status"], Status.EXTRACTED)).as_py() or 0)
        self._held = []


def unreachable(path: Path, shard: Shard, index: int) -> Member:
    """Stands for the members of a shard from ``index`` on, which could not even be got out of the archive."""
    return Member(f"{path.name}#{shard.first + index}-", None, status=Status.CORRUPT)


def _close(item: CloseArchive) -> ArchiveClosed:
    laps = Laps()
    links.write_context(item.folder)
    laps.lap(stages.TIE)
    reuse.write_index(item.folder)
    laps.lap(stages.INDEX)
    counted = totals.count(item.folder)
    laps.lap(stages.COUNT)
    return ArchiveClosed(item.folder, counted, laps.spent())
