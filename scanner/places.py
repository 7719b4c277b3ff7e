"""Where a hit stands, in the words of the person who has to open the file and find it."""

from __future__ import annotations

from typing import Final, NamedTuple

from patterns.schema import SegmentKind
from scanner.i18n import N_, _
from scanner.widths import visible

_SEPARATOR: Final = " › "
_KINDS: Final = {
    SegmentKind.BODY: N_("text"),
    SegmentKind.TITLE: N_("title"),
    SegmentKind.TABLE: N_("table"),
    SegmentKind.SHEET: N_("sheet"),
    SegmentKind.HEADER_FOOTER: N_("header or footer"),
    SegmentKind.NOTE: N_("footnote"),
    SegmentKind.COMMENT: N_("comment"),
    SegmentKind.DELETION: N_("deleted text"),
    SegmentKind.METADATA: N_("properties"),
    SegmentKind.ATTRIBUTE: N_("attribute"),
    SegmentKind.COVERED: N_("covered text"),
    SegmentKind.TEXTBOX: N_("text box"),
    SegmentKind.FILENAME: N_("file name"),
}


class Spot(NamedTuple):
    """A hit's place, as in patterns.schema.HITS."""

    segment: str
    place: str
    row: int
    col: int
    hidden: bool


def where(spot: Spot, name: str = "") -> str:
    """``名单.xlsx › Sheet2 › C5``; ``name`` is the file's, or "" where the reader knows it.

    >>> where(Spot("sheet", "Sheet2", 5, 3, True), "list.xlsx")
    'list.xlsx › Sheet2 › C5 (hidden)'
    >>> where(Spot("page", "3", 12, 0, False))
    'page 3, line 12'
    """
    parts = [name] if name else []
    parts += _sheet(spot) if spot.segment == SegmentKind.SHEET else [_line(spot)]
    return visible(_SEPARATOR.join(parts)) + (_(" (hidden)") if spot.hidden else "")


def part(segment: str, place: str) -> str:
    """The part of a document that findings are judged together in: a table, a sheet, a page.

    >>> part("table", "2"), part("sheet", "名单"), part("body", "")
    ('table 2', 'sheet 名单', 'text')
    """
    if segment == SegmentKind.PAGE:
        return _("page {place}").format(place=place)
    return visible(" ".join(filter(None, (_(_KINDS.get(segment, segment)), place))))


def file_name(path: str) -> str:
    """The last part of an archive member's path: of ``a.zip!/名单.xlsx`` the ``名单.xlsx``."""
    return path.rstrip("/").rpartition("/")[2] or path


def cell(row: int, col: int) -> str:
    """A spreadsheet's name for a cell, both numbers 1-based.

    >>> cell(5, 3), cell(1, 28)
    ('C5', 'AB1')
    """
    letters = ""
    while col > 0:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _sheet(spot: Spot) -> list[str]:
    return [spot.place or _("sheet"), cell(spot.row, spot.col)]


def _line(spot: Spot) -> str:
    if spot.segment == SegmentKind.PAGE:
        return _("page {place}, line {row}").format(place=spot.place, row=spot.row)
    if spot.segment in (SegmentKind.TITLE, SegmentKind.FILENAME):
        return _(_KINDS[spot.segment])
    kind = _(_KINDS.get(spot.segment, spot.segment))
    if spot.col > 0:
        kind += f" {spot.place}" if spot.place else ""
        return _("{kind}, row {row}, column {col}").format(kind=kind, row=spot.row, col=spot.col)
    if spot.place:
        return _("{kind} {place}, line {row}").format(kind=kind, place=spot.place, row=spot.row)
    return _("{kind}, line {row}").format(kind=kind, row=spot.row)
