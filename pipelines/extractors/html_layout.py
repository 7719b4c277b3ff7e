"""From marked text to lines and rows: which tables hold data, which only lay a page out, how far merged cells reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import filterfalse
from typing import Final, NamedTuple

from pipelines.extractors.assembly import Assembly
from pipelines.schema import SegmentKind

BREAK, CELL, ROW, SPAN, OPEN, CLOSE, HIDE = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06", "\x07"
MARKS: Final = (BREAK, CELL, ROW, SPAN, OPEN, CLOSE, HIDE)

# A cell of more lines than this holds prose, not a value. Old sites lay whole pages out in tables.
_PROSE_LINES: Final = 12
_MAX_COLUMNS: Final = 1000  # the HTML standard's own limit for colspan
_PADDING: Final = 10  # times the cells of a table that spans may make of it; a hostile page asks for billions
_SPANNED: Final = re.compile(rf"^(\d+)[^,]*,(\d+)[^{SPAN}]*{SPAN}")
_ANY_SPAN: Final = re.compile(rf"{CELL}[^{SPAN}{CELL}]*{SPAN}")


class Rows(NamedTuple):
    """A data table: its lines, and which of its rows and columns (1-based) are hidden."""

    lines: list[str]
    hidden_rows: tuple[int, ...] = ()
    hidden_cols: tuple[int, ...] = ()


def add_marked_text(assembly: Assembly, marked: str, *, place: str = "", hidden: bool = False) -> None:
    """Append a page's text: body segments of lines, and a table segment for each table that holds data.

    ``marked`` holds no runs of white space; other spaces (U+00A0, U+3000) are text.
    ``place`` stands for the tables' numbers in what is ``hidden``.
    """
    lines: list[str] = []
    row, tables = 1, 0
    for text, is_table in _regions(marked):
        rows = _data_rows(text) if is_table else None
        if rows is None:
            lines += _lines(text)
            continue
        assembly.add(SegmentKind.BODY, place, "\n".join(lines), row=row, hidden=hidden)
        row += len(lines) + len(rows.lines)
        lines, tables = [], tables + 1
        assembly.add(
            SegmentKind.TABLE,
            place or str(tables),
            "\n".join(rows.lines),
            hidden=hidden,
            hidden_rows=rows.hidden_rows,
            hidden_cols=rows.hidden_cols,
        )
    assembly.add(SegmentKind.BODY, place, "\n".join(lines), row=row, hidden=hidden)


def flat_text(marked: str) -> str:
    """Marked text as lines, the cells of a row parted by tabs, whatever table they stand in."""
    text = _ANY_SPAN.sub(CELL, marked).replace(HIDE, "")
    for mark in (OPEN, CLOSE, ROW):
        text = text.replace(mark, BREAK)
    rows = ("\t".join(cell.strip(" ") for cell in line.split(CELL)).strip("\t") for line in text.split(BREAK))
    return "\n".join(row for row in rows if row and not row.isspace())


def _regions(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at table edges, each piece with whether it is the whole of an innermost table."""
    regions = [opened.split(CLOSE) for opened in text.split(OPEN)]
    if 2 * len(regions) - 1 > sum(map(len, regions)):  # more are opened than closed: the last ends with the text
        regions[-1].append("")
    for at, (first, *others) in enumerate(regions):
        yield first, at > 0 and bool(others)
        for other in others:
            yield other, False


def _lines(text: str) -> list[str]:
    if SPAN in text:
        text = _ANY_SPAN.sub(CELL, text)
    for mark in (CELL, ROW):  # str.translate would take 50 times longer
        text = text.replace(mark, BREAK)
    text = text.replace(HIDE, "")
    pieces = text.split(BREAK)
    if " " in text:
        pieces = [piece.strip(" ") for piece in pieces]
    return list(filterfalse(str.isspace, filter(None, pieces)))


def _data_rows(text: str) -> Rows | None:
    """The rows of an innermost table as lines; None when it is there for layout only."""
    caption, *rows = text.split(ROW)
    table = [row.split(CELL) for row in rows]
    loose = [cells.pop(0) for cells in table]  # before a row's first cell stands nothing, but for a mark
    if max(map(len, table), default=0) < 2 or (BREAK in text and _is_prose(table)):
        return None
    if SPAN in text:
        table = _unspanned(table)
    above = _lines(BREAK.join((caption, *loose))) if caption or any(loose) else []
    if HIDE in text:
        return _with_hidden(above, loose, table)
    if " " in text or BREAK in text:
        table = [[_cell(cell) for cell in row] for row in table]
    joined = ["\t".join(row).rstrip("\t") for row in table]
    return Rows(above + [row for row in joined if row])


def _with_hidden(above: list[str], loose: list[str], table: list[list[str]]) -> Rows:
    """A column is hidden when each of its cells is, or is empty: single cells are hidden one by one."""
    lines, hidden_rows, shown, hidden = list(above), [], set[int](), set[int]()
    for before, row in zip(loose, table, strict=True):
        cells = [_cell(cell.replace(HIDE, "")) for cell in row]
        line = "\t".join(cells).rstrip("\t")
        if not line:
            continue
        lines.append(line)
        concealed = HIDE in before
        if concealed:
            hidden_rows.append(len(lines))
        for at, (cell, written) in enumerate(zip(cells, row, strict=True), 1):
            if cell and not concealed:
                (hidden if HIDE in written else shown).add(at)
    return Rows(lines, tuple(hidden_rows), tuple(sorted(hidden - shown)))


def _is_prose(table: list[list[str]]) -> bool:
    """More lines stand in cells of prose than there are cells at all."""
    counts = [len(_lines(cell)) for row in table for cell in row if cell.count(BREAK) >= _PROSE_LINES]
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
