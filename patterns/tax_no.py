"""Taxpayer number of natural persons (纳税人识别号, SAT 2015): resident ID and two serial digits, or L and the ID.

Sole traders without a social credit code have the first form, temporary registrations the second.

>>> validate("11010519491231002X01").ok, validate("L11010519491231002X").ok
(True, True)
>>> validate("L110105194912310021").failed
'checksum'
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from patterns import resident_id
from patterns.base import Pattern, Validation
from patterns.characters import CHECK_X, is_digits, joined

_CANDIDATE: Final = re.compile(
    rf"(?<![A-Za-z0-9])(?:L\d{{17}}[\d{CHECK_X}]|\d{{17}}[\d{CHECK_X}]\d{{2}})(?![A-Za-z0-9])", re.A | re.I
)

PATTERNS: Final = (
    Pattern(
        "tax_no",
        "TAX_NO",
        "SAT taxpayer numbering 2015",
        finds=("纳税人识别号：⟦34030219780615042X01⟧", "税号⟦L34030219780615042X⟧"),
        ignores=("税号34030219780615042101", "纳税人识别号：91340300MA2MR4X3X1"),
    ),
)


def compact(text: str) -> str:
    return "".join("X" if char in CHECK_X else char for char in joined(text)).upper()


def resident(text: str) -> str:
    """The eighteen characters that should be the resident ID, or "" when the text has neither form."""
    number = compact(text)
    if len(number) == 19 and number[0] == "L":
        return number[1:]
    return number[:18] if len(number) == 20 and is_digits(number[18:]) else ""


def validate(text: str, *, today: date | None = None) -> Validation:
    return resident_id.validate18(resident(text), today=today)


def find(text: str) -> list[tuple[int, int]]:
    """Valid spans in folded text."""
    return [match.span() for match in _CANDIDATE.finditer(text) if validate(match[0]).ok]
