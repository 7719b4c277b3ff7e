"""Disability certificate number (残疾人证, CDPF 2008): resident ID, kind, grade; B and a digit for a reissue.

Kinds: 1 sight, 2 hearing, 3 speech, 4 limbs, 5 intellect, 6 mind, 7 several. Grades 1 (gravest) to 4. One number
tells who, and what is wrong with them.

>>> validate("11010519491231002X43").ok, kind("11010519491231002X43"), grade("11010519491231002X43B1")
(True, '肢体', 3)
>>> validate("11010519491231002X93").failed
'kind'
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from patterns import resident_id
from patterns.base import Pattern, Validation
from patterns.characters import CHECK_X, joined

KINDS: Final = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
_FORM: Final = re.compile(r"(\d{17}[\dX])(\d)(\d)(?:B\d{1,2})?", re.A)
_CANDIDATE: Final = re.compile(
    rf"(?<![A-Za-z0-9])\d{{6}}[- ]?\d{{8}}[- ]?\d{{3}}[\d{CHECK_X}][- ]?[1-7][1-4](?:[Bb]\d{{1,2}})?(?![A-Za-z0-9])",
    re.A,
)

PATTERNS: Final = (
    Pattern(
        "disability_no",
        "DISABILITY_NO",
        "CDPF 2008",
        finds=("残疾证号：⟦34030219780615042X43⟧", "残疾人证⟦34030219780615004062B1⟧"),
        ignores=("34030219780615004162", "34030219780615042X95"),
    ),
)


def compact(text: str) -> str:
    return "".join("X" if char in CHECK_X else char for char in joined(text)).upper()


def validate(text: str, *, today: date | None = None) -> Validation:
    match = _FORM.fullmatch(compact(text))
    if not match:
        return Validation(False, failed="length")
    result = resident_id.validate18(match[1], today=today)
    if result.ok and match[2] not in "1234567":
        return Validation(False, failed="kind")
    if result.ok and match[3] not in "1234":
        return Validation(False, failed="grade")
    return result


def kind(text: str) -> str:
    """视力, 听力 … or "" when the text is no such number."""
    return KINDS[int(compact(text)[18]) - 1] if validate(text).ok else ""


def grade(text: str) -> int:
    """1 to 4, or 0 when the text is no such number."""
    return int(compact(text)[19]) if validate(text).ok else 0


def resident(text: str) -> str:
    """The resident ID inside, or ""."""
    return compact(text)[:18] if validate(text).ok else ""


def find(text: str) -> list[tuple[int, int]]:
    """Valid spans in folded text."""
    return [match.span() for match in _CANDIDATE.finditer(text) if validate(match[0]).ok]
