"""Pictures, and PDF pages that are pictures, by OCR: rapidocr, offline, its models in its package (extra ``[ocr]``).

The package is imported when the first picture comes; without it pictures are listed as unread, but for those too small
to hold a line of text. A photograph of an ID card is told by the words printed on every card, and says so in a
metadata segment with the place ``id-card``: such a picture is a leak whatever its number is worth (GB/T 45574).
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from time import monotonic
from typing import Any, Final

from pypdfium2 import raw

from patterns.schema import ID_CARD
from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.ofd_page import Piece, lines_of
from pipelines.extractors.pdf import extract_pdf, opened
from pipelines.extractors.text import finished
from pipelines.schema import SegmentKind, Status

MEDIA_TYPES: Final = ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff", "image/webp")
MAX_PIXELS: Final = 80_000_000
MAX_PAGES: Final = 30  # of one PDF
MAX_SECONDS: Final = 35.0  # for one PDF: a page takes one to five, and a document that takes a minute loses all
_LEAST_WIDTH, _LEAST_HEIGHT = 60, 12  # pixels; a line with a name and a number does not fit into less
_SCALE: Final = 200 / 72  # dots an inch that scanned forms are read well at
_NO_TEXT: Final = "no text layer"  # how a PDF's document speaks of scanned pages
_UNSURE: Final = 0.75  # of characters read with less confidence on average a person should look
_CARD_FRONT: Final = ("公民身份号码", "居民身份证")
_CARD_BACK: Final = ("签发机关", "有效期限")


def available() -> bool:
    return importlib.util.find_spec("rapidocr") is not None


def extract_image(member: Member) -> Document:
    data = member.data or b""
    width, height = size_of(data)
    if 0 < width < _LEAST_WIDTH or 0 < height < _LEAST_HEIGHT:
        return Document(reason=f"no text: picture of {width} × {height}")
    if width * height > MAX_PIXELS:
        raise Unreadable(Status.TOO_LARGE, f"image: {width} × {height}")
    if not available():
        raise Unreadable(Status.UNSUPPORTED, "image: needs OCR")
    assembly = Assembly()
    found = _add_picture(assembly, data, "")
    return finished(assembly) if found else Document(reason="no text: OCR found none")


def extract_pdf_and_scans(member: Member, passwords: Sequence[str] = ()) -> Document:
    """A PDF with the pages that have no text layer read from their pictures, where there is OCR."""
    try:
        document = extract_pdf(member, passwords)
    except Unreadable as error:
        if _NO_TEXT not in error.reason:
            raise
        document = Document(status=error.status, reason=error.reason)
    return _with_scans(member, document, passwords) if _NO_TEXT in document.reason and available() else document


def _with_scans(member: Member, document: Document, passwords: Sequence[str]) -> Document:
    assembly = Assembly()
    for number, picture in _scanned_pages(opened(member.data or b"", passwords), assembly):
        if not _add_picture(assembly, picture, str(number)):
            assembly.note(f"OCR: nothing found on page {number}")
    notes = [note for note in document.reason.split("; ") if note and _NO_TEXT not in note] + assembly.notes
    shift = len(document.text) + 1 if document.text and assembly.segments else 0
    moved = tuple(replace(s, start=s.start + shift, end=s.end + shift) for s in assembly.segments)
    return replace(
        document,
        text="\n".join(filter(None, (document.text, assembly.text))),
        segments=(*document.segments, *moved),
        status=Status.PARTIAL if notes else Status.EXTRACTED,
        reason="; ".join(notes),
    )


def _scanned_pages(document: Any, assembly: Assembly) -> Iterator[tuple[int, Any]]:
    """Number and picture of each page that shows something and has no text."""
    count, started = 0, monotonic()
    try:
        for index in range(len(document)):
            page = document[index]
            words = page.get_textpage()
            scanned = words.count_chars() == 0 and raw.FPDFPage_CountObjects(page) > 0
            words.close()
            count += scanned
            if scanned and (count > MAX_PAGES or monotonic() - started > MAX_SECONDS):
                assembly.note(f"{_NO_TEXT}: pages from {index + 1} on not read by OCR")
                return
            if scanned:
                width, height = page.get_size()
                scale = min(_SCALE, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
                yield index + 1, page.render(scale=scale).to_numpy()
            page.close()
    finally:
        document.close()


def _add_picture(assembly: Assembly, picture: Any, place: str) -> bool:
    """Whether there were words."""
    result = _engine()(picture)
    boxes, texts, scores = result.boxes, result.txts, result.scores
    if boxes is None or not texts:
        return False
    text = lines_of([_piece(box, words) for box, words in zip(boxes, texts, strict=True)])
    if sum(scores) / len(scores) < _UNSURE:
        assembly.note("OCR: hard to read")
    assembly.add(SegmentKind.PAGE, place, text)
    if is_id_card(text):
        assembly.add(SegmentKind.METADATA, ID_CARD, "居民身份证照片")
    return True


def _piece(box: Any, words: str) -> Piece:
    xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
    return Piece(min(xs), max(xs), max(ys), max(ys) - min(ys), words, hidden=False)


def is_id_card(text: str) -> bool:
    """Whether the words printed on one side of an ID card stand here, of the front or of the back."""
    bare = "".join(text.split())
    return (_CARD_FRONT[0] in bare and "姓名" in bare) or sum(w in bare for w in (_CARD_FRONT[1], *_CARD_BACK)) >= 2


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    threads = {"intra_op_num_threads": 1, "inter_op_num_threads": 1}  # the workers share the processors
    return RapidOCR(
        params={"Global.log_level": "critical"} | {f"EngineConfig.onnxruntime.{name}": n for name, n in threads.items()}
    )


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels as the header says; (0, 0) where it is none of the common kinds."""
    try:
        if data.startswith(b"\x89PNG"):
            return _pair(">II", data, 16)
        if data.startswith(b"GIF8"):
            return _pair("<HH", data, 6)
        if data.startswith(b"BM"):
            width, height = _pair("<ii", data, 18)
            return width, abs(height)
        if data.startswith(b"\xff\xd8"):
            return _jpeg_size(data)
    except struct.error:
        return 0, 0
    return 0, 0


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            at += 1
        elif data[at + 1] in (0xFF, 0x00, 0x01) or 0xD0 <= data[at + 1] <= 0xD8:  # no length follows
            at += 1 if data[at + 1] == 0xFF else 2
        elif 0xC0 <= data[at + 1] <= 0xCF and data[at + 1] not in (0xC4, 0xC8, 0xCC):
            height, width = _pair(">HH", data, at + 5)
            return width, height
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return 0, 0


def _pair(form: str, data: bytes, at: int) -> tuple[int, int]:
    first, second = struct.unpack_from(form, data, at)
    return int(first), int(second)
