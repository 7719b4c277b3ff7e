"""Texts in binary records whose layout is not followed: at each place, is this a count with that many characters
behind it that can be seen?

The time is in proportion to the bytes: where characters that can be seen begin and end is found once for a record.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Final

from pipelines.extractors.rows import flat

_LEAST, _LONGEST = 2, 32_767  # characters; Excel's longest
_MOST: Final = 1_000_000  # bytes of a record: more is damage
_NARROW: Final = re.compile(rb"([\t\n\r\x20-\x7e]+)")
# UTF-16, little end first: Latin, and all but controls and private characters. What is none is passed in twos, too.
_WIDE: Final = re.compile(rb"((?:[\t\n\r\x20-\x7e\xa0-\xff]\x00|.[\x01-\xdf\xf9-\xff])+)|..", re.DOTALL)


class _Runs:
    """Stretches of characters that can be seen."""

    def __init__(self, pattern: re.Pattern[bytes], data: bytes, begin: int = 0) -> None:
        spans = [found.span(1) for found in pattern.finditer(data, begin) if found[1]]
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]

    def reach(self, start: int, end: int) -> bool:
        """Whether one goes from a place to another."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._ends[at]


def wide_texts(data: bytes) -> Iterator[str]:
    """Of UTF-16, counted in four bytes, as in an XLSB."""
    data = data[:_MOST]
    runs = _Runs(_WIDE, data), _Runs(_WIDE, data, 1)

    def text_at(at: int) -> tuple[int, int]:
        count, start = struct.unpack_from("<I", data, at)[0], at + 4
        end = start + 2 * count
        return (start, end) if _LEAST <= count <= _LONGEST and runs[start & 1].reach(start, end) else (0, 0)

    return _texts(data, text_at, lambda raw, _: raw.decode("utf-16-le", "replace"))


def flagged_texts(data: bytes) -> Iterator[str]:
    """Counted in two bytes and followed by one that is 1 for UTF-16, 0 for a byte a character, as in an XLS."""
    data = data[:_MOST]
    wide, narrow = (_Runs(_WIDE, data), _Runs(_WIDE, data, 1)), _Runs(_NARROW, data)

    def text_at(at: int) -> tuple[int, int]:
        (count, flag), start = struct.unpack_from("<HB", data, at), at + 3
        end = start + (2 * count if flag else count)
        runs = wide[start & 1] if flag else narrow
        return (start, end) if flag <= 1 and _LEAST <= count <= _LONGEST and runs.reach(start, end) else (0, 0)

    return _texts(data, text_at, lambda raw, start: raw.decode("utf-16-le" if data[start - 1] else "ascii", "replace"))


def _texts(
    data: bytes, text_at: Callable[[int], tuple[int, int]], decoded: Callable[[bytes, int], str]
) -> Iterator[str]:
    at = 0
    while at + 4 <= len(data):
        start, end = text_at(at)
        if end:
            yield flat(decoded(data[start:end], start))
        at = end or at + 1
