"""Where in a document an offset is: which segment, which row or line, which column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import pyarrow as pa

from patterns.schema import SegmentKind

Place = tuple[str, str, int, int, bool]  # segment kind, place, row, column (0 outside tables), hidden
_NOTHING: Final[list[int]] = []


class Segment(NamedTuple):
    """One entry of a record's ``segments``; fields as in patterns.schema.SEGMENT."""

    kind: str
    place: str
    start: int
    end: int
    row: int
    col: int
    hidden: bool
    hidden_rows: Sequence[int]
    hidden_cols: Sequence[int]


class Segments:
    """The ``segments`` column of a batch. Numbers are read at once, words when a record is asked for."""

    def __init__(self, column: pa.ListArray) -> None:
        self._bounds = column.offsets.to_numpy().tolist()
        values = column.values
        self._words = [values.field(name) for name in ("kind", "place")]
        self._numbers = [values.field(name).to_numpy() for name in ("start", "end", "row", "col")]
        self._hidden = values.field("hidden")
        self._lists = [_Lists(values.field(name)) for name in ("hidden_rows", "hidden_cols")]

    def of(self, record: int) -> list[Segment]:
        """The segments of a record, in the batch's order."""
        first, last = self._bounds[record], self._bounds[record + 1]
        columns = [
            *(column.slice(first, last - first).to_pylist() for column in self._words),
            *(column[first:last].tolist() for column in self._numbers),
            self._hidden.slice(first, last - first).to_pylist(),
            *(lists.between(first, last) for lists in self._lists),
        ]
        return list(map(Segment._make, zip(*columns, strict=True)))


class _Lists:
    """A column of lists of numbers, nearly all empty."""

    def __init__(self, column: pa.ListArray) -> None:
        self._column, self._bounds = column, column.offsets.to_numpy()

    def between(self, first: int, last: int) -> list[list[int]]:
        if self._bounds[first] == self._bounds[last]:
            return [_NOTHING] * (last - first)
        lists: list[list[int]] = self._column.slice(first, last - first).to_pylist()
        return lists


class Places:
    """Answers for offsets in rising order in one pass over the text; a lower offset starts the pass again."""

    def __init__(self, text: str, segments: Iterable[Segment]) -> None:
        self._text = text
        self._segments = sorted(segments, key=lambda segment: segment.start)
        self._starts = [segment.start for segment in self._segments]
        self._index = -2  # of the segment in which counting goes on
        self._line = self._line_end = 0  # the line of the last question, within its segment
        self._row = 0  # and its number, from 0
        self._in_table = False  # whether the line has columns

    def at(self, offset: int) -> Place:
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset >= self._segments[index].end:
            index = -1
        segment = self._segments[index] if index >= 0 else _NO_SEGMENT
        if index != self._index or not self._line <= offset <= self._line_end:
            self._turn_to(offset, index, segment)
        row = self._row + segment.row
        col = self._text.count("\t", self._line, offset) + segment.col if self._in_table else 0
        hidden = segment.hidden or row in segment.hidden_rows or col in segment.hidden_cols
        return segment.kind, segment.place, row, col, hidden

    def _turn_to(self, offset: int, index: int, segment: Segment) -> None:
        """Makes the offset's line the current one: line breaks are counted on from the last question."""
        text = self._text
        if index != self._index or offset < self._line:
            self._index, self._line, self._row = index, segment.start, 0
        self._row += text.count("\n", self._line, offset)
        self._line = max(text.rfind("\n", self._line, offset) + 1, self._line)
        end = text.find("\n", offset)
        self._line_end = end if end >= 0 else len(text)
        sheet = segment.kind in (SegmentKind.SHEET, SegmentKind.TABLE)
        self._in_table = sheet or text.find("\t", self._line, self._line_end) >= 0


_NO_SEGMENT: Final = Segment(SegmentKind.BODY, "", 0, 0, 1, 1, False, (), ())
