"""Records in, hits out: each part of an archive's records becomes one part of hits.

A part of hits notes the rules, the key and the records it was made with. It is made again when one of these changed,
and only then. The day the scan counts as (``today``) is not among them: hits are those of the day they were found.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from patterns.matcher import RULES_VERSION, Matcher
from patterns.schema import HITS, MATCH_INPUT
from pipelines import layout, parts
from pipelines.isolation import Limits, Watch
from pipelines.progress import MATCHING, Progress, Report, silent
from pipelines.runners.local import LocalRunner

_COLUMNS: Final = ("doc_id", "text", "segments", "title", "section", "published_at")
_FROM_PAGE: Final = ("parent_title", "section", "published_at")
_DEFAULT_LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class MatcherFactory:
    """Makes the matcher of each worker. ``key``: the workspace's secret."""

    key: bytes = field(repr=False)
    today: date | None = None
    everything: bool = False

    def __call__(self) -> Matcher:
        return Matcher(self.key, today=self.today, everything=self.everything)

    @property
    def signature(self) -> str:
        """Changes when hits found before may not be the hits found now. Says nothing about the key's content."""
        key_id = blake2b(self.key, digest_size=8, person=b"scan-key-id").hexdigest()
        return f"rules={RULES_VERSION} key={key_id} everything={int(self.everything)}"


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


@dataclass(frozen=True, slots=True)
class MatchPart:
    """What a worker is to match."""

    archive_id: str
    records: Path
    hits: Path
    made_with: dict[str, str]  # noted in the part of hits


@dataclass(frozen=True, slots=True)
class _Unit:
    start: int  # row of the part its first record is
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
    tally = _Tally()
    with parts.writing(part.hits, HITS) as writer:
        for unmatched, hits in watch.each(
            _units(part.records, single=watch.careful),
            lambda unit: ([], _hits(matcher, unit)),
            lambda unit, verdict: ([(unit.batch["doc_id"][0].as_py(), verdict.reason)], HITS.empty_table()),
            lambda index, verdict: ([("", f"from unit {index} on: {verdict.reason}")], HITS.empty_table()),
        ):
            writer.write_table(hits)
            tally.add(hits, unmatched)
        writer.add_key_value_metadata(part.made_with | tally.notes())


def _units(part: Path, *, single: bool) -> Iterator[_Unit]:
    """A part's records with what their pages say of them: a row group at a time, or one record at a time."""
    context, start = _context(part), 0
    for batch in parts.batches(part, _COLUMNS):
        joined = _join(batch, context, start)
        if single:
            yield from (_Unit(start + row, joined.take(pa.array([row]))) for row in range(len(joined)))
        else:
            yield _Unit(start, joined)
        start += len(batch)


def _context(part: Path) -> pa.Table | None:
    path = layout.context_of(part)
    return parts.columns(path, ("record_row", *_FROM_PAGE)) if path.exists() else None


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
        said = {name: pages[name].combine_chunks() for name in _FROM_PAGE}
        columns["parent_title"] = said["parent_title"].fill_null("")
        named = pc.fill_null(pc.not_equal(said["section"], ""), False)
        columns["section"] = pc.if_else(named, said["section"], columns["section"])
        columns["published_at"] = pc.coalesce(said["published_at"], columns["published_at"])
    return pa.RecordBatch.from_arrays([columns[name] for name in MATCH_INPUT.names], schema=MATCH_INPUT)


def _hits(matcher: Any, unit: _Unit) -> pa.Table:
    found = pa.Table.from_batches([matcher.match(unit.batch)], HITS)
    place = HITS.get_field_index("record_row")
    return found.set_column(place, HITS.field(place), pc.add(found["record_row"], pa.scalar(unit.start, pa.int32())))


@dataclass(slots=True)
class _Tally:
    severities: Counter[int] = field(default_factory=Counter)
    unmatched: list[tuple[str, str]] = field(default_factory=list)

    def add(self, hits: pa.Table, unmatched: Sequence[tuple[str, str]]) -> None:
        for entry in pc.value_counts(hits["severity"]).to_pylist():
            self.severities[entry["values"]] += entry["counts"]
        self.unmatched += unmatched

    def notes(self) -> dict[str, str]:
        return {"severities": json.dumps(self.severities), "unmatched": json.dumps(self.unmatched)}


def match(
    records_dir: Path,
    archive_ids: Sequence[str],
    hits_dir: Path,
    *,
    matcher: MatcherFactory,
    workers: int,
    limits: Limits = _DEFAULT_LIMITS,
    progress: Report = silent,
) -> MatchSummary:
    """Brings the hits of some archives up to date with their records. Raises StorageError, PipelineError."""
    started = monotonic()
    wanted = [part for name in archive_ids for part in _plan(records_dir, hits_dir, name, matcher.signature)]
    todo = [part for part in wanted if not _up_to_date(part)]
    try:
        _run(MatchTask(matcher), todo, workers, limits, progress)
    finally:
        for name in archive_ids:
            layout.sweep(hits_dir / name)
    return _summary(wanted, len(wanted) - len(todo), monotonic() - started)


def _plan(records_dir: Path, hits_dir: Path, archive_id: str, signature: str) -> list[MatchPart]:
    """What there is to match in an archive. Hits of parts that are no more are removed."""
    found = layout.parts(records_dir / archive_id)
    plan = json.dumps(layout.read_json(records_dir / archive_id / "plan.json"), sort_keys=True)
    made_with = {"rules": signature, "records": blake2b(plan.encode(), digest_size=8).hexdigest()}
    names = {path.name for path in found}
    for stale in layout.parts(hits_dir / archive_id):
        if stale.name not in names:
            stale.unlink(missing_ok=True)
    return [MatchPart(archive_id, path, hits_dir / archive_id / path.name, made_with) for path in found]


def _up_to_date(part: MatchPart) -> bool:
    return part.made_with.items() <= parts.notes(part.hits).items()


def _run(task: MatchTask, todo: Sequence[MatchPart], workers: int, limits: Limits, progress: Report) -> None:
    items, done, records, hits = iter(todo), 0, 0, 0
    total = sum(part.records.stat().st_size for part in todo)
    with LocalRunner(task, workers=max(1, min(workers, len(todo))), limits=limits) as runner:
        for part in runner.map(lambda: next(items, None)):
            done += part.records.stat().st_size
            records += parts.rows(part.records)
            hits += parts.rows(part.hits)
            progress(Progress(MATCHING, part.archive_id, done, total, records, hits))


def _summary(wanted: Sequence[MatchPart], reused: int, seconds: float) -> MatchSummary:
    """Counted from what is on disk, so that a resumed run says what an undisturbed one says."""
    severities, unmatched = Counter[int](), list[Unmatched]()
    for part in wanted:
        noted = parts.notes(part.hits)
        severities.update({int(level): count for level, count in json.loads(noted["severities"]).items()})
        unmatched += [Unmatched(part.archive_id, part.hits.name, *entry) for entry in json.loads(noted["unmatched"])]
    records = sum(parts.rows(part.records) for part in wanted)
    hits = sum(severities.values())
    return MatchSummary(records, hits, dict(severities), len(wanted), reused, tuple(unmatched), seconds)
