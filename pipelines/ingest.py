"""Archive in, records out: each shard becomes one part, each member at least one record, whatever is wrong with it.

A part that exists is not read again, so a run that was killed anywhere goes on where it stopped and ends with the same
records (but for ``elapsed_ms``). Parts made from other content, by other extractors or under other sites or field maps
are dropped first: ``plan.json`` says what those beside it were made from.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from typing import Any, Final

from pipelines import layout, links, parts, totals
from pipelines.documents import Document, Member
from pipelines.errors import ArchiveEmpty, ArchiveError
from pipelines.extractors import extract
from pipelines.isolation import Limits, Verdict, Watch
from pipelines.progress import READING, Progress, Report, silent
from pipelines.records import Row, RowMaker
from pipelines.runners.local import LocalRunner
from pipelines.schema import RECORDS, Status
from pipelines.sites import SiteMap
from pipelines.sources import FieldMap, Shard, Source, open_source

EXTRACTORS_VERSION: Final = "1"  # raise it when the same archive may become other records

Opener = Callable[[Path, FieldMap], Source]


@dataclass(frozen=True, slots=True)
class ArchiveSummary:
    """One archive, completely read."""

    archive_id: str
    path: Path
    records: int
    bytes: int  # of all raw members
    by_status: Mapping[str, int]
    by_site: Mapping[str, int]
    reused: bool  # read completely by an earlier run, and unchanged since


@dataclass(frozen=True, slots=True)
class IngestSummary:
    archives: tuple[ArchiveSummary, ...]
    failed: tuple[ArchiveError, ...]  # archives that could not be read at all, or only to a point
    seconds: float

    @property
    def archive_ids(self) -> tuple[str, ...]:
        return tuple(archive.archive_id for archive in self.archives)

    @property
    def records(self) -> int:
        return sum(archive.records for archive in self.archives)

    @property
    def bytes(self) -> int:
        return sum(archive.bytes for archive in self.archives)

    @property
    def by_status(self) -> dict[str, int]:
        return totals.added(archive.by_status for archive in self.archives)

    @property
    def by_site(self) -> dict[str, int]:
        return totals.added(archive.by_site for archive in self.archives)

    @property
    def unread(self) -> int:
        """Records of which something could not be read."""
        return sum(count for status, count in self.by_status.items() if status != Status.EXTRACTED)


def ingest(
    archives: Sequence[Path],
    records_dir: Path,
    *,
    sites: SiteMap,
    fields: FieldMap,
    workers: int,
    fresh: bool = False,
    limits: Limits | None = None,
    progress: Report = silent,
    opener: Opener = open_source,
    extractor: Callable[[Member], Document] = extract,
) -> IngestSummary:
    """Reads archives into ``records_dir``. ``fresh``: also those that were read before.

    Archives that cannot be read are in the summary's ``failed``, unless that is all of them: then the first error is
    raised. Raises StorageError when nothing can be written, PipelineError when workers cannot run."""
    started = monotonic()
    task = IngestTask(sites, fields, limits or Limits(), opener, extractor)
    run = _Run(task, records_dir, fresh, progress)
    run.open(archives)
    try:
        with LocalRunner(task, workers=workers, limits=task.limits) as runner:
            for result in runner.map(run.feed):
                run.note(result)
    finally:
        for archive in run.opened:
            layout.sweep(archive.folder)
    if run.failed and not run.finished:
        raise run.failed[0]
    return IngestSummary(tuple(run.finished), tuple(run.failed), monotonic() - started)


# What workers are asked and answer.


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


# What the parent keeps in mind.


@dataclass(slots=True)
class _Archive:
    path: Path
    source: Source
    archive_id: str
    folder: Path
    plan: dict[str, Any]
    pending: int = 0  # shards handed out and not answered
    listed: bool = False  # all shards are handed out


@dataclass(slots=True)
class _Run:
    """The parent's side: which shards there are, which archives are complete."""

    task: IngestTask
    records_dir: Path
    fresh: bool
    report: Report
    opened: list[_Archive] = field(default_factory=list)
    finished: list[ArchiveSummary] = field(default_factory=list)
    failed: list[ArchiveError] = field(default_factory=list)
    _closing: deque[CloseArchive] = field(default_factory=deque)
    _items: Iterator[ReadShard] = field(default_factory=lambda: iter(()))
    _done: int = 0
    _total: int = 0
    _records: int = 0
    _unread: int = 0

    def open(self, paths: Sequence[Path]) -> None:
        """Opens all archives before any is read, so that a wrong name is noticed at once."""
        with layout.storage(self.records_dir):
            self.records_dir.mkdir(parents=True, exist_ok=True)
        known: dict[str, _Archive] = {}
        for path in paths:
            try:
                archive = self._opened(path)
                known.setdefault(archive.archive_id, archive)
                self._total += archive.source.total_bytes()
            except ArchiveError as error:
                self.failed.append(error)
        self.opened = list(known.values())
        self._items = self._shards()

    def _opened(self, path: Path) -> _Archive:
        source = self.task.opener(path, self.task.fields)
        fingerprint = source.fingerprint()
        name = layout.archive_id(path.name, fingerprint)
        plan = {"archive": path.name, "kind": source.kind, "fingerprint": fingerprint, **self.task.settings}
        return _Archive(path, source, name, self.records_dir / name, plan)

    def feed(self) -> ReadShard | CloseArchive | None:
        """The next thing to do; None when there is nothing now. Listing shards may complete an archive."""
        item = None if self._closing else next(self._items, None)
        return self._closing.popleft() if item is None and self._closing else item

    def _shards(self) -> Iterator[ReadShard]:
        for archive in self.opened:
            if not self._reuse(archive):
                try:
                    yield from self._unread_shards(archive)
                except ArchiveError as error:
                    self.failed.append(error)

    def _reuse(self, archive: _Archive) -> bool:
        """Whether the archive was completely read before; else makes its folder ready."""
        manifest = layout.read_json(archive.folder / "manifest.json") or {}
        if not self.fresh and manifest.get("plan") == archive.plan:
            self._finish(archive, totals.Totals(**manifest["totals"]), reused=True)
            return True
        if self.fresh or layout.read_json(archive.folder / "plan.json") != archive.plan:
            layout.clear(archive.folder)
            layout.write_json(archive.folder / "plan.json", archive.plan)
        layout.sweep(archive.folder)
        return False

    def _unread_shards(self, archive: _Archive) -> Iterator[ReadShard]:
        shards = 0
        for shard in archive.source.shards():
            shards += 1
            if (archive.folder / layout.part_name(shard.ordinal)).exists():
                self._advance(archive, shard.size)
            else:
                archive.pending += 1
                yield ReadShard(archive.path, archive.folder, shard)
        if not shards:
            raise ArchiveEmpty("nothing in it", archive.path, "Check the export.")
        archive.listed = True
        self._close_when_complete(archive)

    def note(self, result: ShardRead | tuple[Path, totals.Totals]) -> None:
        """Takes a worker's answer into account."""
        if isinstance(result, ShardRead):
            archive = self._of(result.folder)
            archive.pending -= 1
            self._records += result.records
            self._unread += result.unread
            self._advance(archive, result.size)
            self._close_when_complete(archive)
        else:
            archive = self._of(result[0])
            content = {"plan": archive.plan, "totals": asdict(result[1])}
            layout.write_json(archive.folder / "manifest.json", content)
            self._finish(archive, result[1], reused=False)

    def _of(self, folder: Path) -> _Archive:
        return next(archive for archive in self.opened if archive.folder == folder)

    def _close_when_complete(self, archive: _Archive) -> None:
        if archive.listed and not archive.pending:
            self._closing.append(CloseArchive(archive.folder))

    def _finish(self, archive: _Archive, counted: totals.Totals, *, reused: bool) -> None:
        summary = ArchiveSummary(
            archive.archive_id, archive.path, counted.records, counted.bytes, counted.by_status, counted.by_site, reused
        )
        self.finished.append(summary)
        if reused:
            self._advance(archive, archive.source.total_bytes())

    def _advance(self, archive: _Archive, size: int) -> None:
        self._done += size
        self.report(Progress(READING, archive.path.name, self._done, self._total, self._records, self._unread))
