"""One run: archives become records, records become hits, hits are merged into findings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import ArchiveError
from pipelines.exports import rows_of
from pipelines.found import file_of
from pipelines.ingest import IngestSummary, ingest
from pipelines.isolation import Limits
from pipelines.match import MatcherFactory, MatchSummary, match
from pipelines.progress import Report, silent
from pipelines.schema import Status
from pipelines.sources import FieldMap
from scanner.clock import now
from scanner.config import Config
from scanner.errors import InputError, ScanError
from scanner.i18n import N_
from scanner.redact import cleaner
from scanner.statuses import UNMATCHED
from scanner.store import ledger, merge, runs
from scanner.store.connection import writing
from scanner.workspace import Workspace

_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to."""

    run_id: int
    read: IngestSummary
    matched: MatchSummary
    merged: merge.Merged

    @property
    def complete(self) -> bool:
        """Whether everything in every archive was read and matched."""
        return not (self.read.unread or self.read.failed or self.matched.unmatched)


def scan(
    workspace: Workspace, archives: Sequence[Path], *, workers: int = 0, fresh: bool = False, progress: Report = silent
) -> Outcome:
    """Scan archives into a workspace. A run that was stopped goes on when called again; ``fresh`` starts anew.

    Raises ScanError and PipelineError; the database changes in one transaction at the end, or not at all."""
    config, sites, key = workspace.config, workspace.sites, workspace.key
    workers = workers or config.workers or os.cpu_count() or 1
    _must_be_exports(workspace, archives)
    with workspace.running():
        with writing(workspace.database) as connection:
            if not runs.key_fits(connection, key):
                raise workspace.wrong_key()
            run_id = runs.begin(connection, [path.name for path in archives], now())
        try:
            read = ingest(
                archives, workspace.records, sites=sites, fields=FieldMap(config.fields), workers=workers,
                fresh=fresh, limits=limits(config), progress=progress, passwords=config.passwords, key=key,
            )  # fmt: skip
            matched = match(
                workspace.records, read.archive_ids, workspace.hits, matcher=MatcherFactory(key), workers=workers,
                limits=limits(config), progress=progress,
            )  # fmt: skip
            return Outcome(run_id, read, matched, _merge(workspace, run_id, read, matched))
        except ArchiveError:  # not one of the archives could be read
            with suppress(ScanError), writing(workspace.database) as connection:
                runs.discard(connection, run_id)
            raise
        except BaseException:
            with suppress(ScanError), writing(workspace.database) as connection:
                runs.stop(connection, now())
            raise


def _must_be_exports(workspace: Workspace, archives: Sequence[Path]) -> None:
    """Before a run is begun: what is not there, and what the run itself would write into. Raises InputError."""
    root = workspace.root.resolve()
    for path in archives:
        if not path.exists():
            raise InputError(N_("There is no such file or folder"), path, N_("Check the path."))
        if path.is_dir() and root.is_relative_to(path.resolve()):
            todo = N_("Put the export into a folder of its own, outside the workspace.")
            raise InputError(N_("The workspace lies in this folder, and would be read with it"), path, todo)


def limits(config: Config) -> Limits:
    """The limits of scan.toml, in the units pipelines count in."""
    set_ = config.limits
    default = Limits()
    return Limits(
        seconds=set_.get("seconds", default.seconds),
        memory=int(set_["memory_mb"]) * _MB if "memory_mb" in set_ else default.memory,
        depth=int(set_.get("depth", default.depth)),
        children=int(set_.get("children", default.children)),
        text=int(set_["text_mb"]) * _MB if "text_mb" in set_ else default.text,
    )


def _merge(workspace: Workspace, run_id: int, read: IngestSummary, matched: MatchSummary) -> merge.Merged:
    records = [rows_of(workspace.records / name) for name in read.archive_ids]
    hits = [file_of(workspace.hits / name) for name in read.archive_ids]
    clean = cleaner(workspace.key)
    unread = read.unread + len(matched.unmatched)
    with writing(workspace.database) as connection:
        merged = merge.merge(connection, run_id, hits, records, clean, now())
        ledger.enter(connection, run_id, records, gaps(read, matched), clean)
        new = (merged.new_findings, merged.new_cases)
        runs.finish(connection, run_id, now(), read.records, unread, matched.hits, new)
    return merged


def gaps(read: IngestSummary, matched: MatchSummary) -> list[ledger.Gap]:
    """What was not read or not searched though no record says so."""
    names = {archive.archive_id: archive.path.name for archive in read.archives}
    lost = [
        ledger.Gap(names[text.archive_id], UNMATCHED, archive_id=text.archive_id, doc_id=text.doc_id)
        for text in matched.unmatched
    ]
    return lost + [ledger.Gap(Path(error.where).name, Status.CORRUPT) for error in read.failed]
