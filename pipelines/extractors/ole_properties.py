"""Property sets of compound files ([MS-OLEPS]): the texts that say who wrote a document, and of what.

Read directly: olefile reads all of a set, and of a damaged one lists that are said to have four billion entries.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from pipelines.extractors.html_attributes import says_something

# Names that OOXML has for them, by the set's stream and the property's number.
NAMES: Final = {
    "\x05SummaryInformation": {
        2: "title", 3: "subject", 4: "creator", 5: "keywords", 6: "description", 8: "lastModifiedBy",
    },
    "\x05DocumentSummaryInformation": {2: "category", 14: "Manager", 15: "Company"},
}  # fmt: skip
# Code pages that Python calls otherwise; 10008 is the Macintosh's of simplified Chinese.
_CODECS: Final = {
    936: "gb18030", 10008: "gb18030", 54936: "gb18030", 1200: "utf-16-le", 65001: "utf-8", 10000: "cp1252",
}  # fmt: skip
_PAGE: Final = 1  # the number of the property that holds the code page
_SHORT, _BYTES, _WIDE = 2, 30, 31  # kinds of values
_SET_AT: Final = 44  # where the place of the first set stands
_COUNT_AT: Final = 24  # of sets
_OWN_SET_AT: Final = 64  # and that of a second one, of the user's own properties
_DICTIONARY: Final = 0  # the number of the property that names the others
_MOST: Final = 1_000  # properties of a set


def texts(name: str, stream: bytes) -> Iterator[tuple[str, str]]:
    """Name and text of each property in a stream of the name. Raises struct.error where the stream breaks off."""
    places = dict(_places(stream, _SET_AT))
    page = _code_page(stream, places.get(_PAGE))
    for number, ours in NAMES[name].items():
        if number in places:
            yield ours, _text(stream, places[number], page)
    if struct.unpack_from("<I", stream, _COUNT_AT)[0] > 1:
        yield from _own(stream)


def _own(stream: bytes) -> Iterator[tuple[str, str]]:
    """The properties that a user made, by the names he gave them."""
    places = dict(_places(stream, _OWN_SET_AT))
    page = _code_page(stream, places.get(_PAGE))
    names = dict(_names(stream, places[_DICTIONARY], page)) if _DICTIONARY in places else {}
    for number, at in places.items():
        text = _text(stream, at, page) if number not in (_DICTIONARY, _PAGE) else ""
        if says_something(text) or "@" in text:  # most say which program it was
            yield names.get(number, str(number)), text


def _names(stream: bytes, at: int, page: str) -> Iterator[tuple[int, str]]:
    """In UTF-16 counted in characters and filled up to four bytes, else in bytes."""
    (count,) = struct.unpack_from("<I", stream, at)
    at += 4
    wide = page == "utf-16-le"
    for _ in range(min(count, _MOST)):
        number, size = struct.unpack_from("<2I", stream, at)
        size *= 1 + wide
        yield number, _decoded(stream[at + 8 : at + 8 + size], page).rstrip("\0")
        at += 8 + (size + 3 & ~3 if wide else size)


def _places(stream: bytes, set_at: int) -> Iterator[tuple[int, int]]:
    """Number of each property and the place of its value."""
    start = struct.unpack_from("<I", stream, set_at)[0]
    count = struct.unpack_from("<I", stream, start + 4)[0]
    for entry in range(min(count, _MOST)):
        number, offset = struct.unpack_from("<2I", stream, start + 8 + 8 * entry)
        yield number, start + offset


def _code_page(stream: bytes, at: int | None) -> str:
    if at is None:
        return "cp1252"
    kind, page = struct.unpack_from("<IH", stream, at)
    return _CODECS.get(page, f"cp{page}") if kind == _SHORT else "cp1252"


def _text(stream: bytes, at: int, page: str) -> str:
    kind, count = struct.unpack_from("<2I", stream, at)
    if kind == _WIDE:
        return stream[at + 8 : at + 8 + 2 * count].decode("utf-16-le", "replace")
    if kind != _BYTES:
        return ""
    return _decoded(stream[at + 8 : at + 8 + count], page)


def _decoded(raw: bytes, page: str) -> str:
    try:
        return raw.decode(page, "replace")
    except LookupError:
        return raw.decode("gb18030", "replace")
