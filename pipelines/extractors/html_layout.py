"""From marked text to lines and rows: which tables hold data, which only lay a page out, how far merged cells reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipelines.extractors.assembly import Assembly
from pipelines.schema import SegmentKind

BREAK, CELL, ROW, SPAN, OPEN, CLOSE = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"
MARKS: Final = (BREAK, CELL, ROW, SPAN, OPEN, CLOSE)

# A cell of more lines than this holds prose, not a value. Old sites lay whole pages out in tables.
_PROSE_LINES: Final = 12
_MAX_COLUMNS: Final = 1000  # the HTML standard's own limit for colspan
_PADDING: Final = 10  # times the cells of a table that spans may make of it; a hostile page asks for billions
_SPANNED: Final = re.compile(rf"^(\d+)[^,]*,(\d+)[^{SPAN}]*{SPAN}")
_ANY_SPAN: Final = re.compile(rf"{CELL}[^{SPAN}{CELL}]*{SPAN}")


def add_marked_text(assembly: Assembly, marked: str) -> None:
    """Append a page's text: body segments of lines, and a table segment for each table that holds data."""
    lines: list[str] = []
    row, tables = 1, 0
    for text, is_table in _regions(_collapsed(marked)):
        rows = _data_rows(text) if is_table else None
        if rows is None:
            lines += _lines(text)
            continue
        row = _add_body(assembly, lines, row)
        lines, tables = [], tables + 1
        assembly.add(SegmentKind.TABLE, str(tables), "\n".join(rows))
        row += len(rows)
    _add_body(assembly, lines, row)


def _collapsed(text: str) -> str:
    """Runs of HTML's white space as one space, as a browser shows them; other spaces (U+00A0, U+3000) are text."""
    for space in "\n\t\r\f":
        text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _add_body(assembly: Assembly, lines: list[str], row: int) -> int:
    assembly.add(SegmentKind.BODY, "", "\n".join(lines), row=row)
    return row + len(lines)


def _regions(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at table edges, each piece with whether it is the whole of an innermost table."""
    for at, opened in enumerate(text.split(OPEN)):
        first, *others = opened.split(CLOSE)
        yield first, at > 0 and bool(others)
        for other in others:
            yield other, False


def _lines(text: str) -> list[str]:
    if SPAN in text:
        text = _ANY_SPAN.sub(CELL, text)
    for mark in (CELL, ROW):  # str.translate would take 50 times longer
        text = text.replace(mark, BREAK)
    stripped = (line.strip(" ") for line in text.split(BREAK))
    return [line for line in stripped if line and not line.isspace()]


def _data_rows(text: str) -> list[str] | None:
    """The rows of an innermost table as lines; None when it is there for layout only."""
    caption, *rows = text.split(ROW)
    table = [row.split(CELL)[1:] for row in rows]
    if max(map(len, table), default=0) < 2 or _is_prose(table):
        return None
    if SPAN in text:
        table = _unspanned(table)
    joined = ("\t".join([_cell(cell) for cell in row]).rstrip("\t") for row in table)
    return _lines(caption) + [row for row in joined if row]


def _is_prose(table: list[list[str]]) -> bool:
    """More lines stand in cells of prose than there are cells at all."""
    counts = [len(_lines(cell)) for row in table for cell in row if cell.count(BREAK) > _PROSE_LINES]
    return sum(count for count in counts if count > _PROSE_LINES) > sum(map(len, table))


def _cell(text: str) -> str:
    if BREAK in text:
        text = " ".join(_lines(text))
    return text.strip(" ")


def _unspanned(table: list[list[str]]) -> list[list[str]]:
    """Every cell in its own column: a merged cell's value stands first, its other places are empty."""
    spans = [[_span(cell) if SPAN in cell else (1, 1, cell) for cell in row] for row in table]
    allowed = _PADDING * sum(map(len, table)) + _MAX_COLUMNS * 10
    reach: dict[int, int] = {}  # column → rows below that a cell of an earlier row still covers
    grid = []
    for row in spans:
        placed: list[str] = []
        for columns, rows, text in row:
            while len(placed) in reach:
                placed.append("")
            at = len(placed)
            placed.append(text)
            if at < _MAX_COLUMNS:
                placed += [""] * (columns - 1)
                reach.update(dict.fromkeys(range(at, len(placed)), rows))
        allowed -= len(placed)
        if allowed < 0:  # no honest table: its rows without the merging
            return [[text for _, _, text in row] for row in spans]
        reach = {column: rows - 1 for column, rows in reach.items() if rows > 1}
        grid.append(placed)
    return grid


def _span(cell: str) -> tuple[int, int, str]:
    """Columns and rows that a cell covers, and its text. rowspan=0 means "to the end"."""
    found = _SPANNED.match(cell)
    if not found:
        return 1, 1, cell.rpartition(SPAN)[2]
    columns, rows = int(found[1][:6]), int(found[2][:6])
    return max(1, min(columns, _MAX_COLUMNS)), rows or 65_534, cell[found.end() :]
