"""Archive in, records out: each shard becomes one part, each member at least one record, whatever is wrong with it.

A part that exists is not read again, so a run that was killed anywhere goes on where it stopped and ends with the same
records (but for ``elapsed_ms``). Parts made from other content, by other extractors or under other sites or field maps
are dropped first: ``plan.json`` says what those beside it were made from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Final

from pipelines import layout, totals
from pipelines.bookkeeping import ArchiveSummary, Run
from pipelines.documents import Document
from pipelines.errors import ArchiveError
from pipelines.extractors import extract
from pipelines.isolation import Limits
from pipelines.passwords import Passwords
from pipelines.progress import Report, never, silent
from pipelines.reading import IngestTask, Opener
from pipelines.runners.local import LocalRunner
from pipelines.schema import Status
from pipelines.sites import SiteMap
from pipelines.sources import FieldMap, open_source
from pipelines.stages import Spent

__all__ = ["ArchiveSummary", "IngestSummary", "ingest"]

_NO_PASSWORDS: Final = Passwords()


@dataclass(frozen=True, slots=True)
class IngestSummary:
    archives: tuple[ArchiveSummary, ...]
    failed: tuple[ArchiveError, ...]  # archives that could not be read at all, or only to a point
    seconds: float
    unfinished: tuple[Path, ...] = ()  # the time was up before these were read
    spent: Spent = field(default_factory=dict)  # by the workers, on what was read now

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
    extractor: Callable[..., Document] = extract,
    passwords: Passwords = _NO_PASSWORDS,
    key: bytes = b"",
    over: Callable[[], bool] = never,
    lenient: bool = False,
) -> IngestSummary:
    """Reads archives into ``records_dir``. ``fresh``: also those that were read before. ``over``: whether the time is
    up; then what is under way is finished, and the rest is left for another run.

    ``passwords`` are tried on what is encrypted; a digest of them under ``key`` tells whether they are others now.

    Archives that cannot be read are in the summary's ``failed``, unless that is all of them: then the first error is
    raised, if not ``lenient``. Raises StorageError when nothing can be written, PipelineError when workers cannot
    run."""
    started = monotonic()
    if passwords:
        opener, extractor = partial(opener, passwords=passwords), partial(extractor, passwords=passwords)
    task = IngestTask(sites, fields, limits or Limits(), opener, extractor, passwords.digest(key))
    run = Run(task, records_dir, fresh, progress, over)
    run.open(archives)
    try:
        with LocalRunner(task, workers=workers, limits=task.limits) as runner:
            for result in runner.map(run.feed):
                run.note(result)
    finally:
        for archive in run.opened:
            layout.sweep(archive.folder)
    if run.failed and not run.finished and not lenient:
        raise run.failed[0]
    return IngestSummary(tuple(run.finished), tuple(run.failed), monotonic() - started, run.unfinished, run.spent)
