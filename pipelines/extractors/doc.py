"""DOC of Word 6 to 2003, and the WPS of Kingsoft's Writer, which is built alike: main text with its tables, headers,
notes, comments, text boxes, tracked deletions, hidden text, addresses of links, document properties, pictures.

Reading the format directly takes milliseconds where an office suite takes a second, and loses neither the rows of
tables nor what is hidden.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipelines.documents import Document, Member, Metadata
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.blips import as_members, pictures_in
from pipelines.extractors.encoding import decode
from pipelines.extractors.html_attributes import says_something
from pipelines.extractors.office_parts import add_data_store
from pipelines.extractors.ole import add_properties, open_ole, spare_stream, stream_of
from pipelines.extractors.ole_objects import pool_objects
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished
from pipelines.extractors.vba import add_macros
from pipelines.extractors.word97 import Word97, joined, piece_table
from pipelines.extractors.word97_runs import DELETED
from pipelines.extractors.word97_unseen import unseen
from pipelines.extractors.word_text import Ends, blocks_of, cleaned, taken_out, without_fields
from pipelines.schema import SegmentKind, Status

_WORD_97: Final = 0xC1  # the first version whose text is Unicode
_WORD_6: Final = 0x65
_COMPLEX, _ENCRYPTED = 0x04, 0x100
_OLD_TEXT, _OLD_PIECES = 0x18, 0x160  # where an old FIB says where its text and its list of pieces are
_LABELS: Final = {0x804: "gb2312", 0x1004: "gb2312", 0x404: "big5", 0xC04: "big5", 0x411: "shift_jis", 0x412: "euc-kr"}
# Stories after the main text: number, kind of their segments, the mark at which an item of them begins.
_SIDE_STORIES: Final = (
    (1, SegmentKind.NOTE, "\x02"),
    (5, SegmentKind.NOTE, "\x02"),
    (4, SegmentKind.COMMENT, "\x05"),
    (6, SegmentKind.TEXTBOX, ""),
    (2, SegmentKind.HEADER_FOOTER, ""),
    (7, SegmentKind.HEADER_FOOTER, ""),
)


def extract_doc(member: Member) -> Document:
    assembly = Assembly()
    with open_ole(member.data or b"") as ole:
        stream = stream_of(ole, "WordDocument")
        version = int.from_bytes(stream[2:4], "little")
        tables = {name: stream_of(ole, name) for name in ("0Table", "1Table") if ole.exists(name)}
        if version >= _WORD_97:
            _add_stories(assembly, Word97(stream, tables))
        else:
            _add_old_text(assembly, stream, version)
        add_macros(assembly, ole)
        add_data_store(assembly, ole)
        title = add_properties(assembly, ole)
        pictures = as_members(member, pictures_in(spare_stream(assembly, ole, "Data"), stream, *tables.values()))
        children = (*pool_objects(member, ole), *pictures)
    return replace(finished(assembly), metadata=Metadata(title=title), children=children)


def _add_stories(assembly: Assembly, word: Word97) -> None:
    if word.cut:
        assembly.note("truncated: text beyond the end of the file")
    text, stories, ends = word.text, word.stories(), word.paragraph_ends()
    runs = word.character_runs()
    removed: list[tuple[str, str, list[str]]] = []
    hidden = unseen(text, runs, ends, (stories[5], stories[7]))
    spans = [(SegmentKind.DELETION, "", runs[DELETED]), *((SegmentKind.BODY, *how) for how in hidden)]
    for kind, how, where in spans:
        text, found = taken_out(text, where, 0, stories[-1][1])
        removed.append((kind, how, found))
    text, links = without_fields(text)
    _add_main(assembly, text, *stories[0], ends)
    for number, kind, mark in _SIDE_STORIES:
        _add_items(assembly, kind, text, *stories[number], mark, ends)
    for kind, how, found in removed:
        for at, words in enumerate(found, 1):
            assembly.add(kind, how or str(at), _shown(cleaned(words)), hidden=True)
    assembly.add(SegmentKind.ATTRIBUTE, "href", "\n".join(dict.fromkeys(map(joined, links))), hidden=True)
    for name, value in word.variables():
        if says_something(value):
            assembly.add(SegmentKind.METADATA, f"variable {flat(name)}", flat(value), hidden=True)


def _add_main(assembly: Assembly, text: str, start: int, end: int, ends: Ends) -> None:
    """Running text in body segments, each table in one of its own."""
    row, tables = 1, 0
    for is_table, lines in blocks_of(text, start, end, ends):
        words = joined("\n".join(lines))
        if is_table:
            tables += 1
            assembly.add(SegmentKind.TABLE, str(tables), words)
        elif words.strip():
            assembly.add(SegmentKind.BODY, "", words.rstrip("\n"), row=row)
        row += len(lines)


def _add_items(assembly: Assembly, kind: str, text: str, start: int, end: int, mark: str, ends: Ends) -> None:
    """A story in one segment, or in one for each note or comment; the same header of several sections once."""
    bounds = [at for at in range(start, end) if text[at] == mark] if mark else []
    bounds = [start, *bounds, end]
    seen: list[str] = []
    for first, last in pairwise(bounds):
        lines = [line for _, block in blocks_of(text, first, last, ends) for line in block]
        words = joined("\n".join(line for line in dict.fromkeys(lines) if line.strip()))
        if words:
            seen.append(words)
            assembly.add(kind, str(len(seen)) if mark else "", words)


def _shown(text: str) -> str:
    """Words that stand alone on a line of their own: what was deleted, what is hidden."""
    return joined("\t".join(" ".join(cell.split()) for cell in text.replace("\r", " ").split("\x07")).strip())


def _add_old_text(assembly: Assembly, stream: bytes, version: int) -> None:
    """Word 6 and 95: bytes in the system's code page, in one stretch or in pieces; formatting is not looked at."""
    if version < _WORD_6 or len(stream) < _OLD_PIECES + 8:
        raise Unreadable(Status.UNSUPPORTED, "doc: older than Word 6")
    language, flags = (struct.unpack_from("<H", stream, at)[0] for at in (6, 10))
    if flags & _ENCRYPTED:
        raise Unreadable(Status.ENCRYPTED, "password")
    raw = _old_pieces(stream) if flags & _COMPLEX else b""
    start, end = struct.unpack_from("<II", stream, _OLD_TEXT)
    decoded = decode(raw or stream[start:end], _LABELS.get(language, "windows-1252"))
    text, links = without_fields(decoded.text)
    _add_main(assembly, text, 0, len(text), {})
    assembly.add(SegmentKind.ATTRIBUTE, "href", "\n".join(dict.fromkeys(links)), hidden=True)
    assembly.note("Word 6 or 95: hidden and deleted text not told apart")


def _old_pieces(stream: bytes) -> bytes:
    offset, length = struct.unpack_from("<II", stream, _OLD_PIECES)
    plc = piece_table(stream[offset : offset + length])
    count = max(0, (len(plc) - 4) // 12)
    starts = struct.unpack_from(f"<{count + 1}I", plc) if count else ()
    places = [struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * n + 2)[0] for n in range(count)]
    return b"".join(stream[at : at + starts[n + 1] - starts[n]] for n, at in enumerate(places))[: 4 * len(stream)]
