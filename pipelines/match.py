"""Records in, hits out: each part of an export's records becomes a part of hits, and all of them one file (see found).

A part of hits notes the rules, the key and the records it was made with. It is made again when one of these changed,
or when a publicity period in it has ended since, and only then: otherwise hits are those of the day they were found,
also those of parts that an earlier export was matched in already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from typing import Final

from patterns import lexicons
from patterns.matcher import RULES_VERSION, Matcher
from pipelines import found, layout, parts
from pipelines.isolation import Limits
from pipelines.match_plan import Plan, plan_of
from pipelines.match_worker import MatchPart, MatchTask
from pipelines.progress import MATCHING, Progress, Report, never, silent
from pipelines.runners.local import LocalRunner
from pipelines.workdays import is_workday

_DEFAULT_LIMITS: Final = Limits()
_WORTH: Final = 1000  # records a further worker is started for: loading the rules takes as long as matching them


@dataclass(frozen=True, slots=True)
class MatcherFactory:
    """Makes the matcher of each worker. ``key``: the workspace's secret."""

    key: bytes = field(repr=False)
    today: date | None = None
    everything: bool = False

    def __call__(self) -> Matcher:
        return Matcher(self.key, today=self.today, everything=self.everything, is_workday=is_workday)

    @property
    def signature(self) -> str:
        """Changes when hits found before may not be the hits found now. Says nothing about the key's content."""
        key_id = blake2b(self.key, digest_size=8, person=b"scan-key-id").hexdigest()
        return f"rules={RULES_VERSION} words={lexicons.digest()} key={key_id} everything={int(self.everything)}"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A record whose text killed the matcher twice: its hits are not known."""

    archive_id: str
    part: str
    doc_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class MatchSummary:
    records: int
    hits: int
    by_severity: dict[int, int]
    parts: int
    parts_reused: int  # of an earlier run, under the same rules and key
    unmatched: tuple[Unmatched, ...]
    seconds: float
    unfinished: tuple[str, ...] = ()  # archives that the time did not suffice for: not counted here


def match(
    records_dir: Path,
    archive_ids: Sequence[str],
    hits_dir: Path,
    *,
    matcher: MatcherFactory,
    workers: int,
    limits: Limits = _DEFAULT_LIMITS,
    progress: Report = silent,
    over: Callable[[], bool] = never,
) -> MatchSummary:
    """Brings the hits of some archives up to date with their records; ``over``: whether the time is up.

    Raises StorageError, PipelineError."""
    started = monotonic()
    today = matcher.today or date.today()
    try:
        wanted = [plan_of(records_dir / name, hits_dir / name, matcher.signature, today) for name in archive_ids]
        matched, left = _matched_all(MatchTask(matcher), wanted, workers, limits, progress, over)
        damaged = [plan for plan in matched if not plan.finish()]
        if damaged:  # what was found before cannot be read: everything is matched again
            for plan in damaged:
                plan.forget()
            matched, again = _matched_all(MatchTask(matcher), damaged, workers, limits, progress, over)
            left += again
            for plan in matched:
                plan.put_together()
    finally:
        for name in archive_ids:
            layout.sweep(hits_dir / name)
    return _summary([plan for plan in wanted if plan.archive_id not in left], monotonic() - started, left)


def _matched_all(
    task: MatchTask, wanted: Sequence[Plan], workers: int, limits: Limits, progress: Report, over: Callable[[], bool],
) -> tuple[list[Plan], tuple[str, ...]]:  # fmt: skip
    """Matches what there is to match; the exports that are done, and those it had no time for."""
    todo = [part for plan in wanted for part in plan.todo]
    left = _run(task, todo, workers, limits, progress, over)
    return [plan for plan in wanted if plan.archive_id not in left], left


def _run(
    task: MatchTask,
    todo: Sequence[MatchPart],
    workers: int,
    limits: Limits,
    progress: Report,
    over: Callable[[], bool],
) -> tuple[str, ...]:
    """Matches; the archives it had no time for."""
    items, done, records, hits = iter(todo), 0, 0, 0
    total = sum(part.records.stat().st_size for part in todo)
    worth = 1 + sum(part.count for part in todo) // _WORTH
    with LocalRunner(task, workers=max(1, min(workers, len(todo), worth)), limits=limits) as runner:
        for part in runner.map(lambda: None if over() else next(items, None)):
            done += part.records.stat().st_size
            records += part.count
            hits += parts.rows(part.hits)
            progress(Progress(MATCHING, part.archive_id, done, total, records, hits))
    return tuple(dict.fromkeys(part.archive_id for part in items))


def _summary(done: Sequence[Plan], seconds: float, left: tuple[str, ...]) -> MatchSummary:
    """Counted from what is on disk, so that a resumed run says what an undisturbed one says."""
    severities, unmatched, records = Counter[int](), list[Unmatched](), 0
    for plan in done:
        severities.update(found.severities(plan.hits))
        for ordinal, note in sorted(found.look(plan.hits).parts.items()):
            name = layout.part_name(ordinal)
            unmatched += [Unmatched(plan.archive_id, name, doc_id, why) for doc_id, why in note.unmatched]
        records += sum(len(plan.visible.get(part.ordinal, range(part.rows))) for part in plan.parts)
    count = sum(len(plan.parts) for plan in done)
    reused = count - sum(len(plan.todo) for plan in done)
    hits = severities.total()
    return MatchSummary(records, hits, dict(severities), count, reused, tuple(unmatched), seconds, left)
