"""The texts of an XLSX: its table of shared strings, and what stands in a cell, as nearly every writer writes them.

Exact or not at all: ``Unusual`` is raised for whatever might be read otherwise elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from pipelines.extractors.rows import flat

_DECLARED: Final = r"""(?:\s+version=["']1\.0["']|\s+encoding=["'](?i:utf-8|us-ascii)["']|\s+standalone=["']\w+["'])*"""
HEAD: Final = rf"\ufeff?(?:<\?xml{_DECLARED}\s*\?>)?\s*"
ATTRIBUTES: Final = r'(?:\ [\w:.]+="[^"<>&]*+")*+\ ?'
_START: Final = re.compile(rf"{HEAD}<sst[^<>]*+>")
_T: Final = r'<t(?:\ xml:space="preserve")?+>'
_LOOK: Final = rf"(?:<rPr/>|<rPr>(?:<\w+{ATTRIBUTES}/>)*+</rPr>)?+"
_ITEM: Final = re.compile(
    rf"""<si>(?:{_T}([^<]*+)</t>|((?:<r>{_LOOK}{_T}[^<]*+</t></r>)++)|<t/>)
    (?:<rPh{ATTRIBUTES}>{_T}[^<]*+</t></rPh>)*+(?:<phoneticPr{ATTRIBUTES}/>)?+</si>
    |\Z|(.)""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)  # plain text, runs of rich text, or one character of anything else
_RUN: Final = re.compile(r"<t(\ xml:space=.preserve.)?>([^<]*)<")
_REFERENCE: Final = re.compile("&(?:(amp|lt|gt|quot|apos)|#(10|13|9|[3-9][0-9]|[1-9][0-9]{2,3}));")
_LENGTH: Final = len("&#20013;")
# Such a reference as one number, its first byte the lowest; and what tells whether its five digits are such.
_FORM, _AROUND = (np.uint64(int.from_bytes(form, "little")) for form in (b"&#\0\0\0\0\0;", b"\xff\xff\0\0\0\0\0\xff"))
_FIVE, _ZEROS = np.uint64((1 << 40) - 1), np.uint64(0x3030303030)
_ROOM, _HIGH = np.uint64(0x7676767676), np.uint64(0x8080808080)
_BITS: Final = {count: np.uint64(count) for count in (6, 8, 12, 16, 24, 32)}
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPE: Final = re.compile("_x(?!000D_)[0-9A-Fa-f]{4}_", re.IGNORECASE)


class Unusual(Exception):
    """Not of the shape that is read here."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Many texts as bytes of UTF-8, one behind the other, each with its begin and size."""

    data: np.ndarray[Any, np.dtype[np.uint8]]
    begins: np.ndarray[Any, np.dtype[np.int64]]
    sizes: np.ndarray[Any, np.dtype[np.int64]]


def shared_strings(part: bytes) -> list[str]:
    """The table, each text in one line."""
    begin = part.find(b">", part.find(b"<sst")) + 1
    if not _START.fullmatch(part[:begin].decode()):
        raise Unusual
    body = wide_references(part[begin:]).decode().rstrip()
    if not body.endswith("</sst>"):
        raise Unusual
    items = _ITEM.findall(body.removesuffix("</sst>"))[:-1]
    texts = [text for text, runs, odd in items if not runs and not odd]
    if len(texts) == len(items) and _are_plain("".join(texts)):
        return texts
    return [_item(*item) for item in items]


def _are_plain(text: str) -> bool:
    """Whether nothing is written otherwise than it stands here; most tables are like that."""
    return "&" not in text and "_x" not in text and " " not in text and text.isprintable()


def texts(lines: Sequence[str]) -> Texts:
    encoded = [line.encode() for line in lines]
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    return Texts(np.frombuffer(b"".join(encoded), np.uint8), np.cumsum(sizes) - sizes, sizes)


def _item(text: str, runs: str, odd: str) -> str:
    if odd:
        raise Unusual
    return plain(text) if not runs else flat("".join(_run(*run) for run in _RUN.findall(runs)))


def _run(kept: str, written: str) -> str:
    """A run's text with its blanks, which count only where the run says so."""
    text = resolved(written)
    if not kept and text != text.strip():
        raise Unusual
    return text


def plain(written: str) -> str:
    """A text as it stands in the XML, in one line.

    >>> plain(" 甲&amp;乙&#10;丙 ")
    '甲&乙 丙'
    """
    return flat(resolved(written) if "&" in written or "_x" in written else written)


def resolved(written: str) -> str:
    """A text without its references and Excel's escape for a carriage return."""
    text, count = _REFERENCE.subn(lambda found: _NAMED[found[1]] if found[1] else chr(int(found[2])), written)
    if count != written.count("&") or _ESCAPE.search(text):
        raise Unusual
    return text.replace("_x000D_", "\r")


def wide_references(part: bytes) -> bytes:
    """UTF-8 with the references of five digits resolved, which are those of Chinese: some writers make one of each
    character. No markup can come of them. Every line's end is made a plain one, as XML says.

    >>> wide_references(b"&#21016;&#183;&#55296;").decode()
    '刘&#183;&#55296;'
    """
    if b"\r" in part:
        part = part.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"&#" not in part or b"\xff" in part:  # which is in no UTF-8
        return part
    data = np.frombuffer(part + b" " * _LENGTH, np.uint8).copy()
    words = np.ndarray(len(part), "<u8", data, strides=(1,))  # of every eight bytes, one byte apart
    at = np.flatnonzero(data == ord("&"))
    word = words[at]
    digits = (word >> _BITS[16] & _FIVE) - _ZEROS
    fits = (word & _AROUND == _FORM) & ((digits | digits + _ROOM) & _HIGH == 0)
    value = (digits << _BITS[24]) * np.uint64(10 << 8 | 1) >> _BITS[8]  # of two digits each
    value = (value & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(100 << 16 | 1) >> _BITS[16]  # of four
    value = (value & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(10_000 << 32 | 1) >> _BITS[32]
    fits &= (value > 9999) & (value < 0xFFFE) & ((value < 0xD800) | (value > 0xDFFF))
    at, value = at[fits], value[fits]
    second, third = value >> _BITS[6] & np.uint64(0x3F), value & np.uint64(0x3F)
    words[at] = np.uint64(0xFFFFFFFFFF8080E0) | value >> _BITS[12] | second << _BITS[8] | third << _BITS[16]
    return data[:-_LENGTH].tobytes().translate(None, b"\xff")
