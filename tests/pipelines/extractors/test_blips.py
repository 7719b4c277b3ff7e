"""Pictures of the old Office formats: found by their records, each a file, in each format where it keeps them."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import olefile
import pytest
import xlwt

from pipelines.documents import Document, Member
from pipelines.extractors import blips, extract
from pipelines.extractors.blips import pictures_in
from pipelines.schema import Status
from tests.pipelines.extractors import test_ppt
from tests.pipelines.extractors.drawings import blip, dib, emf, png, wmf
from tests.pipelines.extractors.ole_files import Tree, ole_file

GOLD = (Path(__file__).parent / "fixtures" / "gold.doc").read_bytes()
PNG, JPG = png(400, 100), b"\xff\xd8\xff\xe0jpeg"
DRAWN = emf([(0, 0, "张三 139")])


@pytest.mark.parametrize(
    ("record", "picture"),
    [
        (blip(0xF01E, 0x6E0, PNG), ("png", PNG)),
        (blip(0xF01E, 0x6E0, PNG, two=True), ("png", PNG)),
        (blip(0xF01D, 0x46A, JPG), ("jpg", JPG)),
        (blip(0xF02A, 0x6E2, JPG, two=True), ("jpg", JPG)),
        (blip(0xF029, 0x6E4, b"II*\0tif"), ("tif", b"II*\0tif")),
        (blip(0xF01A, 0x3D4, DRAWN, metafile=True), ("emf", DRAWN)),
        (blip(0xF01B, 0x216, wmf([]), metafile=True, two=True), ("wmf", wmf([]))),
        (blip(0xF01A, 0x3D4, DRAWN, metafile=True)[:-9], None),  # longer than what is left
        (blip(0xF01E, 0x6E0, b"no picture"), None),
        (blip(0xF01A, 0x3D4, b"", metafile=True).replace(b"x\x9c", b"xx"), ("emf", b"")),  # there, but damaged
    ],
)
def test_records(record: bytes, picture: tuple[str, bytes] | None) -> None:
    assert list(pictures_in(b"text" + record + b"more")) == ([picture] if picture else [])


def test_a_bitmap_becomes_a_file() -> None:
    ((suffix, data),) = pictures_in(blip(0xF01F, 0x7A8, dib(80, 20)))
    assert (suffix, data[:2], struct.unpack_from("<I", data, 10)[0]) == ("bmp", b"BM", 54)
    assert extract(Member("a.bmp", data)).reason == "image: needs OCR"


def doc(data: bytes | Tree) -> bytes:
    with olefile.OleFileIO(BytesIO(GOLD)) as ole:
        streams = {entry[0]: ole.openstream(entry).read() for entry in ole.listdir() if len(entry) == 1}
    return ole_file(streams | {"Data": b"head" + data if isinstance(data, bytes) else data})


def ppt(data: bytes) -> bytes:
    sound = test_ppt.file(test_ppt.box(1000), test_ppt.slide(test_ppt.chars("公示")), live=(0, 1))
    with olefile.OleFileIO(BytesIO(sound)) as ole:
        streams = {entry[0]: ole.openstream(entry).read() for entry in ole.listdir()}
    return ole_file(streams | {"Pictures": data})


def xls(data: bytes) -> bytes:
    """In the record of drawings that all sheets share, and in one that continues it."""
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "公示")
    plain: Any = book.get_biff_data
    cut = len(data) // 2
    drawn = b"".join(struct.pack("<HH", k, len(d)) + d for k, d in ((0xEB, data[:cut]), (0x3C, data[cut:])))

    def with_drawings() -> bytes:
        records: bytes = plain()
        first = 4 + struct.unpack_from("<H", records, 2)[0]
        sheet = struct.unpack_from("<I", records, records.index(b"\x85\0") + 4)[0]
        records = records.replace(struct.pack("<I", sheet), struct.pack("<I", sheet + len(drawn)), 1)
        return records[:first] + drawn + records[first:]

    book.get_biff_data = with_drawings
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rtf(drawn: bytes = DRAWN) -> bytes:
    words = "".join(f"\\'{byte:02x}" for byte in "公示".encode("gbk"))
    return rb"{\rtf1\ansi\ansicpg936 %s{\pict\emfblip " % words.encode() + drawn.hex().encode() + b"}}"


@pytest.mark.parametrize(("name", "make"), [("a.doc", doc), ("a.ppt", ppt), ("a.xls", xls), ("a.rtf", lambda _: rtf())])
def test_a_picture_is_a_child(name: str, make: Any) -> None:
    record = blip(0xF01A, 0x3D4, DRAWN, metafile=True)
    document = extract(Member(name, make(record + record)))
    assert (document.status, document.text[:20].count("公示")) == (Status.EXTRACTED, 1)
    (child,) = document.children  # the same twice is one
    assert (child.path, child.data) == (f"{name}!/picture1.emf", DRAWN)
    assert extract(child).text == "张三 139"


def test_a_broken_stream_of_pictures_leaves_the_text() -> None:
    document = extract(Member("a.doc", doc({"no": b"stream"})))
    assert (document.status, "张三丰" in document.text) == (Status.PARTIAL, True)
    assert document.reason.startswith("Data: ")


def test_too_many_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blips, "MAX_EMBEDDED", 2)
    data = b"".join(blip(0xF01E, 0x6E0, png(400, 100, bytes([n]))) for n in range(5))
    children = extract(Member("a.doc", doc(data))).children
    assert [child.path for child in children] == ["a.doc!/picture1.png", "a.doc!/picture2.png", "a.doc!/…"]
    assert (children[-1].status, children[-1].reason) == (Status.TOO_LARGE, "more than 2 files inside: 3 not read")


def _read(data: bytes) -> Document:
    return extract(Member("a.rtf", data))


def test_pictures_of_an_rtf() -> None:
    shown = rb"{\*\shppict{\pict{\*\picprop{\sp{\sn a}{\sv b}}}\pngblip{\*\blipuid 0123}" + PNG.hex().encode() + b"}}"
    again = rb"{\nonshppict{\pict\wmetafile8 " + wmf([]).hex().encode() + b"}}"
    raw = rb"{\pict\jpegblip\bin%d " % len(JPG) + JPG + b"}"
    bitmap = rb"{\pict\dibitmap0 " + dib(80, 20).hex().encode() + b"}"
    children = _read(rb"{\rtf1 x" + shown + again + raw + bitmap + b"}").children
    assert [(child.path, child.data) for child in children] == [
        ("a.rtf!/picture1.png", PNG),
        ("a.rtf!/picture2.jpg", JPG),
        ("a.rtf!/picture3.bmp", blips.bitmap_file(dib(80, 20))),
    ]
    (only,) = _read(rb"{\rtf1 x" + again + b"}").children
    assert only.path == "a.rtf!/picture1.wmf"
