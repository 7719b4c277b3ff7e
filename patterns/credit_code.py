"""Unified social credit code (统一社会信用代码), GB 32100-2015: recognised because it is NOT personal.

Eighteen characters of 0-9 and A-Z without I, O, S, V, Z: one for the registering body, one for the kind, six for
the region, nine for the organisation, one check character (weights 3^i, modulo 31). A few real codes fail their
check, so ``looks_like`` goes by the shape.

>>> validate("91350100M000100Y43").ok
True
>>> validate("91350100M000100Y44").failed
'checksum'
"""

from __future__ import annotations

from typing import Final

from patterns import regions, resident_id
from patterns.base import Pattern, Validation
from patterns.characters import is_digits, squeeze

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Registering body → the kinds it registers.
_KINDS: Final = {"1": "1239", "2": "19", "3": "123459", "4": "19", "5": "12349", "6": "129", "7": "129", "8": "19",
                 "9": "1239", "A": "19", "N": "1239", "Y": "1"}  # fmt: skip

PATTERNS: Final = (
    Pattern(
        "credit_code",
        "CREDIT_CODE",
        "GB 32100-2015",
        finds=("统一社会信用代码：⟦91350100M000100Y43⟧",),
        ignores=("91350100M000100Y44", "34030219780615042X"),
    ),
)


def compact(text: str) -> str:
    return squeeze(text).upper()


def check_character(first17: str) -> str:
    """The check character of seventeen characters of ALPHABET."""
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first17))
    return ALPHABET[-total % 31]


def validate(text: str) -> Validation:
    number = compact(text)
    if len(number) != 18:
        return Validation(False, failed="length")
    if not set(number) <= set(ALPHABET):
        return Validation(False, failed="characters")
    if number[1] not in _KINDS.get(number[0], ""):
        return Validation(False, failed="prefix")
    if check_character(number[:17]) != number[17]:
        return Validation(False, failed="checksum")
    return Validation(True, ("checksum", "prefix"))


def looks_like(text: str) -> bool:
    """The shape alone: registering body and kind, a known province, and letters where an ID number has none.

    >>> looks_like("91350211M0000XUF46"), looks_like("34030219780615042X")
    (True, False)
    """
    number = compact(text)
    if len(number) != 18 or number[1] not in _KINDS.get(number[0], ""):
        return False
    if resident_id.validate18(number).ok:  # one ID number in 31 has this check character too
        return False
    if validate(number).ok:
        return True
    return set(number) <= set(ALPHABET) and regions.level(number[2:8]) > 0 and not is_digits(number[8:17])
