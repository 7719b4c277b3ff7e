"""Social security number (社会保障号码, Social Insurance Law §58: the resident ID) and card number (社保卡号).

A card number has no checksum and differs by place: a letter or none and eight or nine characters more 【M】, so it
counts only under its own word.

>>> validate("11010519491231002X").checks[0], validate("A12345678").checks
('checksum', ('card',))
>>> validate("A123").failed
'length'
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from patterns import resident_id
from patterns.base import Pattern, Validation
from patterns.beside import has_word, matcher

_CARD: Final = re.compile(r"[A-Z]?[0-9]{8,9}[0-9A-Z]?")
_CANDIDATE: Final = re.compile(r"(?<![A-Za-z0-9.\-])[A-Z]?[0-9]{8,9}[0-9A-Z]?(?![A-Za-z0-9\-])", re.A)
_WORDS: Final = matcher(("社保卡号", "社会保障卡号", "社会保障卡卡号", "社保卡卡号", "医保卡号", "医保编号"))

PATTERNS: Final = (
    Pattern(
        "social_security.card",
        "SOCIAL_SECURITY_NO",
        "Social Insurance Law §58",
        finds=("社保卡号：⟦A12345678⟧", "医保卡号⟦123456789⟧"),
        ignores=("社保卡号查询12333", "编号A12345678"),
    ),
)

compact = resident_id.compact


def validate(text: str, *, today: date | None = None) -> Validation:
    """A resident ID as such, else the loose form of a card number (check "card")."""
    number = compact(text).upper()
    if len(number) in (15, 18):
        check = resident_id.validate18 if len(number) == 18 else resident_id.validate15
        return check(number, today=today)
    if not 8 <= len(number) <= 11:
        return Validation(False, failed="length")
    return Validation(True, ("card",)) if _CARD.fullmatch(number) else Validation(False, failed="characters")


def find(text: str) -> list[tuple[int, int]]:
    """Spans of card numbers beside their word, in folded text; the ID form is found as an ID."""
    return [m.span() for m in _CANDIDATE.finditer(text) if has_word(text, m.start(), _WORDS, 8)]
