"""The official working days of China: holidays, and the weekend days that make up for them (chinesecalendar, MIT)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from patterns.publicity import is_weekday


@lru_cache(maxsize=4096)
def is_workday(day: date) -> bool:
    """By the State Council's calendar; of a year it has not announced yet, by weekends alone: see ``known``."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return is_weekday(day)


def known(year: int) -> bool:
    """Whether the calendar knows a year's holidays.

    >>> known(2017), known(2999)
    (True, False)
    """
    import chinese_calendar

    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
