"""CSV, TSV and their cousins: text whose lines are rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.encoding import decode
from pipelines.extractors.rows import add_rows, flat, line
from pipelines.extractors.text import finished, note_damage
from pipelines.schema import SegmentKind

_DELIMITERS: Final = "\t,;|，"
_SAMPLE_LINES: Final = 50
# The csv module refuses fields above 128 KiB by default; an unclosed quote may swallow a whole file into one.
csv.field_size_limit(2**31 - 1)


def extract_delimited(member: Member) -> Document:
    """One sheet; a record is a row, also one that spans lines, and blank lines are rows, so row numbers hold."""
    decoded = decode(member.data or b"", member.charset)
    text = decoded.text.replace("\0", "")
    assembly = Assembly()
    note_damage(assembly, decoded)
    add_rows(assembly, SegmentKind.SHEET, "", _lines(text, delimiter_of(text)))
    return finished(assembly)


def delimiter_of(text: str) -> str:
    """The delimiter that parts most of the first lines into the same number of cells; a comma when none does."""
    sample = [row for row in text[:100_000].splitlines()[:_SAMPLE_LINES] if row.strip()]
    scores = {mark: _agreement([row.count(mark) for row in sample]) for mark in _DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    return best if scores[best] else ","


def _agreement(counts: list[int]) -> int:
    """How many lines hold the delimiter as often as most lines that hold it at all."""
    some = [count for count in counts if count]
    return max((some.count(count) for count in set(some)), default=0)


def _lines(text: str, delimiter: str) -> Iterator[str]:
    source = StringIO(text, newline="")
    try:
        for cells in csv.reader(source, delimiter=delimiter):
            yield line(flat(cell) for cell in cells)
    except csv.Error:  # what is no CSV is still lines of text
        yield from (line(flat(cell) for cell in row.split(delimiter)) for row in source.read().splitlines())
