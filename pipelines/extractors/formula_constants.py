"""The texts and numbers that a formula holds itself, in Excel's binary formats ([MS-XLS] 2.5.198, [MS-XLSB] 2.5.97).

A formula is tokens, each a byte that says what it is and a length that hangs on it alone: those that are no constants
are passed over. The cells of constant tables ({"a","b"}) stand behind the tokens.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from pipelines.extractors.cells import number
from pipelines.extractors.rows import flat

_TEXT, _ATTRIBUTE, _INTEGER, _NUMBER, _ARRAY = 0x17, 0x19, 0x1E, 0x1F, 0x20
_CLASSES: Final = 0x60  # bits that say what a token's value is wanted for
_CHOOSE: Final = 0x04  # an attribute with a table of jumps behind it
_LEAST: Final = 100_000  # a smaller number says nothing of anybody
_BOTH: Final[Mapping[int, int]] = {
    **dict.fromkeys(range(0x03, 0x17), 0), 0x01: 4, 0x02: 4, 0x1C: 1, 0x1D: 1, 0x21: 2, 0x22: 3, 0x23: 4,
    0x26: 6, 0x27: 6, 0x28: 6, 0x29: 2, 0x39: 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Format:
    """How a format differs: the lengths of its tokens, how a text is counted, what begins a table's text and number."""

    lengths: Mapping[int, int]
    wide: bool  # a text is always of two bytes a character, counted in two
    first_cell: int  # of a constant table, in the bytes behind the tokens
    text: int
    number: int
    others: Mapping[int, int]  # length by kind of a table's other cells


_CELL, _AREA = (0x24, 0x2A, 0x2C), (0x25, 0x2B, 0x2D)
XLS: Final = _Format(
    {**_BOTH, **dict.fromkeys(_CELL, 4), **dict.fromkeys(_AREA, 8), _ARRAY: 7, 0x3A: 6, 0x3C: 6, 0x3B: 10, 0x3D: 10},
    wide=False, first_cell=3, text=0x02, number=0x01, others={0x00: 8, 0x04: 8, 0x10: 8},
)  # fmt: skip
XLSB: Final = _Format(
    {**_BOTH, **dict.fromkeys(_CELL, 6), **dict.fromkeys(_AREA, 12), _ARRAY: 14, 0x3A: 8, 0x3C: 8, 0x3B: 14, 0x3D: 14},
    wide=True, first_cell=8, text=0x01, number=0x00, others={0x02: 1, 0x04: 4},
)  # fmt: skip


def constants(tokens: bytes, behind: bytes, form: _Format) -> list[str]:
    """The constants of a formula, each in one line, as far as it can be followed. ``behind``: its constant tables."""
    found, tables = list[str](), 0
    with suppress(struct.error, KeyError):
        for text, is_table in _tokens(tokens, form):
            found += [text] if text else []
            tables += is_table
    with suppress(struct.error, KeyError):
        if tables:
            found += [text for text in _table(behind, form) if text]
    return found


def _tokens(data: bytes, form: _Format) -> Iterator[tuple[str, bool]]:
    """The text of each token, "" for most, and whether it is a constant table."""
    at = 0
    while at < len(data):
        token = data[at]
        kind = token & 0x1F | 0x20 if token & _CLASSES else token
        at += 1
        if kind == _TEXT:
            text, at = _text(data, at, "<H" if form.wide else "<B", form)
            yield text, False
        elif kind == _INTEGER:
            at += 2
        elif kind == _NUMBER:
            yield _said(struct.unpack_from("<d", data, at)[0]), False
            at += 8
        elif kind == _ATTRIBUTE:
            jumps = struct.unpack_from("<BH", data, at)
            at += 3 + (2 * (jumps[1] + 1) if jumps[0] & _CHOOSE else 0)
        else:
            yield "", kind == _ARRAY
            at += form.lengths[kind]


def _table(data: bytes, form: _Format) -> Iterator[str]:
    at = form.first_cell
    while at < len(data):
        kind, at = data[at], at + 1
        if kind == form.text:
            text, at = _text(data, at, "<H", form)
            yield text
        elif kind == form.number:
            yield _said(struct.unpack_from("<d", data, at)[0])
            at += 8
        else:
            at += form.others[kind]


def _text(data: bytes, at: int, count: str, form: _Format) -> tuple[str, int]:
    """A counted text and the place behind it. A list to choose from is one text, parted by zeros."""
    size: int = struct.unpack_from(count, data, at)[0]
    at += struct.calcsize(count)
    wide = form.wide or bool(struct.unpack_from("<B", data, at)[0] & 1)
    at += not form.wide
    end = at + (2 * size if wide else size)
    if end > len(data):
        raise struct.error("the text ends behind the formula")
    text = data[at:end].decode("utf-16-le" if wide else "latin-1", "replace")
    return "\t".join(flat(each) for each in text.split("\0")), end


def _said(value: float) -> str:
    return number(value) if abs(value) >= _LEAST else ""
