"""What ingest workers do: shards become a part of records, and an archive all of whose shards are read is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from pipelines import closing, parts, reuse, shards, stages
from pipelines.documents import Document, Member
from pipelines.extractors import versions
from pipelines.isolation import Limits, Verdict, Watch
from pipelines.records import Row, RowMaker
from pipelines.schema import Status
from pipelines.sites import SiteMap
from pipelines.sources import FieldMap, Shard, Source
from pipelines.stages import Spent

EXTRACTORS_VERSION: Final = "2"  # raise it when the same archive may become other records

Opener = Callable[..., Source]  # of a path and the names of its fields


@dataclass(frozen=True, slots=True)
class ReadShards:
    """Read some shards that follow each other into one file."""

    path: Path
    folder: Path
    shards: tuple[Shard, ...]
    base: reuse.Base | None = None  # an earlier export, whose unchanged documents are not read again


@dataclass(frozen=True, slots=True)
class CloseArchive:
    """All shards are read: put together what the export holds, tie attachments to their pages, count."""

    folder: Path
    base: reuse.Base | None = None


@dataclass(frozen=True, slots=True)
class ShardsRead:
    folder: Path
    size: int  # bytes of the container
    records: int
    unread: int  # of those read now
    spent: Spent = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IngestTask:
    """The task of ingest workers: ReadShards → ShardsRead, CloseArchive → Closed or Unusable."""

    sites: SiteMap
    fields: FieldMap
    limits: Limits
    opener: Opener
    extractor: Callable[[Member], Document]
    passwords: str = ""  # a keyed digest of those that opener and extractor try

    def open(self) -> Callable[[ReadShards | CloseArchive, Watch], Any]:
        source = lru_cache(maxsize=4)(lambda path: self.opener(path, self.fields))

        def handle(item: ReadShards | CloseArchive, watch: Watch) -> Any:
            if isinstance(item, CloseArchive):
                return closing.close(item.folder, item.base)
            maker = RowMaker(item.path.name, self.sites, self.limits, self.extractor)
            return _read_shards(item, source(item.path), maker, watch)

        return handle

    @property
    def settings(self) -> dict[str, Any]:
        """What else than the archive its records depend on."""
        digest = blake2b(repr(self.fields).encode(), digest_size=8).hexdigest()
        return {
            "extractors": EXTRACTORS_VERSION, "versions": versions(), "sites": self.sites.digest, "fields": digest,
            **({"passwords": self.passwords} if self.passwords else {}),
        }  # fmt: skip


def _read_shards(item: ReadShards, source: Source, maker: RowMaker, watch: Watch) -> ShardsRead:
    laps = maker.laps
    known = item.base.known() if item.base else None
    laps.lap(stages.KEY)

    def work(member: Member) -> _Made:
        if not known:
            laps.lap(stages.UNPACK)
        location = maker.location(member)
        key = reuse.key_of(member, location)
        if known and (ref := known.find(key)):  # not timed by itself: reading the clock costs as much as looking it up
            return key, (ref, member.path, member.fetched_at)
        laps.lap(stages.UNPACK if known else stages.KEY)
        return key, maker.rows(member, location)

    def condemned(member: Member, verdict: Verdict) -> _Made:
        return b"", maker.condemned(member, verdict)

    def lost(number: int, index: int, verdict: Verdict) -> _Made:
        return condemned(unreachable(item.path, item.shards[number], index), verdict)

    streams = (source.read(shard) for shard in item.shards)
    with shards.writing(item.folder, item.shards[0].ordinal, few=known is not None) as sink:
        notes = shards.Notes(item.base.name if item.base and known else "", len(item.shards))
        shard = _ShardWriter(parts.RecordsWriter(sink), notes)
        for made in watch.each_of(streams, work, condemned, lost):
            if isinstance(made[1], tuple):  # there is nothing to time in noting what has not changed
                shard.add(made)
                continue
            laps.lap(stages.ROWS)
            shard.add(made)
            laps.lap(stages.WRITE)
        laps.lap(stages.UNPACK)
        shard.writer.flush()
        sink.add_key_value_metadata(notes.encoded())
    laps.lap(stages.WRITE)
    return ShardsRead(item.folder, sum(shard.size for shard in item.shards), shard.records, shard.unread, laps.spent())


# A member's key, and its rows or where these stand in the earlier export and what this one says of it.
_Made = tuple[bytes, list[Row] | tuple[reuse.Ref, str, datetime | None]]


@dataclass(slots=True)
class _ShardWriter:
    """Writes what was read, notes what has not changed, and counts."""

    writer: parts.RecordsWriter
    notes: shards.Notes
    records: int = 0
    unread: int = 0

    def add(self, made: _Made) -> None:
        key, what = made
        if isinstance(what, tuple):
            ref, path, fetched = what
            self.notes.same(key, *ref, path, fetched)
            self.records += ref.rows
            return
        self.writer.add(what)
        self.notes.made(key, len(what), reuse.extractors_of(key, what))
        self.records += len(what)
        self.unread += sum(row["status"] != Status.EXTRACTED for row in what)


def unreachable(path: Path, shard: Shard, index: int) -> Member:
    """Stands for the members of a shard from ``index`` on, which could not even be got out of the archive."""
    return Member(f"{path.name}#{shard.first + index}-", None, status=Status.CORRUPT)
