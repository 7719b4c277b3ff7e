"""What a tag means for a page's text: the mark that stands in its place, and whether it needs a closer look.

A site's pages share most of their tags to the letter, so each is read once and remembered.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pipelines.extractors.html_attributes import Note, notes_of
from pipelines.extractors.html_entities import unescaped
from pipelines.extractors.html_layout import BREAK, CELL, CLOSE, HIDE, OPEN, ROW, SPAN
from pipelines.extractors.html_links import SOURCES, may_lead_to_file
from pipelines.extractors.html_styles import how_hidden

_MARKS: Final = {
    **dict.fromkeys(
        b"p pre div dl dt dd details summary br hr blockquote li ul ol dir menu h1 h2 h3 h4 h5 h6 header footer "
        b"section article aside address form figure figcaption fieldset nav main marquee legend center caption option "
        b"optgroup textarea".split(),
        BREAK.encode(),
    ),
    b"table": OPEN.encode(),
    b"tr": ROW.encode(),
    b"td": CELL.encode(),
    b"th": CELL.encode(),
}
_END_MARKS: Final = {
    **{name: mark for name, mark in _MARKS.items() if name not in (b"tr", b"td", b"th")},
    b"table": CLOSE.encode(),
}
_LINKING: Final = frozenset(name.encode() for name in SOURCES)
_ALWAYS: Final = frozenset((b"h1", b"pre", b"base", b"meta", b"template"))  # looked at wherever they stand
_CELLS: Final = frozenset((b"tr", b"td", b"th"))
_NAME: Final = re.compile(rb"(/?)([a-zA-Z][^\s/]*)")
_ATTRIBUTE: Final = re.compile(rb"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s"'][^\s]*)))?""")
# A tag without any of these has no attribute worth a look, but for links.
_TELLING: Final = re.compile(
    rb"[\x80-\xff]|\d{7}|&#|%[0-9a-fA-F]{2}|\\u|hidden|display|visibility|opacity|font-size|white|#fff|transparent|"
    rb"(?:row|col)span",
    re.IGNORECASE,
)
_MAX_CACHED: Final = 400  # bytes of a tag: longer ones hold data, and do not come again
_CACHE: Final = 20_000  # tags


class Tag(NamedTuple):
    name: str
    attributes: dict[str, str]
    notes: tuple[Note, ...]  # attributes that say something
    hidden: str  # how the element is hidden, or ""


class Special(bytes):
    """A mark whose tag needs a closer look."""

    tag: Tag


class _Marks(dict[bytes, bytes]):
    def __missing__(self, token: bytes) -> bytes:
        mark = _mark(token)
        if len(token) <= _MAX_CACHED:
            if len(self) >= _CACHE:
                self.clear()
            self[token] = mark
        return mark


MARKS_OF_TAGS: Final = _Marks()


def _mark(token: bytes) -> bytes:
    found = _NAME.match(token)
    if found is None:  # a doctype, or no tag at all: "1 < 2"
        return b"" if token[:1] in b"!?/" and token else b"&lt;%b&gt;" % token
    name = found[2].lower()
    if found[1]:
        return _END_MARKS.get(name, b"")
    mark = _MARKS.get(name, b"")
    telling = _TELLING.search(token)
    if not telling and name not in _ALWAYS and not (name in _LINKING and may_lead_to_file(token)):
        return mark
    return _special(name.decode("ascii", "replace"), mark, token[found.end() :])


def _special(name: str, mark: bytes, rest: bytes) -> bytes:
    attributes = attributes_of(rest)
    hidden = how_hidden(name, attributes)
    if name.encode() in _CELLS:
        mark += HIDE.encode() if hidden else b""
        hidden = ""
        spans = attributes.get("colspan") or "1", attributes.get("rowspan") or "1"
        if name != "tr" and spans != ("1", "1"):
            mark += f"{spans[0]},{spans[1]}{SPAN}".encode()
    notes = notes_of(name, attributes)
    if not (notes or hidden or name.encode() in _ALWAYS or name.encode() in _LINKING):
        return mark
    special = Special(mark)
    special.tag = Tag(name, attributes, notes, hidden)
    return special


def attributes_of(rest: bytes) -> dict[str, str]:
    """The attributes in a tag, after its name; of two with one name the first counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(rest):
        value = (double or single or bare).decode("utf-8", "replace")
        found.setdefault(name.decode("utf-8", "replace").lower(), unescaped(value))
    return found
