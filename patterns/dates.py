"""Dates as tables and texts write them, in full, by month, or only the year."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_FULL: Final = re.compile(
    r"(?<!\d)(1[89]\d\d|20\d\d)(?:\s*[年./\-]\s*|\s+)(1[0-2]|0?[1-9])(?:\s*[月./\-]\s*|\s+)(3[01]|[12]\d|0?[1-9])\s*日?(?!\d)"
)
_COMPACT: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)\s*[年./\-]?\s*(1[0-2]|0?[1-9])\s*月?(?!\d)")
_YEAR: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


def read_date(text: str) -> date | tuple[int, int] | int | None:
    """The first date of a text: a date, (year, month), a year, or None. Excel's time behind a date does not matter.

    >>> read_date("1978年6月15日"), read_date("1978.11"), read_date("1978"), read_date("19780615"), read_date("六月")
    (datetime.date(1978, 6, 15), (1978, 11), 1978, datetime.date(1978, 6, 15), None)
    """
    for form in (_COMPACT, _FULL):
        match = form.search(text)
        if match:
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:  # 1978-02-30
                continue
    match = _MONTH.search(text)
    if match:
        return int(match[1]), int(match[2])
    match = _YEAR.search(text)
    return int(match[1]) if match else None
