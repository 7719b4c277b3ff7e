"""XLSB: what its records say of sheets, hidden rows and columns, notes, headers."""

from __future__ import annotations

import struct

from pipelines.extractors import xlsb, xlsb_caches
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.package import Package
from pipelines.extractors.xlsb_records import records
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


# A sheet of one empty row: what calamine asks of it.
FIRST_SHEET = record(129) + record(148, bytes(16)) + record(145) + row(0) + record(146) + record(130)


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
        }
    )


def test_sheets_and_what_they_hide() -> None:
    sheets = list(xlsb.sheets_of(book()))
    assert [(name, hidden) for name, _, hidden in sheets] == [("名单", False), ("Sheet2", True), ("Sheet3", True)]
    concealed = xlsb.concealed_of(book(), sheets)
    assert set(concealed) == {"名单"}
    assert concealed["名单"].rows == {2, 8}
    assert concealed["名单"].cols == (range(2, 4), range(5, 16_385))


def test_notes_and_headers() -> None:
    assembly = Assembly()
    xlsb.add_parts(assembly, book(), list(xlsb.sheets_of(book())))
    assert [(s.kind, s.place, assembly.text[s.start : s.end], s.hidden) for s in assembly.segments] == [
        (SegmentKind.HEADER_FOOTER, "名单", "公示", False),
        (SegmentKind.COMMENT, "名单!C5", "批注：\n李四", True),
    ]
    assert assembly.notes == []


def test_records_end_where_the_data_do() -> None:
    whole = row(0) + columns(1, 2)
    for length in range(len(whole)):
        assert len(list(records(whole[:length]))) <= 2


def field(name: str, flags: int, *items: bytes, source: int = 4) -> bytes:
    head = record(183, struct.pack("<HiHiii", source, 0, 0, 0, 0, 0) + wide(name))
    return head + record(189, struct.pack("<H", flags)) + b"".join(items) + record(190) + record(184)


def text(words: str) -> bytes:
    return record(24, wide(words))


def real(value: float) -> bytes:
    return record(21, struct.pack("<d", value))


def cached(parts: dict[str, bytes]) -> list[tuple[str, str, bool]]:
    assembly = Assembly()
    xlsb_caches.add_caches(assembly, Package(zipped(parts)))
    return [(s.place, assembly.text[s.start : s.end], s.hidden) for s in assembly.segments]


PIVOT = "xl/pivotCache/pivotCacheDefinition1.bin"
LINKED = {
    "xl/pivotCache/_rels/pivotCacheDefinition1.bin.rels": b'<R><Relationship Type="x/pivotCacheRecords" '
    b'Target="pivotCacheRecords1.bin"/></R>'
}
FIELDS = (
    field("姓名", 8, text("张三"), text("李四"))
    + field("手机", 0x40)
    + field("生日", 4)
    + field("备注", 8)
    + field("组", 8, text("不算"), source=0)
)


def test_a_pivot_cache_with_its_records() -> None:
    born = struct.pack("<HHBBBB", 1990, 2, 30, 0, 0, 0)
    packed = record(33, struct.pack("<Id", 1, 13812345678.0) + born + wide("孤儿"))
    by_items = record(34) + record(26, struct.pack("<I", 0)) + real(13912345678.0) + record(25, born) + record(20)
    parts = {PIVOT: FIELDS, "xl/pivotCache/pivotCacheRecords1.bin": packed + by_items, **LINKED}
    table = "姓名\t手机\t生日\t备注\n李四\t13812345678\t1990-02-30\t孤儿\n张三\t13912345678\t1990-02-30"
    assert cached(parts) == [("pivot cache 1", table, True)]


def test_a_pivot_cache_without_records_has_the_values_of_its_fields() -> None:
    assert cached({PIVOT: FIELDS}) == [("pivot cache 1", "姓名\t手机\t生日\t备注\n张三\t李四", True)]


def test_cells_of_another_workbook() -> None:
    cell = struct.pack("<I", 0)
    rows = record(366, cell) + record(371, cell + wide("张三")) + record(368, cell + struct.pack("<d", 13812345678.0))
    rows += record(366, cell) + record(367, cell) + record(371, cell + wide("李四"))
    assert cached({"xl/externalLinks/externalLink2.bin": rows}) == [
        ("external link 2", "张三\t13812345678\n\t李四", True)
    ]


def test_spoilt_caches_are_read_as_far_as_they_go() -> None:
    whole = record(33, struct.pack("<Id", 1, 13812345678.0) + wide("孤儿"))
    for cut in range(len(FIELDS)):
        cached({PIVOT: FIELDS[:cut], "xl/pivotCache/pivotCacheRecords1.bin": whole[: cut % len(whole)], **LINKED})
    index = record(34) + record(26, struct.pack("<I", 4_000_000_000))
    parts = {PIVOT: FIELDS, "xl/pivotCache/pivotCacheRecords1.bin": index, **LINKED}
    assert cached(parts)[0][1] == "姓名\t手机\t生日\t备注\n"


def formula(text: str) -> bytes:
    tokens = struct.pack("<BH", 0x17, len(text)) + text.encode("utf-16-le")
    return struct.pack("<I", len(tokens)) + tokens + bytes(4)


def test_what_a_sheet_says_that_no_cell_shows() -> None:
    cells = record(8, bytes(8) + wide("见下") + bytes(2) + formula("甲")) + record(9, bytes(18) + formula("乙"))
    cells += record(10, bytes(11) + formula("丙")) + record(7, bytes(8) + wide("not a cell that is read here"))
    behind = record(167, wide("张三")) + record(176, wide("merged cells")) + record(494, bytes(16) + wide("%E5%BC%A0"))
    assert list(xlsb._asides(record(145) + cells + record(146) + behind)) == ["甲", "乙", "丙", "张三", "张"]
