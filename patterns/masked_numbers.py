"""Masked telephone and account numbers: what kind a mask hides, and how many numbers it leaves possible.

>>> classify("138****1234"), classify("340302********042X"), classify("6228************018")
('MOBILE', 'RESIDENT_ID', 'BANK_CARD')
>>> mobile_candidates("138****1234"), mobile_candidates("1381234567*")
(10000, 10)
"""

from __future__ import annotations

from typing import Final

from patterns import bank_card, masks, mobile
from patterns.characters import squeeze

_MOBILE: Final = 11
_LONGEST: Final = 40
_CARD_LENGTHS: Final = range(16, 20)


def classify(text: str) -> str:
    """The kind a masked value is by its shape alone: "RESIDENT_ID", "MOBILE", "BANK_CARD" or "".

    A mask's length need not be true: what is shown decides first: 62… is a card, 13… to 19… a phone.
    """
    pattern = masks.normalise(text)
    if not pattern or not pattern.strip("*"):
        return ""
    if _may_be_mobile(pattern):
        return "MOBILE"
    if pattern.startswith(("62", "60", "9")) and len(pattern) > _MOBILE and pattern[-1] != "X":
        return "BANK_CARD"
    if len(pattern) in (15, 18) or pattern[-1] == "X" or _six_and_four(pattern):
        return "RESIDENT_ID"
    return "BANK_CARD" if len(pattern) in _CARD_LENGTHS and len(pattern) != 18 else ""


def _may_be_mobile(pattern: str) -> bool:
    head, _, tail = pattern.partition("*")
    tail = tail.lstrip("*")
    if "*" in tail or pattern[-1] == "X" or (len(head) > 1 and not (head[0] == "1" and head[1] in "3456789")):
        return False
    return len(pattern) == _MOBILE or (len(head) == 3 and len(tail) == 4 and head[0] == "1")


def _six_and_four(pattern: str) -> bool:
    head, _, tail = pattern.partition("*")
    return len(head) >= 6 and "1" <= head[0] <= "8" and head[1] <= "6" and len(tail.lstrip("*")) <= 4


def mobile_candidates(text: str) -> int:
    """How many mobile numbers with a granted prefix fit; 0 when the text is no masked mobile number."""
    places = masks.place(masks.normalise(_national(text)), _MOBILE)
    total: int = 0
    for pattern in places:
        if len(pattern) == _MOBILE and "X" not in pattern:
            total += _prefixes(pattern[:3]) * 10 ** pattern[3:].count("*")
    return total


def _national(text: str) -> str:
    number = squeeze(text)
    return number.removeprefix("+86") if number.startswith("+86") else text


def _prefixes(pattern: str) -> int:
    """Granted prefixes that fit three places; one that is shown whole counts though nobody knows it."""
    if "*" not in pattern:
        return int(mobile.classify(pattern + "0" * 8) != "")
    granted = (f"{prefix}" for prefix in range(130, 200) if mobile.classify(f"{prefix}" + "0" * 8) == "known")
    return sum(1 for prefix in granted if masks.agree(pattern, prefix))


def account_candidates(text: str) -> int:
    """How many account numbers of the mask's own length fit; a card's Luhn digit leaves one in ten. 0 for no mask."""
    pattern = masks.normalise(text)
    hidden = pattern.count("*")
    if not hidden or "X" in pattern or len(pattern) > _LONGEST:
        return 0
    card = bank_card.MIN_CARD <= len(pattern) <= bank_card.MAX_CARD and pattern.startswith(bank_card.PREFIXES)
    number: int = 10 ** (hidden - 1 if card else hidden)
    return number
