"""How many resident ID numbers fit a pattern: exact counts by arithmetic modulo 11, not by trying numbers.

A pattern has eighteen places: digits, ``*`` for hidden ones, a final X perhaps. A number fits when its region is a
known one, its birth date lies in an interval, its serial is 001 to 999 with the parity of the sex, and its check
character is right. Region, date and serial are independent but for the check character, which fixes the weighted
sum modulo 11. So each part becomes a histogram (how many ways give each residue) and histograms are folded
together: 121 multiplications instead of millions of numbers.

Dates are integers yyyymmdd, intervals are closed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import isleap, monthrange
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, product
from operator import mul
from typing import Final

from patterns import regions
from patterns.resident_id import CHECK, WEIGHTS

Histogram = tuple[int, ...]  # eleven counts, one a residue
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2099
_DIGITS: Final = "0123456789"
_NOTHING: Final[Histogram] = (0,) * 11
_ONE: Final[Histogram] = (1,) + (0,) * 10


def count(pattern: str, first: int, last: int, sex: str = "", codes: frozenset[str] | None = None) -> int:
    """How many numbers fit: births from ``first`` to ``last``, of the sex (男, 女, ""), of the regions (None: any)."""
    front = region_histogram(pattern[:6], codes)
    birth = date_histogram(pattern[6:14], first, last)
    serial = serial_histogram(pattern[14:17], sex)
    if pattern[17] == "*":
        return sum(front) * sum(birth) * sum(serial)
    wanted = CHECK.index(pattern[17])
    both = _fold(front, birth)
    return sum(both[residue] * serial[(wanted - residue) % 11] for residue in range(11))


def _fold(first: Sequence[int], second: Sequence[int]) -> Histogram:
    """The histogram of sums: cyclic convolution over eleven residues."""
    if sum(first) == 1:  # nothing hidden: as most regions and serials are
        return _turn(second, first.index(1))
    mirrored = tuple(second[::-1]) * 2
    return tuple(sum(map(mul, first, mirrored[10 - residue : 21 - residue])) for residue in range(11))


def _turn(counts: Sequence[int], by: int) -> Histogram:
    """The histogram when every sum grows by a fixed residue."""
    return (*counts[11 - by :], *counts[: 11 - by])


@lru_cache(8192)
def _residue(digits: str, at: int) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS[at:], strict=False)) % 11


@cache
def _pairs(pattern: str) -> tuple[str, ...]:
    """The two digits that fit two places, in order: years, months, days and regions are made of such pairs."""
    places = [_DIGITS if shown == "*" else shown for shown in pattern]
    return tuple("".join(digits) for digits in product(*places))


def _fits(pattern: str, digits: str) -> bool:
    return all(digits[at : at + 2] in _pairs(pattern[at : at + 2]) for at in range(0, len(pattern), 2))


def _histogram(residues: Sequence[int]) -> Histogram:
    counts = [0] * 11
    for residue in residues:
        counts[residue] += 1
    return tuple(counts)


@lru_cache(4096)
def region_histogram(pattern: str, codes: frozenset[str] | None = None) -> Histogram:
    """Known codes that fit; a list is never complete, so a pattern no known code fits counts all its digits."""
    if "*" not in pattern:
        return _turn(_ONE, _residue(pattern, 0)) if codes is None or pattern in codes else _NOTHING
    known = _of_codes(pattern, _beginning(pattern.partition("*")[0]) if codes is None else codes)
    if any(known) or codes is not None:
        return known
    free = _ONE
    for place, shown in enumerate(pattern):
        digits = _DIGITS if shown == "*" else shown
        free = _fold(free, _histogram([_residue(digit, place) for digit in digits]))
    return free


def _of_codes(pattern: str, codes: Iterable[str]) -> Histogram:
    provinces, cities, counties = (frozenset(_pairs(pattern[at : at + 2])) for at in (0, 2, 4))
    return _histogram(
        [_residue(code, 0) for code in codes if code[4:] in counties and code[2:4] in cities and code[:2] in provinces]
    )


@cache
def _sorted_codes() -> list[str]:
    return sorted(regions.names())


def _beginning(stem: str) -> list[str]:
    codes = _sorted_codes()
    return codes[bisect_left(codes, stem) : bisect_right(codes, stem + "~")]


@lru_cache(4096)
def serial_histogram(pattern: str, sex: str = "") -> Histogram:
    last = {"男": "13579", "女": "02468"}.get(sex, _DIGITS)
    places = [_DIGITS if shown == "*" else shown for shown in pattern]
    serials = ("".join(digits) for digits in product(*places) if digits[2] in last)
    return _histogram([_residue(serial, 14) for serial in serials if serial != "000"])


@lru_cache(8192)
def date_histogram(pattern: str, first: int, last: int) -> Histogram:
    """Birth dates that fit eight places and lie in the interval: whole years at once, the two at its ends apart."""
    if first > last:
        return _NOTHING
    first_year, last_year = max(first // 10_000, FIRST_YEAR), min(last // 10_000, LAST_YEAR)
    total = list(_NOTHING)
    ends = {first_year, last_year}
    for year in ends:
        start = first % 10_000 if year == first // 10_000 else 0
        stop = last % 10_000 if year == last // 10_000 else 1231
        if first_year <= year <= last_year and _fits(pattern[:4], str(year)):
            days = _days_between(pattern[4:], isleap(year), start, stop)
            _add(total, _turn(days, _residue(str(year), 6)))
    for leap in (False, True):
        years = _years_between(pattern[:4], leap, first_year + 1, last_year - 1)
        if any(years):
            _add(total, _fold(years, _days_between(pattern[4:], leap, 0, 1231)))
    return tuple(total)


def _add(total: list[int], more: Histogram) -> None:
    for residue, number in enumerate(more):
        total[residue] += number


def _years_between(pattern: str, leap: bool, first: int, last: int) -> Histogram:
    years, sums = _years(pattern, leap)
    return _difference(sums, bisect_left(years, first), bisect_right(years, last))


def _days_between(pattern: str, leap: bool, first: int, last: int) -> Histogram:
    days, sums = _days(pattern, leap)
    return _difference(sums, bisect_left(days, first), bisect_right(days, last))


def _difference(sums: Sequence[Histogram], start: int, stop: int) -> Histogram:
    if stop <= start:
        return _NOTHING
    return tuple(high - low for high, low in zip(sums[stop], sums[start], strict=True))


Sums = tuple[list[int], list[Histogram]]  # sorted values, and the histogram of the first n of them for each n


@lru_cache(4096)
def _years(pattern: str, leap: bool) -> Sums:
    centuries = [century for century in ("19", "20") if century in _pairs(pattern[:2])]
    every = (int(century + year) for century in centuries for year in _pairs(pattern[2:]))
    years = [year for year in every if isleap(year) == leap]
    return years, _running([_residue(str(year), 6) for year in years])


@lru_cache(4096)
def _days(pattern: str, leap: bool) -> Sums:
    """Days of a year as integers mmdd."""
    year = 2000 if leap else 2001
    months = [month for month in _pairs(pattern[:2]) if "01" <= month <= "12"]
    days = [day for day in _pairs(pattern[2:]) if "01" <= day <= "31"]
    fitting = [month + day for month in months for day in days if int(day) <= monthrange(year, int(month))[1]]
    return [int(day) for day in fitting], _running([_residue(day, 10) for day in fitting])


def _running(residues: Sequence[int]) -> list[Histogram]:
    def step(counts: Histogram, residue: int) -> Histogram:
        return (*counts[:residue], counts[residue] + 1, *counts[residue + 1 :])

    return list(accumulate(residues, step, initial=_NOTHING))
