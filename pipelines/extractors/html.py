"""HTML pages: text in lines and table rows, what the page holds unseen, its metadata, and links to what may be files.

The page is cut into text and tags; each tag becomes a mark (a control character that no page holds) where a line, a
row, a cell or a table begins; the marked text is then cut at the marks. Only tags that say more than that are looked
at one by one.
"""

from __future__ import annotations

from typing import Final

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.encoding import Decoded, decode
from pipelines.extractors.html_entities import unescaped
from pipelines.extractors.html_hidden import Unseen, add_unseen
from pipelines.extractors.html_layout import MARKS, add_marked_text
from pipelines.extractors.html_metadata import metadata_of
from pipelines.extractors.html_page import read_page
from pipelines.extractors.html_tokens import Raw
from pipelines.extractors.text import finished, note_damage
from pipelines.schema import SegmentKind

_NO_TEXT: Final = tuple(mark.encode() for mark in (*MARKS, "\0"))
_SPACES: Final = bytes.maketrans(b"".join(_NO_TEXT), b" " * len(_NO_TEXT))


def extract_html(member: Member) -> Document:
    decoded = decode(member.data or b"", member.charset, markup=True)
    page = read_page(_utf8(member.data or b"", decoded))
    title, heading, links, unseen = (
        _title(page.raws),
        page.heading(),
        page.links(),
        Unseen(page.notes(), page.raws, page.take_hidden()),
    )
    assembly = Assembly()
    note_damage(assembly, decoded)
    assembly.add(SegmentKind.TITLE, "", title)
    add_marked_text(assembly, page.marked())
    metadata = metadata_of(page.metas(), assembly.text, heading=heading, title=title)
    add_unseen(assembly, unseen)
    made = finished(assembly)
    return Document(made.text, made.segments, metadata=metadata, links=links, status=made.status, reason=made.reason)


def _utf8(data: bytes, decoded: Decoded) -> bytes:
    """The page in UTF-8, without marks of its own."""
    whole = decoded.encoding == "utf-8" and not decoded.damaged
    source = data.removeprefix(b"\xef\xbb\xbf") if whole else decoded.text.encode("utf-8", "replace")
    return source.translate(_SPACES) if any(mark in source for mark in _NO_TEXT) else source


def _title(raws: list[Raw]) -> str:
    written = next((content for name, content in raws if name == b"title"), b"")
    return " ".join(unescaped(written.decode("utf-8", "replace")).split())
