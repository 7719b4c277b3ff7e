"""PPT of PowerPoint 97 to 2003, and the DPS of Kingsoft's Presentation, which is built alike: slides in their order,
hidden ones, speakers' notes, comments, properties, embedded files, pictures ([MS-PPT]).

A record is eight bytes (version and instance, type, length) and its data, which in a container are records again. A
file keeps what earlier savings wrote: slides that the newest list of places no longer names are read, too, as hidden.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from pipelines.documents import Document, Member, Metadata
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.blips import as_members, pictures_in
from pipelines.extractors.html_attributes import says_something, unquoted
from pipelines.extractors.office_parts import add_data_store
from pipelines.extractors.ole import add_properties, open_ole, spare_stream, stream_of
from pipelines.extractors.package import MAX_EMBEDDED
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished
from pipelines.schema import SegmentKind, Status

_HEAD: Final = struct.Struct("<HHI")
_DOCUMENT, _SLIDE, _NOTES, _MASTER = 1000, 1006, 1008, 1016
_TEXT_CHARS, _TEXT_BYTES, _CSTRING = 4000, 4008, 4026
_SLIDE_LIST, _PERSIST, _SLIDE_INFO, _HEADERS = 4080, 1011, 1017, 4057
USER_EDIT, PLACES, _COMMENT, _OBJECT, _TAG = 4085, 6002, 12000, 4113, 5003
_HIDDEN: Final = 0x04  # of a slide's flags
ENCRYPTED: Final = 0xF3D1C4DF  # the mark of the stream "Current User", at MARK_AT
MARK_AT: Final = 12
_MAX_DEPTH: Final = 32
_MAX_EDITS: Final = 1000
_ASIDES: Final = frozenset((4055, 5001))  # addresses of links, labels that programs put on
_MAX_OBJECT: Final = 200_000_000
_BREAKS: Final = str.maketrans({"\r": "\n", "\v": "\n"})


class Record(NamedTuple):
    kind: int
    instance: int
    start: int  # of its data
    end: int
    container: bool


def extract_ppt(member: Member) -> Document:
    assembly = Assembly()
    with open_ole(member.data or b"") as ole:
        user = stream_of(ole, "Current User") if ole.exists("Current User") else b""
        if len(user) >= 20 and int.from_bytes(user[MARK_AT : MARK_AT + 4], "little") == ENCRYPTED:
            raise Unreadable(Status.ENCRYPTED, "password")
        show = _Show(stream_of(ole, "PowerPoint Document"))
        show.add_to(assembly, frozenset(places_of(show.data, user).values()))
        add_data_store(assembly, ole)
        title = add_properties(assembly, ole)
        drawn = spare_stream(assembly, ole, "Pictures")
        pictures = as_members(member, pictures_in(drawn))
        if drawn and not pictures:  # under a password they stay locked when the text is opened
            assembly.note("ole: embedded object")
    children = (*_objects(member, show), *pictures)
    if not assembly.segments and not children and not any(r.kind == _DOCUMENT for r in show.top()):
        raise Unreadable(Status.CORRUPT, "ppt: no document record")
    return replace(finished(assembly), metadata=Metadata(title=title), children=children)


def records(data: bytes, start: int, end: int) -> Iterator[Record]:
    """The records between two places, as far as they go."""
    while start + 8 <= end:
        first, kind, size = _HEAD.unpack_from(data, start)
        start += 8
        stop = min(start + size, end)
        yield Record(kind, first >> 4, start, stop, first & 0xF == 0xF)
        start = stop


def places_of(data: bytes, user: bytes) -> dict[int, int]:
    """Where the records begin that the newest saving names, by their numbers; empty when it does not say."""
    newest: dict[int, int] = {}
    at = int.from_bytes(user[16:20], "little") if len(user) >= 20 else 0
    for _ in range(_MAX_EDITS):
        edit = next(records(data, at, len(data)), None)
        if not at or edit is None or edit.kind != USER_EDIT or edit.end - edit.start < 16:
            break
        before, places = struct.unpack_from("<II", data, edit.start + 8)
        for name, place in _listed(data, places):
            newest.setdefault(name, place)
        at = before
    return newest


def _listed(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Number and place of each record in one list of places."""
    found = next(records(data, at, len(data)), None)
    if found is None or found.kind != PLACES:
        return
    at = found.start
    while at + 4 <= found.end:
        first = int.from_bytes(data[at : at + 4], "little")
        name, count = first & 0xFFFFF, first >> 20
        at += 4
        for number in range(count):
            if at + 4 > found.end:
                return
            yield name + number, int.from_bytes(data[at : at + 4], "little")
            at += 4


@dataclass(frozen=True, slots=True)
class _Show:
    data: bytes

    def top(self) -> Iterator[Record]:
        return records(self.data, 0, len(self.data))

    def add_to(self, assembly: Assembly, live: frozenset[int]) -> None:
        """Outlines, slides, notes and masters; what stands in the outline is not said again by its slide."""
        slide = notes = 0
        for record in self.top():
            stale = bool(live) and record.start - 8 not in live
            if record.kind == _DOCUMENT:
                self._add_outlines(assembly, record, stale)
            elif record.kind == _SLIDE:
                slide += 1
                hidden = stale or self._is_hidden(record)
                self._add(assembly, SegmentKind.PAGE, str(slide), record, hidden)
                self._add_comments(assembly, str(slide), record, stale)
            elif record.kind == _NOTES:
                notes += 1
                self._add(assembly, SegmentKind.NOTE, str(notes), record, stale)
            elif record.kind == _MASTER:
                self._add(assembly, SegmentKind.HEADER_FOOTER, "master", record, stale)

    def _add_outlines(self, assembly: Assembly, document: Record, stale: bool) -> None:
        """Texts that are kept apart from their slides, in the order of the slides."""
        number = 0
        for record in self._walk(document, {_COMMENT}):
            if record.kind == _SLIDE_LIST:
                kind = {0: SegmentKind.PAGE, 2: SegmentKind.NOTE}.get(record.instance, SegmentKind.HEADER_FOOTER)
                words: list[str] = []
                number = 0
                for item in (*records(self.data, record.start, record.end), None):
                    if item is None or item.kind == _PERSIST:
                        assembly.add(kind, str(number or 1), "\n".join(words), hidden=stale)
                        words, number = [], number + 1
                    elif text := self._text(item):
                        words.append(text)
            elif record.kind == _HEADERS:
                self._add(assembly, SegmentKind.HEADER_FOOTER, "", record, stale)
            elif record.kind in _ASIDES:
                self._add_aside(assembly, record)

    def _add_aside(self, assembly: Assembly, record: Record) -> None:
        words = (unquoted(self._text(item, strings=True)) for item in self._walk(record))
        assembly.add(SegmentKind.ATTRIBUTE, "", "\n".join(filter(says_something, words)), hidden=True)

    def _add(self, assembly: Assembly, kind: str, place: str, record: Record, hidden: bool) -> None:
        strings = record.kind == _HEADERS
        words = [text for item in self._walk(record, {_COMMENT}) if (text := self._text(item, strings=strings))]
        assembly.add(kind, place, "\n".join(words), hidden=hidden)

    def _add_comments(self, assembly: Assembly, place: str, slide: Record, stale: bool) -> None:
        for record in self._walk(slide):
            if record.kind == _COMMENT:
                words = [text for item in self._walk(record) if (text := self._text(item, strings=True))]
                assembly.add(SegmentKind.COMMENT, place, "\n".join(words), hidden=True)
            elif record.kind in _ASIDES:
                self._add_aside(assembly, record)

    def _is_hidden(self, slide: Record) -> bool:
        info = next((r for r in records(self.data, slide.start, slide.end) if r.kind == _SLIDE_INFO), None)
        return info is not None and info.end - info.start >= 12 and bool(self.data[info.start + 10] & _HIDDEN)

    def _walk(self, record: Record, leave: frozenset[int] | set[int] = frozenset(), depth: int = 0) -> Iterator[Record]:
        """All records in one, but for what is in those to be left."""
        for item in records(self.data, record.start, record.end):
            if item.kind not in leave:
                yield item
                if (item.container or item.kind == _TAG) and item.kind != _SLIDE_LIST and depth < _MAX_DEPTH:
                    yield from self._walk(item, leave, depth + 1)

    def _text(self, record: Record, *, strings: bool = False) -> str:
        """The words of a record of text; ``strings``: also of one that elsewhere holds names and the like."""
        raw = self.data[record.start : record.end]
        if record.kind == _TEXT_CHARS or (strings and record.kind == _CSTRING):
            text = raw.decode("utf-16-le", "replace")
        elif record.kind == _TEXT_BYTES:
            text = raw.decode("latin-1")
        else:
            return ""
        lines = (flat(line) for line in text.translate(_BREAKS).split("\n"))
        return "\n".join(line for line in lines if line and line != "*")  # "*" stands for a number or a date


def _objects(member: Member, show: _Show) -> Iterator[Member]:
    """Files embedded through OLE, each packed."""
    found: list[Any] = [record for record in show.top() if record.kind == _OBJECT]
    for number, record in enumerate(found[:MAX_EMBEDDED], 1):
        path = f"{member.path}!/object{number}"
        packed = show.data[record.start : record.end]
        content, reason = packed, "ole: embedded object"
        if record.instance == 1:
            content = b""
            with suppress(zlib.error):
                content = zlib.decompressobj().decompress(packed[4:], _MAX_OBJECT)
        if content:
            yield Member(path, content, fetched_at=member.fetched_at)
        else:
            yield Member(path, None, fetched_at=member.fetched_at, status=Status.CORRUPT, reason=reason)
