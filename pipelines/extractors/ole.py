"""OLE compound files (the old Office formats): streams by name, and document properties in their code page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final

import olefile

from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.rows import flat
from pipelines.schema import SegmentKind, Status

# Code pages of property sets that Python calls otherwise; 10008 is the Macintosh's of simplified Chinese.
_CODECS: Final = {
    936: "gb18030",
    10008: "gb18030",
    54936: "gb18030",
    1200: "utf-16-le",
    65001: "utf-8",
    10000: "cp1252",
}
# olefile's name of a property and ours, which is OOXML's
_PROPERTIES: Final = (
    ("title", "title"),
    ("subject", "subject"),
    ("author", "creator"),
    ("keywords", "keywords"),
    ("comments", "description"),
    ("last_saved_by", "lastModifiedBy"),
    ("category", "category"),
    ("manager", "Manager"),
    ("company", "Company"),
)


@contextmanager
def open_ole(data: bytes) -> Iterator[Any]:
    """The compound file in some bytes; Unreadable when its tables are broken."""
    try:
        ole = olefile.OleFileIO(BytesIO(data))
    except Exception as error:  # olefile raises whatever damage makes it stumble over
        raise Unreadable(Status.CORRUPT, f"ole: {error}") from error
    with ole:
        yield ole


def stream_of(ole: Any, path: str | list[str]) -> bytes:
    """A stream's bytes; Unreadable when it is missing or its chain of sectors is broken."""
    try:
        return bytes(ole.openstream(path).read())
    except Exception as error:
        name = path if isinstance(path, str) else "/".join(path)
        raise Unreadable(Status.CORRUPT, f"{name}: {error}") from error


def spare_stream(assembly: Assembly, ole: Any, name: str) -> bytes:
    """A stream that the text can do without: empty where there is none, noted when it cannot be read."""
    try:
        return stream_of(ole, name) if ole.exists(name) else b""
    except Unreadable as error:
        assembly.note(error.reason)
        return b""


def add_properties(assembly: Assembly, ole: Any) -> str:
    """Author, company and the like, each a hidden metadata segment; returns the title."""
    try:
        found = ole.get_metadata()
    except Exception as error:
        assembly.note(f"properties: {type(error).__name__}")
        return ""
    page = found.codepage if isinstance(found.codepage, int) else 1252
    values = {ours: _text(getattr(found, theirs, None), page % 65536) for theirs, ours in _PROPERTIES}
    for name, value in values.items():
        assembly.add(SegmentKind.METADATA, name, value, hidden=True)
    return values["title"]


def _text(value: object, page: int) -> str:
    text = value if isinstance(value, str) else ""
    if isinstance(value, bytes):
        try:
            text = value.decode(_CODECS.get(page, f"cp{page}"), "replace")
        except LookupError:
            text = value.decode("gb18030", "replace")
    return flat(text.replace("\0", ""))
