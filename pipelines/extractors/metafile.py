"""Windows' metafiles, EMF and WMF: the words they write, by line and cell, and the bitmaps they paint ([MS-EMF],
[MS-WMF]).

Office keeps one as the preview of every embedded object: of a worksheet in a letter, all cells that are seen. Letters
drawn as outlines are lines like any other, and not read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.blips import as_members, bitmap_file
from pipelines.extractors.ofd_page import Piece, lines_of
from pipelines.extractors.text import finished
from pipelines.schema import SegmentKind

_TEXT_W, _TEXT_A = 84, 83
_GLYPHS: Final = 0x10  # the text is numbers of glyphs, which only the font knows
# EMF records that paint a bitmap: where they say where its head and its points are.
_BITMAPS: Final = {76: 84, 77: 84, 78: 84, 80: 48, 81: 48, 114: 84}
_WINDOW, _VIEWPORT, _WORLD, _MODIFY = 10, 12, 35, 36
_PLACEABLE: Final = b"\xd7\xcd\xc6\x9a"
_WMF_TEXT, _WMF_EXT_TEXT = 0x0521, 0x0A32
# WMF records that paint a bitmap: how many bytes stand before it.
_WMF_BITMAPS: Final = {0x0F43: 22, 0x0B41: 20, 0x0940: 16, 0x0D33: 18}
_CLIPPED: Final = 0x06  # options of a text with a rectangle


@dataclass(slots=True)
class _Drawn:
    pieces: list[Piece] = field(default_factory=list)
    bitmaps: list[bytes] = field(default_factory=list)
    glyphs: bool = False

    def add(self, text: str, x: float, y: float, width: float, height: float) -> None:
        if text.strip("\0 "):
            self.pieces.append(Piece(x, x + width, y, max(height, 1), text.replace("\0", ""), hidden=False))

    def text(self) -> str:
        """By lines and cells; one piece a line, as they were drawn, where it is not known how they lie."""
        places = {(piece.left, piece.base) for piece in self.pieces}
        if len(places) == len(self.pieces):
            return lines_of(self.pieces)
        return "\n".join(piece.text for piece in self.pieces)


def extract_metafile(member: Member) -> Document:
    data, drawn = member.data or b"", _Drawn()
    with suppress(struct.error):  # as far as it goes
        _read_emf(data, drawn) if data[40:44] == b" EMF" else _read_wmf(data, drawn)
    assembly = Assembly()
    assembly.add(SegmentKind.PAGE, "", drawn.text())
    if drawn.glyphs:
        assembly.note("glyphs without Unicode")
    children = as_members(member, (("bmp", bitmap) for bitmap in drawn.bitmaps if bitmap))
    if not assembly.segments and not assembly.notes:
        return Document(reason="no text: drawing", children=children)
    return replace(finished(assembly), children=children)


def _read_emf(data: bytes, drawn: _Drawn) -> None:
    left, top = dict[int, float](), dict[int, float]()  # how far what follows is moved, by what moves it
    for kind, at, size in _emf_records(data):
        if kind in (_TEXT_W, _TEXT_A):
            _emf_text(data[at : at + size], kind == _TEXT_W, sum(left.values()), sum(top.values()), drawn)
        elif kind in _BITMAPS:
            head, head_size, bits, bits_size = struct.unpack_from("<4I", data, at + _BITMAPS[kind])
            if head and bits:
                record = data[at : at + size]
                drawn.bitmaps.append(bitmap_file(record[head : head + head_size] + record[bits : bits + bits_size]))
        elif kind in (_WINDOW, _VIEWPORT):
            x, y = struct.unpack_from("<2i", data, at + 8)
            left[kind], top[kind] = (-x, -y) if kind == _WINDOW else (x, y)
        elif kind in (_WORLD, _MODIFY):
            x, y = struct.unpack_from("<2f", data, at + 24)
            added = kind == _MODIFY and data[at + 32] in (2, 3)
            left[_WORLD], top[_WORLD] = (x + left.get(_WORLD, 0), y + top.get(_WORLD, 0)) if added else (x, y)


def _emf_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<2I", data, at)
        if size < 8:
            return
        yield kind, at, min(size, len(data) - at)
        at += size


def _emf_text(record: bytes, wide: bool, left: float, top: float, drawn: _Drawn) -> None:
    x, y, count, offset, options = struct.unpack_from("<2i3I", record, 36)
    steps = struct.unpack_from("<I", record, 72)[0]
    if options & _GLYPHS:
        drawn.glyphs = drawn.glyphs or count > 0
        return
    raw = record[offset : offset + count * (2 if wide else 1)]
    text = raw.decode("utf-16-le", "replace") if wide else _decoded(raw)
    count = min(count, (len(record) - steps) // 4) if 0 < steps < len(record) else 0
    widths = struct.unpack_from(f"<{count}I", record, steps)
    drawn.add(text, x + left, y + top, sum(widths), max(widths, default=1))


def _read_wmf(data: bytes, drawn: _Drawn) -> None:
    at = 22 if data.startswith(_PLACEABLE) else 0
    at += 2 * int.from_bytes(data[at + 2 : at + 4], "little")  # its header, in words
    while at + 6 <= len(data):
        words, kind = struct.unpack_from("<IH", data, at)
        if words < 3:
            return
        content = data[at + 6 : at + 2 * words]
        if kind == _WMF_TEXT:
            count = int.from_bytes(content[:2], "little")
            y, x = struct.unpack_from("<2h", content, 2 + count + count % 2)
            drawn.add(_decoded(content[2 : 2 + count]), x, y, 0, 1)
        elif kind == _WMF_EXT_TEXT:
            y, x, count, options = struct.unpack_from("<4h", content)
            start = 16 if options & _CLIPPED else 8
            dx = start + count + count % 2
            widths = struct.unpack_from(f"<{min(count, (len(content) - dx) // 2)}h", content, dx) if count > 0 else ()
            drawn.add(_decoded(content[start : start + count]), x, y, sum(widths), max(widths, default=1))
        elif kind in _WMF_BITMAPS:
            drawn.bitmaps.append(bitmap_file(content[_WMF_BITMAPS[kind] :]))
        at += 2 * words


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
