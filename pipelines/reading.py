"""What ingest workers do: a shard becomes a part of records; a complete archive gets its context and its totals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from pipelines import layout, links, parts, totals
from pipelines.documents import Document, Member
from pipelines.isolation import Limits, Verdict, Watch
from pipelines.records import Row, RowMaker
from pipelines.schema import RECORDS, Status
from pipelines.sites import SiteMap
from pipelines.sources import FieldMap, Shard, Source

EXTRACTORS_VERSION: Final = "2"  # raise it when the same archive may become other records

Opener = Callable[[Path, FieldMap], Source]


@dataclass(frozen=True, slots=True)
class ReadShard:
    """Read one shard into one part."""

    path: Path
    folder: Path
    shard: Shard


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


@dataclass(frozen=True, slots=True)
class IngestTask:
    """The task of ingest workers: ReadShard → ShardRead, CloseArchive → (folder, Totals)."""

    sites: SiteMap
    fields: FieldMap
    limits: Limits
    opener: Opener
    extractor: Callable[[Member], Document]

    def open(self) -> Callable[[ReadShard | CloseArchive, Watch], Any]:
        source = lru_cache(maxsize=4)(lambda path: self.opener(path, self.fields))

        def handle(item: ReadShard | CloseArchive, watch: Watch) -> Any:
            if isinstance(item, CloseArchive):
                return _close(item)
            maker = RowMaker(item.path.name, self.sites, self.limits, self.extractor)
            return _read_shard(item, source(item.path), maker, watch)

        return handle

    @property
    def settings(self) -> dict[str, str]:
        """What else than the archive its records depend on."""
        digest = blake2b(repr(self.fields).encode(), digest_size=8).hexdigest()
        return {"extractors": EXTRACTORS_VERSION, "sites": self.sites.digest, "fields": digest}


def _read_shard(item: ReadShard, source: Source, maker: RowMaker, watch: Watch) -> ShardRead:
    def lost(index: int, verdict: Verdict) -> list[Row]:
        return maker.condemned(unreachable(item.path, item.shard, index), verdict)

    records = unread = 0
    with parts.writing(item.folder / layout.part_name(item.shard.ordinal), RECORDS) as writer:
        rows_writer = parts.RecordsWriter(writer)
        for rows in watch.each(source.read(item.shard), maker.rows, maker.condemned, lost):
            rows_writer.add(rows)
            records += len(rows)
            unread += sum(row["status"] != Status.EXTRACTED for row in rows)
        rows_writer.flush()
    return ShardRead(item.folder, item.shard.size, records, unread)


def unreachable(path: Path, shard: Shard, index: int) -> Member:
    """Stands for the members of a shard from ``index`` on, which could not even be got out of the archive."""
    return Member(f"{path.name}#{shard.first + index}-", None, status=Status.CORRUPT)


def _close(item: CloseArchive) -> tuple[Path, totals.Totals]:
    links.write_context(item.folder)
    return item.folder, totals.count(item.folder)
