"""DBF: code pages, deleted records, field types, and what is no DBF."""

from __future__ import annotations

import struct

import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract, media
from pipelines.extractors.detect import detect
from pipelines.schema import SegmentKind, Status

Column = tuple[bytes, bytes, int]


def dbf(columns: list[Column], records: list[bytes], page: int = 0, version: int = 3) -> bytes:
    size = 1 + sum(width for _, _, width in columns)
    fields = b"".join(struct.pack("<11sc4xBB14x", name, kind, width, 0) for name, kind, width in columns)
    head = struct.pack("<4BIHH17xB2x", version, 117, 11, 9, len(records), 33 + len(fields), size, page)
    return head + fields + b"\r" + b"".join(record.ljust(size) for record in records) + b"\x1a"


NAMES: list[Column] = [("姓名".encode("gbk"), b"C", 8), (b"SFZH", b"C", 18), (b"JE", b"N", 5)]


def row(name: str, number: str, amount: str, mark: bytes = b" ", codec: str = "gbk") -> bytes:
    return mark + name.encode(codec).ljust(8) + number.encode().ljust(18) + amount.encode().rjust(5)


def read(data: bytes) -> Document:
    assert detect(data, "a.xls") == media.DBF
    return extract(Member("a.dbf", data))


def found(document: Document) -> list[tuple[str, str, bool]]:
    return [(s.kind, document.text[s.start : s.end], s.hidden) for s in document.segments]


def test_records_and_those_marked_as_deleted() -> None:
    document = read(dbf(NAMES, [row("张三", "1", "9.5"), row("李四", "2", "", b"*"), row("王五", "3", "7")]))
    assert found(document) == [
        (SegmentKind.SHEET, "姓名\tSFZH\tJE\n张三\t1\t9.5\n\n王五\t3\t7", False),
        (SegmentKind.SHEET, "姓名\tSFZH\tJE\n\n李四\t2", True),
    ]
    assert document.status == Status.EXTRACTED


def test_code_pages() -> None:
    assert read(dbf(NAMES, [row("張三", "1", "", codec="big5")], page=0x78)).text.endswith("張三\t1")
    assert read(dbf(NAMES, [row("张三丰", "1", "", codec="gbk")], page=0x03)).text.endswith("1")  # named wrongly
    utf8: list[Column] = [("姓名".encode(), b"C", 12)]
    assert read(dbf(utf8, [b" " + "欧阳静".encode()], page=0x03)).text == "姓名\n欧阳静"


@pytest.mark.parametrize(
    ("kind", "raw", "text"),
    [
        (b"I", struct.pack("<i", -5), "-5"),
        (b"B", struct.pack("<d", 13812345678.0), "13812345678"),
        (b"Y", struct.pack("<q", 12345), "1.2345"),
        (b"T", struct.pack("<ii", 2458066, 3_600_000), "2017-11-08 01:00:00"),
        (b"D", b"20171109", "20171109"),
        (b"L", b"T", "T"),
    ],
)
def test_types(kind: bytes, raw: bytes, text: str) -> None:
    document = read(dbf([(b"A", b"C", 1), (b"X", kind, len(raw))], [b" x" + raw], version=0x30))
    assert document.text == f"A\tX\nx\t{text}"


def test_what_is_missing_is_said() -> None:
    memo = read(dbf([(b"A", b"C", 3), (b"M", b"M", 10)], [b" abc" + b"1".rjust(10)], version=0x83))
    assert (memo.status, memo.reason, memo.text) == (Status.PARTIAL, "memo fields lie in another file: 1", "A\tM\nabc")
    cut = read(dbf(NAMES, [row("张三", "1", "")] * 3)[:-40])
    assert cut.reason == "truncated: 1 of 3 records"
    assert detect(b"\x03\x75\x0d\x09" + bytes(90) + b"x") != media.DBF
