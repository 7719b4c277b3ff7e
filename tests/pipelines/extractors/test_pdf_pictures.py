"""Pictures on PDF pages that have text: listed without text recognition, files with it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO

import pypdfium2 as pdfium
import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract, ocr, pdf_pictures
from pipelines.extractors.picture_size import size_of
from pipelines.schema import Status
from tests.pipelines.extractors.pdf_writer import pdf

RED, BLUE = (255, 0, 0, 255), (0, 0, 255, 255)
UPRIGHT = pdfium.PdfMatrix().scale(200, 100)


def with_pictures(*pictures: tuple[int, int, int, pdfium.PdfMatrix], pages: int = 1) -> bytes:
    """Page, width and height of each picture, whose left half is red, and how it is drawn."""
    document = pdfium.PdfDocument(pdf([[(50, 800, "公示")]] * pages))
    for number, width, height, matrix in pictures:
        bitmap = pdfium.PdfBitmap.new_native(width, height, 4)
        bitmap.fill_rect(BLUE, 0, 0, width, height)
        bitmap.fill_rect(RED, 0, 0, width // 2, height)
        picture = pdfium.PdfImage.new(document)
        picture.set_bitmap(bitmap)
        picture.set_matrix(matrix)
        page = document[number]
        page.insert_obj(picture)
        page.gen_content()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def read(data: bytes) -> Document:
    return extract(Member("a.pdf", data))


def listed(document: Document) -> Sequence[tuple[str, str, str]]:
    return [(child.path.partition("!/")[2], child.status, child.reason) for child in document.children]


def test_each_is_listed_once_but_for_small_ones() -> None:
    repeated = [(n, 200, 100, UPRIGHT) for n in range(3)]
    document = read(with_pictures(*repeated, (1, 300, 100, UPRIGHT), (1, 16, 16, UPRIGHT), pages=3))
    assert (document.status, document.text.count("公示")) == (Status.EXTRACTED, 3)
    assert listed(document) == [
        ("page1-picture1.png", Status.UNSUPPORTED, "image: needs OCR"),
        ("page2-picture2.png", Status.UNSUPPORTED, "image: needs OCR"),
    ]


def test_too_many_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pictures, "MAX_PICTURES", 1)
    different = [(0, 100 + n, 100, UPRIGHT) for n in range(3)]
    assert listed(read(with_pictures(*different)))[1:] == [
        ("…", Status.TOO_LARGE, "more than 1 files inside: 2 not read")
    ]


@pytest.mark.parametrize(
    ("matrix", "size", "corner"),
    [
        (UPRIGHT, (100, 50), RED),
        (UPRIGHT.rotate(180), (100, 50), BLUE),
        (UPRIGHT.rotate(90, ccw=True), (50, 100), BLUE),
        (UPRIGHT.rotate(90), (50, 100), RED),
    ],
    ids=["upright", "upside down", "turned left", "turned right"],
)
def test_with_recognition_it_is_a_file_as_the_page_shows_it(
    matrix: pdfium.PdfMatrix, size: tuple[int, int], corner: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: True)
    (child,) = read(with_pictures((0, 100, 50, matrix.translate(250, 400)))).children
    assert child.data is not None and size_of(child.data) == size
    at = child.data.index(b"IDAT") + 4
    assert tuple(zlib.decompressobj().decompress(child.data[at:])[1:4]) == corner[:3]


def test_the_scan_behind_its_own_text_is_not_asked_for() -> None:
    layer = read(with_pictures((0, 600, 800, pdfium.PdfMatrix().scale(595, 842))))
    assert (layer.segments[0].kind, listed(layer)) == ("covered", [])
    beside = read(with_pictures((0, 600, 800, pdfium.PdfMatrix().scale(595, 780))))  # below the text
    assert len(listed(beside)) == 1
