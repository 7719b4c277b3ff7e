"""Formatting in Word's binary files: pages of 512 bytes (FKP), each a list of runs with their changes (sprm).

A change is a two-byte code, whose upper three bits give its operand's size, and the operand. Only those that say what
a paragraph is in a table, or that keep characters from being seen, are looked for, and most pages hold none.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

IN_TABLE, ROW_END, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x244B, 0x244C
DELETED, HIDDEN, WHITE, TINY, SHADED = 0x0800, 0x083C, 0x6870, 0x4A43, 0xCA71
_PAGE: Final = 512
_OPERANDS: Final = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes; 0: the first of them says how many more
_DEFINE_TABLE, _CHANGE_TABS = 0xD608, 0xC615  # whose lengths follow rules of their own
_AUTO, _WHITE = b"\0\0\0\xff", b"\xff\xff\xff\0"  # colours
_OLD_WHITE: Final = 8  # in the list of colours of Word 97
_LEAST_SIZE: Final = 4  # half points

Rule = tuple[int, Callable[[bytes], bool]]  # what the change tells, and of which operands that is true


def _on(operand: bytes) -> bool:
    return operand[:1] in (b"\1", b"\x81")  # switched on; switched to what the style is not


def _shades(operand: bytes) -> bool:
    """Of shadings with full colours, ten bytes each: front, back, pattern."""
    shades = (operand[at : at + 10] for at in range(1, len(operand) - 9, 10))
    return any(s[4:8] not in (_AUTO, _WHITE) or s[8:] not in (b"\0\0", b"\xff\xff") for s in shades)


def _shades_old(operand: bytes) -> bool:
    """Of shadings with colours of a list: five bits each for front and back, six for the pattern."""
    shades = (int.from_bytes(operand[at : at + 2], "little") for at in range(len(operand) % 2, len(operand) - 1, 2))
    return any(s not in (0, 0xFFFF) and s >> 5 != _OLD_WHITE for s in shades)


_PARAGRAPH_RULES: Final[dict[int, Rule]] = {
    **{code: (code, _on) for code in (IN_TABLE, ROW_END, INNER_CELL, INNER_ROW_END)},
    **dict.fromkeys((50765, 54802, 54806, 54796, 54880), (SHADED, _shades)),  # of it, its row's cells
    **dict.fromkeys((17453, 54793), (SHADED, _shades_old)),
}
_CHARACTER_RULES: Final[dict[int, Rule]] = {
    DELETED: (DELETED, _on),
    HIDDEN: (HIDDEN, _on),
    0x2A42: (WHITE, lambda operand: operand[0] == _OLD_WHITE),
    WHITE: (WHITE, lambda operand: operand == _WHITE),
    TINY: (TINY, lambda operand: int.from_bytes(operand, "little") < _LEAST_SIZE),
    SHADED: (SHADED, _shades),
    0x4866: (SHADED, _shades_old),
    0x2A0C: (SHADED, lambda operand: operand[0] != 0),  # a marker's colour
}


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of paragraphs or of characters."""

    index: int  # of the list of pages in the FIB
    entry: int  # bytes a run takes at the page's beginning; the first leads to its changes
    rules: Mapping[int, Rule]
    paragraphs: bool
    signs: tuple[bytes, ...]  # a page without any of them tells nothing

    @property
    def codes(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(code for code, _ in self.rules.values()))


def _code(code: int) -> bytes:
    return code.to_bytes(2, "little")


PARAGRAPHS: Final = Runs(13, 13, _PARAGRAPH_RULES, True, tuple(map(_code, _PARAGRAPH_RULES)))
CHARACTERS: Final = Runs(
    12, 1, _CHARACTER_RULES, False,
    (
        _code(DELETED), _code(HIDDEN), _code(0x2A42) + bytes([_OLD_WHITE]), _code(WHITE) + _WHITE,
        *(_code(TINY) + bytes([size, 0]) for size in range(_LEAST_SIZE)),
    ),
)  # fmt: skip


def runs_of(stream: bytes, listed: bytes, kind: Runs) -> Iterator[tuple[int, int, set[int]]]:
    """Begin and end (offsets in the stream) of each run that has some of the kind's codes, and those codes."""
    count = max(0, (len(listed) - 4) // 8)
    pages = struct.unpack_from(f"<{count}I", listed, 4 * (count + 1)) if count else ()
    for number in dict.fromkeys(pages):  # each once, however often a damaged list names it
        page = stream[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
        if len(page) == _PAGE and any(sign in page for sign in kind.signs):
            yield from _runs_on(page, kind)


def _runs_on(page: bytes, kind: Runs) -> Iterator[tuple[int, int, set[int]]]:
    count = page[-1]
    entries = 4 * (count + 1)
    if entries + kind.entry * count >= _PAGE:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for run in range(count):
        at = page[entries + kind.entry * run] * 2
        codes = _codes(_changes(page, at, kind.paragraphs), kind.rules) if at else None
        if codes:
            yield bounds[run], bounds[run + 1], codes


def _changes(page: bytes, at: int, paragraph: bool) -> bytes:
    size = page[at]
    if not paragraph:
        return page[at + 1 : at + 1 + size]
    if size:
        return page[at + 3 : at + 2 * size]  # after the style's number
    return page[at + 4 : at + 2 + 2 * page[at + 1]] if at + 1 < _PAGE else b""


def _codes(changes: bytes, rules: Mapping[int, Rule]) -> set[int]:
    """What the changes tell, the later ones over the earlier."""
    found, at = set[int](), 0
    while at + 3 <= len(changes):
        code = int.from_bytes(changes[at : at + 2], "little")
        at += 2
        size = _operand(code, changes, at)
        if code in rules:
            told, holds = rules[code]
            if holds(changes[at : at + size]):
                found.add(told)
            elif told != SHADED:  # of several grounds one is enough
                found.discard(told)
        at += size
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
