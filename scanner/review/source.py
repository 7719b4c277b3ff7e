"""The text a finding stands in, from records/: masked by finding every value in it once more, names too.

Masked means by the same matcher that found it, so what it cannot see it cannot mask. Nothing of the text is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from patterns.schema import MATCH_INPUT, SegmentKind
from pipelines import exports, layout
from scanner.errors import InputError
from scanner.i18n import N_
from scanner.review.models import Context, Line, Span
from scanner.store.casework import Stored

if TYPE_CHECKING:
    from patterns.matcher import Matcher

_COLUMNS: Final = ("doc_id", "digest", "text", "segments", "title", "section", "published_at")
_TABLES: Final = (SegmentKind.TABLE, SegmentKind.SHEET)
_PART: Final = re.compile(r"[^/\\]+/part-\d+\.parquet")
_LINE: Final = 2000  # characters of a line that are shown around what was asked for


@dataclass(frozen=True, slots=True)
class Mark:
    """A value in the text: code points, and how it is shown."""

    start: int
    end: int
    masked: str


@dataclass(frozen=True)
class Source:
    """One record's text; the values in it are looked for when they are first needed."""

    row: dict[str, Any]
    found: Sequence[Stored]
    matcher: Callable[[], Matcher]  # one that reports everything it sees: what it does not see is not masked

    @property
    def text(self) -> str:
        return str(self.row["text"])

    @property
    def segments(self) -> list[dict[str, Any]]:
        return list(self.row["segments"])

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Every value's place, in order, none overlapping."""
        return _marks(self.matcher(), self.row, self.found)

    def segment_at(self, position: int) -> dict[str, Any] | None:
        return next((s for s in self.segments if s["start"] <= position < s["end"]), None)


def load(records: Path, matcher: Callable[[], Matcher], found: Sequence[Stored]) -> Source:
    """The record that these findings of one document stand in. Raises InputError when it is not there any more."""
    return Source(_record(records, found[0]), found, matcher)


def value(records: Path, finding: Stored) -> str:
    """The raw value. Raises InputError when the record is not there any more."""
    return str(_record(records, finding)["text"])[finding.start : finding.end]


def context(source: Source, finding: Stored, around: int) -> Context:
    """The finding's line and ``around`` lines on each side, within its segment; of a table with its header."""
    segment = source.segment_at(finding.start)
    start, end = (segment["start"], segment["end"]) if segment else (0, len(source.text))
    table = segment is not None and segment["kind"] in _TABLES
    places = _line_places(source.text, start, end)
    at = max(bisect_right([s for s, _e in places], finding.start) - 1, 0)
    chosen = range(max(at - around, 0), min(at + around + 1, len(places)))
    lines = [_line(source, segment, number, places[number], finding) for number in chosen]
    first = _header(source, segment, places, finding) if table else None
    header = _line(source, segment, first, places[first], finding) if first is not None else None
    return Context(table, header, tuple(line for line, number in zip(lines, chosen, strict=True) if number != first))


def lines(source: Source) -> list[Line]:
    """The whole text, segment by segment, as lines."""
    made: list[Line] = []
    segments: list[dict[str, Any] | None] = [*source.segments] or [None]
    for segment in segments:
        start, end = (segment["start"], segment["end"]) if segment else (0, len(source.text))
        places = _line_places(source.text, start, end)
        made += [_line(source, segment, number, place, None) for number, place in enumerate(places)]
    return made


def _record(records: Path, finding: Stored) -> dict[str, Any]:
    """One row of a part: only its row group is read."""
    todo = N_("The export was read anew or removed; run `scan run` again with the newest export.")
    path = records / finding.part
    if not _PART.fullmatch(finding.part) or not path.is_file():
        raise InputError(N_("The text of this document is not in records/ any more"), finding.part, todo)
    try:
        row = _row(path, finding.record_row)
    except (OSError, pa.ArrowException) as error:
        raise InputError(N_("The text of this document cannot be read"), finding.part, todo) from error
    if row is None or not _is_of(finding, row, path):
        raise InputError(N_("The text of this document is not in records/ any more"), finding.part, todo)
    return row


def _is_of(finding: Stored, row: dict[str, Any], part: Path) -> bool:
    """Whether a record is the finding's document. A case may have moved to another address; and a part that several
    exports share names the address its bytes were first read at: then the export's own list says whose they are."""
    known = {finding.doc_id, *finding.moved}
    if row["doc_id"] in known:
        return True
    if not exports.is_listed(part.parent):
        return False
    listed = exports.table(part.parent, ("doc_id", "digest", "part", "row"))
    place = pc.and_(pc.equal(listed["part"], layout.ordinal(part)), pc.equal(listed["row"], finding.record_row))
    return any(each["doc_id"] in known and each["digest"] == row["digest"] for each in listed.filter(place).to_pylist())


def _row(path: Path, number: int) -> dict[str, Any] | None:
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            size = file.metadata.row_group(group).num_rows
            if number < size:
                table = file.read_row_group(group, columns=list(_COLUMNS), use_threads=False)
                return dict(table.slice(number, 1).to_pylist()[0])
            number -= size
    return None


def _marks(matcher: Matcher, row: dict[str, Any], found: Sequence[Stored]) -> tuple[Mark, ...]:
    batch = pa.RecordBatch.from_pylist([row | {"parent_title": ""}], schema=MATCH_INPUT)
    marks = [Mark(h["start"], h["end"], h["masked"]) for h in matcher.match(batch).to_pylist()]
    marks += [Mark(f.start, f.end, f.masked) for f in found]
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
        elif mark.end > kept[-1].end:  # they overlap: neither may show what the other hides
            kept[-1] = Mark(kept[-1].start, mark.end, kept[-1].masked)
    return tuple(kept)


def _line_places(text: str, start: int, end: int) -> list[tuple[int, int]]:
    places = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        places.append((start, stop))
        start = stop + 1
    return places or [(start, start)]


def _header(
    source: Source, segment: dict[str, Any] | None, places: list[tuple[int, int]], finding: Stored
) -> int | None:
    """The row of a table that names its columns: the first of the first rows that has the most filled cells and no
    value in it."""
    best, most = None, 1
    for number, place in enumerate(places[:6]):
        line = _line(source, segment, number, place, finding)
        filled = sum(1 for cell in line.cells if any(span.text.strip() for span in cell))
        if filled > most and not any(span.mark for cell in line.cells for span in cell):
            best, most = number, filled
    return best


def _line(
    source: Source, segment: dict[str, Any] | None, number: int, place: tuple[int, int], finding: Stored | None
) -> Line:
    start, end = place
    row = (segment["row"] if segment else 1) + number
    first = segment["col"] if segment else 1
    if segment is not None and segment["kind"] in _TABLES:
        cells = tuple(tuple(_spans(source, s, e, finding)) for s, e in _cells(source.text, start, end))
        hidden_cells = frozenset(col - first for col in segment["hidden_cols"] if 0 <= col - first < len(cells))
    else:
        cells, hidden_cells = (tuple(_spans(source, start, end, finding)),), frozenset()
    hidden = bool(segment and (segment["hidden"] or row in segment["hidden_rows"]))
    return Line(row, cells, hidden, hidden_cells)


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while True:
        stop = text.find("\t", start, end)
        if stop < 0:
            yield start, end
            return
        yield start, stop
        start = stop + 1


def _spans(source: Source, start: int, end: int, finding: Stored | None) -> Iterator[Span]:
    """The pieces of one cell or line; a very long one is cut down to what stands around the finding."""
    if end - start > _LINE:
        middle = finding.start if finding and start <= finding.start < end else start
        start, end = max(start, middle - _LINE // 2), min(end, middle + _LINE // 2)
    position = start
    for mark in _marks_in(source.marks, start, end):
        if mark.start > position:
            yield Span(source.text[position : mark.start])
        this = finding is not None and mark.start <= finding.start < mark.end
        yield Span(mark.masked, "this" if this else "other")
        position = max(position, mark.end)
    if position < end:
        yield Span(source.text[position:end])


def _marks_in(marks: Sequence[Mark], start: int, end: int) -> Iterator[Mark]:
    first = max(bisect_right(marks, start, key=lambda m: m.start) - 1, 0)
    for mark in marks[first:]:
        if mark.start >= end:
            return
        if mark.end > start:
            yield mark
