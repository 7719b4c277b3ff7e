"""XLSB: what its records say of sheets, hidden rows and columns, notes, headers."""

from __future__ import annotations

import struct

from pipelines.extractors import xlsb
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.package import Package
from pipelines.schema import SegmentKind
from tests.pipelines.extractors.archives import zipped


def record(kind: int, data: bytes = b"") -> bytes:
    def number(value: int) -> bytes:
        out = bytearray()
        while value > 0x7F:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes(out) + bytes((value,))

    return number(kind) + number(len(data)) + data


def wide(text: str | None) -> bytes:
    return b"\xff" * 4 if text is None else len(text).to_bytes(4, "little") + text.encode("utf-16-le")


def row(number: int, height: int = 300, flags: int = 0) -> bytes:
    return record(0, struct.pack("<IIHBB", number, 0, height, 0, flags) + bytes(4))


def columns(first: int, last: int, width: int = 2000, flags: int = 0) -> bytes:
    return record(60, struct.pack("<4IH", first, last, width, 0, flags))


def book() -> Package:
    return Package(book_data())


def book_data() -> bytes:
    sheets = b"".join(
        record(156, struct.pack("<II", state, n) + wide(f"rId{n}") + wide(name))
        for n, (name, state) in enumerate((("名单", 0), ("Sheet2", 1), ("Sheet3", 2)), 1)
    )
    relation = '<Relationship Id="rId{0}" Type="x/worksheet" Target="worksheets/sheet{0}.bin"/>'
    first = columns(0, 0) + columns(1, 2, flags=1) + columns(4, 99_999, width=0)
    first += row(0) + row(1, flags=0x10) + row(7, height=0)
    first += record(479, b"\0\0" + wide("&C公示&P") + wide(None) * 5)
    notes = record(635, struct.pack("<5I", 0, 4, 4, 2, 2)) + record(637, b"\0" + wide("批注：\n李四"))
    drawing = '<Relationships><Relationship Id="r" Type="x/comments" Target="../comments1.bin"/></Relationships>'
    return zipped(
        {
            "xl/workbook.bin": sheets,
            "xl/_rels/workbook.bin.rels": f"<R>{''.join(relation.format(n) for n in (1, 2, 3))}</R>".encode(),
            "xl/worksheets/sheet1.bin": first,
            "xl/worksheets/sheet2.bin": b"",
            "xl/worksheets/sheet3.bin": b"\x00",
            "xl/worksheets/_rels/sheet1.bin.rels": drawing.encode(),
            "xl/comments1.bin": notes,
            "xl/pivotCache/pivotCacheRecords1.bin": b"",
        }
    )


def test_sheets_and_what_they_hide() -> None:
    sheets = list(xlsb.sheets_of(book()))
    assert [(name, hidden) for name, _, hidden in sheets] == [("名单", False), ("Sheet2", True), ("Sheet3", True)]
    concealed = xlsb.concealed_of(book(), sheets)
    assert set(concealed) == {"名单"}
    assert concealed["名单"].rows == {2, 8}
    assert concealed["名单"].cols == (range(2, 4), range(5, 16_385))


def test_notes_headers_and_what_is_not_read() -> None:
    assembly = Assembly()
    xlsb.add_parts(assembly, book(), list(xlsb.sheets_of(book())))
    assert [(s.kind, s.place, assembly.text[s.start : s.end], s.hidden) for s in assembly.segments] == [
        (SegmentKind.HEADER_FOOTER, "名单", "公示", False),
        (SegmentKind.COMMENT, "名单!C5", "批注：\n李四", True),
    ]
    assert assembly.notes == ["xlsb: caches of pivot tables or other workbooks"]


def test_records_end_where_the_data_do() -> None:
    whole = row(0) + columns(1, 2)
    for length in range(len(whole)):
        assert len(list(xlsb.records(whole[:length]))) <= 2
