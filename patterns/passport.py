"""Passports: of China (GA 2017), Hong Kong and Macau.

E with eight digits, or since 5 April 2017 E with a letter other than I and O and seven digits; G with eight digits and
14 or 15 with seven (older); D, S, P (with or without E) and seven digits for diplomatic, service and public affairs;
K, H (KJ, HJ) of Hong Kong, MA, MB of Macau. There is no checksum, so a passport number needs its word.

>>> validate("E12345678").ok, validate("EA1234567").ok, validate("EI1234567").failed
(True, True, 'prefix')
"""

from __future__ import annotations

import re
from typing import Final

from patterns.base import Pattern, Validation
from patterns.beside import has_word, matcher
from patterns.characters import squeeze

_FORMS: Final = r"E[A-HJ-NP-Z]\d{7}|[EGKH]\d{8}|1[45]\d{7}|[DSP]E\d{7}|[DSP]\d{7,8}|[KH]J\d{7}|M[AB]\d{7}"
_FULL: Final = re.compile(_FORMS)
_CANDIDATE: Final = re.compile(rf"(?<![A-Za-z0-9.])(?:{_FORMS})(?![A-Za-z0-9])", re.I)
_WORDS: Final = matcher(("护照", "passport"))

PATTERNS: Final = (
    Pattern(
        "passport",
        "PASSPORT",
        "GA passport numbering 2017",
        finds=("护照号码：⟦E12345678⟧", "因私护照⟦EA1234567⟧", "护照（⟦G12345678⟧）"),
        ignores=("型号E12345678", "护照号码：EI1234567", "护照办理电话13955201234"),
    ),
)


def compact(text: str) -> str:
    return squeeze(text).upper()


def validate(text: str) -> Validation:
    number = compact(text)
    if not 8 <= len(number) <= 9:
        return Validation(False, failed="length")
    return Validation(True, ("prefix",)) if _FULL.fullmatch(number) else Validation(False, failed="prefix")


def find(text: str) -> list[tuple[int, int]]:
    """Spans beside their word, in folded text."""
    return [m.span() for m in _CANDIDATE.finditer(text) if has_word(text, m.start(), _WORDS)]
