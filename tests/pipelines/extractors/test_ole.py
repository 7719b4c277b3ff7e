"""Compound files: written so that olefile reads the same, and the files embedded in them."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import olefile
import pytest

from pipelines.documents import Member
from pipelines.extractors import extract, media
from pipelines.extractors.detect import detect
from pipelines.extractors.ole_objects import pool_objects, workbook_objects
from pipelines.extractors.ole_writer import repacked
from pipelines.extractors.rtf_packed import unpacked_rtf
from pipelines.schema import Status
from tests.pipelines.extractors.ole_files import ole_file

GOLD = (Path(__file__).parent / "fixtures" / "gold.doc").read_bytes()


@pytest.mark.parametrize("sizes", [(0, 1, 63, 64, 65), (4095, 4096, 4097), (700_000, 3), ()])
def test_every_stream_comes_back(sizes: tuple[int, ...]) -> None:
    tree = {f"s{n}": bytes([n]) * size for n, size in enumerate(sizes)} | {
        "folder": {"inner": b"x", "deep": {"y": b"z"}}
    }
    with olefile.OleFileIO(BytesIO(ole_file(tree))) as ole:
        assert ole.parsing_issues == []
        assert [ole.openstream(f"s{n}").read() for n in range(len(sizes))] == [tree[f"s{n}"] for n in range(len(sizes))]
        assert ole.openstream("folder/deep/y").read() == b"z"
        inner = repacked(ole, ["folder"])
    with olefile.OleFileIO(BytesIO(inner)) as ole:
        assert sorted(map("/".join, ole.listdir())) == ["deep/y", "inner"]


def package(name: str, data: bytes) -> bytes:
    label = name.encode("gbk") + b"\0"
    body = b"\2\0" + label + label + bytes(4) + struct.pack("<I", 2) + b"t\0" + struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(body)) + body


def test_objects_embedded_in_a_doc() -> None:
    with olefile.OleFileIO(BytesIO(GOLD)) as ole:
        inner = {name: ole.openstream(name).read() for name in ("WordDocument", "1Table")}
    pool = {
        "_1": inner,
        "_2": {"\x01Ole10Native": package("名单.txt", "张三".encode())},
        "_3": {"CONTENTS": b"%PDF-"},
        "_4": {"\x01Ole10Native": b"spoilt"},
        "_5": {"Equation Native": b"x"},
    }
    with olefile.OleFileIO(BytesIO(ole_file({"WordDocument": b"x", "ObjectPool": pool}))) as ole:
        found = pool_objects(Member("a.doc", b""), ole)
    assert [c.path for c in found] == [f"a.doc!/object{n}" for n in ("1", "2/名单.txt", "3", "4")]
    assert [c.status for c in found] == [Status.EXTRACTED] * 3 + [Status.CORRUPT]
    assert "欧阳 静" in extract(found[0]).text
    assert found[1].data == "张三".encode()


def test_objects_embedded_in_an_xls() -> None:
    tree = {"Workbook": b"x", "MBD0001": {"Package": b"PK"}, "mbd2": {"CONTENTS": b"%PDF-"}, "other": {"Package": b"x"}}
    with olefile.OleFileIO(BytesIO(ole_file(tree))) as ole:
        found = workbook_objects(Member("a.xls", b""), ole)
    assert sorted(child.path for child in found) == ["a.xls!/object1", "a.xls!/object2"]
    assert {child.data for child in found} == {b"%PDF-", b"PK"}


def test_a_file_that_is_only_a_wrapping() -> None:
    document = extract(Member("a.bin", ole_file({"\x01Ole10Native": package("a.txt", b"1")})))
    assert [(c.path, c.data) for c in document.children] == [("a.bin!/object/a.txt", b"1")]
    assert extract(Member("a.bin", ole_file({"x": b"1"}))).status == Status.UNSUPPORTED
    assert detect(ole_file({"CONTENTS": b"CHNKWKS"})) == media.WPS


@pytest.mark.parametrize(
    ("packed", "rtf"),
    [
        (b"\x10\x00\x00\x00\x03\x00\x00\x00MELA\0\0\0\0abc", b"abc"),
        # the specification's example 4.1.1
        (
            bytes.fromhex(
                "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
            ),
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        ),
        (b"\x10\x00\x00\x00\x09\x00\x00\x00LZFu\0\0\0\0\x00ab", b"ab"),
    ],
)
def test_packed_rtf(packed: bytes, rtf: bytes) -> None:
    assert unpacked_rtf(packed) == rtf
