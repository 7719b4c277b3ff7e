"""Landline of mainland China: area code (0 and two or three digits, MIIT), seven or eight digits, perhaps an extension.

The first digit of the number itself is 2 to 8. No checksum: a landline is a person's only beside that person.

>>> validate("0552-3061234").checks
('area',)
>>> validate("0500-3061234").failed
'prefix'
>>> split("(0552)3061234转801")
('0552', '3061234', '801')
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from patterns import hotline
from patterns.base import Pattern, Validation
from patterns.characters import fold, squeeze
from patterns.datafiles import rows

_NUMBER: Final = re.compile(
    r"(?<![\d.\-/])(?:\+?86[- ]?)?[(（\[]?(0(?:10|2\d|[3-9]\d{2}))[)）\]]?[-－—– ]{0,2}"
    r"([2-8]\d{2,3}[- ]?\d{4})(?:(?:转|-|—|转分机|分机|ext\.?)\s?(\d{1,5}))?(?![\d.]*\d)(?![-/]\d)",
    re.I,
)
_BARE: Final = re.compile(r"[2-8]\d{6,7}")

PATTERNS: Final = (
    Pattern(
        "landline",
        "LANDLINE",
        "MIIT numbering plan",
        finds=(
            "家庭电话：⟦0552-3061234⟧",
            "宅电⟦05523061234⟧",
            "家长电话：⟦(0552)3061234⟧",
            "住宅电话 ⟦010-62345678-801⟧",
        ),
        ignores=("家庭电话：0500-3061234", "热线0552-12345", "2017-0552-30612345", "编号0552-306123"),
    ),
)


@cache
def area_codes() -> dict[str, str]:
    """Area code → place."""
    return {row[0]: row[1] for row in rows("area_codes")}


def split(text: str) -> tuple[str, str, str]:
    """(area code, number, extension) of a text that is one landline; the area code may be missing; else three ""."""
    folded = fold(text).strip()
    match = _NUMBER.fullmatch(folded)
    if match:
        return match[1], squeeze(match[2]), match[3] or ""
    bare = squeeze(folded)
    return ("", bare, "") if _BARE.fullmatch(bare) else ("", "", "")


def compact(text: str) -> str:
    """Area code and number in one, without the extension, so that all ways of writing it are one."""
    area, number, _ = split(text)
    return area + number


def validate(text: str) -> Validation:
    """A number without area code passes with no check made: only a home column may take it for one."""
    area, number, _ = split(text)
    if not number:
        return Validation(False, failed="length")
    if area and area not in area_codes():
        return Validation(False, failed="prefix")
    if hotline.is_hotline(area + number):
        return Validation(False, failed="hotline")
    return Validation(True, ("area",) if area else ())


def find(text: str) -> list[tuple[int, int]]:
    """Spans of landlines with an area code in folded text, extension included."""
    return [match.span() for match in _NUMBER.finditer(text) if match[1] in area_codes()]
