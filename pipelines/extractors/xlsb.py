"""What an XLSB says of its sheets beside their cells: which there are, hidden rows and columns, notes, headers, lists
to choose from, links, filters, constants in formulas and of defined names, a shared workbook's log of changes.

Cells are calamine's to read; drawings and charts are XML as in an XLSX; caches are ``xlsb_caches``'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipelines.extractors.assembly import Assembly
from pipelines.extractors.biff_constants import UNSURE
from pipelines.extractors.counted_texts import wide_texts
from pipelines.extractors.formula_constants import XLSB, constants
from pipelines.extractors.html_attributes import says_something, unquoted
from pipelines.extractors.package import Package
from pipelines.extractors.rows import Concealed, flat
from pipelines.extractors.sheet_parts import add_asides, header_text, owners
from pipelines.extractors.sparse import SheetPart, column_letters
from pipelines.extractors.xlsb_caches import add_caches
from pipelines.extractors.xlsb_records import number_at, records, wide
from pipelines.schema import SegmentKind

WORKBOOK: Final = "xl/workbook.bin"
_ROW, _COLUMNS, _SHEET, _HEADERS, _NOTE, _NOTE_TEXT = 0, 60, 156, 479, 635, 637
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x10, 0x01
_LAST_COLUMN: Final = 16_384
_MARGINS: Final = 6  # header and footer, of odd, even and first pages
_NAME, _CHOICE, _CELLS_END, _TEXT_FORMULA = 39, 64, 146, 8
# Where the formula stands in records of cells with a text, a number, a truth, an error; of a range; of a shared one.
_FORMULA_AT: Final = {_TEXT_FORMULA: 8, 9: 18, 10: 11, 11: 11, 426: 17, 427: 16}
_SILENT: Final = frozenset((176, _HEADERS))  # merged cells; read for themselves
_NAME_AT: Final = 9  # of a name's data
_PROMPTS: Final = 4  # title and text of an error, of a prompt


def sheets_of(package: Package) -> Iterator[SheetPart]:
    """Name, part and hiddenness of each sheet, in the workbook's order."""
    relations = package.xml("xl/_rels/workbook.bin.rels").iter("{*}Relationship")
    parts = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for kind, data in records(package.read(WORKBOOK)):
        if kind == _SHEET:
            relation, at = wide(data, 8)
            name, _ = wide(data, at)
            target = parts.get(relation, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in package.names:
                yield name, part, number_at(data, 0) != 0


def concealed_of(package: Package, sheets: Sequence[SheetPart]) -> dict[str, Concealed]:
    """By sheet name, for the sheets that hide something."""
    found = {name: _concealed(package.read(part)) for name, part, _ in sheets}
    return {name: concealed for name, concealed in found.items() if concealed.rows or concealed.cols}


def _concealed(sheet: bytes) -> Concealed:
    rows, columns = set[int](), list[range]()
    for kind, data in records(sheet):
        if kind == _ROW and len(data) >= 12 and (data[11] & _ROW_HIDDEN or not number_at(data, 8, 2)):
            rows.add(number_at(data, 0) + 1)
        elif kind == _COLUMNS and len(data) >= 18 and (data[16] & _COLUMNS_HIDDEN or not number_at(data, 8)):
            columns.append(range(number_at(data, 0) + 1, min(number_at(data, 4) + 1, _LAST_COLUMN) + 1))
    return Concealed(frozenset(rows), tuple(columns))


def add_parts(assembly: Assembly, package: Package, sheets: Sequence[SheetPart]) -> None:
    """Headers and footers; notes, hidden, each with its sheet and cell; and what is kept of other data."""
    owner = owners(package, sheets)
    for name, part, _ in sheets:
        margins = (data for kind, data in records(package.read(part)) if kind == _HEADERS)
        texts = dict.fromkeys(header_text(text) for data in margins for text in _margins(data))
        assembly.add(SegmentKind.HEADER_FOOTER, name, "\n".join(text for text in texts if text))
        add_asides(assembly, name, _asides(package.read(part)))
    _add_names(assembly, package.read(WORKBOOK))
    for part in sorted(package.names):
        if part.startswith("xl/comments") and part.endswith(".bin"):
            _add_notes(assembly, owner.get(part.lower(), ""), package.read(part))
        elif part.startswith("xl/revisions/revisionLog") and part.endswith(".bin"):
            _add_changes(assembly, package.read(part))
    add_caches(assembly, package)


def _add_names(assembly: Assembly, data: bytes) -> None:
    """Defined names that hold a constant."""
    for kind, content in records(data):
        if kind == _NAME:
            name, at = wide(content, _NAME_AT)
            found, _ = _constants(content, at)
            text = "\n".join(filter(says_something, found))
            assembly.add(SegmentKind.METADATA, f"name {flat(name)}", text, hidden=True)


def _asides(part: bytes) -> Iterator[str]:
    """What a sheet's records say that no cell shows. In those behind the cells texts are looked for at every place."""
    cells = True
    for kind, data in records(part):
        if kind in _FORMULA_AT:
            yield from _constants(data, _behind_value(kind, data))[0]
        elif kind == _CHOICE:
            yield from _choice(data)
        elif kind == _CELLS_END:
            cells = False
        elif not cells and kind not in _SILENT:
            yield from map(unquoted, wide_texts(data))


def _behind_value(kind: int, data: bytes) -> int:
    """Where a formula stands: behind the value it had, behind the cells it is for."""
    at = _FORMULA_AT[kind]
    return wide(data, at)[1] + 2 if kind == _TEXT_FORMULA else at


def _choice(data: bytes) -> Iterator[str]:
    at = 8 + 16 * number_at(data, 4)  # behind the ranges it is for
    for _ in range(_PROMPTS):
        text, at = wide(data, at)
        yield flat(text)
    for _ in range(2):
        found, at = _constants(data, at)
        yield from found


def _constants(data: bytes, at: int) -> tuple[list[str], int]:
    """The constants of a formula and the place behind it: its tokens, then its constant tables, each counted."""
    begin = at + 4
    end = begin + number_at(data, at)
    behind = end + 4
    last = behind + number_at(data, end)
    return constants(data[begin:end], data[behind:last], XLSB), last


def _add_changes(assembly: Assembly, data: bytes) -> None:
    """The texts of a log of changes, looked for at every place of its records; its numbers are not found that way."""
    texts = dict.fromkeys(text for _, content in records(data) for text in wide_texts(content))
    assembly.note(UNSURE)
    assembly.add(SegmentKind.DELETION, "revisions", "\n".join(texts), hidden=True)


def _margins(data: bytes) -> Iterator[str]:
    at = 2
    for _ in range(_MARGINS):
        text, at = wide(data, at)
        yield text


def _add_notes(assembly: Assembly, sheet: str, data: bytes) -> None:
    cell = ""
    for kind, content in records(data):
        if kind == _NOTE:
            cell = f"{column_letters(number_at(content, 12) % _LAST_COLUMN + 1)}{number_at(content, 4) + 1}"
        elif kind == _NOTE_TEXT:
            lines = (flat(line) for line in wide(content, 1)[0].splitlines())
            text = "\n".join(line for line in lines if line)
            assembly.add(SegmentKind.COMMENT, f"{sheet}!{cell}", text, hidden=True)
