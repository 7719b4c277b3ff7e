"""Full-width digits and characters nobody sees, folded where they occur, with a map back to the original offsets.

Full-width forms become ASCII one code point for one; zero-width characters go, and then offsets need the map. Both are
rare: the pass over all text tells where they occur (patterns.anchors), and just the records that have them are folded.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from patterns import anchors
from patterns.anchors import Said
from patterns.characters import INVISIBLE
from patterns.runs import Bytes, Offsets

_FIRST_WIDE: Final = anchors.WORDS.index(anchors.WIDE[0])
_FIRST_UNSEEN: Final = anchors.WORDS.index(anchors.UNSEEN[0])
_WIDTHS: Final = np.array([len(char.encode()) for char in anchors.UNSEEN])  # bytes of each
_WIDE: Final = {
    code: chr(code - 0xFEE0)
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "．＠－＋＊＿"))
}
_TABLE: Final = _WIDE | dict.fromkeys(map(ord, INVISIBLE))
_INVISIBLE: Final = frozenset(INVISIBLE)


def records(buf: Bytes, bounds: Offsets, said: Said) -> Offsets:
    """The records that hold a full-width digit or ＠, or in which an invisible character stands beside a digit."""
    fold = said.word >= _FIRST_WIDE
    unseen = np.flatnonzero(said.word >= _FIRST_UNSEEN)
    record, end = said.record[unseen], said.end[unseen]
    before = end - _WIDTHS[said.word[unseen] - _FIRST_UNSEEN] - 1
    fold[unseen] = (buf[before] - 48 < 10) & (before >= bounds[record])
    fold[unseen] |= (buf[end] - 48 < 10) & (end < bounds[record + 1])
    return np.unique(said.record[fold])


def fold(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and where each of its characters stood; None when none has moved.

    >>> fold("３４０３０２")
    ('340302', None)
    >>> folded, where = fold("34\\u200b03")
    >>> folded, where
    ('3403', [0, 1, 3, 4])
    """
    folded = text.translate(_TABLE)
    if len(folded) == len(text):
        return folded, None
    return folded, [at for at, char in enumerate(text) if char not in _INVISIBLE]
