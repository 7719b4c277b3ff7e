"""Records in, hits out: each part of an archive's records becomes one part of hits.

A part of hits notes the rules, the key and the records it was made with. It is made again when one of these changed,
or when a publicity period in it has ended since, and only then: otherwise hits are those of the day they were found.
Of records that were copied from an earlier export the hits are copied too (see unchanged).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
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
from pipelines import layout, parts
from pipelines.isolation import Limits, Watch
from pipelines.progress import MATCHING, Progress, Report, never, silent
from pipelines.runners.local import LocalRunner
from pipelines.unchanged import FROM_PAGE, Copied, copied, plan_digest
from pipelines.workdays import is_workday

_COLUMNS: Final = ("doc_id", "text", "segments", "title", "section", "published_at")
_IN_PERIOD: Final = "S41"  # the severity rule of a list within its publicity period
_DEFAULT_LIMITS: Final = Limits()


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
    today: date


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
    known = copied(part.records, part.hits, part.made_with["rules"], part.today)
    tally = _Tally(periods=known.periods)
    with parts.writing(part.hits, HITS) as writer:
        if len(known.hits):
            tally.add(known.hits, [])
        gathered = [known.hits]
        for unmatched, hits, periods in watch.each(
            _units(part.records, known, single=watch.careful),
            partial(_matched, matcher),
            lambda unit, verdict: ([(unit.batch["doc_id"][0].as_py(), verdict.reason)], HITS.empty_table(), {}),
            lambda index, verdict: ([("", f"from unit {index} on: {verdict.reason}")], HITS.empty_table(), {}),
        ):
            tally.add(hits, unmatched)
            tally.periods |= periods
            gathered.append(hits)
        writer.write_table(_in_order(gathered))
        writer.add_key_value_metadata(part.made_with | tally.notes())


def _in_order(tables: Sequence[pa.Table]) -> pa.Table:
    """By record; those of one record stay as they are."""
    table = pa.concat_tables(tables)
    rows = table["record_row"].to_numpy()
    return table if (np.diff(rows) >= 0).all() else table.take(pa.array(np.argsort(rows, kind="stable")))


def _units(part: Path, known: Copied, *, single: bool) -> Iterator[_Unit]:
    """A part's records, but those whose hits are known, with what their pages say of them: a row group at a time, or
    one record at a time."""
    if known.rows.all():
        return
    context, start = _context(part), 0
    for batch in parts.batches(part, _COLUMNS):
        todo = np.flatnonzero(~known.rows[start : start + len(batch)])
        joined = _join(batch, context, start)
        if len(todo) < len(batch):
            joined = joined.take(pa.array(todo))
        if single:
            yield from (_Unit(todo[[n]] + start, joined.take(pa.array([n]))) for n in range(len(joined)))
        elif len(todo):
            yield _Unit(todo + start, joined)
        start += len(batch)


def _context(part: Path) -> pa.Table | None:
    path = layout.context_of(part)
    return parts.columns(path, ("record_row", *FROM_PAGE)) if path.exists() else None


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


@dataclass(slots=True)
class _Tally:
    severities: Counter[int] = field(default_factory=Counter)
    unmatched: list[tuple[str, str]] = field(default_factory=list)
    periods: dict[int, str] = field(default_factory=dict)

    def add(self, hits: pa.Table, unmatched: Sequence[tuple[str, str]]) -> None:
        for entry in pc.value_counts(hits["severity"]).to_pylist():
            self.severities[entry["values"]] += entry["counts"]
        self.unmatched += unmatched

    def notes(self) -> dict[str, str]:
        said = {"severities": self.severities, "unmatched": self.unmatched, "periods": self.periods}
        return {name: json.dumps(value) for name, value in said.items()}


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
    wanted = [part for name in archive_ids for part in _plan(records_dir, hits_dir, name, matcher.signature, today)]
    todo = [part for part in wanted if not _up_to_date(part)]
    try:
        left = _run(MatchTask(matcher), todo, workers, limits, progress, over)
    finally:
        for name in archive_ids:
            layout.sweep(hits_dir / name)
    done = [part for part in wanted if part.archive_id not in left]
    reused = len(done) - sum(part.archive_id not in left for part in todo)
    return _summary(done, reused, monotonic() - started, left)


def _plan(records_dir: Path, hits_dir: Path, archive_id: str, signature: str, today: date) -> list[MatchPart]:
    """What there is to match in an archive. Hits of parts that are no more are removed."""
    found = layout.parts(records_dir / archive_id)
    made_with = {"rules": signature, "records": plan_digest(records_dir / archive_id)}
    names = {path.name for path in found}
    for stale in layout.parts(hits_dir / archive_id):
        if stale.name not in names:
            stale.unlink(missing_ok=True)
    return [MatchPart(archive_id, path, hits_dir / archive_id / path.name, made_with, today) for path in found]


def _up_to_date(part: MatchPart) -> bool:
    noted = parts.notes(part.hits)
    ends = json.loads(noted.get("periods", "{}")).values()
    return part.made_with.items() <= noted.items() and all(part.today <= date.fromisoformat(end) for end in ends)


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
    with LocalRunner(task, workers=max(1, min(workers, len(todo))), limits=limits) as runner:
        for part in runner.map(lambda: None if over() else next(items, None)):
            done += part.records.stat().st_size
            records += parts.rows(part.records)
            hits += parts.rows(part.hits)
            progress(Progress(MATCHING, part.archive_id, done, total, records, hits))
    return tuple(dict.fromkeys(part.archive_id for part in items))


def _summary(wanted: Sequence[MatchPart], reused: int, seconds: float, left: tuple[str, ...]) -> MatchSummary:
    """Counted from what is on disk, so that a resumed run says what an undisturbed one says."""
    severities, unmatched = Counter[int](), list[Unmatched]()
    for part in wanted:
        noted = parts.notes(part.hits)
        severities.update({int(level): count for level, count in json.loads(noted["severities"]).items()})
        unmatched += [Unmatched(part.archive_id, part.hits.name, *entry) for entry in json.loads(noted["unmatched"])]
    records = sum(parts.rows(part.records) for part in wanted)
    hits = sum(severities.values())
    return MatchSummary(records, hits, dict(severities), len(wanted), reused, tuple(unmatched), seconds, left)
