"""The run table: every run of ASCII digits in a batch of texts, found on the contiguous UTF-8 buffer.

Types first: a :class:`Runs` is a table of columns (structure of arrays), one row a run, in order of position. All
offsets are bytes into ``buf``, which is the batch's text padded with ``PAD`` zero bytes at both ends so that a look
at a neighbour needs no bounds check. A run never crosses a record: Arrow's strings lie side by side without a
separator, so a run that does is cut at the boundary. Full-width digits and zero-width characters are none of its
business: :mod:`patterns.folding` has put them away.

The loop at its simplest is ``flatnonzero(isdigit[1:] != isdigit[:-1])``; it works in blocks of 256 KiB so that the
temporary arrays stay in the cache (2 GB/s a core against 0.9 without).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

PAD: Final = 64
_BLOCK: Final = 1 << 18

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Runs:
    buf: Bytes
    bounds: Offsets  # [records + 1] where each record's text begins and the last one ends, in buf
    start: Offsets
    stop: Offsets
    record: Offsets  # row in the batch
    gap: NDArray[np.uint8]  # class of what parts a run from the next one, see GAP_*
    length: Bytes  # digits, at most 255: one byte, because every question reads this column
    prior: Bytes  # the byte in front of a run, the byte behind: looked up once, asked for by many; at a record's edge
    next: Bytes  # they are the neighbour's, so what relies on them checks the bounds

    @classmethod
    def of(cls, buf: Bytes, bounds: Offsets, start: Offsets, stop: Offsets, record: Offsets) -> Runs:
        length = np.minimum(stop - start, 255).astype(np.uint8)
        behind = buf[stop]
        gap = _gaps(buf, start, stop, record, behind)
        return cls(buf, bounds, start, stop, record, gap, length, buf[start - 1], behind)

    def take(self, index: Offsets | NDArray[np.intp]) -> Runs:
        """The rows named, as a run table of the same buffer."""
        offsets = self.start[index], self.stop[index], self.record[index]
        around = self.prior[index], self.next[index]
        return Runs(self.buf, self.bounds, *offsets, self.gap[index], self.length[index], *around)


GAP_BAD: Final = 0  # words, another record, too far
GAP_SPACE: Final = 1  # blanks: space, no-break, ideographic; also one line break with blanks around it
GAP_DASH: Final = 2  # - – — － ‐ · . between digits
GAP_CELL: Final = 3  # a tab: the next cell

_BLANKS: Final = (" ", "\u00a0", "\u3000", "\u2002", "\u2003", "\u2009")
_BREAKS: Final = ("\n", "\r\n")
_DASHES: Final = ("-", "–", "—", "－", "‐", "‑", "−", "·", ".", "．", "_")


def _gap_strings() -> dict[bytes, int]:
    """Every byte string of at most eight bytes that may part the digits of one number, with its class."""
    classes: dict[str, int] = {}
    for one in _BLANKS:
        for count in range(1, 5):
            classes[one * count] = GAP_SPACE
    for one in _BREAKS:
        classes[one] = GAP_SPACE
        for before in ("", " ", "  "):
            for after in ("", " ", "  ", "\u3000", "\u3000\u3000", "    "):
                classes[before + one + after] = GAP_SPACE
    for one in _DASHES:
        classes[one] = GAP_DASH
        for before in ("", " "):
            for after in ("", " "):
                classes[before + one + after] = GAP_DASH
    classes["\t"] = GAP_CELL
    return {text.encode(): kind for text, kind in classes.items() if len(text.encode()) <= 8}


def _packed(strings: dict[bytes, int]) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """The gap strings as sorted 64-bit words (zero padded), and the class of each."""
    rows = sorted((int.from_bytes(text, "little"), kind) for text, kind in strings.items())
    return np.array([word for word, _ in rows], np.uint64), np.array([kind for _, kind in rows], np.uint8)


_WORDS, _CLASSES = _packed(_gap_strings())
_ONE_BYTE: Final = np.zeros(256, np.uint8)
for _text, _kind in _gap_strings().items():
    if len(_text) == 1:
        _ONE_BYTE[_text[0]] = _kind
_GAP_LEAD: Final = np.zeros(256, np.bool_)  # a byte that may begin a gap of two bytes or more
for _text in _gap_strings():
    if len(_text) > 1:
        _GAP_LEAD[_text[0]] = True
_MASKS: Final = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)


def pad(data: Bytes) -> Bytes:
    """A copy of the text with PAD zero bytes at both ends."""
    out = np.zeros(len(data) + 2 * PAD, np.uint8)
    out[PAD : PAD + len(data)] = data
    return out


def find(buf: Bytes, bounds: Offsets) -> Runs:
    """The run table of a padded buffer whose records begin and end at ``bounds`` (in order, without gaps)."""
    edges = _edges(buf)
    start, stop = _cut(edges[0::2], edges[1::2], bounds)
    counts = np.searchsorted(start, bounds)
    record = np.repeat(np.arange(len(bounds) - 1, dtype=np.int64), np.diff(counts))
    return Runs.of(buf, bounds, start, stop, record)


def positions(buf: Bytes, byte: int) -> Offsets:
    """Where a byte stands."""
    found = [np.flatnonzero(buf[at : at + _BLOCK] == byte) + at for at in range(0, len(buf), _BLOCK)]
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def tabs_and_breaks(buf: Bytes) -> Offsets:
    """Where tabs and line breaks stand: bytes 9 and 10."""
    room = np.empty(_BLOCK, np.uint8)
    found = []
    for at in range(0, len(buf), _BLOCK):
        block = buf[at : at + _BLOCK]
        either = np.less(np.subtract(block, 9, out=room[: len(block)]), 2)
        found.append(np.flatnonzero(either) + at)
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _edges(buf: Bytes) -> Offsets:
    """Where digits begin and end, alternating. The padding makes the number of edges even."""
    found = []
    room = np.empty((3, _BLOCK + 1), np.uint8)  # for each block the same, so that it stays in the cache
    for at in range(0, len(buf) - 1, _BLOCK):
        block = buf[at : at + _BLOCK + 1]
        moved, digit, edge = room[:, : len(block)]
        np.less(np.subtract(block, 48, out=moved), 10, out=digit.view(np.bool_))
        np.not_equal(digit[1:], digit[:-1], out=edge[1:].view(np.bool_))
        found.append(np.flatnonzero(edge[1:].view(np.bool_)) + (at + 1))
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _cut(start: Offsets, stop: Offsets, bounds: Offsets) -> tuple[Offsets, Offsets]:
    """Cuts the runs that cross a record's boundary."""
    at = np.searchsorted(stop, bounds, side="right")
    inside = at < len(start)
    inside[inside] &= start[at[inside]] < bounds[inside]
    cuts = np.unique(bounds[inside])  # an empty record names a boundary twice
    if not len(cuts):
        return start, stop
    return np.sort(np.concatenate([start, cuts])), np.sort(np.concatenate([stop, cuts]))


def _gaps(buf: Bytes, start: Offsets, stop: Offsets, record: Offsets, behind: Bytes) -> NDArray[np.uint8]:
    """The class of the gap behind each run, which begins with the byte ``behind``; GAP_BAD behind the last of a
    record."""
    gap = np.zeros(len(start), np.uint8)
    if len(start) < 2:
        return gap
    width = start[1:] - stop[:-1]
    same = record[1:] == record[:-1]
    np.multiply(_ONE_BYTE[behind[:-1]], (width == 1) & same, out=gap[:-1])
    more = np.flatnonzero((width > 1) & (width <= 8) & same)
    more = more[_GAP_LEAD[behind[more]]]
    if len(more):
        gap[more] = _class_of(buf, stop[more], width[more])
    return gap


def _class_of(buf: Bytes, at: Offsets, width: Offsets) -> NDArray[np.uint8]:
    raw = np.ascontiguousarray(buf[at[:, None] + np.arange(8)]).view("<u8").reshape(-1)
    word = raw & _MASKS[width]
    where = np.minimum(np.searchsorted(_WORDS, word), len(_WORDS) - 1)
    return np.where(_WORDS[where] == word, _CLASSES[where], GAP_BAD).astype(np.uint8)
