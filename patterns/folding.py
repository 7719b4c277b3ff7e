"""Full-width digits and characters nobody sees, folded where they occur, with a map back to the original offsets.

Full-width forms become ASCII one code point for one; zero-width characters go, and then offsets need the map. Both are
rare: the pass over all text tells where they occur (patterns.anchors), and just the records that have them are folded.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from patterns import anchors
from patterns.anchors import Said
from patterns.bytewise import Characters
from patterns.characters import INVISIBLE
from patterns.runs import Offsets, Runs

_FIRST_WIDE: Final = anchors.WORDS.index(anchors.WIDE[0])
_WIDE: Final = {
    code: chr(code - 0xFEE0)
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "．＠－＋＊＿"))
}
_TABLE: Final = _WIDE | dict.fromkeys(map(ord, INVISIBLE))
_INVISIBLE: Final = frozenset(INVISIBLE)
_UNSEEN: Final = Characters(INVISIBLE)
_LEADS: Final = np.zeros(256, np.bool_)
_LEADS[[c.encode()[0] for c in INVISIBLE]] = True
_ENDS: Final = np.zeros(256, np.bool_)
_ENDS[[c.encode()[-1] for c in INVISIBLE]] = True


def wide_records(said: Said) -> Offsets:
    """The records that hold a full-width digit or ＠."""
    return np.unique(said.record[said.word >= _FIRST_WIDE])


def unseen_records(runs: Runs) -> Offsets:
    """The records in which an invisible character stands beside a digit."""
    behind = runs.stop[_LEADS[runs.next]]
    before = runs.start[_ENDS[runs.prior]]
    at = np.concatenate([behind, before - 3, before - 2])
    return np.unique(np.searchsorted(runs.bounds, at[_UNSEEN.width(runs.buf, at) > 0], side="right") - 1)


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
