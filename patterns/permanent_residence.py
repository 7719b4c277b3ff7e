"""Foreigner's permanent residence ID (外国人永久居留身份证).

Since December 2023 eighteen digits as a resident ID: 9, two digits for the province of application, three for the
nationality (ISO 3166-1 numeric), the birth date, three serial digits, the check character of ISO 7064 MOD 11-2.
Before: three capital letters of the nationality (ISO 3166-1 alpha-3) and twelve digits: four for the place, six for
the birth date (yymmdd), two for serial and check.

>>> validate("911840198001150016").ok
True
>>> validate("911840198001150017").failed
'checksum'
>>> validate("USA110080011501").checks
('date', 'province')
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patterns import regions, resident_id
from patterns.base import Pattern, Validation
from patterns.characters import is_digits

_OLD: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3}[ -]?\d{12}(?![A-Za-z0-9])")

PATTERNS: Final = (
    Pattern(
        "permanent_residence.18",
        "PERMANENT_RESIDENCE_ID",
        "GA/T 1981 (2023 card)",
        finds=("证件号码⟦911840198001150016⟧", "永久居留身份证：⟦911840 19800115 0016⟧"),
        ignores=("911840198001150017", "911840198013150016"),
    ),
    Pattern(
        "permanent_residence.old",
        "PERMANENT_RESIDENCE_ID",
        "2004 card",
        finds=("永久居留证号：⟦USA110080011501⟧",),
        ignores=("编号ABC123456789012", "永久居留证"),
    ),
)


def compact(text: str) -> str:
    return resident_id.compact(text).upper()


def validate(text: str, *, today: date | None = None) -> Validation:
    """Both forms, by their first character."""
    number = compact(text)
    if number[:1] == "9":
        return _validate_new(number, today)
    return _validate_old(number)


def _validate_new(number: str, today: date | None) -> Validation:
    if len(number) != 18:
        return Validation(False, failed="length")
    if not is_digits(number[:17]) or not (is_digits(number[17]) or number[17] == "X"):
        return Validation(False, failed="characters")
    birth = resident_id.birth_date(number)
    if birth is None or birth > (today or date.today()):
        return Validation(False, failed="date")
    if resident_id.check_character(number[:17]) != number[17]:
        return Validation(False, failed="checksum")
    return Validation(True, ("checksum", "date"))


def of_a_province(digits: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Whether numbers begin with the 9 and the province's two digits of that form."""
    known: NDArray[np.bool_] = (digits[:, 0] == 9) & regions.PROVINCE[digits[:, 1].astype(np.intp) * 10 + digits[:, 2]]
    return known


def _validate_old(number: str) -> Validation:
    if len(number) != 15:
        return Validation(False, failed="length")
    if not (number[:3].isascii() and number[:3].isalpha() and is_digits(number[3:])):
        return Validation(False, failed="characters")
    if not regions.level(number[3:5]):
        return Validation(False, failed="province")
    month, day = int(number[9:11]), int(number[11:13])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return Validation(False, failed="date")
    return Validation(True, ("date", "province"))


def find(text: str) -> list[tuple[int, int]]:
    """Spans of the old form in folded text; the new one is a run of digits as any ID."""
    return [m.span() for m in _OLD.finditer(text) if validate(m[0]).ok]
