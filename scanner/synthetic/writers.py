"""Office files with nothing but the standard library: just enough of XLSX, DOCX and PDF for what a demo attaches.

The same content always gives the same bytes: no dates, no random ids.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from scanner.synthetic.content import Content, Line, Table, Value

_EPOCH: Final = (2017, 11, 30, 0, 0, 0)
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MIME: Final = "application/vnd.openxmlformats-officedocument"


def plain(line: Line) -> str:
    return "".join(part.text if isinstance(part, Value) else part for part in line)


def cells(row: tuple[Line, ...]) -> list[str]:
    """A row's cells; a value that runs over several cells fills them."""
    return [piece for cell in row for piece in plain(cell).split("\t")]


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """A zip with fixed dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            box.writestr(info, data)
    return out.getvalue()


def _package(main: str, kind: str, parts: dict[str, str], overrides: dict[str, str]) -> bytes:
    types = "".join(f'<Override PartName="/{name}" ContentType="{_MIME}.{kind}"/>' for name, kind in overrides.items())
    content = (
        f'{_XML}<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )
    root = _relations({"rId1": (kind, main)})
    return archive({"[Content_Types].xml": content, "_rels/.rels": root, **parts})


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="{rid}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for rid, (kind, target) in targets.items()
    )
    return f'{_XML}<Relationships xmlns="{_RELS}">{items}</Relationships>'


def xlsx(content: Content) -> bytes:
    """A workbook: each table a sheet (hidden where it says so), all cells text. Loose lines are left out."""
    tables = [block for block in content.blocks if isinstance(block, Table)]
    names = [f"{table.name}{index or ''}" for index, table in enumerate(tables)]
    sheets = "".join(_sheet(i, name, table) for i, (name, table) in enumerate(zip(names, tables, strict=True), 1))
    book = f'{_XML}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
    parts = {"xl/workbook.xml": book}
    parts["xl/_rels/workbook.xml.rels"] = _relations(
        {f"rId{i}": ("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(tables) + 1)}
    )
    overrides = {"xl/workbook.xml": "spreadsheetml.sheet.main+xml"}
    for i, table in enumerate(tables, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = _worksheet(table)
        overrides[f"xl/worksheets/sheet{i}.xml"] = "spreadsheetml.worksheet+xml"
    return _package("xl/workbook.xml", "officeDocument", parts, overrides)


def _sheet(number: int, name: str, table: Table) -> str:
    state = ' state="hidden"' if table.hidden else ""
    return f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="rId{number}"/>'


def _worksheet(table: Table) -> str:
    hidden = "".join(f'<col min="{c}" max="{c}" width="9" hidden="1"/>' for c in table.hidden_cols)
    rows = "".join(
        f'<row r="{r}">' + "".join(_cell(r, c, text) for c, text in enumerate(cells(row)) if text) + "</row>"
        for r, row in enumerate(table.rows, 1)
    )
    cols = f"<cols>{hidden}</cols>" if hidden else ""
    return f'{_XML}<worksheet xmlns="{_SHEET}">{cols}<sheetData>{rows}</sheetData></worksheet>'


def _cell(row: int, column: int, text: str) -> str:
    letter = chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)
    value = escape(text)
    return f'<c r="{letter}{row}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def docx(content: Content) -> bytes:
    """A letter: the title, then paragraphs and tables."""
    body = _paragraph(content.title) + "".join(
        _word_table(block) if isinstance(block, Table) else _paragraph(plain(block)) for block in content.blocks
    )
    document = f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    overrides = {"word/document.xml": "wordprocessingml.document.main+xml"}
    return _package("word/document.xml", "officeDocument", {"word/document.xml": document}, overrides)


def _paragraph(text: str) -> str:
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\n"))
    return f"<w:p><w:r>{runs}</w:r></w:p>"


def _word_table(table: Table) -> str:
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{_paragraph(text)}</w:tc>" for text in cells(row)) + "</w:tr>" for row in table.rows
    )
    return f"<w:tbl>{rows}</w:tbl>"
