"""Sheets too wide and long for a rectangle in memory: how large they are, and a reader that keeps one row at a time.

calamine holds a sheet as a full rectangle between its first and last cell, 24 to 32 bytes a cell, so the corners must
be known before it is asked. The reader here is slower and reads the same values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from types import MappingProxyType
from typing import Final

from lxml import etree

from pipelines.extractors.assembly import Assembly
from pipelines.extractors.cells import moment, number
from pipelines.extractors.package import Package
from pipelines.extractors.rows import ALL_SHOWN, Concealed, add_rows, flat
from pipelines.schema import SegmentKind

MAX_DENSE_CELLS: Final = 10_000_000  # about 300 MB in calamine
MAX_GAP: Final = 50  # columns: a wider gap in a row is a gap, not fifty tabs
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_SHEET_BIN: Final = re.compile(r"xl/worksheets/[^/]+\.bin", re.IGNORECASE)
_FAR: Final = re.compile(rb"""\br=["'](?:[A-Za-z]{3}\d|[A-Za-z]{1,2}\d{5})""")
_FAR_PLAIN: Final = re.compile(
    rb' r="(?:[A-Za-z]{3}\d|[A-Za-z]{1,2}\d{5})'
)  # as nearly all write it: six times as fast
_ODD: Final = (b"r='", b'\nr="', b'\tr="', b'\rr="')
_SIGNS_OF_ODD: Final = (b"'", b"\n", b"\t", b"\r")  # one byte is looked for ten times as fast as three
_REF: Final = re.compile(rb"""\br=["']([A-Za-z]{1,3})(\d{1,7})["']""")
SheetPart = tuple[str, str, bool]  # name, part, hidden
_EPOCHS: Final = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_DATE_FORMATS: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_DATE: Final = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)


def dense_cells_xlsx(package: Package, known: Mapping[str, int] = MappingProxyType({})) -> int:
    """Cells of the largest rectangle that calamine would make of the sheets; 0 when all stay near the corner A1.
    ``known`` are those of parts that have been looked through."""
    parts = (name for name in package.names if name not in known and _SHEET.fullmatch(name))
    return max((*known.values(), *(_rectangle(package.read(part)) for part in parts)), default=0)


def _rectangle(sheet: bytes) -> int:
    odd = any(sign in sheet for sign in _SIGNS_OF_ODD) and any(sign in sheet for sign in _ODD)
    far = _FAR if odd else _FAR_PLAIN
    if not far.search(sheet):  # under 10,000 rows and 703 columns: within MAX_DENSE_CELLS
        return 0
    columns, rows = set[bytes](), set[bytes]()
    for column, row in _REF.findall(sheet):
        columns.add(column)
        rows.add(row)
    numbers, places = [column_number(c) for c in columns], [int(r) for r in rows]
    return (max(numbers) - min(numbers) + 1) * (max(places) - min(places) + 1)


def column_number(letters: bytes) -> int:
    """1-based.

    >>> column_number(b"A"), column_number(b"XFD")
    (1, 16384)
    """
    value = 0
    for letter in letters.upper():
        value = value * 26 + letter - 64
    return value


def column_letters(number: int) -> str:
    """
    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def dense_cells_xlsb(package: Package) -> int:
    return max((_rectangle_xlsb(package.read(name)) for name in package.names if _SHEET_BIN.fullmatch(name)), default=0)


def _rectangle_xlsb(sheet: bytes) -> int:
    """Walks the records: 0 begins a row (its number first), 1 to 11 and 62 are cells (their column first)."""
    last_row = last_col = at = 0
    first_row, end = -1, len(sheet)
    while at + 2 <= end:
        record, at = varint(sheet, at, 2)
        size, at = varint(sheet, at, 4)
        if record == 0:
            last_row = int.from_bytes(sheet[at : at + 4], "little")
            first_row = last_row if first_row < 0 else min(first_row, last_row)
        elif record <= 11 or record == 62:
            last_col = max(last_col, int.from_bytes(sheet[at : at + 4], "little"))
        at += size
    return (last_row - first_row + 1) * (last_col + 1)


def varint(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number written in bytes of seven bits, at most ``most`` of them, and the place behind it."""
    value = 0
    for shift in range(most):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * shift)
        if not byte & 0x80:
            break
    return value, at


def add_sparse_sheets(
    assembly: Assembly, package: Package, sheets: Sequence[SheetPart], concealed: Mapping[str, Concealed]
) -> None:
    """Append every sheet, cell by cell: a run of cells in a row that is not torn by MAX_GAP columns is a line."""
    strings, dates, epoch = _shared_strings(package), _date_styles(package), _EPOCHS[_is_1904(package)]
    add = partial(add_rows, assembly, SegmentKind.SHEET)
    for name, part, hidden in sheets:
        unseen = concealed.get(name, ALL_SHOWN)
        run: list[str] = []
        start = (0, 0)
        for row, col, text in _runs(package.read(part), strings, dates, epoch):
            if assembly.full:
                return
            if run and (row, col) == (start[0] + len(run), start[1]):
                run.append(text)
                continue
            add(name, run, row=start[0], col=start[1], hidden=hidden, concealed=unseen)
            run, start = [text], (row, col)
        add(name, run, row=start[0], col=start[1], hidden=hidden, concealed=unseen)


def sheets_of(package: Package) -> Iterator[SheetPart]:
    """Name, part and hiddenness of each worksheet, in the workbook's order."""
    parts = {
        rel.get("Id"): rel.get("Target", "")
        for rel in package.xml("xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    names = {name.lower(): name for name in package.names}
    for sheet in package.xml("xl/workbook.xml").iter("{*}sheet"):
        target = next((parts.get(str(value), "") for key, value in sheet.items() if str(key).endswith("}id")), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part.lower() in names:
            yield sheet.get("name", ""), names[part.lower()], sheet.get("state", "visible") != "visible"


def _runs(sheet: bytes, strings: list[str], dates: set[int], epoch: datetime) -> Iterator[tuple[int, int, str]]:
    """Row, first column and line of each run of cells of a sheet."""
    row = 0
    parsed = etree.iterparse(BytesIO(sheet), tag="{*}row", resolve_entities=False, no_network=True, huge_tree=False)
    for _, element in parsed:
        row = int(element.get("r") or row + 1)
        cells: list[str] = []
        first = last = 0
        for col, text in _cells(element, strings, dates, epoch):
            if cells and col > last + MAX_GAP:
                yield row, first, "\t".join(cells)
                cells = []
            if not cells:
                first = last = col
            cells.extend([""] * (col - last - 1))
            cells.append(text)
            last = col
        if cells:
            yield row, first, "\t".join(cells)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _cells(row: etree._Element, strings: list[str], dates: set[int], epoch: datetime) -> Iterator[tuple[int, str]]:
    col = 0
    for cell in row.iter("{*}c"):
        ref = re.match(r"[A-Za-z]{1,3}", cell.get("r", ""))
        col = column_number(ref[0].encode()) if ref else col + 1
        if text := _value(cell, strings, dates, epoch):
            yield col, text


def _value(cell: etree._Element, strings: list[str], dates: set[int], epoch: datetime) -> str:
    kind, raw = cell.get("t", "n"), cell.findtext("{*}v") or ""
    if kind == "inlineStr":
        return flat("".join(t.text or "" for t in cell.iter("{*}t")))
    try:
        if kind == "s":
            return strings[int(raw)]
        if kind == "b":
            return "TRUE" if raw == "1" else "FALSE"
        if kind != "n" or not raw:
            return flat(raw)
        value = float(raw)
        return moment(epoch + timedelta(days=value)) if int(cell.get("s", "0")) in dates else number(value)
    except (ValueError, IndexError, OverflowError):
        return flat(raw)


def _shared_strings(package: Package) -> list[str]:
    part = next((name for name in package.names if name.lower() == "xl/sharedstrings.xml"), "")
    if not part:
        return []
    items = package.xml(part).iterchildren("{*}si")
    return [flat("".join(t.text or "" for t in item.iter("{*}t") if not _phonetic(t))) for item in items]


def _phonetic(text: etree._Element) -> bool:
    parent = text.getparent()
    return parent is not None and etree.QName(parent).localname == "rPh"


def _date_styles(package: Package) -> set[int]:
    """Indices of the cell styles whose number format is a date."""
    if "xl/styles.xml" not in package.names:
        return set()
    styles = package.xml("xl/styles.xml")
    own = {f.get("numFmtId"): f.get("formatCode", "") for f in styles.iter("{*}numFmt")}
    formats = [
        xf.get("numFmtId", "0") for table in styles.iterchildren("{*}cellXfs") for xf in table.iterchildren("{*}xf")
    ]
    return {i for i, f in enumerate(formats) if _is_date(own.get(f), f)}


def _is_date(code: str | None, number_format: str) -> bool:
    if code is None:
        return number_format.isdigit() and int(number_format) in _DATE_FORMATS
    return bool(re.search("[ymdhs年月日]", _NOT_DATE.sub("", code), re.IGNORECASE))


def _is_1904(package: Package) -> bool:
    return any(pr.get("date1904") in ("1", "true") for pr in package.xml("xl/workbook.xml").iter("{*}workbookPr"))
