"""Formatting in Word's binary files: pages of 512 bytes (FKP), each a list of runs with their changes (sprm).

A change is a two-byte code, whose upper three bits give its operand's size, and the operand. Only those that say what
a paragraph is in a table, or that characters are deleted or hidden, are looked for, and most pages hold none.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

IN_TABLE, ROW_END, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x244B, 0x244C
DELETED, HIDDEN = 0x0800, 0x083C
_PAGE: Final = 512
_OPERANDS: Final = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes; 0: the first of them says how many more
_DEFINE_TABLE, _CHANGE_TABS = 0xD608, 0xC615  # whose lengths follow rules of their own
_ON: Final = (1, 0x81)  # switched on; switched to what the style is not


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of paragraphs or of characters."""

    index: int  # of the list of pages in the FIB
    entry: int  # bytes a run takes at the page's beginning; the first leads to its changes
    codes: tuple[int, ...]
    paragraphs: bool


PARAGRAPHS: Final = Runs(13, 13, (IN_TABLE, ROW_END, INNER_CELL, INNER_ROW_END), True)
CHARACTERS: Final = Runs(12, 1, (DELETED, HIDDEN), False)


def runs_of(stream: bytes, listed: bytes, kind: Runs) -> Iterator[tuple[int, int, set[int]]]:
    """Begin and end (offsets in the stream) of each run that has some of the kind's codes, and those codes."""
    count = max(0, (len(listed) - 4) // 8)
    pages = struct.unpack_from(f"<{count}I", listed, 4 * (count + 1)) if count else ()
    signs = [code.to_bytes(2, "little") for code in kind.codes]
    for number in dict.fromkeys(pages):  # each once, however often a damaged list names it
        page = stream[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
        if len(page) == _PAGE and any(sign in page for sign in signs):
            yield from _runs_on(page, kind)


def _runs_on(page: bytes, kind: Runs) -> Iterator[tuple[int, int, set[int]]]:
    count = page[-1]
    entries = 4 * (count + 1)
    if entries + kind.entry * count >= _PAGE:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for run in range(count):
        at = page[entries + kind.entry * run] * 2
        codes = _codes(_changes(page, at, kind.paragraphs), kind.codes) if at else None
        if codes:
            yield bounds[run], bounds[run + 1], codes


def _changes(page: bytes, at: int, paragraph: bool) -> bytes:
    size = page[at]
    if not paragraph:
        return page[at + 1 : at + 1 + size]
    if size:
        return page[at + 3 : at + 2 * size]  # after the style's number
    return page[at + 4 : at + 2 + 2 * page[at + 1]] if at + 1 < _PAGE else b""


def _codes(changes: bytes, wanted: tuple[int, ...]) -> set[int]:
    found, at = set[int](), 0
    while at + 3 <= len(changes):
        code = int.from_bytes(changes[at : at + 2], "little")
        at += 2
        if code in wanted:
            found.add(code) if changes[at] in _ON else found.discard(code)
        at += _operand(code, changes, at)
    return found


def _operand(code: int, changes: bytes, at: int) -> int:
    size = _OPERANDS[code >> 13]
    if size:
        return size
    if code == _DEFINE_TABLE:
        return 1 + int.from_bytes(changes[at : at + 2], "little")
    if code == _CHANGE_TABS and changes[at] == 255:
        return len(changes)  # its true length follows from its content; nothing wanted stands behind it
    return 1 + changes[at]
