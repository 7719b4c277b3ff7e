"""Records in, hits out: each part of an export's records becomes a part of hits, and all of them one file (see found).

A part of hits notes the rules, the key and the records it was made with. It is made again when one of these changed,
or when a publicity period in it has ended since, and only then: otherwise hits are those of the day they were found,
also those of parts that an earlier export was matched in already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from patterns import lexicons
from patterns.matcher import RULES_VERSION, Matcher
from patterns.publicity import publicity_period
from patterns.schema import HITS, MATCH_INPUT
from pipelines import exports, found, layout, links, parts
from pipelines.isolation import Limits, Watch
from pipelines.links import FROM_PAGE
from pipelines.progress import MATCHING, Progress, Report, never, silent
from pipelines.runners.local import LocalRunner
from pipelines.workdays import is_workday

_COLUMNS: Final = ("doc_id", "text", "segments", "title", "section", "published_at")
_IN_PERIOD: Final = "S41"  # the severity rule of a list within its publicity period
_DEFAULT_LIMITS: Final = Limits()
_UNREADABLE: Final = ": unreadable: "  # in the reason of what could not be got out of a part of records
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


@dataclass(frozen=True, slots=True)
class MatchPart:
    """What a worker is to match."""

    archive_id: str
    records: Path
    hits: Path
    made_with: dict[str, str]  # noted in the part of hits
    count: int  # of records
    rows: tuple[int, ...] | None = None  # those that are the export's, in order; None: all are


@dataclass(frozen=True, slots=True)
class _Unit:
    rows: npt.NDArray[np.int64]  # of the part its records are
    batch: pa.RecordBatch


@dataclass(frozen=True, slots=True)
class MatchTask:
    """The task of match workers: a MatchPart in, itself out when it is done."""

    matcher: Callable[[], Any]

    def open(self) -> Callable[[MatchPart, Watch], MatchPart]:
        matcher = self.matcher()

        def handle(part: MatchPart, watch: Watch) -> MatchPart:
            _match_part(matcher, part, watch)
            return part

        return handle


def _match_part(matcher: Any, part: MatchPart, watch: Watch) -> None:
    note, gathered = found.PartNote(), [HITS.empty_table()]
    with parts.writing(part.hits, HITS) as writer:
        for unmatched, hits, periods in watch.each(
            _units(part, single=watch.careful),
            partial(_matched, matcher),
            lambda unit, verdict: ([(unit.batch["doc_id"][0].as_py(), verdict.reason)], HITS.empty_table(), {}),
            lambda index, verdict: ([("", f"from unit {index} on: {verdict.reason}")], HITS.empty_table(), {}),
        ):
            note.unmatched += unmatched
            note.periods |= periods
            gathered.append(hits)
        writer.write_table(pa.concat_tables(gathered))
        writer.add_key_value_metadata(part.made_with | note.encoded())


def _units(part: MatchPart, *, single: bool) -> Iterator[_Unit]:
    """A part's records with what their pages say of them: a row group at a time, or one record at a time."""
    context, start = _context(part.records), 0
    wanted = None if part.rows is None else np.array(part.rows, np.int64)
    for batch in parts.batches(part.records, _COLUMNS):
        rows = np.arange(start, start + len(batch))
        joined = _join(batch, context, start)
        if wanted is not None:
            rows = wanted[(wanted >= start) & (wanted < start + len(batch))]
            joined = joined.take(pa.array(rows - start))
        if single:
            yield from (_Unit(rows[[n]], joined.take(pa.array([n]))) for n in range(len(joined)))
        elif len(rows):
            yield _Unit(rows, joined)
        start += len(batch)


def _context(part: Path) -> pa.Table | None:
    """What pages say of the records of a part."""
    path = links.context_of(part.parent)
    if not path.exists():
        return None
    table = _contexts(path, path.stat().st_mtime_ns)
    first, last = np.searchsorted(table["part"].to_numpy(), (layout.ordinal(part), layout.ordinal(part) + 1))
    return table.slice(first, last - first)


@lru_cache(maxsize=1)
def _contexts(path: Path, _changed: int) -> pa.Table:
    return parts.columns(path, ("part", "record_row", *FROM_PAGE))


def _join(batch: pa.RecordBatch, context: pa.Table | None, start: int) -> pa.RecordBatch:
    """The batch with a page's title, section and date for records that belong to one. Columns: MATCH_INPUT."""
    columns = {name: batch[name] for name in _COLUMNS}
    if context is None:
        columns["parent_title"] = pa.repeat("", len(batch))
    else:
        page_of = np.full(len(batch), -1)
        rows = context["record_row"].to_numpy() - start
        here = (rows >= 0) & (rows < len(batch))
        page_of[rows[here]] = np.flatnonzero(here)
        pages = context.take(pa.array(page_of, mask=page_of < 0)).combine_chunks()
        said = {name: pages[name].combine_chunks() for name in FROM_PAGE}
        columns["parent_title"] = said["parent_title"].fill_null("")
        named = pc.fill_null(pc.not_equal(said["section"], ""), False)
        columns["section"] = pc.if_else(named, said["section"], columns["section"])
        columns["published_at"] = pc.coalesce(said["published_at"], columns["published_at"])
    return pa.RecordBatch.from_arrays([columns[name] for name in MATCH_INPUT.names], schema=MATCH_INPUT)


def _matched(matcher: Any, unit: _Unit) -> tuple[list[tuple[str, str]], pa.Table, dict[int, str]]:
    found = _hits(matcher, unit)
    return [], found, _periods(unit, found)


def _hits(matcher: Any, unit: _Unit) -> pa.Table:
    found = pa.Table.from_batches([matcher.match(unit.batch)], HITS)
    place = HITS.get_field_index("record_row")
    rows = unit.rows[found["record_row"].to_numpy()]
    return found.set_column(place, HITS.field(place), pa.array(rows, pa.int32()))


def _periods(unit: _Unit, hits: pa.Table) -> dict[int, str]:
    """The last day of each publicity period that still ran, by row of the part: the hits may be others after it."""
    running = pc.unique(hits.filter(pc.equal(hits["severity_rule"], _IN_PERIOD))["record_row"]).to_pylist()
    ends = dict[int, str]()
    for row in running:
        record = unit.batch.slice(int(np.searchsorted(unit.rows, row)), 1)
        text, published = record["text"][0].as_py(), record["published_at"][0].as_py()
        period = publicity_period(text, published, is_workday=is_workday)
        if period and period.end:
            ends[row] = period.end.isoformat()
    return ends


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
        wanted = [_plan(records_dir / name, hits_dir / name, matcher.signature, today) for name in archive_ids]
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


@dataclass(slots=True)
class _Plan:
    """What is known and what there is to match of one export."""

    records: Path
    hits: Path
    made_with: dict[str, str]
    parts: list[exports.Part]
    visible: dict[int, npt.NDArray[np.int64]]  # rows of parts that hold others too
    source: found.Source
    todo: list[MatchPart]

    @property
    def archive_id(self) -> str:
        return self.records.name

    def fresh(self) -> list[Path]:
        """The parts of hits that were matched for this export."""
        known = self.source.known
        return [self.hits / layout.part_name(part.ordinal) for part in self.parts if part.ordinal not in known]

    def finish(self) -> bool:
        """Puts the hits together where they are not; False if what was known before cannot be read."""
        own = self.source.found if self.source.found.folder == self.hits else None
        if own and len(own.parts) == len(self.parts) == len(self.source.becomes) and found.file_of(self.hits).exists():
            return True
        if not self.parts and not self.hits.exists():
            return True
        try:
            self.put_together()
        except (OSError, pa.ArrowException):
            return False
        return True

    def put_together(self) -> None:
        for part in self.todo:
            if any(_UNREADABLE in why for _, why in found.note_of(part.hits).unmatched):
                layout.put_away(part.records)  # so that another run finds it missing, and reads its documents again
        found.put_together(self.hits, self.made_with, self.source, self.fresh(), self.visible)

    def forget(self) -> None:
        for path in (found.file_of(self.hits), *layout.parts(self.hits)):
            path.unlink(missing_ok=True)
        self.source = found.Source(found.look(self.hits), {})
        self.todo = self.unmatched(date.max)

    def unmatched(self, today: date) -> list[MatchPart]:
        """The parts whose hits are not known, and not matched by a run that was interrupted."""
        todo, known = [], self.source.known
        for part in self.parts:
            name = layout.part_name(part.ordinal)
            if part.ordinal not in known and not self._is_matched(self.hits / name, today):
                rows = self.visible.get(part.ordinal)
                some = None if rows is None else tuple(rows.tolist())
                count = part.rows if some is None else len(some)
                todo.append(
                    MatchPart(self.archive_id, self.records / name, self.hits / name, self.made_with, count, some)
                )
        return todo

    def _is_matched(self, part: Path, today: date) -> bool:
        noted = parts.notes(part)
        return self.made_with.items() <= noted.items() and found.note_of(part).holds(today)


def _plan(records: Path, hits: Path, signature: str, today: date) -> _Plan:
    """What there is to match in an export. Hits of parts that are no more are removed."""
    every = exports.parts_of(records)
    made_with = {"rules": signature, "records": exports.digest(records)}
    source = found.known(records, hits, made_with, today)
    known = source.known
    needed = {layout.part_name(part.ordinal) for part in every if part.ordinal not in known}
    for stale in layout.parts(hits):
        if stale.name not in needed:
            stale.unlink(missing_ok=True)
    plan = _Plan(records, hits, made_with, every, exports.rows_by_part(records), source, [])
    plan.todo = plan.unmatched(today)
    return plan


def _matched_all(
    task: MatchTask, wanted: Sequence[_Plan], workers: int, limits: Limits, progress: Report, over: Callable[[], bool],
) -> tuple[list[_Plan], tuple[str, ...]]:  # fmt: skip
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


def _summary(done: Sequence[_Plan], seconds: float, left: tuple[str, ...]) -> MatchSummary:
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
