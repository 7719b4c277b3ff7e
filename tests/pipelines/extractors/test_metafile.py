"""Windows' metafiles: words by line and cell, bitmaps, what cannot be told, damage."""

from __future__ import annotations

import struct
from random import Random

import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract, media
from pipelines.extractors.detect import detect
from pipelines.schema import Status
from tests.pipelines.extractors.drawings import dib, emf, emf_bitmap, emf_text, wmf

ROWS = [(10, 60, "张三"), (10, 20, "姓名"), (200, 60, "139"), (200, 20, "电话")]


def read(data: bytes) -> Document:
    return extract(Member("a.bin", data))


@pytest.mark.parametrize(("data", "kind"), [(emf(ROWS), media.EMF), (wmf(ROWS), media.WMF)], ids=["emf", "wmf"])
def test_words_by_line_and_cell(data: bytes, kind: str) -> None:
    document = read(data)
    assert (detect(data), document.status, document.text) == (kind, Status.EXTRACTED, "姓名\t电话\n张三\t139")


def test_one_with_a_head_of_its_own() -> None:
    placeable = b"\xd7\xcd\xc6\x9a" + bytes(18) + wmf(ROWS)
    assert read(placeable).text == "姓名\t电话\n张三\t139"


def _moved(kind: int, *values: int) -> bytes:
    content = struct.pack({10: "<2i", 12: "<2i", 35: "<6f", 36: "<6fI"}[kind], *values)
    return struct.pack("<2I", kind, 8 + len(content)) + content


@pytest.mark.parametrize(
    "moves",
    [
        (_moved(35, 1, 0, 0, 1, 0, 0), _moved(35, 1, 0, 0, 1, 300, 0)),
        (_moved(36, 1, 0, 0, 1, 100, 0, 2), _moved(36, 1, 0, 0, 1, 300, 0, 2)),
        (_moved(10, 0, 0), _moved(10, -300, 0)),
        (_moved(12, 0, 0), _moved(12, 300, 0)),
    ],
    ids=["world", "modified", "window", "viewport"],
)
def test_what_is_drawn_at_one_place_and_moved_is_two_cells(moves: tuple[bytes, bytes]) -> None:
    more = moves[0] + emf_text(0, 0, "张三") + moves[1] + emf_text(0, 0, "139")
    assert read(emf([], more)).text == "张三\t139"


def test_words_on_top_of_each_other_are_not_glued() -> None:
    assert read(emf([(0, 0, "139"), (0, 0, "139")])).text == "139\n139"


def test_bitmaps_are_files_and_a_drawing_has_no_text() -> None:
    document = read(emf([], emf_bitmap(dib(200, 50)) + emf_bitmap(dib(200, 50))))
    assert (document.status, document.reason, document.text) == (Status.EXTRACTED, "no text: drawing", "")
    (child,) = document.children
    assert child.path == "a.bin!/picture1.bmp"
    assert extract(child).reason == "image: needs OCR"


def test_numbers_of_glyphs_are_said_to_mean_nothing() -> None:
    document = read(emf([(0, 0, "张三")], options=0x10))
    assert (document.status, document.reason) == (Status.PARTIAL, "glyphs without Unicode")


def test_spoilt_ones_have_a_status() -> None:
    random = Random(1)
    for sound in (emf(ROWS, emf_bitmap(dib(90, 20))), wmf(ROWS)):
        for _ in range(200):
            data = bytearray(sound)
            for _ in range(4):
                data[random.randrange(44, len(data))] = random.choice((0, 1, 127, 255))
            document = read(bytes(data)[: random.randrange(60, len(data))])
            assert document.status in Status.ALL and not document.reason.startswith("error")
