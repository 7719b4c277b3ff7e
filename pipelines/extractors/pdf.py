"""PDF with a text layer, by pdfium: a segment a page, cells of table lines parted by tabs where the gap is wide."""

from __future__ import annotations

import re
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipelines.documents import Document, Member, Metadata
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.pdf_fonts import use_stand_in
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished
from pipelines.schema import SegmentKind, Status

# Share of characters that stand for nothing known, beyond which a text layer is not to be trusted. Honest documents
# measured below 1 % (bullets from symbol fonts), fonts without a Unicode map above 30 %.
_MAX_UNMAPPED: Final = 0.05
_SAMPLE: Final = 200  # characters of a page whose Unicode mapping is asked for
_WIDE_GAP: Final = 0.7  # of the line's height; a space between words is 0.25 to 0.5, a table's two cell margins 1
_GAP: Final = re.compile(r" +")
_UNMAPPED: Final = re.compile("[\0\ufffd\ue000-\uf8ff]")
_HYPHENS: Final = re.compile("[\x02\ufffe]")  # pdfium's mark for a hyphen at a line's end
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
        text = _text(words)
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


def _text(words: Any) -> str:
    """A page's text in reading lines."""
    whole = words.get_text_range()
    if any("\ud800" <= c <= "\udfff" or c > "\uffff" for c in whole):
        whole = words.get_text_bounded()  # the other call is limited to the basic plane
    text = _tabbed(words, whole).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    lines = (line.strip(" \t") for line in _HYPHENS.sub("-", text).split("\n"))
    return "\n".join(line for line in lines if line)


def _tabbed(words: Any, text: str) -> str:
    """The text with a tab wherever words stand so far apart that they are cells."""
    parts, at = [], 0
    for gap in _GAP.finditer(text):
        if gap.end() - gap.start() > 1 or _is_wide(words, gap.start() - 1, gap.end()):
            parts += [text[at : gap.start()], "\t"]
            at = gap.end()
    return "".join([*parts, text[at:]])


def _is_wide(words: Any, before: int, after: int) -> bool:
    """Whether the characters at two text indices are further apart than words are."""
    left, right = _box(words, before), _box(words, after)
    if left is None or right is None:
        return False
    height = max(left[3] - left[1], right[3] - right[1])
    return right[0] - left[2] > _WIDE_GAP * height > 0


def _box(words: Any, index: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right, top of a character's place on its line, glyph or no glyph."""
    char = raw.FPDFText_GetCharIndexFromTextIndex(words, index) if index >= 0 else -1
    rect = raw.FS_RECTF()
    if char < 0 or not raw.FPDFText_GetLooseCharBox(words, char, rect):
        return None
    return rect.left, rect.bottom, rect.right, rect.top


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
