"""Mobile number of mainland China: eleven digits, 1 and a network prefix (MIIT), four digits for the place, four more.

No checksum. Prefixes are data (lexicons/mobile_prefixes.txt); new ones are granted every year, so an unknown prefix
lowers a score and never rejects. Written with +86 or 0086, parted 3-4-4, and by Excel as 13800000001.0.

>>> compact("+86 139-5520-1234")
'13955201234'
>>> validate("13955201234").checks, validate("15455201234").checks
(('prefix',), ('unknown_prefix',))
>>> validate("12955201234").failed
'prefix'
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from patterns.base import Pattern, Validation
from patterns.characters import is_digits, squeeze
from patterns.datafiles import rows

_COUNTRY: Final = re.compile(r"^(?:\(?\+?(?:00)?86\)?)(?=1\d{10}$)")
_SEPARATORS: Final = str.maketrans("", "", ".·•/")

PATTERNS: Final = (
    Pattern(
        "mobile",
        "MOBILE",
        "YD/T MIIT numbering plan",
        finds=(
            "手机：⟦13955201234⟧",
            "联系⟦139 5520 1234⟧即可",
            "⟦139-5520-1234⟧",
            "电话+86 ⟦13955201234⟧",
            "⟦１３９５５２０１２３４⟧",
        ),
        ignores=("12955201234", "2139552012345", "金额13955201234.56元", "13800138000"),
    ),
)


def compact(text: str) -> str:
    """Eleven digits where the text is a mobile number in any of its forms; else what is left without separators."""
    if len(text) == 11 and is_digits(text):
        return text
    number = squeeze(text)
    number = _COUNTRY.sub("", number.removesuffix(".0"))
    return number.translate(_SEPARATORS)


def classify(number: str) -> str:
    """Of a compact number: "known", "unknown" prefix, "satellite", "emergency", "iot", or "" for none."""
    return _kind(number[:5], len(number)) if is_digits(number) and len(number) in (11, 13) else ""


@lru_cache(4096)
def _kind(head: str, digits: int) -> str:
    """The kind of a number of so many digits by its first five."""
    for length in (5, 4, 3):
        kind = _kinds().get((head[:length], digits))
        if kind:
            return kind
    return "unknown" if digits == 11 and head[0] == "1" and head[1] in "3456789" else ""


@cache
def _kinds() -> dict[tuple[str, int], str]:
    return {(prefix, int(length)): kind for prefix, length, kind, _ in rows("mobile_prefixes")}


def validate(text: str) -> Validation:
    number = compact(text)
    if len(number) != 11:
        return Validation(False, failed="length")
    if not is_digits(number):
        return Validation(False, failed="characters")
    kind = classify(number)
    if not kind:
        return Validation(False, failed="prefix")
    return Validation(True, ("prefix" if kind == "known" else f"{kind}_prefix",))
