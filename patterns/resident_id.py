"""Resident ID number (公民身份号码), GB 11643-1999.

Eighteen characters: six for the region (GB/T 2260) where the number was given, eight for the birth date, three serial
digits (odd for men, even for women), one check character of ISO 7064 MOD 11-2, where X stands for ten. Numbers before
October 1999 had fifteen digits: a two-digit year (19xx) and no check character; a word or column header must vouch for
those, since one random 15-digit number in 27 holds a valid date.

>>> validate18("11010519491231002X").ok
True
>>> validate18("110105194912310021").failed
'checksum'
"""

from __future__ import annotations

from calendar import isleap
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patterns import regions
from patterns.base import Pattern, Validation
from patterns.characters import CHECK_X, is_digits, joined

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK: Final = "10X98765432"  # the check character of each sum modulo 11
FIRST_BIRTH: Final = 1900

PATTERNS: Final = (
    Pattern(
        "resident_id.18",
        "RESIDENT_ID",
        "GB 11643-1999",
        finds=(
            "身份证号：⟦34030219780615042X⟧",
            "张某⟦340302197806150040⟧的申请",
            "⟦３４０３０２１９７８０６１５００４０⟧",
            "公民身份号码⟦340302 19780615 0040⟧",
        ),
        ignores=("340302197806150044", "340302197813150043", "许可证号：34030220170615004X3", "金额340302.19"),
    ),
    Pattern(
        "resident_id.15",
        "RESIDENT_ID",
        "GB 11643-1989",
        finds=("身份证号：⟦340302780615004⟧",),
        ignores=("编号340302780615004", "身份证号：340302781315004"),
    ),
)


def compact(text: str) -> str:
    """Digits and a final X, without separators.

    >>> compact("340302-19780615-042×")
    '34030219780615042X'
    """
    number = joined(text)
    return number[:-1] + "X" if number[-1:] and number[-1] in CHECK_X else number


def check_character(first17: str) -> str:
    """The character that completes 17 digits.

    >>> check_character("11010519491231002")
    'X'
    """
    return CHECK[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def validate18(text: str, *, today: date | None = None) -> Validation:
    """Province, birth date and checksum; a known city or county is told, an unknown one does not reject."""
    number = compact(text)
    if len(number) != 18:
        return Validation(False, failed="length")
    if not is_digits(number[:17]) or not (is_digits(number[17]) or number[17] == "X"):
        return Validation(False, failed="characters")
    if regions.level(number[:2]) == 0:
        return Validation(False, failed="province")
    if _date(number[6:14], today) is None:
        return Validation(False, failed="date")
    if check_character(number[:17]) != number[17]:
        return Validation(False, failed="checksum")
    return Validation(True, ("checksum", "date", region_check(number)))


def validate15(text: str, *, today: date | None = None) -> Validation:
    """Province and birth date; there is no checksum.

    >>> validate15("110105491231002").checks
    ('date', 'region')
    """
    number = compact(text)
    if len(number) != 15:
        return Validation(False, failed="length")
    if not is_digits(number):
        return Validation(False, failed="characters")
    if regions.level(number[:2]) == 0:
        return Validation(False, failed="province")
    if _date("19" + number[6:12], today) is None:
        return Validation(False, failed="date")
    return Validation(True, ("date", region_check(number)))


def region_check(number: str) -> str:
    """How well the region is known: "region" (all six digits), "city" or "province"."""
    return ("", "province", "city", "region")[regions.level(number[:6])]


_LONG_AGO: Final = date.today()  # when the process began: a day up to it needs no look at the clock


def _date(eight: str, today: date | None) -> date | None:
    try:
        day = date(int(eight[:4]), int(eight[4:6]), int(eight[6:8]))
    except ValueError:
        return None
    past = day <= today if today else day <= _LONG_AGO or day <= date.today()
    return day if past and day.year >= FIRST_BIRTH else None


def birth_date(text: str) -> date | None:
    """The birth date a number of 18 or 15 digits says, or None.

    >>> birth_date("110105491231002")
    datetime.date(1949, 12, 31)
    """
    number = compact(text)
    number = upgrade15(number) or number if len(number) == 15 else number
    return _date(number[6:14], None) if len(number) == 18 and is_digits(number[:17]) else None


def sex(text: str) -> str:
    """ "男", "女", or "" when the text is no number of 18 or 15 digits."""
    number = upgrade15(text) or compact(text)
    if len(number) != 18 or not is_digits(number[:17]):
        return ""
    return "男" if int(number[16]) % 2 else "女"


def upgrade15(text: str) -> str:
    """The 18-character form of a 15-digit number, so that both forms of one person are one; "" when it is none.

    >>> upgrade15("110105491231002")
    '11010519491231002X'
    """
    number = compact(text)
    if len(number) != 15 or not is_digits(number):
        return ""
    first17 = number[:6] + "19" + number[6:]
    return first17 + check_character(first17)


Digits = NDArray[np.uint8]
Flags = NDArray[np.bool_]

_WEIGHT_ARRAY: Final = np.array(WEIGHTS, np.uint16)
_CHECK_ARRAY: Final = np.array([10 if char == "X" else int(char) for char in CHECK], np.uint8)
_YEARS: Final = 10_000  # yyyymmdd divided by it is the year, and what is left month and day


def _days() -> NDArray[np.bool_]:
    """Whether a month and day (mmdd) are one of a leap year's."""
    days = np.zeros(_YEARS, np.bool_)
    for month, count in enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1):
        days[month * 100 + 1 : month * 100 + count + 1] = True
    return days


_DAYS: Final = _days()
_LEAP_DAY: Final = 229
_LEAP_YEARS: Final = np.array([isleap(year) for year in range(_YEARS)])


def valid18(digits: Digits, check: Digits, *, today: date | None = None) -> Flags:
    """``validate18`` of many: digits [n, 17] of 0–9, check [n] of 0–9 or 10 for X → [n]."""
    ok: Flags = valid_but_for_province(digits, check, today=today) & of_a_province(digits)
    return ok


def of_a_province(digits: Digits) -> Flags:
    """Whether numbers begin with a province's two digits."""
    known: Flags = regions.PROVINCE[_number(digits[:, 0:2])]
    return known


def valid_but_for_province(digits: Digits, check: Digits, *, today: date | None = None) -> Flags:
    """MOD 11-2 and birth date: what a resident's number shares with a foreigner's (patterns.permanent_residence)."""
    ok: Flags = _CHECK_ARRAY[(digits.astype(np.uint16) @ _WEIGHT_ARRAY) % 11] == check
    ok[ok] = dates_ok(_number(digits[ok, 6:14]), today=today)
    return ok


def valid15_dates(digits: Digits, *, today: date | None = None) -> Flags:
    """``validate15`` of many: digits [n, 15] of 0–9 → [n]."""
    ok: Flags = dates_ok(_number(digits[:, 6:12]) + 1900 * _YEARS, today=today) & of_a_province(digits)
    return ok


def dates_ok(dates: NDArray[np.int32], *, today: date | None = None) -> Flags:
    """Which numbers (yyyymmdd) are dates of the calendar from 1900 to ``today`` (default: the system's)."""
    now = today or date.today()
    year, day = np.divmod(dates, _YEARS)
    ok: Flags = _DAYS[day] & ((day != _LEAP_DAY) | _LEAP_YEARS[year])
    ok &= (dates >= FIRST_BIRTH * _YEARS) & (dates <= now.year * _YEARS + now.month * 100 + now.day)
    return ok


_TENS: Final = 10 ** np.arange(7, -1, -1, dtype=np.int32)


def _number(digits: Digits) -> NDArray[np.int32]:
    """The decimal number of each row, of eight digits at most."""
    number: NDArray[np.int32] = digits.astype(np.int32) @ _TENS[len(_TENS) - digits.shape[1] :]
    return number
