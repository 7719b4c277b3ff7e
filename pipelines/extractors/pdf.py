"""PDF with a text layer, by pdfium: a segment a page; pages without one, or whose glyphs mean nothing, are said."""

from __future__ import annotations

import re
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipelines.documents import Document, Member, Metadata
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.pdf_fonts import use_stand_in
from pipelines.extractors.pdf_lines import page_text
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished
from pipelines.schema import SegmentKind, Status

# Share of characters that stand for nothing known, beyond which a text layer is not to be trusted. Honest documents
# measured below 1 % (bullets from symbol fonts), fonts without a Unicode map above 30 %.
_MAX_UNMAPPED: Final = 0.05
_SAMPLE: Final = 200  # characters of a page whose Unicode mapping is asked for
_UNMAPPED: Final = re.compile("[\0\ufffd\ue000-\uf8ff]")
_PROPERTIES: Final = ("Title", "Author", "Subject", "Keywords")


def extract_pdf(member: Member) -> Document:
    document = _open(member.data or b"")
    assembly, empty = Assembly(), []
    try:
        pages = len(document)
        for number in range(pages):
            if assembly.full:
                break
            if not _add_page(assembly, document, number):
                empty.append(number + 1)
        if len(empty) == pages:
            raise Unreadable(Status.UNSUPPORTED, f"no text layer: {pages} pages")
        if empty:
            assembly.note(f"no text layer: {len(empty)} of {pages} pages ({_listed(empty)})")
        title = _add_properties(assembly, document)
    finally:
        document.close()
    made = finished(assembly)
    return Document(made.text, made.segments, metadata=Metadata(title=title), status=made.status, reason=made.reason)


def _open(data: bytes) -> Any:
    use_stand_in()
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = raw.FPDF_GetLastError()
        if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise Unreadable(Status.ENCRYPTED, "password") from error
        raise Unreadable(Status.CORRUPT, f"pdf: {error}") from error


def _add_page(assembly: Assembly, document: Any, number: int) -> bool:
    """Whether nothing of the page is left to be read: it has text, or is blank, or is broken, which is noted."""
    try:
        page = document[number]
        words = page.get_textpage()
        text = page_text(words)
    except pdfium.PdfiumError as error:
        assembly.note(f"page {number + 1}: {error}")
        return True
    unmapped = _unmapped_share(words, text)
    blank = raw.FPDFPage_CountObjects(page) == 0
    words.close()
    page.close()
    if unmapped > _MAX_UNMAPPED:
        assembly.note(f"glyphs without Unicode: {unmapped:.0%} on page {number + 1}")
    assembly.add(SegmentKind.PAGE, str(number + 1), text)
    return blank or bool(text)


def _unmapped_share(words: Any, text: str) -> float:
    """Share of a page's characters without a meaning: replacement and private-use ones, or those pdfium guessed."""
    if not text:
        return 0.0
    count = words.count_chars()
    sample = range(0, count, max(1, count // _SAMPLE))
    guessed = sum(raw.FPDFText_HasUnicodeMapError(words, char) == 1 for char in sample) / max(1, len(sample))
    return max(float(guessed), len(_UNMAPPED.findall(text)) / len(text))


def _add_properties(assembly: Assembly, document: Any) -> str:
    """Author, subject and the like, each a hidden metadata segment; returns the title."""
    values = {name: flat(document.get_metadata_value(name)) for name in _PROPERTIES}
    for name, value in values.items():
        assembly.add(SegmentKind.METADATA, name, value, hidden=True)
    return values["Title"]


def _listed(pages: list[int]) -> str:
    shown = ", ".join(str(page) for page in pages[:10])
    return f"{shown}, …" if len(pages) > 10 else shown
