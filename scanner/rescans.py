"""A rescan: the newest whole exports become records and hits, and what they prove becomes steps of the cases.

It may be killed at any point: what was read and matched is kept, and the database changes in one transaction at the
end. When its time is up it merges what is finished; the next one goes on with the rest, the longest waiting first.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Final

from pipelines import landing
from pipelines.carried import carried
from pipelines.exports import rows_of
from pipelines.found import file_of
from pipelines.ingest import ArchiveSummary, IngestSummary, ingest
from pipelines.landing import Export, Landed
from pipelines.match import MatcherFactory, MatchSummary, match
from pipelines.progress import Report, never, silent
from pipelines.sources import FieldMap
from scanner import followup
from scanner.cases import CLOSED, SCAN
from scanner.clock import now
from scanner.errors import InputError, ScanError
from scanner.i18n import N_
from scanner.not_whole import NotWhole
from scanner.redact import cleaner
from scanner.runs import gaps, limits
from scanner.store import events, ledger, merge, rescans, runs, site_exports
from scanner.store.carry import Carry
from scanner.store.connection import Connection, writing
from scanner.store.rescans import Group, Seen
from scanner.store.site_exports import ExportRow
from scanner.verdicts import Observation, Verdict, judge
from scanner.workspace import Workspace

_ALIKE: Final = attrgetter(*(name for name in Seen.__slots__ if name != "doc_id"))  # all that is judged of a case


@dataclass(frozen=True, slots=True)
class Rescan:
    """What a rescan came to."""

    run_id: int
    landed: Landed
    exports: tuple[ExportRow, ...]  # what was merged, and the groups of which nothing could be
    unchanged: tuple[Export, ...]  # taken by an earlier rescan already
    read: IngestSummary
    matched: MatchSummary
    finished: bool  # nothing was left for want of time

    @property
    def complete(self) -> bool:
        """Whether everything was there and was read to its end."""
        whole = all(row.whole for row in self.exports)
        missed = self.landed.waiting or self.landed.empty
        return whole and not (missed or self.read.unread or self.read.failed or self.matched.unmatched)


def rescan(
    workspace: Workspace,
    *,
    workers: int = 0,
    over: Callable[[], bool] = never,
    progress: Report = silent,
    matcher: Callable[[bytes], MatcherFactory] = MatcherFactory,
) -> Rescan:
    """Takes the newest exports. ``over``: whether the time is up. Raises ScanError and PipelineError."""
    config, sites = workspace.config, workspace.sites
    if not config.exports:
        what = N_("scan.toml does not say where exports land")
        todo = N_("Add an [[export]] section; the file shows how.")
        raise InputError(what, workspace.root / "scan.toml", todo)
    workspace.check_exports()
    workers = workers or config.workers or os.cpu_count() or 1
    with workspace.running():
        landed = landing.look(config.exports, sites, FieldMap(config.fields), datetime.now(UTC))
        with writing(workspace.database) as connection:
            if not runs.key_fits(connection, workspace.key):
                raise workspace.wrong_key()
            before = site_exports.last(connection)
            run_id = runs.begin(connection, [export.path.name for export in landed.exports], now(), "rescan")
        try:
            return _work(workspace, run_id, _in_turn(landed, before), before, workers, over, progress, matcher)
        except BaseException:
            with suppress(ScanError), writing(workspace.database) as connection:
                runs.stop(connection, now())
            raise


def _in_turn(landed: Landed, before: Mapping[str, ExportRow]) -> Landed:
    """What was never merged first, then in the order of waiting."""
    waiting = sorted(
        landed.exports, key=lambda export: list(before).index(export.group) if export.group in before else -1
    )
    return Landed(tuple(waiting), landed.waiting, landed.empty)


def _work(
    workspace: Workspace, run_id: int, landed: Landed, before: Mapping[str, ExportRow], workers: int,
    over: Callable[[], bool], progress: Report, matcher: Callable[[bytes], MatcherFactory],
) -> Rescan:  # fmt: skip
    config, factory = workspace.config, matcher(workspace.key)
    set_ = limits(config)
    read = _read(workspace, landed, workers, over, progress)
    matched = match(
        workspace.records, read.archive_ids, workspace.hits, matcher=factory, workers=workers, limits=set_,
        progress=progress, over=over,
    )  # fmt: skip
    done = {a.path: a for a in read.archives if a.archive_id not in matched.unfinished}
    rows, unchanged = list[ExportRow](), list[Export]()
    for export in landed.exports:
        row = _export_row(workspace, export, done.get(export.path), before.get(export.group), read, factory)
        if row.archive_id and row == before.get(export.group):
            unchanged.append(export)
        else:
            rows.append(row)
    rows += _missing(landed, before, workspace)
    result = Rescan(
        run_id, landed, tuple(rows), tuple(unchanged), read, matched, not (read.unfinished or matched.unfinished)
    )
    _merge(workspace, result, _carries(workspace, [r for r in rows if r.archive_id], before, factory))
    return result


def _read(
    workspace: Workspace, landed: Landed, workers: int, over: Callable[[], bool], progress: Report
) -> IngestSummary:
    config = workspace.config
    paths = [export.path for export in landed.exports]
    if not paths:
        return IngestSummary((), (), 0.0)
    return ingest(
        paths, workspace.records, sites=workspace.sites, fields=FieldMap(config.fields), workers=workers,
        limits=limits(config), progress=progress, passwords=config.passwords, key=workspace.key, over=over,
        lenient=True,
    )  # fmt: skip


def _export_row(
    workspace: Workspace, export: Export, read: ArchiveSummary | None, last: ExportRow | None,
    summary: IngestSummary, factory: MatcherFactory,
) -> ExportRow:  # fmt: skip
    name = export.path.name
    if read is None:
        failed = any(str(export.path) in error.where for error in summary.failed)
        return ExportRow(export.group, name, "", "", False, NotWhole.FAILED if failed else NotWhole.UNFINISHED, 0)
    why = NotWhole.CUT if read.cut else ""
    if last and last.whole and last.archive_id != read.archive_id:
        why = why or (NotWhole.SHRUNK if read.records < workspace.config.shrink * last.records else "")
    elif last and last.archive_id == read.archive_id:
        why = last.why
    made_with = _made_with(factory, workspace.hits / read.archive_id)
    return ExportRow(export.group, name, read.archive_id, made_with, not why, why, read.records)


def _made_with(factory: MatcherFactory, hits: Path) -> str:
    """Changes when an export's hits were put together anew, or a merge would make something else of them."""
    return f"{factory.signature} merge={merge.VERSION} {file_of(hits).stat().st_mtime_ns}"


def _carries(
    workspace: Workspace, rows: Sequence[ExportRow], before: Mapping[str, ExportRow], factory: MatcherFactory
) -> list[Carry]:
    """What exports have of those that were merged last, where these are still what was merged."""
    found = list[Carry]()
    for row in rows:
        last, folder = before.get(row.group), workspace.hits / row.archive_id
        shared = carried(workspace.records / row.archive_id, folder) if last else None
        if last and shared and shared.earlier == last.archive_id:
            with suppress(OSError):
                if last.made_with == _made_with(factory, folder.with_name(shared.earlier)):
                    found.append(Carry(row.archive_id, shared, last.run_id))
    return found


def _missing(landed: Landed, before: Mapping[str, ExportRow], workspace: Workspace) -> list[ExportRow]:
    """Sites of which no whole export is there, or whose newest one is not whole."""
    there = {export.group for export in landed.exports}
    return [ExportRow(group, "", "", "", False, NotWhole.MISSING, 0) for group in before if group not in there]


def _merge(workspace: Workspace, result: Rescan, carries: Sequence[Carry]) -> None:
    taken = [row for row in result.exports if row.archive_id]
    records = [rows_of(workspace.records / row.archive_id) for row in taken]
    hits = [file_of(workspace.hits / row.archive_id) for row in taken]
    groups = _groups(result)
    unmatched = [each.doc_id for each in result.matched.unmatched]
    clean, when = cleaner(workspace.key), now()

    def group_of(archive: str) -> str:
        return landing.group_of(archive, workspace.sites)

    with writing(workspace.database) as connection:
        rescans.prepare(connection, result.run_id, hits, records, unmatched, groups, group_of, [CLOSED])
        merged = merge.merge(
            connection, result.run_id, hits, records, clean, when,
            between=lambda: rescans.mark_gone(connection, result.run_id), carries=carries,
        )  # fmt: skip
        ledger.enter(connection, result.run_id, records, gaps(result.read, result.matched), clean, carries)
        site_exports.note(connection, result.run_id, result.exports)
        ledger.replace_older(connection, result.run_id, _alone(result), workspace.config.shrink, group_of)
        seen = rescans.observe(connection, result.run_id, records, groups, group_of)
        _follow_up(connection, result.run_id, seen, when)
        unread = result.read.unread + len(result.matched.unmatched)
        new = (merged.new_findings, merged.new_cases)
        runs.finish(connection, result.run_id, when, result.read.records, unread, result.matched.hits, new)


def _alone(result: Rescan) -> dict[str, int]:
    """The files of exports that were read to their end, by group: of each that has one newest export, and no other in
    another folder."""
    landed = Counter(export.group for export in result.landed.exports)
    return {row.group: row.records for row in result.exports if row.whole and landed[row.group] == 1}


def _groups(result: Rescan) -> list[Group]:
    written = {
        export.group: datetime.fromtimestamp(landing.last_change(export.path), UTC).replace(tzinfo=None)
        for export in result.landed.exports
    }
    return [Group(row.group, row.whole, written.get(row.group, datetime.min)) for row in result.exports]


def _follow_up(connection: Connection, run_id: int, seen: Sequence[Seen], when: datetime) -> None:
    """Notes verdicts that are new, takes the steps they ask for, counts what became of each case."""
    verdicts, outcomes = list[tuple[str, str, int, int, int]](), list[tuple[str, str]]()
    taking = defaultdict[tuple[str, ...], dict[Verdict, list[str]]](lambda: defaultdict(list))
    known = dict[tuple[object, ...], tuple[Verdict, tuple[str, ...], str | None]]()  # many cases are alike
    for case in seen:
        if case.verdict is None and not (case.leaks or case.leaks_before):
            continue  # nothing of it has ever been a leak
        alike = _ALIKE(case)
        if alike not in known:
            known[alike] = _follows(case)
        verdict, taken, became = known[alike]
        if verdict != case.verdict:
            verdicts.append((case.doc_id, str(verdict), case.leaks, case.people, case.severity))
        taking[taken][verdict].append(case.doc_id)
        if became:
            outcomes.append((case.doc_id, became))
    rescans.note_verdicts(connection, run_id, verdicts)
    for taken, by_verdict in taking.items():
        for verdict, doc_ids in by_verdict.items():
            for step in taken:
                events.step(connection, step, doc_ids, who=SCAN, actor=SCAN, now=when, reason=verdict, run_id=run_id)
    rescans.note_outcomes(connection, run_id, outcomes)


def _follows(case: Seen) -> tuple[Verdict, tuple[str, ...], str | None]:
    """The verdict on a case, the steps it asks for, and what became of it."""
    verdict = judge(_observation(case))
    change = followup.Change(
        case.leaks, case.leaks_before, case.severity, case.severity_before, case.people, case.people_before,
        case.fresh > 0 or case.first, case.first, case.outdated,
    )  # fmt: skip
    taken = followup.steps(case.state, verdict, change)
    return verdict, taken, followup.outcome(case.state, taken, change)


def _observation(case: Seen) -> Observation:
    present = case.present and not (case.moved and case.leaks)
    return Observation(
        present, case.leaks > 0 and present, case.read, case.whole, case.changed, case.masked,
        case.moved and case.leaks > 0, case.page_gone,
    )  # fmt: skip
