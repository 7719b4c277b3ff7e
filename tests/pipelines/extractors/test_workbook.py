"""Workbooks by their own writers, read back cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import olefile
import openpyxl
import pytest
import xlwt

from pipelines.documents import Document, Member, Segment
from pipelines.extractors import assembly, extract, sparse
from pipelines.extractors.biff import workbook_stream
from pipelines.schema import SegmentKind, Status
from tests.pipelines.extractors.ole_files import ole_file

Rows = Sequence[Sequence[object]]
ROWS: Rows = (
    ("姓名", "电话", "日期"),
    ("张三", 13812345678, date(2017, 12, 19)),
    ("李\n四", 12.5, datetime(2017, 12, 19, 10, 30)),
    (None, True, None),
)
TEXT = "姓名\t电话\t日期\n张三\t13812345678\t2017-12-19\n李 四\t12.5\t2017-12-19 10:30:00\n\tTRUE"


def workbook() -> openpyxl.Workbook:
    """A new one without its writer's name among the properties."""
    book = openpyxl.Workbook()
    book.properties.creator = ""
    return book


def xlsx(sheets: dict[str, Rows], states: dict[str, str] | None = None) -> bytes:
    book = workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = (states or {}).get(name, "visible")
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def xls(sheets: dict[str, Rows], states: dict[str, str] | None = None) -> bytes:
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        sheet.visibility = {"visible": 0, "hidden": 1, "veryHidden": 2}[(states or {}).get(name, "visible")]
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                code = (
                    "yyyy-mm-dd hh:mm"
                    if isinstance(value, datetime)
                    else "yyyy-mm-dd"
                    if isinstance(value, date)
                    else ""
                )
                if value is not None:
                    sheet.write(y, x, value, xlwt.easyxf(num_format_str=code) if code else xlwt.Style.default_style)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def ods(sheets: dict[str, Rows], states: dict[str, str] | None = None) -> bytes:
    def cell(value: object) -> str:
        if isinstance(value, bool):
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        text = "" if value is None else f"<text:p>{str(value).replace(chr(10), '</text:p><text:p>')}</text:p>"
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0"'
        f' xmlns:text="{space}text:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def read(data: bytes, path: str = "a.bin") -> Document:
    return extract(Member(path, data))


def spans(document: Document) -> list[tuple[str, int, int, bool, str]]:
    def row(s: Segment) -> tuple[str, int, int, bool, str]:
        return s.place, s.row, s.col, s.hidden, document.text[s.start : s.end]

    return [row(segment) for segment in document.segments]


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_values(write: Callable[[dict[str, Rows]], bytes]) -> None:
    document = read(write({"名单": ROWS, "空": (), "二": (("甲", "乙"),)}))
    assert document.status == Status.EXTRACTED
    assert spans(document) == [("名单", 1, 1, False, TEXT), ("二", 1, 1, False, "甲\t乙")]
    assert {segment.kind for segment in document.segments} == {SegmentKind.SHEET}


@pytest.mark.parametrize("write", [xlsx, xls])
def test_hidden_sheets_are_read_and_labelled(write: Callable[[dict[str, Rows], dict[str, str]], bytes]) -> None:
    sheets: dict[str, Rows] = {"公示": (("a",),), "隐藏": (("b",),), "深藏": (("c",),)}
    document = read(write(sheets, {"隐藏": "hidden", "深藏": "veryHidden"}))
    assert [(place, hidden) for place, _, _, hidden, _ in spans(document)] == [
        ("公示", False),
        ("隐藏", True),
        ("深藏", True),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13812345678.0, "13812345678"),
        (340302199003074500.0, "340302199003074500"),
        (3.40302e17, "340302000000000000"),
        (0.1, "0.1"),
        (-5.0, "-5"),
        (time(8, 30), "08:30:00"),
        ("00123", "00123"),
        (" 张三 ", "张三"),
    ],
)
def test_numbers_are_written_out(value: object, text: str) -> None:
    assert read(xlsx({"s": ((value,),)})).text == text


def test_places_begin_where_the_sheet_does() -> None:
    book = workbook()
    book.active["C5"] = "a"
    book.active["D7"] = "b"
    book.active["C500"] = "c"
    out = BytesIO()
    book.save(out)
    assert spans(read(out.getvalue())) == [("Sheet", 5, 3, False, "a\n\n\tb"), ("Sheet", 500, 3, False, "c")]


def _far_corners() -> bytes:
    book = workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["A2"] = "姓名", date(2017, 12, 19), 13812345678.0
    sheet["XFD1048576"] = "张三"
    book.create_sheet("隐").sheet_state = "hidden"
    book["隐"]["B2"] = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_two_values_in_far_corners_cost_two_values() -> None:
    document = read(_far_corners())
    assert document.status == Status.EXTRACTED
    assert spans(document) == [
        ("Sheet", 1, 1, False, "姓名\t2017-12-19\n13812345678"),
        ("Sheet", 1048576, 16384, False, "张三"),
        ("隐", 2, 2, True, "TRUE"),
    ]


def test_the_sparse_reader_reads_what_calamine_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    data = xlsx({"名单": ROWS[:3], "二": (("甲", None, "乙"), (1, 2.5, False))})
    dense = read(data)
    monkeypatch.setattr("pipelines.extractors.workbook.dense_cells_xlsx", lambda package, known: 10**12)
    assert spans(read(data)) == spans(dense)


@pytest.mark.parametrize(("column", "number"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"xfd", 16384)])
def test_column_number(column: bytes, number: int) -> None:
    assert sparse.column_number(column) == number


def test_text_beyond_the_limit_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembly.Assembly.__init__, "__defaults__", (10,))
    document = read(xlsx({"一": (("12345678",),), "二": (("abcdef",),)}))
    assert (document.text, document.status) == ("12345678\na", Status.PARTIAL)
    assert document.reason == "text cut at 10 characters"


def _rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def test_a_broken_sheet_leaves_the_others() -> None:
    data = xlsx({"一": (("甲",),), "二": (("乙",),)})
    broken = _rezipped(data, lambda name, part: part[:150] + b"<<" if name.endswith("sheet1.xml") else part)
    document = read(broken)
    assert (document.text, document.status) == ("乙", Status.PARTIAL)
    assert document.reason.startswith("sheet 一:")


def test_bombs_and_damage_have_their_status() -> None:
    data = xlsx({"一": (("甲",),)})
    bomb = _rezipped(data, lambda name, part: b" " * 60_000_000 if name.endswith("sheet1.xml") else part)
    assert read(bomb).status == Status.TOO_LARGE
    assert read(data[: len(data) // 2]).status == Status.CORRUPT


def test_an_old_workbook_whose_cell_says_it_is_far_away() -> None:
    data = xls({"一": (("甲", 12.5), ("乙", 3.25))})
    number = b"\x7e\x02\x0a\x00"  # the record of a number: type, length; row and column follow
    at = data.rindex(number) + 4
    document = read(data[:at] + b"\xff\xff\xff\x7f" + data[at + 4 :])
    assert (document.status, document.reason) == (Status.TOO_LARGE, "sheet: too many cells between its corners")


@pytest.mark.parametrize("extent", [b"\xff\xff\xff\x7f", bytes.fromhex("01000000 01808080 8080 8080")])
def test_an_old_workbook_that_claims_to_be_huge_is_read(extent: bytes) -> None:
    data = xls({"一": (("甲", 12.5), ("乙", 3.25))})
    at = data.index(b"\x00\x02\x0e\x00") + 4  # DIMENSIONS: its length; first row, row after the last
    assert read(data[:at] + extent + data[at + len(extent) :]).text == "甲\t12.5\n乙\t3.25"


def test_embedded_files_are_members_of_their_own() -> None:
    inner, outer = xlsx({"内": (("张三",),)}), xlsx({"外": (("x",),)})
    out = BytesIO(outer)
    with ZipFile(out, "a") as package:
        package.writestr("xl/embeddings/Microsoft_Excel_Sheet1.xlsx", inner)
    (child,) = read(out.getvalue(), "附件.xlsx").children
    assert child.path == "附件.xlsx!/xl/embeddings/Microsoft_Excel_Sheet1.xlsx"
    assert extract(child).text == "张三"


def hidden(document: Document) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(segment.hidden_rows, segment.hidden_cols) for segment in document.segments]


def _with_gaps(change: Callable[[openpyxl.Workbook], None]) -> Document:
    book = workbook()
    for row in (3, 4, 5, 300):
        for col in (2, 3, 4):
            book.active.cell(row, col).value = f"{row}.{col}"
    change(book)
    out = BytesIO()
    book.save(out)
    return read(out.getvalue())


def test_hidden_rows_and_columns_are_those_of_the_sheet() -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.active
        for row in (1, 4, 300, 500):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions.group("C", "XFD", hidden=True)

    assert hidden(_with_gaps(change)) == [((4,), (3, 4)), ((300,), (3, 4))]


def test_nothing_hidden_is_nothing_hidden() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.active.row_dimensions[4].height = 10.5
        book.active.column_dimensions["C"].width = 0.9

    assert hidden(_with_gaps(change)) == [((), ()), ((), ())]


def test_sparse_sheets_hide_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.extractors.workbook.dense_cells_xlsx", lambda package, known: 10**12)
    document = _with_gaps(lambda book: setattr(book.active.column_dimensions["C"], "hidden", True))
    assert hidden(document) == [((), (3,)), ((), (3,))]


def test_notes_name_their_sheet_and_cell() -> None:
    book = workbook()
    book.create_sheet("二")["C5"].comment = openpyxl.comments.Comment("张三\n李四", "x")
    out = BytesIO()
    book.save(out)
    (note,) = read(out.getvalue()).segments
    assert (note.kind, note.place, note.hidden) == (SegmentKind.COMMENT, "二!C5", True)
    assert read(out.getvalue()).text == "张三\n李四"


def test_a_broken_part_leaves_the_cells() -> None:
    data = _rezipped(xlsx({"一": (("甲",),)}), lambda name, part: part + b"<" if name.endswith("core.xml") else part)
    document = read(data)
    assert (document.text, document.status) == ("甲", Status.PARTIAL)


@pytest.mark.parametrize("space", [b" ", b"\n", b"\t", b"\r"])
@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_far_cells_are_seen_however_they_are_written(space: bytes, quote: bytes) -> None:
    near = b"<c" + space + b"r=" + quote + b"B2" + quote + b"/>"
    for ref in (b"XFD1", b"B10000", b"AB99999"):
        far = b"<c" + space + b"r=" + quote + ref + quote + b"/>"
        assert sparse._rectangle(near + far) > 2
        assert sparse._rectangle(near) == 0


def test_of_two_workbooks_in_a_file_the_newer_is_read() -> None:
    """Excel 5 and 97 side by side: what is said of the sheets must be of those whose cells are read."""

    def stream(text: str, *, hidden: bool) -> bytes:
        book, out = xlwt.Workbook(), BytesIO()
        sheet = book.add_sheet("a")
        sheet.write(1, 0, text)
        sheet.row(1).hidden = hidden
        book.save(out)
        return workbook_stream(out.getvalue())

    data = ole_file({"Book": stream("旧", hidden=True), "Workbook": stream("新", hidden=False)})
    document = extract(Member("a.xls", data))
    assert (document.text, document.segments[0].hidden_rows) == ("新", ())


@pytest.mark.parametrize("everything", [True, False])
def test_a_directory_that_runs_in_a_circle_is_not_followed(everything: bool) -> None:
    sound = xls({"名单": [["张三", n] for n in range(500)]})
    data = bytearray(sound)
    table = 512 * (1 + int.from_bytes(data[76:80], "little"))
    with olefile.OleFileIO(BytesIO(sound)) as ole:
        first = last = ole.first_dir_sector
        while ole.fat[last] < len(ole.fat):
            last = ole.fat[last]
    if everything:
        data[table : table + 512] = bytes(512)
    else:
        data[table + 4 * last : table + 4 * last + 4] = first.to_bytes(4, "little")
    document = read(bytes(data))
    assert document.status == (Status.CORRUPT if everything else Status.EXTRACTED)
    assert everything or document.text == read(sound).text


def test_an_xls_without_a_beginning_is_not_gone_through() -> None:
    document = extract(Member("a.xls", ole_file({"Workbook": bytes(8000)})))
    assert (document.status, document.reason) == (Status.CORRUPT, "workbook: no records where they should be")
