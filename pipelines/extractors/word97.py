"""The binary format of Word 97 to 2003 ([MS-DOC]), as far as text needs it: stories, marks of tables, hidden runs.

The WordDocument stream begins with the FIB, which says where everything is. The text lies in pieces, of one byte
(code page 1252) or two (UTF-16) a character; a character position (CP) counts UTF-16 units through all stories: main
text, notes, headers, comments, text boxes.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from pipelines.extractors.assembly import MAX_TEXT, Unreadable
from pipelines.extractors.word97_runs import CHARACTERS, PARAGRAPHS, Runs, runs_of
from pipelines.schema import Status

# Indices of (offset, length) pairs in the FIB: places of lists in the table stream.
_CLX, _VARIABLES = 33, 60
_LENGTHS: Final = 76  # where the FIB has the number of characters of each story
_PAIRS: Final = 154
_ENCRYPTED, _TABLE_1 = 0x100, 0x200
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ONE_BYTE: Final = 0x40000000


@dataclass(frozen=True, slots=True)
class Piece:
    start: int  # CP
    stop: int
    offset: int  # in the WordDocument stream, of its first character
    width: int  # bytes a character


class Word97:
    """A WordDocument stream and its table stream, opened. Raises Unreadable when the FIB leads nowhere."""

    def __init__(self, stream: bytes, tables: dict[str, bytes]) -> None:
        if len(stream) < _PAIRS + 8 * (_CLX + 1):
            raise Unreadable(Status.CORRUPT, "doc: truncated header")
        flags = struct.unpack_from("<H", stream, 10)[0]
        if flags & _ENCRYPTED:
            raise Unreadable(Status.ENCRYPTED, "password")
        self._stream, self._table = stream, tables.get("1Table" if flags & _TABLE_1 else "0Table", b"")
        self.cut = False  # a piece goes beyond the stream's end
        self._pieces = list(self._listed_pieces())
        self._by_offset = sorted(self._pieces, key=lambda piece: piece.offset)
        self._offsets = [piece.offset for piece in self._by_offset]
        self.text = "".join(map(self._text_of, self._pieces))  # one character a UTF-16 unit
        if not self.text:
            raise Unreadable(Status.CORRUPT, "doc: no text where the header says")

    def stories(self) -> list[tuple[int, int]]:
        """Begin and end in CP of: main text, footnotes, headers, macros, comments, endnotes, text boxes, boxes in
        headers."""
        bounds, at = list[tuple[int, int]](), 0
        for length in struct.unpack_from("<8i", self._stream, _LENGTHS):
            end = min(at + max(length, 0), len(self.text))
            bounds.append((at, end))
            at = end
        return bounds

    def paragraph_ends(self) -> dict[int, set[int]]:
        """For each code of PARAGRAPHS the CPs at which paragraphs end that have it."""
        found: dict[int, set[int]] = {code: set() for code in PARAGRAPHS.codes}
        for _, end, codes in self._runs(PARAGRAPHS):
            for code in codes:
                found[code].update(last - 1 for _, last in self._spans(end - 1, end))
        return found

    def character_runs(self) -> dict[int, list[tuple[int, int]]]:
        """For each code of CHARACTERS the CP ranges that have it."""
        found: dict[int, list[tuple[int, int]]] = {code: [] for code in CHARACTERS.codes}
        for start, end, codes in self._runs(CHARACTERS):
            for code in codes:
                found[code].extend(self._spans(start, end))
        return found

    def variables(self) -> list[tuple[str, str]]:
        """Name and value of the variables that programs keep in a document, as far as their list goes."""
        data = self._part(_VARIABLES) if len(self._stream) >= _PAIRS + 8 * (_VARIABLES + 1) else b""
        names, values = list[str](), list[str]()
        with suppress(struct.error):
            _, count, extra = struct.unpack_from("<3H", data)
            at = 6
            for texts, more in ((names, extra), (values, 0)):
                for _ in range(count):
                    end = at + 2 + 2 * struct.unpack_from("<H", data, at)[0]
                    texts.append(data[at + 2 : end].decode("utf-16-le", "replace"))
                    at = end + more
        return list(zip(names, values, strict=False))

    def _runs(self, kind: Runs) -> Iterator[tuple[int, int, set[int]]]:
        return runs_of(self._stream, self._part(kind.index), kind)

    def _part(self, index: int) -> bytes:
        offset, length = struct.unpack_from("<2I", self._stream, _PAIRS + 8 * index)
        return self._table[offset : offset + length]

    def _listed_pieces(self) -> Iterator[Piece]:
        plc = piece_table(self._part(_CLX))
        count = max(0, (len(plc) - 4) // 12)
        starts = struct.unpack_from(f"<{count + 1}I", plc) if count else ()
        end = 0
        for number in range(count):
            place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
            width = 1 if place & _ONE_BYTE else 2
            offset = (place & ~_ONE_BYTE & 0x7FFFFFFF) // (3 - width)
            listed = starts[number + 1] - starts[number]
            size = min(listed, max(0, len(self._stream) - offset) // width)
            self.cut = self.cut or size < listed
            if size > 0:
                yield Piece(end, end + size, offset, width)
                end += size
            if end > MAX_TEXT:
                raise Unreadable(Status.TOO_LARGE, f"doc: more than {MAX_TEXT} characters")

    def _text_of(self, piece: Piece) -> str:
        size = piece.stop - piece.start
        raw = self._stream[piece.offset : piece.offset + size * piece.width]
        if piece.width == 1:
            return raw.decode("cp1252", "replace")
        text = raw.decode("utf-16-le", "surrogatepass")
        return text if len(text) == size else "".join(map(chr, struct.unpack(f"<{size}H", raw)))

    def _spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The CP ranges of a range of the stream, piece by piece."""
        for piece in self._by_offset[max(0, bisect_right(self._offsets, start) - 1) :]:
            if piece.offset >= end:
                return
            first = piece.start + max(0, start - piece.offset) // piece.width
            last = min(piece.stop, piece.start - (piece.offset - end) // piece.width)
            if first < last:
                yield first, last


def piece_table(clx: bytes) -> bytes:
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:  # formatting that pieces refer to
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    if at + 5 > len(clx) or clx[at] != 2:
        return b""
    return clx[at + 5 : at + 5 + int.from_bytes(clx[at + 1 : at + 5], "little")]


def joined(text: str) -> str:
    """Text of UTF-16 units as text of code points."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
