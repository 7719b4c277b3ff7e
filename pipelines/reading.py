"""What ingest workers do: shards become a part of records, and an archive all of whose shards are read is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import pyarrow.compute as pc

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
            "limits": asdict(self.limits),
            **({"passwords": self.passwords} if self.passwords else {}),
        }  # fmt: skip


def _read_shards(item: ReadShards, source: Source, maker: RowMaker, watch: Watch) -> ShardsRead:
    laps, base_name = maker.laps, maker.base_name
    known = item.base.known() if item.base else None
    laps.lap(stages.KEY)

    def work(member: Member) -> _Made:
        if not known:
            laps.lap(stages.UNPACK)
        key = reuse.key_of(member, base_name)
        # Not timed by itself: reading the clock costs as much as looking it up.
        if known and (number := known.find(key)) is not None:
            return number, member.path, member.fetched_at
        laps.lap(stages.UNPACK if known else stages.KEY)
        return key, maker.rows(member)

    def condemned(member: Member, verdict: Verdict) -> _Made:
        return b"", maker.condemned(member, verdict)

    def lost(number: int, index: int, verdict: Verdict) -> _Made:
        return condemned(unreachable(item.path, item.shards[number], index), verdict)

    streams = (source.read(shard) for shard in item.shards)
    with shards.writing(item.folder, item.shards[0].ordinal, few=known is not None) as sink:
        earlier = item.base.name if item.base and known else ""
        notes = shards.Notes(earlier, known.members if known else None, len(item.shards))
        shard = _Writer(parts.RecordsWriter(sink), notes)
        for made in watch.each_of(streams, work, condemned, lost):
            if len(made) == 3:  # there is nothing to time in noting what has not changed
                notes.same(made)
                continue
            laps.lap(stages.ROWS)
            shard.add(*made)
            laps.lap(stages.WRITE)
        laps.lap(stages.UNPACK)
        shard.writer.flush()
        members = notes.members()
        sink.add_key_value_metadata(notes.encoded(members))
    laps.lap(stages.WRITE)
    size, records = sum(shard.size for shard in item.shards), int(pc.sum(members["rows"], min_count=0).as_py())
    return ShardsRead(item.folder, size, records, shard.unread, laps.spent())


# A member's key and rows; of one that has not changed, its number in the earlier export and what this one says of it.
_Made = tuple[bytes, list[Row]] | shards.Same


@dataclass(slots=True)
class _Writer:
    """Writes what was read, notes it, and counts."""

    writer: parts.RecordsWriter
    notes: shards.Notes
    unread: int = 0

    def add(self, key: bytes, rows: list[Row]) -> None:
        self.writer.add(rows)
        self.notes.made(key, len(rows), reuse.extractors_of(key, rows))
        self.unread += sum(row["status"] != Status.EXTRACTED for row in rows)


def unreachable(path: Path, shard: Shard, index: int) -> Member:
    """Stands for the members of a shard from ``index`` on, which could not even be got out of the archive."""
    return Member(f"{path.name}#{shard.first + index}-", None, status=Status.CORRUPT)
