"""Masks, judged: how many people a masked number still fits, given what stands beside it.

A mask is judged by what it leaves possible, not by its stars: 340302********042X fits some 3,600 people, beside a
column of birth dates one. Two masked values of one person, hidden differently in two documents, are put together by
``merge``.

>>> masked = MaskedID.parse("340302********042X")
>>> candidates(masked, today=date(2017, 12, 31)), candidates(masked, birth=date(1978, 6, 15), today=date(2017, 12, 31))
(3585, 1)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from patterns import masks, population, regions, resident_id
from patterns.masked_numbers import account_candidates, classify, mobile_candidates
from patterns.safe import mask

__all__ = [
    "MaskedID", "account_candidates", "candidates", "classify", "compatible", "mask", "merge", "mobile_candidates",
]  # fmt: skip

OLDEST: Final = 19100101  # births counted from here; from 1900 when the mask itself shows an earlier year
_PROVINCES: Final = tuple(map(str, regions.PROVINCES))
_EVER: Final = (19000101, 20991231)


@dataclass(frozen=True, slots=True)
class MaskedID:
    """A resident ID of which some places are hidden, as patterns of eighteen places (digits, ``*``, a final X).

    More than one pattern where the mask's length is not true and pieces between hidden runs may lie differently.
    """

    patterns: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> MaskedID | None:
        """Any style of mask, 18 or 15 digits or with a mask that is too short or long; None when no ID number fits."""
        return _parsed(text)

    @classmethod
    def of(cls, number: str) -> MaskedID | None:
        """A complete number of 18 or 15 digits as a mask that hides nothing."""
        compact = resident_id.upgrade15(number) or resident_id.compact(number)
        return cls((compact,)) if resident_id.validate18(compact, today=date(2099, 12, 31)).ok else None

    @classmethod
    def _fitting(cls, patterns: tuple[str, ...]) -> MaskedID | None:
        fitting = tuple(pattern for pattern in dict.fromkeys(patterns) if _possible(pattern))
        return cls(fitting) if fitting else None


@lru_cache(8192)
def _parsed(text: str) -> MaskedID | None:
    """Remembered, because a masked number is asked about when found, judged, linked and written."""
    pattern = masks.normalise(text)
    shown = len(pattern) - pattern.count("*")
    if not 2 <= shown <= 17 or len(pattern) > 40:
        return None
    return MaskedID._fitting(_old_form(pattern)) or MaskedID._fitting(masks.place(pattern, 18))


def _old_form(pattern: str) -> tuple[str, ...]:
    """A fifteen-digit number in its eighteen places: the century is 19, the check character is not shown."""
    if len(pattern) != 15 or pattern[-1] == "X":
        return ()
    return (pattern[:6] + "19" + pattern[6:] + "*",)


@lru_cache(8192)
def _possible(pattern: str) -> bool:
    province = pattern[:2]
    known = regions.level(province) if "*" not in province else any(masks.agree(province, two) for two in _PROVINCES)
    return bool(known) and population.count(pattern, *_EVER) > 0


@lru_cache(8192)
def candidates(
    masked: MaskedID,
    *,
    birth: date | None = None,
    birth_month: tuple[int, int] | None = None,
    birth_year: int | None = None,
    age: tuple[int, date] | None = None,
    sex: str | None = None,
    region: str | None = None,
    today: date,
) -> int:
    """How many ID numbers, and so people, fit the mask and what its row shows. At least 1.

    birth_month: (year, month). age: (completed years, on this date). sex: 男 or 女. region: a six-digit code or a
    place's name; an unknown name counts for nothing. Facts that contradict
    the mask are taken for someone else's and left out.
    """
    first, last = _interval(birth, birth_month, birth_year, age, today)
    codes = _codes(region)
    tries = (
        (max(first, OLDEST), last, sex, codes),
        (first, last, sex, codes),
        (first, last, sex, None),
        (OLDEST, _number(today), None, None),
    )
    numbers = (_count(masked, *facts) for facts in tries)
    return next(filter(None, numbers), 0) or max(1, _count(masked, *_EVER, None, None))


def _count(masked: MaskedID, first: int, last: int, sex: str | None, codes: frozenset[str] | None) -> int:
    return sum(population.count(pattern, first, last, sex or "", codes) for pattern in masked.patterns)


def _interval(
    birth: date | None,
    birth_month: tuple[int, int] | None,
    birth_year: int | None,
    age: tuple[int, date] | None,
    today: date,
) -> tuple[int, int]:
    """First and last possible birth date as yyyymmdd."""
    bounds = [(_EVER[0], _number(today))]
    if birth:
        bounds.append((_number(birth), _number(birth)))
    if birth_month:
        bounds.append(
            (birth_month[0] * 10_000 + birth_month[1] * 100, birth_month[0] * 10_000 + birth_month[1] * 100 + 31)
        )
    if birth_year:
        bounds.append((birth_year * 10_000, birth_year * 10_000 + 1231))
    if age:
        turned = _number(age[1]) - age[0] * 10_000
        bounds.append((turned - 10_000 + 1, turned))
    return max(first for first, _ in bounds), min(last for _, last in bounds)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _codes(region: str | None) -> frozenset[str] | None:
    if not region:
        return None
    if len(region) == 6 and region.isascii() and region.isdigit():
        return frozenset({region})
    return regions.find(region) or None


def merge(first: MaskedID, second: MaskedID) -> MaskedID | None:
    """What both show together, or None when they cannot be one person.

    >>> one, two = MaskedID.parse("340302********042X"), MaskedID.parse("34030219780615****")
    >>> merge(one, two).patterns
    ('34030219780615042X',)
    """
    both = (masks.agree(left, right) for left in first.patterns for right in second.patterns)
    return MaskedID._fitting(tuple(pattern for pattern in both if pattern))


def compatible(first: MaskedID | str, second: MaskedID | str) -> bool:
    """Whether two values, each masked or complete, may be one person's by what they show; text that is no ID is not."""
    left, right = _as_masked(first), _as_masked(second)
    return left is not None and right is not None and merge(left, right) is not None


def _as_masked(value: MaskedID | str) -> MaskedID | None:
    if isinstance(value, MaskedID):
        return value
    return MaskedID.parse(value) or MaskedID.of(value)
