"""What match workers do: the records of a part, with what pages say of them, become a part of hits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from patterns.publicity import publicity_period
from patterns.schema import HITS, MATCH_INPUT
from pipelines import found, layout, links, parts
from pipelines.isolation import Watch
from pipelines.links import FROM_PAGE
from pipelines.workdays import is_workday

_COLUMNS: Final = ("doc_id", "text", "segments", "title", "section", "published_at")
_IN_PERIOD: Final = "S41"  # the severity rule of a list within its publicity period
UNREADABLE: Final = ": unreadable: "  # in the reason of what could not be got out of a part of records


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
