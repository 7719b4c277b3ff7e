"""Values of forms, samples and documentation: listed ones, and those people make up without thinking.

>>> is_sample("13800138000"), is_sample("123456789012345678"), is_sample("11010519491231002x"), is_sample("13955261784")
(True, True, True, False)
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from patterns.characters import is_digits
from patterns.lexicons import words
from patterns.resident_id import upgrade15

_ASCENDING: Final = "01234567890123456789012345"
_DESCENDING: Final = _ASCENDING[::-1]
_MADE_UP: Final = re.compile(
    r"(\d)\1{5,}"  # 111111
    r"|(\d{2,6}?)\2{2,}"  # 121212, 123412341234
    r"|1[3-9]\d(?:12345678|87654321|(\d)\3{7})"
    r"|\d{3,8}?(\d)\4{8,}"  # 622848 and a row of one digit
)


def is_sample(compact: str) -> bool:
    """Whether a whole compact value (digits, perhaps a final X) is a sample."""
    value = compact.lower()
    if value in _listed():
        return True
    if not is_digits(value) or len(value) < 6:
        return False
    return value in _ASCENDING or value in _DESCENDING or _MADE_UP.fullmatch(value) is not None


@cache
def _listed() -> frozenset[str]:
    """A sample of fifteen digits also as the eighteen that it is compared as."""
    listed = words("sample_values")
    return frozenset((*listed, *(upgrade15(word).lower() for word in listed if len(word) == 15)))
