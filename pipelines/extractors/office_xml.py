"""Office's formats of 2003 and 2006 that are one XML file, often under the name .xls or .doc.

Excel's (SpreadsheetML) is read here. Word's (WordprocessingML) and the "flat" packages of 2006 hold what a DOCX or XLSX
holds in parts, so they are packed into one and read as that.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from lxml import etree

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.docx import extract_docx
from pipelines.extractors.encoding import decode
from pipelines.extractors.rows import Concealed, add_rows, flat, line
from pipelines.extractors.text import finished
from pipelines.extractors.workbook import extract_workbook
from pipelines.extractors.xml_text import parsed
from pipelines.schema import SegmentKind, Status

_MAX_GAP: Final = 16_384  # columns, Excel's own limit
_MAX_ROW: Final = 1_048_576
_PROPERTIES: Final = {"Title", "Author", "LastAuthor", "Subject", "Company", "Manager", "Keywords"}


def extract_spreadsheet_xml(member: Member) -> Document:
    root = _root(member)
    assembly = _properties(root)
    for sheet in root.iterchildren("{*}Worksheet"):
        _add_sheet(assembly, sheet)
    return finished(assembly)


def _root(member: Member) -> etree._Element:
    root = parsed(decode(member.data or b"", member.charset, markup=True).text)
    if root is None:
        raise Unreadable(Status.CORRUPT, "xml: does not parse")
    return root


def _properties(root: etree._Element) -> Assembly:
    """A text that begins with what the document says of itself."""
    assembly = Assembly()
    for item in root.iterfind("{*}DocumentProperties/*"):
        name = etree.QName(item).localname
        if name in _PROPERTIES:
            assembly.add(SegmentKind.METADATA, name, flat(item.text or ""), hidden=True)
    return assembly


def _add_sheet(assembly: Assembly, sheet: etree._Element) -> None:
    name = _attribute(sheet, "Name")
    state = sheet.findtext("{*}WorksheetOptions/{*}Visible") or ""
    table = sheet.find("{*}Table")
    if table is None:
        return
    rows, hidden_rows, comments = dict[int, str](), set[int](), list[tuple[str, str]]()
    for number, row in _indexed(table, "{*}Row"):
        if _is_hidden(row):
            hidden_rows.add(number)
        rows[min(number, _MAX_ROW)] = _row(row, number, comments)
    hidden_cols = tuple(
        range(number, number + 1 + _count(column, "Span")) for number, column in _indexed(table, "{*}Column")
        if _is_hidden(column)
    )  # fmt: skip
    last, concealed = max(rows, default=0), Concealed(frozenset(hidden_rows), hidden_cols)
    lines = (rows.get(number, "") for number in range(1, last + 1))
    add_rows(assembly, SegmentKind.SHEET, name, lines, hidden=state.startswith("Sheet"), concealed=concealed)
    for place, words in comments:
        assembly.add(SegmentKind.COMMENT, f"{name} {place}", words, hidden=True)


def _row(row: etree._Element, number: int, comments: list[tuple[str, str]]) -> str:
    cells: list[str] = []
    for column, cell in _indexed(row, "{*}Cell"):
        if column > _MAX_GAP:
            break
        cells += [""] * (column - 1 - len(cells))
        cells.append(_words(cell.find("{*}Data")))
        cells += [""] * _count(cell, "MergeAcross")
        comment = cell.find("{*}Comment/{*}Data")
        if comment is not None:
            comments.append((f"R{number}C{column}", _words(comment)))
    return line(cells)


def _words(data: etree._Element | None) -> str:
    """A cell's text; numbers as they are written, which keeps all their digits."""
    text = flat("".join(str(words) for words in data.itertext())) if data is not None else ""
    return text.removesuffix(".0") if data is not None and _attribute(data, "Type") == "Number" else text


def _indexed(parent: etree._Element, tag: str) -> Iterator[tuple[int, etree._Element]]:
    """Children with their 1-based places: one may say its own, else it follows the one before and what that spans."""
    number = 0
    for child in parent.iterchildren(tag):
        number = _count(child, "Index") or number + 1
        yield number, child
        number += _count(child, "MergeAcross") + _count(child, "Span")


def _is_hidden(element: etree._Element) -> bool:
    return (
        _attribute(element, "Hidden") == "1"
        or _attribute(element, "Width" if "Column" in element.tag else "Height") == "0"
    )


def _count(element: etree._Element, name: str) -> int:
    written = _attribute(element, name)
    return min(int(written), _MAX_ROW) if written.isascii() and written.isdigit() else 0


def _attribute(element: etree._Element, name: str) -> str:
    return element.get(f"{{urn:schemas-microsoft-com:office:spreadsheet}}{name}") or element.get(name) or ""


def extract_word_xml(member: Member) -> Document:
    """Word 2003: its body has the elements of a DOCX, in sections that are elements of their own."""
    root = _root(member)
    etree.strip_tags(root, "{http://schemas.microsoft.com/office/word/2003/auxHint}*")
    body = next(root.iter("{*}body"), None)
    if body is None:
        raise Unreadable(Status.CORRUPT, "xml: no body")
    assembly = _properties(root)
    parts = {"word/document.xml": etree.tostring(body)}
    parts |= {f"word/header{n}.xml": etree.tostring(part) for n, part in enumerate(_headers(root), 1)}
    document = extract_docx(replace(member, data=_packed(parts)))
    shift = len(document.text) + 1 if document.text else 0
    moved = tuple(replace(s, start=s.start + shift, end=s.end + shift) for s in assembly.segments)
    text = "\n".join(filter(None, [document.text, assembly.text]))
    return replace(document, text=text, segments=(*document.segments, *moved))


def _headers(root: etree._Element) -> list[etree._Element]:
    return [part for part in root.iter("{*}hdr", "{*}ftr") if part.getparent() is not None]


def extract_flat_package(member: Member) -> Document:
    """A package of 2006 whose parts stand in one file."""
    root, parts = _root(member), dict[str, bytes]()
    for part in root.iterchildren("{*}part"):
        name = next((str(value) for key, value in part.items() if str(key).endswith("}name")), "").lstrip("/")
        xml, binary = part.find("{*}xmlData"), part.findtext("{*}binaryData")
        if xml is not None and len(xml):
            parts[name] = etree.tostring(xml[0])
        elif binary:
            try:
                parts[name] = b64decode(binary)
            except (NotBase64, ValueError):
                continue
    packed = replace(member, data=_packed(parts))
    return extract_workbook(packed) if "xl/workbook.xml" in parts else extract_docx(packed)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()
