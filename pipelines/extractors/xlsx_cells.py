"""The cells of an XLSX's sheet read from its XML as nearly every writer writes it, in a third of the time that it takes
to have them as values; a short sheet by ``xlsx_short``, a long one by ``xlsx_rows``.

Exact or not at all: one pattern must account for every character between the rows' first and last. Whatever it was
not made for (prefixes, comments, cells without a place or out of order, rich inline strings, other encodings, times,
numbers under a format that is not surely plain, …) leaves the sheet to calamine, whose text this one's equals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import repeat
from typing import Final

import numpy as np

from pipelines.extractors.assembly import MAX_TEXT, Assembly, Unreadable
from pipelines.extractors.cells import number
from pipelines.extractors.package import Package
from pipelines.extractors.rows import ALL_SHOWN, Concealed, add_rows
from pipelines.extractors.sparse import SheetPart
from pipelines.extractors.xlsx_rows import NONE, Flags, Places, Rows
from pipelines.extractors.xlsx_short import read_lines
from pipelines.extractors.xlsx_strings import HEAD, Texts, Unusual, plain, shared_strings, texts, wide_references
from pipelines.extractors.xlsx_styles import DATE, PLAIN, number_styles
from pipelines.schema import SegmentKind

_STRINGS: Final = "xl/sharedStrings.xml"
_ERRORS: Final = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))  # shown as nothing
_SHEET: Final = re.compile("xl/worksheets/", re.IGNORECASE)
_CHUNK: Final = 400_000  # bytes of rows whose cells are in memory at a time: twice as many are slower
_DATA: Final = re.compile(rb"<sheetData ?/?>")
_TAG: Final = r"""<[^<>"!?]*+(?:"[^"<>]*+"[^<>"]*+)*+>"""
_HEAD: Final = re.compile(rf"{HEAD}<worksheet(?=[\s>]){_TAG[1:]}(?:[^<>]*+{_TAG})*+", re.ASCII)
_TAIL: Final = re.compile(rf"(?:[^<>]*+{_TAG})*+(?<=</worksheet>)\s*+".encode())
_DAY: Final = re.compile("[1-9][0-9]{1,6}")
_NUMBER: Final = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][-+]?[0-9]{1,3})?")
_LEAST: Final = 40_000  # bytes of a sheet's XML: numpy is slow with smaller ones
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_DAY_ZERO: Final = date(1899, 12, 30).toordinal()
_FIRST_DAY, _LAST_DAY = 61, 2_958_465  # below is the 29th of February 1900, which never was


class Book:
    """What a workbook's cells refer to."""

    def __init__(self, package: Package) -> None:
        self._package = package

    @property
    def is_sound(self) -> bool:
        """Whether all of it can be read: calamine refuses a workbook of which it cannot."""
        try:
            _ = self.table, self.looks
            return True
        except (ValueError, Unusual, Unreadable):
            return False

    @cached_property
    def table(self) -> list[str]:
        """The shared strings."""
        return shared_strings(self._package.read(_STRINGS)) if _STRINGS in self._package.names else []

    @cached_property
    def strings(self) -> Texts:
        """The same for numpy."""
        return texts(self.table)

    @cached_property
    def looks(self) -> list[str]:
        """PLAIN, DATE or neither, by style."""
        return number_styles(self._package)

    @cached_property
    def _plain(self) -> Flags:
        return np.array([*(look == PLAIN for look in self.looks), False, True])

    def plain(self, styles: Places) -> Flags:
        """Whether numbers of these styles are shown as they are written."""
        if (styles == NONE).all():
            return np.ones(len(styles), bool)
        return self._plain[np.where(styles == NONE, -1, np.minimum(styles, len(self._plain) - 2))]

    def text(self, kind: str, style: int, value: str) -> str:
        """What calamine's value of a cell looks like."""
        if kind in "ti":
            return plain(value)
        if kind == "n":
            return self._number(style, value)
        if kind == "b" and value in ("0", "1"):
            return "TRUE" if value == "1" else "FALSE"
        if kind == "e" and value in _ERRORS:
            return ""
        raise Unusual

    def _number(self, style: int, value: str) -> str:
        look = self.looks[style] if style != NONE else PLAIN
        if look == PLAIN and _NUMBER.fullmatch(value):
            return number(float(value))
        if look == DATE and _DAY.fullmatch(value) and _FIRST_DAY <= int(value) <= _LAST_DAY:
            return date.fromordinal(_DAY_ZERO + int(value)).isoformat()
        raise Unusual


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a sheet from ``row`` on, whose first cells stand in column ``col``."""

    row: int
    col: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's lines, how long they are together, and the place of its first cell that holds something. ``extent``
    counts the cells of the rectangle around all cells, empty ones, too."""

    blocks: list[Block]
    length: int
    extent: int
    skeleton: bytes  # the sheet's XML without its cells and what stands behind them

    @property
    def row(self) -> int:
        return self.blocks[0].row if self.blocks else 1

    @property
    def col(self) -> int:
        return min((block.col for block in self.blocks), default=1)

    @property
    def whole(self) -> str:
        """The text of a sheet that has no empty row and whose blocks all begin in one column, else nothing."""
        row, parts = self.row, list[str]()
        for block in self.blocks:
            if block.row != row or block.col != self.blocks[0].col:
                return ""
            row += block.text.count("\n") + 1
            parts.append(block.text)
        text = "\n".join(parts)
        return text if "\n\n" not in text and text[:1] != "\n" and text[-1:] != "\n" else ""

    def __iter__(self) -> Iterator[str]:
        """Every row's line from the first on."""
        row, left = self.row, self.col
        for block in self.blocks:
            yield from repeat("", block.row - row)
            before, lines = "\t" * (block.col - left), block.text.split("\n")
            yield from (before + line if before and line else line for line in lines)
            row = block.row + len(lines)


def read_cells(sheet: bytes, book: Book) -> Grid | None:
    """The cells of a sheet, as calamine reads them; None when it is not of the shape this was made for."""
    start = _DATA.search(sheet)
    if not start:
        return None
    begin = start.end()
    end = begin if start[0].endswith(b"/>") else sheet.rfind(b"</sheetData>", begin)
    if end < 0:
        return None
    try:
        if not (_HEAD.fullmatch(sheet[:begin].decode()) and _TAIL.fullmatch(sheet, end)):
            return None
        return (_grid if len(sheet) >= _LEAST else _short_grid)(sheet, begin, end, book)
    except (ValueError, LookupError, Unusual, Unreadable):
        return None


def _grid(sheet: bytes, begin: int, end: int, book: Book) -> Grid:
    blocks: list[Block] = []
    length, last, bounds = 0, 0, _Bounds()
    skeleton = [sheet[:begin]]
    for chunk in _chunks(sheet, begin, end):
        rows = Rows(wide_references(chunk))
        bounds = bounds.around(rows)
        skeleton += rows.tags_of_rows
        if not len(rows.row):
            continue
        first = int(rows.row[0])
        if first <= last:
            raise Unusual
        text = rows.text(book, MAX_TEXT)
        length += len(text)
        if length > MAX_TEXT:
            raise Unusual
        if "\t\n" in text or text.endswith("\t"):
            text = "\n".join(line.rstrip("\t") for line in text.split("\n"))
        blocks.append(Block(first, int(rows.col.min()), text))
        last = int(rows.row[-1])
    return Grid(blocks, length, bounds.cells, b"".join(skeleton) + b"</sheetData>")


def _short_grid(sheet: bytes, begin: int, end: int, book: Book) -> Grid:
    rows = read_lines(sheet[begin:end], book)
    text = "\n".join(rows.lines)
    if len(text) > MAX_TEXT:
        raise Unusual
    blocks = [Block(rows.row, rows.col, text)] if text else []
    return Grid(blocks, len(text), rows.extent, sheet[:begin] + rows.tags + b"</sheetData>")


def _chunks(sheet: bytes, begin: int, end: int) -> Iterator[bytes]:
    """Whole rows, some at a time."""
    while begin < end:
        until = sheet.find(b"</row>", min(begin + _CHUNK, end), end)
        until = end if until < 0 else until + len(b"</row>")
        yield sheet[begin:until]
        begin = until


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The first and last column and row that have a cell."""

    left: int = _LAST_COLUMN
    right: int = 0
    top: int = _LAST_ROW
    bottom: int = 0

    def around(self, rows: Rows) -> _Bounds:
        left, right, top, bottom = rows.far
        if right > _LAST_COLUMN or bottom > _LAST_ROW:
            raise Unusual
        return _Bounds(min(self.left, left), max(self.right, right), min(self.top, top), max(self.bottom, bottom))

    @property
    def cells(self) -> int:
        return max(self.right - self.left + 1, 0) * max(self.bottom - self.top + 1, 0)


def read_grids(package: Package, sheets: Sequence[SheetPart]) -> dict[str, Grid]:
    """By part, the sheets' cells; without those that are to be read by calamine."""
    book, grids = Book(package), dict[str, Grid]()
    long = sum(len(package.read(part)) for _, part, _ in sheets) >= _LEAST
    if long and not book.is_sound:
        return {}
    for _, part, _ in sheets:
        grid = read_cells(package.read(part), book) if _SHEET.match(part) else None
        if grid is None:
            break
        grids[part] = grid
        if sum(each.length for each in grids.values()) > MAX_TEXT:
            return {}
    return grids


def add_grids(
    assembly: Assembly, sheets: Sequence[SheetPart], grids: Mapping[str, Grid], concealed: Mapping[str, Concealed]
) -> None:
    for name, part, hidden in sheets:
        grid, unseen = grids[part], concealed.get(name, ALL_SHOWN)
        if unseen is ALL_SHOWN and grid.whole:
            assembly.add(SegmentKind.SHEET, name, grid.whole, row=grid.row, col=grid.col, hidden=hidden)
        else:
            add_rows(
                assembly, SegmentKind.SHEET, name, grid, row=grid.row, col=grid.col, hidden=hidden, concealed=unseen
            )
