"""Service numbers (特服号、热线): never a person's telephone.

Three digits for emergencies (110), 12xxx for public services (12345), 100xx for carriers, 95xxx and 95xxxx for
banks and insurers, 96xxx and 96xxxx for local lines, 400 and 800 with seven digits; with an area code in front too
(0552-12345).

>>> is_hotline("12345"), is_hotline("0552-12345"), is_hotline("400-800-8888"), is_hotline("0552-3110110")
(True, True, True, False)
"""

from __future__ import annotations

import re
from typing import Final

from patterns.characters import is_digits, squeeze
from patterns.lexicons import words

HOTLINES: Final = frozenset(words("hotlines"))
_PREFIXES: Final = re.compile(r"9[56]\d{3,4}|95\d{5,6}|[48]00\d{7}|100\d{2,4}|106\d{2,9}|1[12]\d|12\d{3}|11[68]\d{2,3}")
_AREA: Final = re.compile(r"^0(?:10|2\d|[3-9]\d{2})")


def compact(text: str) -> str:
    return squeeze(text).translate(str.maketrans("", "", "()"))


def is_hotline(text: str) -> bool:
    """Whether the whole text is a service number, with or without an area code."""
    number = compact(text)
    if not is_digits(number):
        return False
    return _short(number) or _short(_AREA.sub("", number))


def _short(number: str) -> bool:
    return number in HOTLINES or _PREFIXES.fullmatch(number) is not None
