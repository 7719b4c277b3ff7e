"""What an XLSB says of its sheets beside their cells: which there are, hidden rows and columns, notes, headers.

A record is its number and its length, both in bytes of seven bits, and its data ([MS-XLSB]). Cells are calamine's to
read; drawings and charts are XML as in an XLSX. Caches of pivot tables and other workbooks are binary and not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipelines.extractors.assembly import Assembly
from pipelines.extractors.package import Package
from pipelines.extractors.rows import Concealed, flat
from pipelines.extractors.sheet_parts import header_text, owners
from pipelines.extractors.sparse import SheetPart, column_letters, varint
from pipelines.schema import SegmentKind

WORKBOOK: Final = "xl/workbook.bin"
_ROW, _COLUMNS, _SHEET, _HEADERS, _NOTE, _NOTE_TEXT = 0, 60, 156, 479, 635, 637
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x10, 0x01
_LAST_COLUMN: Final = 16_384
_MARGINS: Final = 6  # header and footer, of odd, even and first pages
_CACHES: Final = ("xl/pivotCache/", "xl/externalLinks/")


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and data of each record, as far as they go."""
    at = 0
    while at + 2 <= len(data):
        kind, at = varint(data, at, 2)
        size, at = varint(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def sheets_of(package: Package) -> Iterator[SheetPart]:
    """Name, part and hiddenness of each sheet, in the workbook's order."""
    relations = package.xml("xl/_rels/workbook.bin.rels").iter("{*}Relationship")
    parts = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for kind, data in records(package.read(WORKBOOK)):
        if kind == _SHEET:
            relation, at = _wide(data, 8)
            name, _ = _wide(data, at)
            target = parts.get(relation, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in package.names:
                yield name, part, _number(data, 0) != 0


def concealed_of(package: Package, sheets: Sequence[SheetPart]) -> dict[str, Concealed]:
    """By sheet name, for the sheets that hide something."""
    found = {name: _concealed(package.read(part)) for name, part, _ in sheets}
    return {name: concealed for name, concealed in found.items() if concealed.rows or concealed.cols}


def _concealed(sheet: bytes) -> Concealed:
    rows, columns = set[int](), list[range]()
    for kind, data in records(sheet):
        if kind == _ROW and len(data) >= 12 and (data[11] & _ROW_HIDDEN or not _number(data, 8, 2)):
            rows.add(_number(data, 0) + 1)
        elif kind == _COLUMNS and len(data) >= 18 and (data[16] & _COLUMNS_HIDDEN or not _number(data, 8)):
            columns.append(range(_number(data, 0) + 1, min(_number(data, 4) + 1, _LAST_COLUMN) + 1))
    return Concealed(frozenset(rows), tuple(columns))


def add_parts(assembly: Assembly, package: Package, sheets: Sequence[SheetPart]) -> None:
    """Headers and footers; notes, hidden, each with its sheet and cell; and a word on what is not read."""
    owner = owners(package, sheets)
    for name, part, _ in sheets:
        margins = (data for kind, data in records(package.read(part)) if kind == _HEADERS)
        texts = dict.fromkeys(header_text(text) for data in margins for text in _margins(data))
        assembly.add(SegmentKind.HEADER_FOOTER, name, "\n".join(text for text in texts if text))
    for part in sorted(package.names):
        if part.startswith("xl/comments") and part.endswith(".bin"):
            _add_notes(assembly, owner.get(part.lower(), ""), package.read(part))
    if any(name.startswith(_CACHES) and name.endswith(".bin") for name in package.names):
        assembly.note("xlsb: caches of pivot tables or other workbooks")


def _margins(data: bytes) -> Iterator[str]:
    at = 2
    for _ in range(_MARGINS):
        text, at = _wide(data, at)
        yield text


def _add_notes(assembly: Assembly, sheet: str, data: bytes) -> None:
    cell = ""
    for kind, content in records(data):
        if kind == _NOTE:
            cell = f"{column_letters(_number(content, 12) % _LAST_COLUMN + 1)}{_number(content, 4) + 1}"
        elif kind == _NOTE_TEXT:
            lines = (flat(line) for line in _wide(content, 1)[0].splitlines())
            text = "\n".join(line for line in lines if line)
            assembly.add(SegmentKind.COMMENT, f"{sheet}!{cell}", text, hidden=True)


def _wide(data: bytes, at: int) -> tuple[str, int]:
    """A counted text and the place behind it; "" where there is none."""
    count = _number(data, at)
    if count == 0xFFFFFFFF or at + 4 > len(data):
        return "", at + 4
    end = at + 4 + 2 * count
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _number(data: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(data[at : at + size], "little")
