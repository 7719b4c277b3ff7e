"""A document before it has a format: paragraphs and tables whose personal values know what they are.

The same content becomes the text a matcher reads (``text_of``, with exact spans), a page, a workbook, a letter or a PDF
(``writers``), so one gold answer serves the matcher's benchmark and the whole pipeline's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from patterns.schema import SegmentKind


@dataclass(frozen=True, slots=True)
class Value:
    """A personal value in its written form. ``start`` and ``end`` bound the value itself within ``text``.

    A tab in ``text`` means that the value runs over neighbouring cells. ``required`` False: it is what it says, but
    finding it is neither demanded nor wrong (an official's name, a bidding agent's mobile).
    """

    entity: str
    text: str
    raw: str
    form: str = "plain"
    start: int = 0
    end: int = -1
    required: bool = True

    @property
    def span(self) -> tuple[int, int]:
        return self.start, len(self.text) if self.end < 0 else self.end


Part = str | Value
Line = tuple[Part, ...]  # a paragraph, or one cell


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Line, ...], ...]
    name: str = "Sheet1"
    hidden: bool = False
    hidden_cols: tuple[int, ...] = ()  # 1-based


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Content:
    """``expect``: the least severity (patterns.schema.Severity) the document's case must have; 0: it must stay below
    MEDIUM; None: the law leaves it open, neither counts."""

    title: str
    blocks: tuple[Block, ...]
    template: str
    expect: int | None
    section: str = ""
    published_at: date | None = None
    parent_title: str = ""

    def values(self) -> Iterator[Value]:
        for block in self.blocks:
            lines = [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block]
            for line in lines:
                yield from (part for part in line if isinstance(part, Value))


@dataclass(frozen=True, slots=True)
class Gold:
    """Where a value stands in a document's text: code points, half-open."""

    entity: str
    start: int
    end: int
    form: str
    raw: str
    required: bool


@dataclass(slots=True)
class Text:
    """Text under construction, with the gold spans and the segments in it."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    gold: list[Gold] = field(default_factory=list)
    segments: list[dict[str, object]] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def line(self, line: Sequence[Part]) -> None:
        for part in line:
            if isinstance(part, Value):
                start, end = part.span
                at = self.length
                self.gold.append(Gold(part.entity, at + start, at + end, part.form, part.raw, part.required))
                self.add(part.text)
            else:
                self.add(part)

    def segment(self, kind: str, start: int, place: str = "") -> None:
        if self.length > start:
            self.segments.append(
                {
                    "kind": kind, "place": place, "start": start, "end": self.length, "row": 1, "col": 1,
                    "hidden": False, "hidden_rows": [], "hidden_cols": [],
                }
            )  # fmt: skip

    def __str__(self) -> str:
        return "".join(self.pieces)


def text_of(content: Content, *, before: str = "", after: str = "") -> Text:
    """The content as an extractor hands it on: a line a paragraph, a table row a line of tab-parted cells."""
    out = Text()
    _body(out, before + content.title + "\n")
    start = out.length
    for block in content.blocks:
        if isinstance(block, Table):
            out.segment(SegmentKind.BODY, start)
            start = out.length
            _table(out, block)
            out.segment(SegmentKind.TABLE, start)
            start = out.length
        else:
            out.line(block)
            out.add("\n")
    out.add(after)
    out.segment(SegmentKind.BODY, start)
    return out


def _body(out: Text, text: str) -> None:
    start = out.length
    out.add(text)
    out.segment(SegmentKind.BODY, start)


def _table(out: Text, table: Table) -> None:
    for row in table.rows:
        for index, cell in enumerate(_shown(row)):
            if index:
                out.add("\t")
            out.line(tuple(_in_cell(part) for part in cell))
        out.add("\n")


def _shown(row: tuple[Line, ...]) -> tuple[Line, ...]:
    """A row without the empty cells at its end: extractors drop them."""
    last = max((index for index, cell in enumerate(row) if cell), default=-1)
    return row[: last + 1]


def _in_cell(part: Part) -> Part:
    """A line break inside a cell is a space in the text."""
    if isinstance(part, Value):
        return replace(part, text=part.text.replace("\n", " "))
    return part.replace("\n", " ")
