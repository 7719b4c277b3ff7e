"""Sheets read from their XML are read as calamine reads them, or left to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Alignment
from python_calamine import CalamineWorkbook

from pipelines.documents import Document, Member
from pipelines.extractors import extract, workbook, xlsx_cells
from pipelines.schema import Status

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = "".join(
    f'<xf numFmtId="{number}"/>' for number in (0, 2, 14, 49, 165, 166, 167, 10, 11, 46, 20)
)  # by place: general, 0.00, day, text, own day, own length of time, own number, %, scientific, [h]:mm:ss, h:mm
FORMATS = (
    '<numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>'
    '<numFmt numFmtId="166" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="167" formatCode="0_ ;[Red]\\-0\\ "/>'
)
STRINGS = (
    "<si><t>张三</t></si>",
    '<si><t xml:space="preserve"> 李 四 </t><phoneticPr fontId="1" type="noConversion"/></si>',
    "<si><t/></si>",
    "<si><t></t></si>",
    '<si><r><t>王</t></r><r><rPr><b/><sz val="9"/></rPr><t xml:space="preserve"> 五</t></r></si>',
    '<si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh></si>',
    "<si><t>a\rb\r\nc</t></si>",
    "<si><t>a&amp;b&#10;c_x000D_d</t></si>",
    "<si><t>&#21016;\n\u3000x&#183;</t></si>",
)
ODD_STRINGS = (
    "<si/>",
    "<si><t>a<!-- b -->c</t></si>",
    "<si><t><![CDATA[<x>]]></t></si>",
    "<si><r><t> a </t></r></si>",
    "<si><t>&#x4e2d;</t></si>",
    "<x:si><x:t>a</x:t></x:si>",
    "<si>\n<t>a</t></si>",
)


@pytest.fixture(autouse=True)
def _small_sheets_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_cells, "_LEAST", 0)


def packed(sheet: str | bytes, strings: str = "", book: str = "") -> bytes:
    """A workbook of one sheet, by hand."""
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" Type="{RELATIONS}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{book}<sheets><sheet name="名单" sheetId="1" r:id="a"/>'
            "</sheets></workbook>",
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" Type="{RELATIONS}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>',
        )
        package.writestr("xl/worksheets/sheet1.xml", sheet)
        styles = f'<styleSheet xmlns="{MAIN}"><numFmts>{FORMATS}</numFmts><cellXfs>{STYLES}</cellXfs></styleSheet>'
        package.writestr("xl/styles.xml", styles)
        if strings:
            package.writestr("xl/sharedStrings.xml", f'<?xml version="1.0"?>\r\n<sst xmlns="{MAIN}">{strings}</sst>')
    return out.getvalue()


def worksheet(rows: str, head: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData></worksheet>'


def both(data: bytes) -> tuple[Document, Document, bool]:
    """The document as it is read now, as calamine's values make it, and whether calamine was left alone for it."""
    opened = []

    def noted(data: bytes) -> Any:
        opened.append(data)
        return CalamineWorkbook.from_object(BytesIO(data))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook, "_open", noted)
        now = extract(Member("a.xlsx", data))
        fast = not opened
        patch.setattr(workbook, "read_grids", lambda package, sheets: {})
        return now, extract(Member("a.xlsx", data)), fast


def assert_same(data: bytes) -> bool:
    now, then, fast = both(data)
    assert now.extractor == "workbook"
    assert (now.text, now.segments, now.status, now.reason) == (then.text, then.segments, then.status, then.reason)
    return fast


VALUES: tuple[tuple[str, bool], ...] = (
    *((f' t="s"><v>{index}</v>', True) for index in range(len(STRINGS))),
    *((f"><v>{number}</v>", True) for number in ("0", "7", "13812345678", "123456789012345", "-3", "1.50", "1E+5")),
    *((f"><v>{number}</v>", True) for number in ("007", "1234567890123456", "340302199003074500", "0.1", "1e300")),
    *((f' s="{style}"><v>44000</v>', True) for style in (0, 1, 2, 3, 4, 6, 7, 8, 10)),
    *((f' s="{style}" t="n"><v>12</v>', True) for style in (0, 1, 3, 6, 7, 8)),
    ("/", True),
    (' s="2"/', True),
    ("><v></v>", True),
    ("><f>1+1</f><v>2</v>", True),
    ('><f t="shared" ref="A1:B2" si="0">"a"&amp;\'b c\'!A1</f><v>2</v>', True),
    ('><f t="shared" si="0"/><v>2</v>', True),
    ("><f>A1</f>", True),
    (' t="str"><f>A1</f><v>甲 乙</v>', True),
    (' t="str"><f>A1</f><v></v>', True),
    (' t="str"><v> 甲\t&lt;乙&gt; </v>', True),
    (' t="inlineStr"><is><t>丙</t></is>', True),
    (' t="inlineStr"><is><t xml:space="preserve"> &#20013;&#25991;&#183;_x000D_ </t></is>', True),
    (' t="str"><v>a\r\nb\rc</v>', True),
    (' t="inlineStr"><is><t>a\r\nb</t></is>', True),
    (' t="str"><v>a\nb</v>', True),
    (' t="inlineStr"><is><t>a\tb\u3000c\u2028d</t></is>', True),
    (' t="b"><v>1</v>', True),
    (' t="b"><v>0</v>', True),
    (' t="e"><v>#N/A</v>', True),
    (' t="e"><v>#DIV/0!</v>', True),
    (' t="s"><v></v>', True),
    (' t="s"><v>999</v>', False),
    (' t="s"><v>00</v>', True),
    (' t="s"><v>-1</v>', False),
    (' t="e"><v>#WHAT!</v>', False),
    (' t="b"><v>true</v>', False),
    (' t="d"><v>2017-12-19</v>', False),
    ("><f>A1&amp B1</f><v>1</v>", False),
    (' t="z"><v>1</v>', False),
    (' t="n"><v>abc</v>', False),
    ("><v>abc</v>", False),
    ("><v> 1</v>", False),
    ("><v>&#49;&#50;</v>", False),
    ("><v>inf</v>", False),
    ("><v><!-- 1 -->2</v>", False),
    ("><!-- 1 --><v>2</v>", False),
    ("><?pi?><v>2</v>", False),
    ("><v><![CDATA[2]]></v>", False),
    (" ><v>2</v>", False),
    ("> <v>2</v>", False),
    ("><v>2</v><f>1</f>", False),
    (' s="5"><v>1.5</v>', False),
    (' s="9"><v>1.5</v>', False),
    (' s="2"><v>0.25</v>', False),
    (' s="2"><v>43000.75</v>', False),
    (' s="2"><v>60</v>', False),
    (' s="99"><v>1</v>', False),
    (' t="inlineStr"><is><t></t></is>', False),
    (' t="inlineStr"><v>1</v>', False),
    (' t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is>', False),
    (' t="n"><is><t>a</t></is>', False),
    (' t="str"><v>&nbsp;</v>', False),
    (' t="str"><v>&#55296;</v>', False),
    (' t="str"><v>&#0;</v>', False),
    (' t="str"><v>&#x4e2d;</v>', False),
    (' t="s" s="1"><v>0</v>', False),
    (" t='s'><v>0</v>", False),
    (' s="1" cm="1"><v>0</v>', False),
    ("><x:v>1</x:v>", False),
    ("><v/>", False),
)


def cell(place: str, value: str) -> str:
    return f'<c r="{place}"{value}{">" if value.endswith("/") else "</c>"}'


@pytest.mark.parametrize(("value", "is_read"), VALUES)
def test_each_kind_of_cell(value: str, is_read: bool) -> None:
    rows = f'<row r="2">{cell("B2", value)}{cell("D2", "><v>1</v>")}</row><row r="3">{cell("C3", value)}</row>'
    assert assert_same(packed(worksheet(rows), "".join(STRINGS))) == is_read


@pytest.mark.parametrize(
    ("rows", "is_read"),
    [
        ("", True),
        ('<row r="1"/><row r="2"></row>', True),
        ('<row r="3" spans="1:2" ht="0" x14ac:dyDescent="0.2"><c r="AA3"><v>1</v></c></row>', True),
        ('<row r="3" hidden="1"><c r="B3"><v>1</v></c></row><row r="9"><c r="A9"><v>2</v></c></row>', True),
        ('<row r="1"><c r="B1" t="str"><v></v></c><c r="C1"><v>1</v></c></row>', True),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row><row r="900"><c r="A900"><v>2</v></c></row>', True),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>', True),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>', True),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', False),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>', False),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', False),
        ('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', False),
        ('<row r="1"><c><v>1</v></c><c><v>2</v></c></row>', False),
        ('<row r="1"><c r="a1"><v>1</v></c></row>', False),
        ('<row r="1"><c r="A01"><v>1</v></c></row>', False),
        ('<row r="x"><c r="A1"><v>1</v></c></row>', False),
        ('<row r="1" a=\'"\'><c r="A1"><v>1</v></c></row>', False),
        ('<row r="1" a="<c>"><c r="A1"><v>1</v></c></row>', False),
        ('<row r="1">\n <c r="A1"><v>1</v></c></row>', False),
        ('<row r="1"><c r="A1"><v>1</v></c></row>\r\n', False),
        ('<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>', False),
        ('<row r="1"><c r="A1"><v>1</v></c><extLst/></row>', False),
        ('<row r="1"><c r="A1"><v>1</v></row></c>', False),
        ("<!-- --><row/>", False),
    ],
)
def test_each_shape_of_rows(rows: str, is_read: bool) -> None:
    assert assert_same(packed(worksheet(rows))) == is_read


def test_a_sheet_without_rows() -> None:
    assert assert_same(packed(worksheet("").replace("<sheetData></sheetData>", "<sheetData/>")))


@pytest.mark.parametrize(
    ("sheet", "is_read"),
    [
        ("<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n{}", True),
        ('\ufeff<?xml version="1.0" encoding="UTF-8"?>{}', True),
        ('<?xml version="1.0" encoding="GB18030"?>{}', False),
        ("<!-- a -->{}", False),
        ("<?pi a?>{}", False),
        ("<!DOCTYPE worksheet>{}", False),
        ('{}<a b="', False),
        ("{}<!-- ", False),
        ("{}\n", True),
    ],
)
def test_each_head_of_a_sheet(sheet: str, is_read: bool) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>甲</v></c></row>'
    xml = sheet.format(worksheet(rows, '<cols><col min="1" max="1" hidden="1"/></cols>'))
    encoded = xml.encode("gb18030" if "GB18030" in xml else "utf-8")
    assert assert_same(packed(encoded)) == is_read


@pytest.mark.parametrize(("item", "is_read"), [*((s, True) for s in STRINGS), *((s, False) for s in ODD_STRINGS)])
def test_each_kind_of_shared_string(item: str, is_read: bool) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    assert assert_same(packed(worksheet(rows), item + "<si><t>末</t></si>")) == is_read


def test_days_counted_from_1904_are_left_to_calamine() -> None:
    rows = '<row r="1"><c r="A1" s="2"><v>44000</v></c></row>'
    assert not assert_same(packed(worksheet(rows), book='<workbookPr date1904="1"/>'))


SAMPLES = st.sampled_from([value for value, _ in VALUES])
FINE = st.sampled_from([value for value, is_read in VALUES if is_read])
COLUMNS = ("A", "B", "C", "E", "Z", "AA", "AB", "BC")


@st.composite
def sheets(draw: st.DrawFn) -> str:
    values = FINE if draw(st.integers(0, 3)) else SAMPLES
    rows, row = [], 0
    for _ in range(draw(st.integers(0, 8))):
        row += draw(st.sampled_from((1, 1, 1, 2, 7, 130)))
        columns = [each for each in COLUMNS if draw(st.booleans())]
        cells = "".join(cell(f"{column}{row}", draw(values)) for column in columns)
        look = draw(st.sampled_from(("", ' hidden="1"', ' ht="12.5" customHeight="1"', ' ht="0"')))
        rows.append(f'<row r="{row}"{look}>{cells}</row>' if cells else f'<row r="{row}"{look}/>')
    return "".join(rows)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(sheets(), st.sampled_from((1, 100, 400, 200_000)), st.booleans())
def test_any_sheet_by_hand(rows: str, chunk: int, hides: bool) -> None:
    head = '<cols><col min="2" max="3" hidden="1"/></cols>' if hides else ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx_cells, "_CHUNK", chunk)
        assert_same(packed(worksheet(rows, head), "".join(STRINGS)))


WRITTEN = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=6),
    st.sampled_from(("张三", " 李\n四 ", "1", "=1+1", "_x000D_", "a\tb", "\u3000王", "&lt;", "#N/A", "")),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)),
    st.times(),
    st.timedeltas(timedelta(), timedelta(99)),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(WRITTEN, max_size=5), max_size=8), st.sampled_from(("General", "0.00%", "yyyy-mm-dd", "@")))
def test_any_sheet_by_openpyxl(rows: list[list[Any]], look: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    sheet["C2"].number_format, sheet["B1"].alignment = look, Alignment(wrap_text=True)
    assert_same(saved(book))


def saved(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def people() -> Iterator[list[object]]:
    yield ["序号", "姓名", "证件", "日期", "金额"]
    for number in range(2000):
        yield [number, f"张{chr(0x4E00 + number)}", f"9999{number:014d}", date(2017, 12, 19), number / 4]


def test_a_long_list_is_read_without_calamine() -> None:
    book = openpyxl.Workbook()
    for row in people():
        book.worksheets[0].append(row)
    data = saved(book)
    assert assert_same(data)
    assert extract(Member("a.xlsx", data)).status == Status.EXTRACTED


def test_text_beyond_the_limit_is_left_to_calamine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_cells, "MAX_TEXT", 20)
    assert not assert_same(packed(worksheet('<row r="1"><c r="A1" t="str"><v>' + "甲" * 30 + "</v></c></row>")))
