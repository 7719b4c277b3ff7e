"""What the parent of a reading run keeps in mind: which shards there are, which archives are complete."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from pipelines import closing, exports, layout, reuse, shards, totals
from pipelines.errors import ArchiveDamaged, ArchiveEmpty, ArchiveError
from pipelines.progress import READING, Progress, Report, never
from pipelines.reading import CloseArchive, IngestTask, ReadShards, ShardsRead
from pipelines.sources import Shard, Source

_TOGETHER: Final = 8  # shards
_TOGETHER_BYTES: Final = 8 << 20  # of the container
_FILES: Final = 64  # are made of an archive that has as many shards: workers finish at about the same time


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
    cut: bool = False  # it ended early: what is not in it may be on the site all the same
    copied: int = 0  # records of documents that an earlier export held unchanged; 0 when ``reused``


@dataclass(slots=True)
class _Archive:
    path: Path
    source: Source
    archive_id: str
    folder: Path
    plan: dict[str, Any]
    pending: int = 0  # shards handed out and not answered
    listed: bool = False  # all shards are handed out
    base: reuse.Base | None = None
    unchanged: int = 0


@dataclass(slots=True)
class Run:
    """Feeds the workers, takes their answers, and closes archives."""

    task: IngestTask
    records_dir: Path
    fresh: bool
    report: Report
    over: Callable[[], bool] = never  # asked before each shard: whether the time is up
    opened: list[_Archive] = field(default_factory=list)
    finished: list[ArchiveSummary] = field(default_factory=list)
    failed: list[ArchiveError] = field(default_factory=list)
    spent: Counter[str] = field(default_factory=Counter)  # by the workers; see stages
    _closing: deque[CloseArchive] = field(default_factory=deque)
    _items: Iterator[ReadShards] = field(default_factory=lambda: iter(()))
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

    def feed(self) -> ReadShards | CloseArchive | None:
        """The next thing to do; None when there is nothing now. Listing shards may complete an archive."""
        item = None if self._closing or self.over() else next(self._items, None)
        return self._closing.popleft() if item is None and self._closing else item

    @property
    def unfinished(self) -> tuple[Path, ...]:
        """Archives that were not read to their end, though nothing is wrong with them."""
        settled = {archive.archive_id for archive in self.finished}
        wrong = {error.where for error in self.failed}
        return tuple(a.path for a in self.opened if a.archive_id not in settled and str(a.path) not in wrong)

    def _shards(self) -> Iterator[ReadShards]:
        for archive in self.opened:
            if not self._reuse(archive):
                try:
                    yield from self._unread_shards(archive)
                except ArchiveError as error:
                    self.failed.append(error)

    def _reuse(self, archive: _Archive) -> bool:
        """Whether the archive was completely read before; else makes its folder ready."""
        manifest = reuse.finished(archive.folder) or {}
        if not self.fresh and manifest.get("plan") == archive.plan and not exports.missing(archive.folder):
            if not exports.is_listed(archive.folder):  # an older version finished it
                archive.listed = True
                self._close_when_complete(archive)
            else:
                closing.tidy(archive.folder)
                self._finish(archive, totals.Totals(**manifest["totals"]), reused=True)
            return True
        plan = layout.read_json(archive.folder / "plan.json")
        if not self.fresh and manifest and plan and _but_readers(plan) == _but_readers(archive.plan):
            layout.set_aside(archive.folder)
        if self.fresh or layout.read_json(archive.folder / "plan.json") != archive.plan:
            layout.clear(archive.folder)
            layout.write_json(archive.folder / "plan.json", archive.plan)
        (archive.folder / "manifest.json").unlink(missing_ok=True)
        layout.sweep(archive.folder)
        if not self.fresh:
            archive.base = self._base(archive)
        return False

    def _base(self, archive: _Archive) -> reuse.Base | None:
        """The earlier export to compare with. Shards that an interrupted run compared with another one, or with what
        is not there any more, are dropped."""
        name_of = self.task.sites.base_name
        lineage = name_of(archive.path.name)
        for path in layout.shards(archive.folder).values():
            if not shards.is_whole(path):
                path.unlink()
        begun = {path: shards.base_of(path) for path in layout.shards(archive.folder).values()}
        found = reuse.bases(self.records_dir, archive.folder, archive.plan, lineage, name_of)
        base = reuse.choose(found, next(filter(None, begun.values()), ""))
        for path, name in begun.items():
            if name and (base is None or name != base.name or _refers(path, base.lost)):
                path.unlink()
        return base

    def _unread_shards(self, archive: _Archive) -> Iterator[ReadShards]:
        count, files, together = 0, layout.shards(archive.folder).values(), list[Shard]()
        done = {ordinal for path in files for ordinal in shards.covered(path)}
        room = min(archive.source.total_bytes() // _FILES, _TOGETHER_BYTES)
        for shard in archive.source.shards():
            count += 1
            if together and (shard.ordinal in done or not _fits(shard, together, room)):
                yield self._order(archive, together)
                together = []
            if shard.ordinal in done:
                self._advance(archive, shard.size)
            else:
                together.append(shard)
        if together:
            yield self._order(archive, together)
        if not count:
            raise ArchiveEmpty("nothing in it", archive.path, "Check the export.")
        archive.listed = True
        self._close_when_complete(archive)

    def _order(self, archive: _Archive, together: Sequence[Shard]) -> ReadShards:
        archive.pending += 1
        return ReadShards(archive.path, archive.folder, tuple(together), archive.base)

    def note(self, result: ShardsRead | closing.Closed | closing.Unusable) -> None:
        """Takes a worker's answer into account."""
        self.spent.update(result.spent)
        if isinstance(result, ShardsRead):
            archive = self._of(result.folder)
            archive.pending -= 1
            self._records += result.records
            self._unread += result.unread
            self._advance(archive, result.size)
            self._close_when_complete(archive)
        elif isinstance(result, closing.Unusable):
            self._again(self._of(result.folder), result.lost)
        else:
            self._complete(self._of(result.folder), result)

    def _again(self, archive: _Archive, lost: frozenset[int]) -> None:
        """Has the shards read once more that refer to what cannot be read in the earlier export."""
        assert archive.base
        archive.base = replace(archive.base, lost=archive.base.lost | lost)
        for path in layout.shards(archive.folder).values():
            if _refers(path, lost):
                path.unlink()
        archive.listed = False
        self._items = chain(self._unread_shards(archive), self._items)

    def _complete(self, archive: _Archive, closed: closing.Closed) -> None:
        """Writes the manifest, unless the archive is another one now than when it was opened."""
        if archive.source.fingerprint() != archive.plan["fingerprint"]:
            self.failed.append(ArchiveDamaged("changed while it was being read", archive.path, "Run again."))
            return
        content = {"plan": archive.plan, "totals": asdict(closed.totals), "listed": True}
        layout.write_json(archive.folder / "manifest.json", content)
        closing.tidy(archive.folder)
        archive.unchanged = closed.unchanged
        self._finish(archive, closed.totals, reused=False)

    def _of(self, folder: Path) -> _Archive:
        return next(archive for archive in self.opened if archive.folder == folder)

    def _close_when_complete(self, archive: _Archive) -> None:
        if archive.listed and not archive.pending:
            self._closing.append(CloseArchive(archive.folder, archive.base))

    def _finish(self, archive: _Archive, counted: totals.Totals, *, reused: bool) -> None:
        statuses, sites = counted.by_status, counted.by_site
        summary = ArchiveSummary(
            archive.archive_id, archive.path, counted.records, counted.bytes, statuses, sites, reused, counted.cut,
            archive.unchanged,
        )  # fmt: skip
        self.finished.append(summary)
        if reused:
            self._advance(archive, archive.source.total_bytes())

    def _advance(self, archive: _Archive, size: int) -> None:
        self._done += size
        self.report(Progress(READING, archive.path.name, self._done, self._total, self._records, self._unread))


def _fits(shard: Shard, together: Sequence[Shard], room: int) -> bool:
    """Whether a shard is read with others, into one file: where most has not changed, a file costs as much as reading
    a hundred members. None that carries its members: that would be too much to hold."""
    size = shard.size + sum(other.size for other in together)
    return len(together) < _TOGETHER and size <= room and shard.members is None


def _refers(shard: Path, lost: frozenset[int]) -> bool:
    """Whether a shard refers to one of some parts of the earlier export."""
    return bool(lost) and not lost.isdisjoint(shards.members(shard)["part"].to_pylist())


def _but_readers(plan: Mapping[str, Any]) -> dict[str, Any]:
    """A plan without what only decides how single documents are read."""
    return {name: value for name, value in plan.items() if name not in ("versions", "passwords", "limits")}
