"""Short numbers mean something only beside their word: 护照 before E12345678, QQ before 12345678."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

REACH: Final = 20  # characters before a value in which its word must stand


def matcher(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words, the longest first, in any case."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))), re.I)


def has_word(text: str, start: int, words: re.Pattern[str], reach: int = REACH) -> bool:
    """Whether one of the words stands in the ``reach`` characters before ``start``.

    >>> has_word("护照号码：E12345678", 5, matcher(["护照"]))
    True
    """
    return words.search(text, max(0, start - reach), start) is not None
