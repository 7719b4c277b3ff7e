"""Travel permits between the mainland and Hong Kong, Macau and Taiwan. No checksum: each needs its word.

港澳通行证 C with eight digits or C, a letter and seven; W with eight (older). 台湾通行证 L (card) or T (booklet)
with eight. 回乡证 (港澳居民来往内地通行证) H of Hong Kong or M of Macau with eight digits, and two more for the
issue. 台胞证 (台湾居民来往 大陆通行证) eight digits, and two more for the issue in older ones.

>>> validate("C12345678").checks, validate("H1234567801").checks, validate("12345678").checks
(('hong_kong_macau',), ('home_return',), ('taiwan_resident',))
>>> validate("X12345678").failed
'prefix'
"""

from __future__ import annotations

import re
from typing import Final

from patterns.base import Pattern, Validation
from patterns.beside import has_word, matcher
from patterns.characters import squeeze

_KINDS: Final = {
    "hong_kong_macau": r"C[A-HJ-NP-Z]\d{7}|[CW]\d{8}",
    "taiwan": r"[LT]\d{8}",
    "home_return": r"[HM]\d{8}(?:\d{2})?",
    "taiwan_resident": r"\d{8}(?:\d{2})?",
}
_FULL: Final = {kind: re.compile(form) for kind, form in _KINDS.items()}
_CANDIDATE: Final = re.compile(rf"(?<![A-Za-z0-9.\-])(?:{'|'.join(_KINDS.values())})(?![A-Za-z0-9\-])", re.I)
_WORDS: Final = matcher(("通行证", "台胞证", "回乡证", "往来证"))
_DIGITS_WORDS: Final = matcher(("台胞证", "来往大陆通行证"))

PATTERNS: Final = (
    Pattern(
        "travel_permit",
        "TRAVEL_PERMIT",
        "NIA travel documents",
        finds=(
            "港澳通行证号：⟦C12345678⟧",
            "往来台湾通行证⟦L12345678⟧",
            "回乡证号码⟦H1234567801⟧",
            "台胞证：⟦01234567⟧",
        ),
        ignores=("货号C12345678", "通行证办理时间20171130", "港澳通行证：X12345678"),
    ),
)


def compact(text: str) -> str:
    return squeeze(text).upper()


def validate(text: str) -> Validation:
    """The check says which permit it is."""
    number = compact(text)
    if not 8 <= len(number) <= 11:
        return Validation(False, failed="length")
    for kind, form in _FULL.items():
        if form.fullmatch(number):
            return Validation(True, (kind,))
    return Validation(False, failed="prefix")


def find(text: str) -> list[tuple[int, int]]:
    """Spans beside their word, in folded text; bare digits only after 台胞证."""
    found = []
    for match in _CANDIDATE.finditer(text):
        words = _DIGITS_WORDS if match[0].isdigit() else _WORDS
        if has_word(text, match.start(), words):
            found.append(match.span())
    return found
