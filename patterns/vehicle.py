"""Vehicle plates (GA 36-2018): the province's character, a letter for the office, five or (new energy) six characters.

I and O are not used. Police, training, trailer, consulate and border plates end with a character of their own.

>>> validate("皖C12345").ok, validate("皖CD12345").ok, validate("皖C·A123警").ok
(True, True, True)
>>> validate("皖I12345").failed
'characters'
"""

from __future__ import annotations

import re
from typing import Final

from patterns.base import Pattern, Validation
from patterns.characters import squeeze

PROVINCES: Final = "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新蒙"
_C: Final = "A-HJ-NP-Z"
_TAIL: Final = rf"[DF][{_C}0-9]\d{{4}}|\d{{5}}[DF]|[{_C}0-9]{{4}}[警学挂领使港澳临试超]|[{_C}0-9]{{5}}"
_FULL: Final = re.compile(rf"[{PROVINCES}][{_C}](?:{_TAIL})")
_CANDIDATE: Final = re.compile(rf"[{PROVINCES}][{_C}][·•.\- ]?(?:{_TAIL})(?![A-Za-z0-9])", re.I)

PATTERNS: Final = (
    Pattern(
        "vehicle.plate",
        "VEHICLE_PLATE",
        "GA 36-2018",
        finds=("车牌号：⟦皖C12345⟧", "驾驶⟦皖C·A1234⟧小型轿车", "新能源⟦皖CD12345⟧", "⟦皖C1234学⟧"),
        ignores=("皖C蚌埠", "皖ABCDEF", "皖C123456789", "皖ICP备12345号"),
    ),
)


def compact(text: str) -> str:
    return squeeze(text).upper().translate(str.maketrans("", "", "·•."))


def validate(text: str) -> Validation:
    """Length, then characters; five letters without a digit are a word, not a plate."""
    number = compact(text)
    if not 7 <= len(number) <= 8:
        return Validation(False, failed="length")
    if not _FULL.fullmatch(number) or not any(char in "0123456789" for char in number):
        return Validation(False, failed="characters")
    return Validation(True, ("prefix",))


def find(text: str) -> list[tuple[int, int]]:
    """Spans in folded text."""
    return [match.span() for match in _CANDIDATE.finditer(text) if validate(match[0]).ok]
