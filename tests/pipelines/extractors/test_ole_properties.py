"""Property sets: texts of both kinds in their code page, and sets that are damaged."""

from __future__ import annotations

import struct
from random import Random

import pytest

from pipelines.documents import Member
from pipelines.extractors import extract
from pipelines.extractors.ole_properties import texts
from pipelines.schema import Status
from tests.pipelines.extractors.ole_files import ole_file
from tests.pipelines.extractors.test_unlock import gold_streams

SUMMARY = "\x05SummaryInformation"


def property_set(*values: tuple[int, bytes]) -> bytes:
    """Number and value of each property; a value begins with its kind."""
    places, data, at = b"", b"", 8 + 8 * len(values)
    for number, value in values:
        places += struct.pack("<2I", number, at + len(data))
        data += value + bytes(-len(value) % 4)
    section = struct.pack("<2I", at + len(data), len(values)) + places + data
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, bytes(16), 1, bytes(16), 48) + section


def narrow(raw: bytes) -> bytes:
    return struct.pack("<2I", 30, len(raw) + 1) + raw + b"\0"


def wide(words: str) -> bytes:
    return struct.pack("<2I", 31, len(words) + 1) + words.encode("utf-16-le") + b"\0\0"


def page(number: int) -> bytes:
    return struct.pack("<IH", 2, number)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([(1, page(936)), (4, narrow("张三".encode("gbk")))], [("creator", "张三\0")]),
        ([(1, page(65001)), (2, narrow("名单".encode()))], [("title", "名单\0")]),
        (
            [(1, page(1200)), (4, wide("张三")), (8, wide("李四"))],
            [("creator", "张三\0"), ("lastModifiedBy", "李四\0")],
        ),
        ([(1, page(4)), (4, narrow("张三".encode("gb18030")))], [("creator", "张三\0")]),  # a page nobody knows
        ([(4, narrow(b"abc")), (99, narrow(b"no name of ours"))], [("creator", "abc\0")]),
        ([(4, struct.pack("<2I", 0x1000 | 30, 0xFFFFFFFF))], [("creator", "")]),  # a list said to be endless
        ([(4, struct.pack("<2I", 30, 0xFFFFFFFF) + b"abc ")], [("creator", "abc ")]),
    ],
)
def test_texts(values: list[tuple[int, bytes]], found: list[tuple[str, str]]) -> None:
    assert list(texts(SUMMARY, property_set(*values))) == found


def test_a_set_that_breaks_off_is_noted() -> None:
    document = extract(Member("a.doc", ole_file(gold_streams() | {SUMMARY: property_set((4, wide("张三")))[:60]})))
    assert (document.status, document.reason) == (Status.PARTIAL, "properties: error")
    assert "张三丰" in document.text


def test_spoilt_sets_end() -> None:
    random, sound = Random(3), property_set((1, page(936)), (4, narrow(b"abc")), (2, wide("张三")))
    for _ in range(300):
        data = bytearray(sound)
        data[random.randrange(44, len(data))] = random.choice((0, 1, 127, 255))
        try:
            assert sum(len(text) for _, text in texts(SUMMARY, bytes(data))) < 1000
        except struct.error:
            continue


def test_properties_that_a_user_made() -> None:
    def dictionary(*names: tuple[int, str]) -> bytes:
        entries = (struct.pack("<2I", n, len(t.encode()) + 1) + t.encode() + b"\0" for n, t in names)
        return struct.pack("<I", len(names)) + b"".join(entries)

    empty, own = property_set()[48:], property_set(
        (0, dictionary((2, "经办人"), (3, "Version"))), (1, page(65001)), (2, narrow("张三".encode())),
        (3, narrow(b"14.0")), (4, narrow(b"a@example.com")),
    )[48:]  # fmt: skip
    head = struct.pack("<HHI16sI16sI16sI", 0xFFFE, 0, 0, bytes(16), 2, bytes(16), 68, bytes(16), 68 + len(empty))
    found = list(texts("\x05DocumentSummaryInformation", head + empty + own))
    assert found == [("经办人", "张三\0"), ("4", "a@example.com\0")]
