"""Which characters of a DOC nobody sees, and how they are hidden: as such, white on white, or under two points."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pipelines.extractors.word97_runs import HIDDEN, IN_TABLE, ROW_END, SHADED, TINY, WHITE
from pipelines.extractors.word_hidden import HIDDEN as HIDDEN_TEXT
from pipelines.extractors.word_hidden import TINY as TINY_TEXT
from pipelines.extractors.word_hidden import WHITE as WHITE_TEXT
from pipelines.extractors.word_text import Ends

_DIGITS: Final = frozenset("0123456789Xx*")
_LONGEST: Final = 40  # of a number that is hidden in part

Span = tuple[int, int]  # of character positions


def unseen(
    text: str, runs: Mapping[int, list[Span]], ends: Ends, boxes: Iterable[Span]
) -> Iterator[tuple[str, list[Span]]]:
    """By what hides them, the spans that are not seen. ``boxes``: text boxes, which may well have a dark ground."""
    yield HIDDEN_TEXT, [_whole_number(text, span) for span in runs[HIDDEN]]
    if runs[WHITE]:
        grounds = sorted([*runs[SHADED], *_shaded(text, ends), *boxes])
        yield WHITE_TEXT, [_whole_number(text, part) for span in runs[WHITE] for part in _without(span, grounds)]
    yield TINY_TEXT, [_whole_number(text, span) for span in runs[TINY]]


def _whole_number(text: str, span: Span) -> Span:
    """Digits that are hidden within a number, with the rest of it: else neither part is known for what it is."""
    start, end = span
    first, last = start, end
    while first > 0 and start - first < _LONGEST and text[first] in _DIGITS and text[first - 1] in _DIGITS:
        first -= 1
    while last < len(text) and last - end < _LONGEST and text[last - 1] in _DIGITS and text[last] in _DIGITS:
        last += 1
    return first, last


def _shaded(text: str, ends: Ends) -> Iterator[Span]:
    """Paragraphs on a ground of their own, and rows in which a cell is."""
    in_table, rows = ends[IN_TABLE], sorted(ends[ROW_END])
    for end in ends[SHADED]:
        if end in ends[ROW_END]:
            at = bisect_left(rows, end)
            start = end
            while start > 0 and not (text[start - 1] == "\r" and start - 1 not in in_table):
                start -= 1
                if at and start <= rows[at - 1] + 1:
                    break
            yield start, end
        else:
            yield max(text.rfind(mark, 0, end) for mark in "\r\x07") + 1, end


def _without(span: Span, others: Iterable[Span]) -> Iterator[Span]:
    """What is left of a span; the others in order."""
    start, end = span
    for first, last in others:
        if last <= start:
            continue
        if first >= end:
            break
        if first > start:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end
