"""National student number (全国学籍号, Ministry of Education 2013): a letter and eighteen characters.

G and the pupil's resident ID; J and a number made by the same rule (its check character is valid); L and a
temporary one: region, birth date and four random digits without a check character.

>>> validate("G11010519491231002X").ok, validate("L110105194912311234").ok
(True, True)
>>> validate("G110105194912311234").failed
'checksum'
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from patterns import resident_id
from patterns.base import Pattern, Validation

_CANDIDATE: Final = re.compile(r"(?<![A-Za-z0-9])[GJL][- ]?\d{17}[\dXx](?![A-Za-z0-9])", re.I)

PATTERNS: Final = (
    Pattern(
        "student_no",
        "STUDENT_NO",
        "MOE student register 2013",
        finds=(
            "学籍号：⟦G340302200806150045⟧",
            "全国学籍号⟦L340302200806151234⟧",
        ),
        ignores=("学籍号：G340302200806150046", "L340302201313151234"),
    ),
)


def compact(text: str) -> str:
    return resident_id.compact(text).upper()


def validate(text: str, *, today: date | None = None) -> Validation:
    """As a resident ID; of L the check character does not count."""
    number = compact(text)
    if len(number) != 19:
        return Validation(False, failed="length")
    if number[0] not in "GJL":
        return Validation(False, failed="prefix")
    result = resident_id.validate18(number[1:], today=today)
    if number[0] == "L" and result.failed == "checksum":
        return Validation(True, ("date", resident_id.region_check(number[1:])))
    return result


def resident(text: str) -> str:
    """The resident ID inside a G number, or ""."""
    number = compact(text)
    return number[1:] if number[:1] == "G" and validate(number).ok else ""


def find(text: str) -> list[tuple[int, int]]:
    """Valid spans in folded text."""
    return [match.span() for match in _CANDIDATE.finditer(text) if validate(match[0]).ok]
