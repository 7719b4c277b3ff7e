"""Pictures and scanned pages, with a stand-in for the OCR engine: the extra is not installed everywhere."""

from __future__ import annotations

import struct
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pypdfium2 as pdfium
import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract, image, ocr
from pipelines.extractors.picture_size import size_of
from pipelines.schema import SegmentKind, Status
from tests.pipelines.extractors.pdf_writer import pdf

Words = tuple[float, float, str, float]  # left, top, words, confidence


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def engine(*words: Words) -> Any:
    boxes = [[[x, y], [x + 20 * len(w), y], [x + 20 * len(w), y + 20], [x, y + 20]] for x, y, w, _ in words]
    result = SimpleNamespace(boxes=boxes or None, txts=[w[2] for w in words], scores=[w[3] for w in words])
    return lambda picture: result


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_words(*words: Words) -> None:
        monkeypatch.setattr(ocr, "available", lambda: True)
        monkeypatch.setattr(ocr, "engine", lambda: engine(*words))

    return set_words


def found(document: Document) -> list[tuple[str, str, str]]:
    return [(s.kind, s.place, document.text[s.start : s.end]) for s in document.segments]


def test_lines_and_cells_by_position(seen: Any) -> None:
    seen((200, 12, "电话", 0.9), (10, 10, "姓名", 0.9), (10, 60, "张三", 0.9))
    document = extract(Member("a.png", png(400, 100)))
    assert found(document) == [(SegmentKind.PAGE, "", "姓名\t电话\n张三")]
    assert (document.status, document.extractor) == (Status.EXTRACTED, "image")


@pytest.mark.parametrize(
    ("words", "card"),
    [
        ("姓名张三公民身份号码1", True),
        ("中华人民共和国居民身份证签发机关某局", True),
        ("签发机关某局有效期限2017", True),
        ("请携带居民身份证", False),
        ("公民身份号码填写说明", False),
    ],
)
def test_a_photograph_of_an_id_card_says_so(seen: Any, words: str, card: bool) -> None:
    seen((10, 10, words, 0.9))
    segments = found(extract(Member("a.jpg", png(400, 100))))
    assert ((SegmentKind.METADATA, "id-card", "居民身份证照片") in segments) == card


def test_what_is_unsure_or_empty_is_said(seen: Any) -> None:
    seen((10, 10, "模糊", 0.4))
    assert extract(Member("a.png", png(400, 100))).reason == "OCR: hard to read"
    seen()
    assert extract(Member("a.png", png(400, 100))).reason == "no text: OCR found none"


def test_without_ocr_pictures_are_listed_but_for_tiny_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    large, small = extract(Member("a.png", png(400, 100))), extract(Member("a.png", png(16, 16)))
    assert extract(Member("a.png", png(80, 80))).reason == "no text: picture of 80 × 80"  # an icon
    assert (large.status, large.reason) == (Status.UNSUPPORTED, "image: needs OCR")
    assert (small.status, small.reason) == (Status.EXTRACTED, "no text: picture of 16 × 16")
    assert extract(Member("a.png", png(60_000, 60_000))).status == Status.TOO_LARGE


def test_all_pictures_of_one_member_share_the_time(seen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen((10, 10, "张三", 0.9))
    monkeypatch.setattr(ocr._Clock, "spent", ocr.MAX_SECONDS)
    late = extract(Member("a.zip!/b.png", png(400, 100)))
    assert (late.status, late.reason) == (Status.TIMED_OUT, "OCR: no time left")
    assert extract(Member("b.png", png(400, 100))).text == "张三"  # another member
    assert extract(Member("b.zip!/b.png", png(400, 100))).text == "张三"


def scanned(pages: int, text: bytes = b"") -> bytes:
    document = pdfium.PdfDocument(text) if text else pdfium.PdfDocument.new()
    for _ in range(pages):
        page = document.new_page(200, 100)
        bitmap = pdfium.PdfBitmap.new_native(20, 10, 4)
        bitmap.fill_rect((255, 0, 0, 255), 0, 0, 20, 10)
        picture = pdfium.PdfImage.new(document)
        picture.set_bitmap(bitmap)
        picture.set_matrix(pdfium.PdfMatrix().scale(200, 100))
        page.insert_obj(picture)
        page.gen_content()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_scanned_pages_of_a_pdf(seen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen((10, 10, "扫描", 0.9))
    document = extract(Member("a.pdf", scanned(2)))
    assert found(document) == [(SegmentKind.PAGE, "1", "扫描"), (SegmentKind.PAGE, "2", "扫描")]
    assert (document.status, document.reason) == (Status.EXTRACTED, "")
    mixed = extract(Member("a.pdf", scanned(1, pdf([[(50, 800, "张三丰")]]))))
    assert [f for f in found(mixed) if f[0] == SegmentKind.PAGE] == [
        (SegmentKind.PAGE, "1", "张三丰"),
        (SegmentKind.PAGE, "2", "扫描"),
    ]
    monkeypatch.setattr(image, "MAX_PAGES", 1)
    assert extract(Member("a.pdf", scanned(2))).status == Status.PARTIAL
    monkeypatch.setattr(ocr, "available", lambda: False)
    assert extract(Member("a.pdf", scanned(2))).status == Status.UNSUPPORTED


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(3, 5), (3, 5)),
        (b"GIF89a" + struct.pack("<HH", 7, 9), (7, 9)),
        (b"BM" + bytes(16) + struct.pack("<ii", 4, -6), (4, 6)),
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x0a\0\x14" + bytes(9), (20, 10)),
        (b"\xff\xd8\xff", (0, 0)),
        (b"\x89PNG", (0, 0)),
    ],
)
def test_sizes(data: bytes, size: tuple[int, int]) -> None:
    assert size_of(data) == size
