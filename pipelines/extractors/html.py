"""HTML pages: text in lines and table rows, what the page holds unseen, its metadata, and links to what may be files.

The page is cut into text and runs of tags; each run becomes a mark (control characters that no page holds) that says
where a line, a row, a cell or a table begins; the marked text is then cut at the marks. Only tags that say more than
that are looked at one by one.
"""

from __future__ import annotations

from typing import Final

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.encoding import decode, may_be_utf8
from pipelines.extractors.html_end import breaks_off
from pipelines.extractors.html_entities import unescaped
from pipelines.extractors.html_hidden import Unseen, add_unseen
from pipelines.extractors.html_layout import MARKS, add_marked_text
from pipelines.extractors.html_metadata import metadata_of
from pipelines.extractors.html_page import Page, read_page, sound_page
from pipelines.extractors.html_tokens import Raw
from pipelines.extractors.text import finished, note_damage
from pipelines.schema import SegmentKind

_NO_TEXT: Final = tuple(mark.encode() for mark in (*MARKS, "\0"))
_SPACES: Final = bytes.maketrans(b"".join(_NO_TEXT), b" " * len(_NO_TEXT))


def extract_html(member: Member) -> Document:
    assembly = Assembly()
    page = _page(member, assembly)
    title, heading, links, unseen = (
        _title(page.raws),
        page.heading(),
        page.links(),
        Unseen(page.notes(), page.raws, page.take_hidden()),
    )
    assembly.add(SegmentKind.TITLE, "", title)
    add_marked_text(assembly, page.marked())
    metadata = metadata_of(page.metas(), assembly.text, heading=heading, title=title)
    add_unseen(assembly, unseen)
    if breaks_off(member.data or b""):
        assembly.note("truncated: the page breaks off")
    return finished(assembly, metadata, links)


def _page(member: Member, assembly: Assembly) -> Page:
    """Most pages are UTF-8, which shows while they are read; only the others are decoded first."""
    data = member.data or b""
    page = sound_page(_without_marks(data)) if may_be_utf8(data) else None
    if page is not None and page.is_east_asian():
        return page
    decoded = decode(data, member.charset, markup=True)
    if page is not None and decoded.encoding == "utf-8" and not decoded.damaged:
        return page
    note_damage(assembly, decoded)
    return read_page(_without_marks(decoded.text.encode("utf-8", "replace")))


def _without_marks(source: bytes) -> bytes:
    return source.translate(_SPACES) if any(map(source.__contains__, _NO_TEXT)) else source


def _title(raws: list[Raw]) -> str:
    written = next((content for name, content in raws if name == b"title"), b"")
    return " ".join(unescaped(written.decode("utf-8", "replace")).split())
