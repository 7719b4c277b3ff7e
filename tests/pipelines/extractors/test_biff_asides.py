"""What an XLS's sheet says where no cell shows it, record by record, and damage."""

from __future__ import annotations

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extractors.biff_asides import KINDS, asides


def counted(text: str) -> bytes:
    return pack("<HB", len(text), 1) + text.encode("utf-16-le")


def token(text: str) -> bytes:
    return pack("<BBB", 0x17, len(text), 1) + text.encode("utf-16-le")


def wide(text: str) -> bytes:
    return (text + "\0").encode("utf-16-le")


NAME, OTHER = token("张三"), token("李四某")
ADDRESS = wide("http://a.gov.cn/?n=%E5%BC%A0%E4%B8%89")
LINK = bytes(24) + pack("<II", 2, 0x17) + pack("<I", 3) + wide("显示") + bytes(16) + pack("<I", len(ADDRESS)) + ADDRESS


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        (0x06, bytes(20) + pack("<H", len(NAME)) + NAME, ["张三"]),
        (0x221, bytes(12) + pack("<H", len(NAME)) + NAME, ["张三"]),
        (0x4BC, bytes(8) + pack("<H", len(NAME)) + NAME, ["张三"]),
        (0x1B1, pack("<BBHH", 2, 0, len(NAME), len(OTHER)) + bytes(9) + NAME + OTHER, ["张三", "李四某"]),
        (0x1B8, LINK, ["显示", "http://a.gov.cn/?n=张三"]),
        (0x800, bytes(10) + wide("提示 张三"), ["提示 张三"]),
        (0x9E, pack("<HHBB4xB3xBBd", 0, 0, 6, 2, 3, 4, 2, 13912345678.0) + b"\0abc", ["abc", "13912345678"]),
        (0x9E, pack("<HH10xBB4xB3x", 0, 0, 6, 2, 2) + b"\1" + "张三".encode("utf-16-le"), ["张三"]),
        (
            0xAF,
            pack("<HBBBBB", 2, 0, 0, 1, 2, 1) + b"\0n" + counted("甲") + counted("张三") + bytes(8)
            + counted("1") + counted("李四") + bytes(4),
            ["n", "甲", "张三", "1", "李四"],
        ),
        (0x1BE, pack("<I", 3) + counted("题"), ["题"]),  # it breaks off
    ],
)  # fmt: skip
def test_texts_of_records(kind: int, data: bytes, found: list[str]) -> None:
    assert asides(kind, data) == found


@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=120))
def test_damage_ends_it(kind: int, data: bytes) -> None:
    assert all("\n" not in text for text in asides(kind, data))
