"""Where in a document an offset is: which segment, which row or line, which column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from patterns.schema import SegmentKind

Place = tuple[str, str, int, int, bool]  # segment kind, place, row, column (0 outside tables), hidden


class Places:
    """Answers for offsets in rising order in one pass over the text; a lower offset starts the pass again."""

    def __init__(self, text: str, segments: Sequence[dict[str, Any]]) -> None:
        self._text = text
        self._segments = sorted(segments, key=lambda segment: int(segment["start"]))
        self._starts = [segment["start"] for segment in self._segments]
        self._index = -2  # of the segment in which counting goes on
        self._seen = self._lines = 0

    def at(self, offset: int) -> Place:
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset >= self._segments[index]["end"]:
            index = -1
        segment = self._segments[index] if index >= 0 else None
        begin = segment["start"] if segment else 0
        row = self._row(index, begin, offset) + (segment["row"] if segment else 1)
        col = self._col(begin, offset, segment)
        if segment is None:
            return SegmentKind.BODY, "", row, col, False
        hidden = segment["hidden"] or row in segment["hidden_rows"] or col in segment["hidden_cols"]
        return segment["kind"], segment["place"], row, col, bool(hidden)

    def _row(self, index: int, begin: int, offset: int) -> int:
        """Line breaks between the segment's start and the offset, counted on from the last question."""
        if index != self._index or offset < self._seen:
            self._index, self._seen, self._lines = index, begin, 0
        self._lines += self._text.count("\n", self._seen, offset)
        self._seen = offset
        return self._lines

    def _col(self, begin: int, offset: int, segment: dict[str, Any] | None) -> int:
        line = max(self._text.rfind("\n", 0, offset) + 1, begin)
        tabs = self._text.count("\t", line, offset)
        sheet = segment is not None and segment["kind"] in (SegmentKind.SHEET, SegmentKind.TABLE)
        if not sheet and not tabs:
            end = self._text.find("\n", offset)
            if "\t" not in self._text[offset : end if end >= 0 else len(self._text)]:
                return 0
        return tabs + (segment["col"] if segment else 1)
