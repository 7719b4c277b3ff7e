"""Rows of an XLSX's sheet, as bytes of XML, into lines of text: one pass of numpy, no object a cell.

Exact or not at all: the tags must follow each other as in the grammar below, nothing may stand between them but a
cell's value, and every attribute of a cell must be known. ``Unusual`` is raised for all else.
"""

from __future__ import annotations

import re
from typing import Any, Final, Protocol

import numpy as np

from pipelines.extractors.xlsx_strings import Texts, Unusual

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Places = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Words = np.ndarray[Any, np.dtype[np.uint32]]

PADDING: Final = bytes(32)
_TAGS: Final = {
    "v>": 0,
    "/v>": 1,
    "/c>": 2,
    "is>": 3,
    "t>": 4,
    "/t>": 5,
    "/is>": 6,
    "/row": 7,
    "c r=": 8,
    "row ": 10,
    "row>": 10,
    "f>": 12,
    "/f>": 13,
    "t xm": 15,
}
_V, _CLOSE_V, _CLOSE_C, _IS, _T, _CLOSE_T, _CLOSE_IS, _CLOSE_ROW, _C, _EMPTY_C, _ROW, _EMPTY_ROW = range(12)
_F, _CLOSE_F, _EMPTY_F, _KEPT_T = 12, 13, 14, 15
_NEXT: Final = {
    _ROW: (_C, _EMPTY_C, _CLOSE_ROW),
    _EMPTY_ROW: (_ROW, _EMPTY_ROW),
    _CLOSE_ROW: (_ROW, _EMPTY_ROW),
    _C: (_V, _IS, _F, _EMPTY_F, _CLOSE_C),
    _EMPTY_C: (_C, _EMPTY_C, _CLOSE_ROW),
    _CLOSE_C: (_C, _EMPTY_C, _CLOSE_ROW),
    _F: (_CLOSE_F,),
    _CLOSE_F: (_V, _CLOSE_C),
    _EMPTY_F: (_V, _CLOSE_C),
    _V: (_CLOSE_V,),
    _CLOSE_V: (_CLOSE_C,),
    _IS: (_T, _KEPT_T),
    _T: (_CLOSE_T,),
    _KEPT_T: (_CLOSE_T,),
    _CLOSE_T: (_CLOSE_IS,),
    _CLOSE_IS: (_CLOSE_C,),
}
_FOLLOWS: Final = np.zeros((16, 16), bool)
for _tag, _after in _NEXT.items():
    _FOLLOWS[_tag, list(_after)] = True
_HOLDS_TEXT: Final = np.isin(np.arange(16), (_V, _T, _KEPT_T, _F))


_MAY_BE_EMPTY: Final = np.isin(np.arange(16), (_C, _ROW))


def _word(text: str) -> int:
    return int.from_bytes(text.encode().ljust(4, b"\0"), "little")


_KEYS: Final = np.array(sorted(map(_word, _TAGS)), np.uint32)
_CODES: Final = np.array([_TAGS[k] for k in sorted(_TAGS, key=_word)], np.int64)
_MASKS: Final = np.array([0, 0, 0, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF], np.uint32)
_ROWS: Final = re.compile(rb'<row(?: r="[1-9][0-9]{0,6}")?+(?: (?!r=)[\w:.]+="[^"<>&]*+")*+ ?/?>')
_FORMULAS: Final = re.compile(rb'<f(?: [\w:.]+="[^"<>]*+")*+ ?/?>')
_REFERENCES: Final = re.compile(rb"&(?:amp|lt|gt|quot|apos|#[1-9][0-9]{0,4});")
_KEPT: Final = b'<t xml:space="preserve">'
_STYLE, _TYPE, _SHORT = _word(' s="'), _word(' t="'), 0xFFFF
_NUMBER, _SHARED, _INLINE, _FORMULA, _TRUTH, _ERROR = b"nsitbe"
_KINDS: Final = {_word(f'{chr(kind)}"'): kind for kind in (_NUMBER, _SHARED, _TRUTH, _ERROR)}
_QUOTE, _SLASH, _ZERO, _A, _SPACE, _TAB, _BREAK = b'"/0A \t\n'
_MOST_DIGITS: Final = 15  # of a number that is written as a person sees it
_BYTES: Final = 4  # of a character, at most
NONE: Final = -1  # no style is named


class Book(Protocol):
    """What cells refer to."""

    @property
    def strings(self) -> Texts: ...
    def plain(self, styles: Places) -> Flags:
        """Whether numbers of these styles are shown as they are written."""

    def text(self, kind: str, style: int, value: str) -> str:
        """A cell's text."""


class Rows:
    """Cells of some rows, each with its place, type, and the span of its value."""

    def __init__(self, chunk: bytes) -> None:
        self.chunk = chunk
        self._sure = b"&" not in chunk and b"_x" not in chunk  # that texts are what they are written as
        self.data: Bytes = np.frombuffer(chunk + PADDING, np.uint8)
        self.words: Words = np.ndarray((len(self.data) - 3,), "<u4", self.data, strides=(1,))
        self._tags()
        self._cells()
        self._values()

    def _tags(self) -> None:
        data = self.data
        self.left, self.right = np.flatnonzero(data == ord("<")), np.flatnonzero(data == ord(">"))
        left, right = self.left, self.right
        if len(left) != len(right) or not len(left) or left[0] or right[-1] != len(self.chunk) - 1:
            raise Unusual
        keys = self.words.take(left + 1) & _MASKS.take(np.minimum(right - left + 1, 5), mode="clip")
        keys[(keys & _SHORT) == _word("f ")] = _word("f>")
        found = np.minimum(_KEYS.searchsorted(keys), len(_KEYS) - 1)
        codes, closed = _CODES.take(found), data.take(right - 1) == _SLASH
        codes += closed & _MAY_BE_EMPTY.take(codes)
        codes[(codes == _F) & closed] = _EMPTY_F
        gap = left[1:] - right[:-1]
        if (
            (_KEYS.take(found) != keys).any()
            or (right <= left).any()
            or not _FOLLOWS.take(codes[:-1] * 16 + codes[1:]).all()
            or not ((gap == 1) | ((gap > 1) & _HOLDS_TEXT.take(codes[:-1]))).all()
            or codes[0] not in (_ROW, _EMPTY_ROW)
            or codes[-1] not in (_CLOSE_ROW, _EMPTY_ROW)
        ):
            raise Unusual
        self.codes = codes
        self._check_attributes()

    def _check_attributes(self) -> None:
        counts = np.bincount(self.codes, minlength=16)
        closes = self.codes == _CLOSE_ROW
        if (self.right[closes] - self.left[closes] != len("</row")).any():
            raise Unusual
        self.tags_of_rows = _ROWS.findall(self.chunk)
        if len(self.tags_of_rows) != counts[_ROW] + counts[_EMPTY_ROW]:
            raise Unusual
        formulas = counts[_F] + counts[_EMPTY_F]
        if formulas and len(_FORMULAS.findall(self.chunk)) != formulas:
            raise Unusual
        if formulas and len(_REFERENCES.findall(self.chunk)) != self.chunk.count(b"&"):
            raise Unusual
        if counts[_KEPT_T] and self.chunk.count(_KEPT) != counts[_KEPT_T]:
            raise Unusual

    def _cells(self) -> None:
        """Each cell's column, row, style and type; its tag must hold nothing else."""
        data, words = self.data, self.words
        self.tag = np.flatnonzero((self.codes == _C) | (self.codes == _EMPTY_C))
        at = self.left[self.tag] + len('<c r="')
        letters = at.copy()
        self.col = self._letters(at)
        digits = at.copy()
        self.row = self._digits(at, 7)
        fine = (data[letters - 1] == _QUOTE) & (digits > letters) & (at > digits) & (data[digits] != _ZERO)
        fine &= data[at] == _QUOTE
        at += 1
        self.style = np.full(len(at), NONE)
        named = np.flatnonzero(words[at] == _STYLE)
        if len(named):
            there = at[named] + 4
            begin = there.copy()
            self.style[named] = self._digits(there, 5)
            fine[named] &= (there > begin) & (data[there] == _QUOTE)
            at[named] = there + 1
        self.kind = np.full(len(at), _NUMBER, np.uint8)
        typed = np.flatnonzero(words[at] == _TYPE)
        if len(typed):
            at[typed] = self._kinds(typed, at[typed] + 4)
        at += data[at] == _SLASH
        if not (fine & (at == self.right[self.tag])).all():
            raise Unusual

    def _letters(self, at: Places) -> Places:
        """A column's number; ``at`` is moved behind its letters."""
        value = np.zeros(len(at), np.int64)
        for _ in range(3):
            letter = self.data[at] - np.uint8(_A)
            fits = letter < 26
            if not fits.any():
                break
            value = np.where(fits, value * 26 + letter + 1, value)
            at += fits
        return value

    def _digits(self, at: Places, most: int) -> Places:
        """A number; ``at`` is moved behind its digits."""
        value = np.zeros(len(at), np.int64)
        for _ in range(most):
            digit = self.data[at] - np.uint8(_ZERO)
            fits = digit < 10
            if not fits.any():
                break
            value = np.where(fits, value * 10 + digit, value)
            at += fits
        return value

    def _kinds(self, typed: Places, at: Places) -> Places:
        """Reads the types, the first letter of each ("t" of str); returns the places behind them."""
        words, behind = self.words, np.zeros(len(at), np.int64)
        for word, kind in _KINDS.items():
            here = (words[at] & _SHORT) == word
            self.kind[typed[here]] = kind
            behind[here] = at[here] + 2
        for name, kind in (("str", _FORMULA), ("inlineStr", _INLINE)):
            here = words[at] == _word(f'{name}"'[:4])
            if name == "inlineStr":
                here &= (words[at + 4] == _word("neSt")) & ((words[at + 8] & _SHORT) == _word('r"'))
            self.kind[typed[here]] = kind
            behind[here] = at[here] + len(name) + 1
        if not behind.all():
            raise Unusual
        return behind

    def _values(self) -> None:
        """Where the cells that hold something have it; the others are left out from here on."""
        codes = np.append(self.codes, np.zeros(4, np.int8))
        tag = self.tag
        after = codes[tag + 1]
        step = np.where(after == _F, 3, np.where(after == _EMPTY_F, 2, 1))
        open_ = tag + np.where(after == _IS, 2, step)
        empty = (codes[tag] == _EMPTY_C) | ~((after == _IS) | (codes[open_] == _V))
        inline = (after == _IS) & ~empty
        if (inline != (self.kind == _INLINE)).any():
            raise Unusual
        open_[empty] = 0
        begin, end = self.right[open_] + 1, self.left[np.minimum(open_ + 1, len(self.left) - 1)]
        size = np.where(empty, 0, end - begin)
        if (inline & (size == 0)).any():
            raise Unusual  # whether it is an empty text or no cell
        self.far = tuple(
            int(each) for where in (self.col, self.row) for each in (where.min(initial=1 << 30), where.max(initial=0))
        )
        keep = (size > 0) | (~empty & (self.kind == _FORMULA))
        self.begin, self.size, self.kind, self.style = begin[keep], size[keep], self.kind[keep], self.style[keep]
        self.col, self.row = self.col[keep], self.row[keep]

    def text(self, book: Book, most: int) -> str:
        """The lines, from the first row that has a cell and from the leftmost column among them."""
        down, right = np.diff(self.row, prepend=self.row[:1]), np.diff(self.col, prepend=0)
        first = down > 0
        if (down < 0).any() or ((right <= 0) & ~first).any():
            raise Unusual
        first[:1] = True
        tabs = np.where(first, self.col - self.col.min(), right)
        shared = self.kind == _SHARED
        direct = self._as_written(book)
        special = np.flatnonzero(~(shared | direct))
        size, begin = self.size.copy(), self.begin
        own = self._special(special, book)
        size[special] = [len(each) for each in own]
        strings = book.strings if shared.any() else None
        if strings is not None:
            at = begin[shared]
            index = self._digits(at, 7)
            if (at != begin[shared] + size[shared]).any() or index.max() >= len(strings.sizes):
                raise Unusual
            size[shared] = strings.sizes[index]
        end = np.cumsum(down + tabs + size)
        start = end - size
        if end[-1] > _BYTES * most:
            raise Unusual
        out = np.full(int(end[-1]), _TAB, np.uint8)
        breaks = start - tabs - down
        many = down > 0
        _fill(out, breaks[many], down[many])
        _copy(out, start[direct], self.data, begin[direct], size[direct])
        if strings is not None:
            _copy(out, start[shared], strings.data, strings.begins[index], size[shared])
        if len(special):
            bound = np.cumsum(size[special])
            _copy(out, start[special], np.frombuffer(b"".join(own), np.uint8), bound - size[special], size[special])
        lines = out.tobytes().decode()
        within = lines.count("\n") != down.sum() or lines.count("\t") != tabs.sum()
        if self._sure and (within or not lines.replace("\t", "").replace("\n", "").isprintable()):
            self._sure = False  # a line's end within a cell, a wide blank before a name, …
            return self.text(book, most)
        return lines

    def _as_written(self, book: Book) -> Flags:
        """Which cells' text is their value, byte by byte."""
        data, begin, size = self.data, self.begin, self.size
        last = data[begin + size - 1]
        number: Flags = (self.kind == _NUMBER) & (size <= _MOST_DIGITS) & ((data[begin] != _ZERO) | (size == 1))
        if number.any():
            at = begin.copy()
            self._digits(at, _MOST_DIGITS)
            number = number & (at == begin + size) & book.plain(self.style)
        text = (self.kind == _INLINE) | (self.kind == _FORMULA)
        if not self._sure or not text.any():
            return number
        text = text & (data[begin] > _SPACE) & (last > _SPACE) & (size > 0)
        written: Flags = number | text
        return written

    def _special(self, cells: Places, book: Book) -> list[bytes]:
        kinds, styles = map(chr, self.kind[cells].tolist()), self.style[cells].tolist()
        spans = zip(self.begin[cells].tolist(), self.size[cells].tolist(), strict=True)
        values = [self.chunk[at : at + size].decode() for at, size in spans]
        return [book.text(*each).encode() for each in zip(kinds, styles, values, strict=True)]


def _fill(out: Bytes, at: Places, counts: Places) -> None:
    before = np.cumsum(counts) - counts
    out[np.repeat(at - before, counts) + np.arange(int(counts.sum()))] = _BREAK


def _copy(out: Bytes, to: Places, source: Bytes, begin: Places, sizes: Places) -> None:
    """Spans of ``source`` to their places."""
    before = np.cumsum(sizes) - sizes
    along = np.arange(int(sizes.sum()))
    out[np.repeat(to - before, sizes) + along] = source[np.repeat(begin - before, sizes) + along]
