"""PDF with a text layer, by pdfium: a segment a page; pages without one, or whose glyphs mean nothing, are said."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipelines.documents import Document, Member, Metadata
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.pdf_annotations import add_annotations, opaque_boxes
from pipelines.extractors.pdf_fonts import use_stand_in
from pipelines.extractors.pdf_layers import LAYER, LAYER_OF_SCAN, unseen_on
from pipelines.extractors.pdf_lines import characters, page_text, split
from pipelines.extractors.pdf_pictures import Pictures
from pipelines.extractors.pdf_revisions import add_revisions
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished
from pipelines.schema import SegmentKind, Status

# Share of characters that stand for nothing known, beyond which a text layer is not to be trusted. Honest documents
# measured below 1 % (bullets from symbol fonts), fonts without a Unicode map above 30 %.
_MAX_UNMAPPED: Final = 0.05
_SAMPLE: Final = 200  # characters of a page whose Unicode mapping is asked for
_UNMAPPED: Final = re.compile("[\0\ufffd\ue000-\uf8ff]")
_MAX_EMBEDDED: Final = 1000
_PROPERTIES: Final = ("Title", "Author", "Subject", "Keywords")


def extract_pdf(member: Member, passwords: Sequence[str] = ()) -> Document:
    data = member.data or b""
    document = opened(data, passwords)
    assembly, empty, pictures = Assembly(), [], Pictures(member)
    try:
        form = _form(document)
        pages = len(document)
        for number in range(pages):
            if assembly.full:
                break
            if not _add_page(assembly, document, number, form, pictures):
                empty.append(number + 1)
        children = (*_embedded(document, member), *pictures.members())
        if len(empty) == pages and not children and not assembly.segments:
            raise Unreadable(Status.UNSUPPORTED, f"no text layer: {pages} pages")
        if empty:
            assembly.note(f"no text layer: {len(empty)} of {pages} pages ({_listed(empty)})")
        title = _add_properties(assembly, document)
    finally:
        document.close()
    if data.rfind(b"%%EOF") < data.rfind(b"endobj"):  # pdfium mends it as well as it can
        assembly.note("truncated: no end behind the last object")
    add_revisions(assembly, data, partial(_lines, passwords=passwords))
    return replace(finished(assembly), metadata=Metadata(title=title), children=children)


def opened(data: bytes, passwords: Sequence[str] = ()) -> Any:
    """The file in pdfium; without a password, else with the first that fits. Raises Unreadable."""
    use_stand_in()
    for password in (None, *passwords):
        try:
            return pdfium.PdfDocument(data, password)
        except pdfium.PdfiumError as error:
            code = raw.FPDF_GetLastError()
            if code not in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                raise Unreadable(Status.CORRUPT, f"pdf: {error}") from error
        except ValueError:  # a password that the file's encryption cannot spell
            continue
    raise Unreadable(Status.ENCRYPTED, "password")


def _form(document: Any) -> Any:
    """pdfium's form environment, without which it does not tell the values of fields; None without a form."""
    if document.get_formtype() == raw.FORMTYPE_NONE:
        return None
    logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # it warns of XFA, whose plain fields it reads all the same
    document.init_forms()
    return document.formenv.raw if document.formenv else None


def _add_page(assembly: Assembly, document: Any, number: int, form: Any, pictures: Pictures) -> bool:
    """Whether nothing of the page is left to be read: it has text, or is blank, or is broken, which is noted."""
    try:
        page = document[number]
        words = page.get_textpage()
        texts = _texts(page, words, number, pictures)
    except pdfium.PdfiumError as error:
        assembly.note(f"page {number + 1}: {error}")
        return True
    text = "\n".join(texts.values())
    unmapped = _unmapped_share(words, text)
    blank = raw.FPDFPage_CountObjects(page) == 0
    words.close()
    if unmapped > _MAX_UNMAPPED:
        assembly.note(f"glyphs without Unicode: {unmapped:.0%} on page {number + 1}")
    for reason, part in texts.items():
        if reason:
            layer = reason == LAYER_OF_SCAN
            assembly.add(
                SegmentKind.COVERED, f"page {number + 1}: {LAYER if layer else reason}", part, hidden=not layer
            )
        else:
            assembly.add(SegmentKind.PAGE, str(number + 1), part)
    add_annotations(assembly, page, number + 1, form)
    page.close()
    return blank or bool(text)


def _texts(page: Any, words: Any, number: int, pictures: Pictures) -> dict[str, str]:
    """The page's text: what is seen under "", what is not under the reason. Beside text its pictures are gathered."""
    text = characters(words)
    if text == "":
        return {"": ""}
    unseen = unseen_on(page, words, opaque_boxes(page), told=text is not None)
    pictures.add(number + 1, unseen.pictures)
    if text is None or not unseen.reasons:
        return {"": page_text(words, text)}
    return {reason: page_text(words, part) for reason, part in split(words, text, unseen.reasons).items()}


def _embedded(document: Any, member: Member) -> Iterator[Member]:
    for at in range(min(_MAX_EMBEDDED, document.count_attachments())):
        try:
            attachment = document.get_attachment(at)
            path = f"{member.path}!/{attachment.get_name() or at + 1}"
            yield Member(path, bytes(attachment.get_data()), fetched_at=member.fetched_at)
        except pdfium.PdfiumError as error:
            yield Member(f"{member.path}!/{at + 1}", None, status=Status.CORRUPT, reason=f"pdf: {error}")


def _lines(data: bytes, passwords: Sequence[str] = ()) -> list[str]:
    """The lines of an earlier revision's pages; none when it cannot be opened by itself."""
    try:
        document = opened(data, passwords)
    except Unreadable:
        return []
    try:
        return [line for page in document for line in page_text(page.get_textpage()).split("\n")]
    except pdfium.PdfiumError:
        return []
    finally:
        document.close()


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
