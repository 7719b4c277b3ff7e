"""How bad it is: one table of rules, read from the facts of one subject and its document.

Each hit of a subject gets the highest rule that it takes part in: a name beside an ID number shares the ID's level,
the phone in the same row has its own. Three circumstances move a rule's level afterwards (``_adjusted``): disclosure
ordered by law, contact data of people in office, and minors. Numbers of people move a case (``volume_level``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from patterns.factors import Factor as F
from patterns.schema import Severity
from patterns.severity_rules import HITS, MARKS, RULES, Rule

__all__ = [
    "ADJUSTMENT_BASIS",
    "HITS",
    "RULES",
    "SMALLEST_TIER",
    "Rule",
    "Verdict",
    "is_lawful",
    "is_major",
    "judge",
    "rule",
    "volume_level",
]

_MINOR: Final = F.MINOR_14 | F.MINOR_18
_DISMISSED: Final = F.SAMPLE | F.CODE
# An order to publish names and IDs never covers these pages (notes §6, 不可降).
_NO_LAWFUL_EXCEPTION: Final = F.PENALTY | F.RECRUIT | F.AID | F.STUDENT_AID


@dataclass(frozen=True, slots=True)
class Verdict:
    """``rule``: the code of the table's row. ``adjusted``: the signals that moved its level: down:lawful, up:minor …"""

    level: Severity
    rule: str
    adjusted: tuple[str, ...] = ()


# Laws that the adjustments rest on: keys of patterns.legal.LAWS.
ADJUSTMENT_BASIS: Final[dict[str, tuple[str, ...]]] = {
    "down:lawful": ("guoban_2018", "tax_arrears", "defaulters"),
    "up:minor": ("pipl_minors", "minors"),
    "up:volume": ("volume",),
}

_BY_CODE: Final = {row.code: row for row in RULES}


def rule(code: str) -> Rule | None:
    """The row of the table with this code."""
    return _BY_CODE.get(code)


@lru_cache(maxsize=16384)
def judge(factors: int) -> dict[int, Verdict]:
    """The verdict of every hit factor in ``factors``. The dictionary is shared by all callers: do not change it.

    >>> judge(F.ID | F.NAME)[F.ID]
    Verdict(level=<Severity.CRITICAL: 5>, rule='S02', adjusted=())
    >>> judge(F.NAME)[F.NAME].level.name
    'SUPPORTING'
    """
    dismissed = factors & _DISMISSED
    applying = [row for row in RULES if row.applies(factors) and (not dismissed or row.needs & (_DISMISSED | MARKS))]
    return {hit: _best(hit, applying, factors) for hit in HITS if hit & factors}


def _best(hit: int, applying: list[Rule], factors: int) -> Verdict:
    """Every hit has a row of its own in the table, so there is always one."""
    verdicts = [_adjusted(row, factors) for row in applying if hit & (row.needs | row.any_of)]
    return max(verdicts, key=lambda verdict: verdict.level)


def is_lawful(factors: int) -> bool:
    """Whether names and IDs in such a document are published by order of law."""
    return bool(factors & F.LAWFUL and not factors & _NO_LAWFUL_EXCEPTION)


def _adjusted(row: Rule, factors: int) -> Verdict:
    level, moved = row.level, []
    if row.lawful and is_lawful(factors):
        level = min(level, Severity.INFO)
        moved.append("down:lawful")
    elif row.contact and level > Severity.LOW and factors & (F.OFFICIAL | F.TENDER):
        level = Severity(level - 1)
        moved.append("down:official" if factors & F.OFFICIAL else "down:tender")
    if factors & _MINOR and not row.needs & MARKS and Severity.LOW <= level < Severity.CRITICAL:
        level = Severity(level + 1)
        moved.append("up:minor")
    return Verdict(level, row.code, tuple(moved))


# People in one document from which a case is 重大 (the three tiers of the criminal provision, notes §6).
_TIERS: Final = (
    (50, F.ID | F.ID_MASKED_10 | F.BANK | F.DISABILITY_NO | F.STUDENT_NO | F.HEALTH_SECRET),
    (500, F.HEALTH | F.DISABILITY | F.ADDRESS | F.ID_MASKED),
    (5000, 0),
)


SMALLEST_TIER: Final = min(tier for tier, _ in _TIERS)


def is_major(people: int, kind: int) -> bool:
    """Whether so many people make a case 重大. ``kind``: the hit factors of the case, together."""
    return people >= next(tier for tier, factors in _TIERS if factors & kind or not factors)


def volume_level(level: Severity, people: int, kind: int) -> Severity:
    """The level of a case with so many people: one up at its tier, at most CRITICAL.

    ID_MASKED belongs in ``kind`` only where the masks show the last four digits: then a list of 500 is LOW.
    """
    movable = Severity.LOW <= level < Severity.CRITICAL or (level == Severity.INFO and kind & F.ID_MASKED)
    return Severity(level + 1) if movable and is_major(people, kind) else level
