"""Pictures, and PDF pages that are pictures, by text recognition where it is installed (``ocr``).

Without it pictures are listed as unread, but for those too small to hold a line of text. A photograph of an ID card is
told by the words printed on every card, and says so in a metadata segment with the place ``id-card``: such a picture is
a leak whatever its number is worth (GB/T 45574).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from pypdfium2 import raw

from patterns.schema import ID_CARD
from pipelines.documents import Document, Member
from pipelines.extractors import ocr
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.ofd_page import lines_of
from pipelines.extractors.pdf import extract_pdf, opened
from pipelines.extractors.picture_size import MAX_PIXELS, size_of, too_small
from pipelines.extractors.text import finished
from pipelines.schema import SegmentKind, Status

MEDIA_TYPES: Final = ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff", "image/webp")
MAX_PAGES: Final = 30  # of one PDF
_SCALE: Final = 200 / 72  # dots an inch that scanned forms are read well at
_NO_TEXT: Final = "no text layer"  # how a PDF's document speaks of scanned pages
_UNSURE: Final = 0.75  # of characters read with less confidence on average a person should look
_CARD_FRONT: Final = ("公民身份号码", "居民身份证")
_CARD_BACK: Final = ("签发机关", "有效期限")


def extract_image(member: Member) -> Document:
    data = member.data or b""
    width, height = size_of(data)
    if too_small(width, height):
        return Document(reason=f"no text: picture of {width} × {height}")
    if width * height > MAX_PIXELS:
        raise Unreadable(Status.TOO_LARGE, f"image: {width} × {height}")
    if not ocr.available():
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
    return _with_scans(member, document, passwords) if _NO_TEXT in document.reason and ocr.available() else document


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
    count = 0
    try:
        for index in range(len(document)):
            page = document[index]
            words = page.get_textpage()
            scanned = words.count_chars() == 0 and raw.FPDFPage_CountObjects(page) > 0
            words.close()
            count += scanned
            if scanned and (count > MAX_PAGES or not ocr.has_time()):
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
    pieces, sure = ocr.pieces_of(picture)
    if not pieces:
        return False
    text = lines_of(pieces)
    if sure < _UNSURE:
        assembly.note("OCR: hard to read")
    assembly.add(SegmentKind.PAGE, place, text)
    if is_id_card(text):
        assembly.add(SegmentKind.METADATA, ID_CARD, "居民身份证照片")
    return True


def is_id_card(text: str) -> bool:
    """Whether the words printed on one side of an ID card stand here, of the front or of the back."""
    bare = "".join(text.split())
    return (_CARD_FRONT[0] in bare and "姓名" in bare) or sum(w in bare for w in (_CARD_FRONT[1], *_CARD_BACK)) >= 2
