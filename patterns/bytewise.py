"""Characters looked for at given bytes of the buffer: each is the number that its bytes make."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from patterns.runs import Bytes, Offsets


def marks(text: str) -> NDArray[np.uint32]:
    """Each character as the number its two or three UTF-8 bytes make."""
    return np.array(sorted(int.from_bytes(mark.encode(), "little") for mark in text), np.uint32)


def word(buf: Bytes, at: Offsets, width: int) -> NDArray[np.uint32]:
    """The bytes at each offset, four at most, as one number. The buffer goes on for four bytes behind each offset."""
    fours = np.ndarray((len(buf) - 3,), "<u4", buf, strides=(1,))  # one that begins at every byte, nothing copied
    words: NDArray[np.uint32] = fours[at] & np.uint32((1 << (8 * width)) - 1)
    return words


def word_at(buf: Bytes, at: Offsets) -> NDArray[np.uint32]:
    """The three bytes at each offset as one number: a Chinese character."""
    return word(buf, at, 3)


def among(words: NDArray[np.uint32], marks: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether each word is one of the marks: ``np.isin`` with marks in order costs several times as much."""
    if not len(marks):
        return np.zeros(len(words), np.bool_)
    found: NDArray[np.bool_] = marks[np.minimum(np.searchsorted(marks, words), len(marks) - 1)] == words
    return found


class Characters:
    """Characters of two or three bytes, looked for at given places: most are told by their first two bytes."""

    def __init__(self, text: str) -> None:
        self._three = marks("".join(mark for mark in text if len(mark.encode()) == 3))
        self._two = np.zeros(1 << 16, np.bool_)
        self._two[marks("".join(mark for mark in text if len(mark.encode()) == 2))] = True
        self._begins = np.zeros(1 << 16, np.bool_)
        self._begins[self._three & 0xFFFF] = True

    def width(self, buf: Bytes, at: Offsets) -> Offsets:
        """The bytes of the one that stands at each place; 0 for none."""
        lead = word(buf, at, 2)
        width = np.where(self._two[lead], 2, 0)
        three = np.flatnonzero(self._begins[lead])
        width[three[among(word_at(buf, at[three]), self._three)]] = 3
        return width

    def lead(self) -> NDArray[np.bool_]:
        """[256] whether a byte begins one."""
        begins: NDArray[np.bool_] = np.any((self._two | self._begins).reshape(256, 256), axis=0)
        return begins
