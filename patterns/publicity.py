"""The publicity period (公示期) a notice gives itself: from when to when, stated or presumed.

公示期：2017年11月1日至11月7日; 公示期自2017年11月1日起7个工作日; 自公示之日起五日内. A notice without a period is
presumed to run ten days from its publication (notes §6): ``stated=False``, which may only hint.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from patterns.lexicons import words

PRESUMED_DAYS: Final = 10
_WINDOW: Final = 90  # characters after 公示期 in which its dates are looked for
_MOST_ANCHORS: Final = 8
_TITLE: Final = 60
_MOST_DAYS: Final = 400  # longer is a typing error or another date

_ANCHOR: Final = re.compile(
    r"公示(?:起止|截止)?(?:期|时间|日期|期限|之日起)|公示[^。\n]{0,20}?(?=\d{1,3} ?个?(?:工作日|自然日|天))"
)
_DATE: Final = r"(?:(20\d{2}) ?[年\-./] ?)?(\d{1,2}) ?[月\-./] ?(\d{1,2}) ?[日号]?"
_SPAN: Final = re.compile(
    _DATE + r"(?:起| ?上午| ?下午|[ \d:：时]{0,8}|\([^)]{0,6}\))*(?:至|到|—+|-+|–|~)+ ?"
    r"(?:(20\d{2}) ?[年\-./] ?)?(?:(\d{1,2}) ?[月\-./] ?)?(\d{1,2})(?: ?[日号]|(?![\d年月%.]))"
)
_UNTIL: Final = re.compile(r"(?:即日起|之日起|截止|截至|截止到)[^。\n\d]{0,6}(?:至|到|:)? ?" + _DATE)
_FROM: Final = re.compile(_DATE + r"(?:起|开始)?")
_LENGTH: Final = re.compile(r"(?<![\d.年月])(\d{1,3}) ?个?(工作日|自然日|日历日|天|日(?!起)|月)")
_OPEN: Final = re.compile(r"长期|常年|动态|永久")
_DIGITS: Final = "〇一二三四五六七八九"
_NUMERAL: Final = re.compile(r"[〇零○一二两三四五六七八九十]{1,4}(?=[年月日天个工自])")


@dataclass(frozen=True, slots=True)
class Period:
    """``end``: its last day; None runs on (长期公示). ``start`` None is unknown. ``stated``: by the notice itself."""

    start: date | None
    end: date | None
    stated: bool

    def over(self, day: date) -> bool:
        return self.end is not None and day > self.end


def is_weekday(day: date) -> bool:
    """Working days as far as weekends tell; a holiday calendar may stand in for it."""
    return day.weekday() < 5


def publicity_period(
    text: str, published: date | None, *, is_workday: Callable[[date], bool] = is_weekday
) -> Period | None:
    """The period of a notice; None if the text is no publicity notice, or gives a length and no day to count from.

    >>> publicity_period("公示期：2017年12月28日至1月5日", None)
    Period(start=datetime.date(2017, 12, 28), end=datetime.date(2018, 1, 5), stated=True)
    >>> publicity_period("现予公示，公示期为五个工作日", date(2017, 11, 3)).end
    datetime.date(2017, 11, 10)
    """
    if "公示" not in text:
        return None
    for window in _windows(text):
        period = _read(window, published, is_workday)
        if period is not None:
            return period
    if published is None or not _is_notice(text):
        return None
    return Period(published, _later(published, PRESUMED_DAYS), stated=False)


def _is_notice(text: str) -> bool:
    """公示 in its title, or a notice's phrase (特此公示): articles about 公示 have neither."""
    return "公示" in text[:_TITLE] or any(word in text for word in _notice_words())


@cache
def _notice_words() -> tuple[str, ...]:
    about_time = ("公示期", "公示时间", "公示日期", "公示起止", "自公示", "公示无异议")
    return tuple(word for word in words("publicity") if "公示" in word and not word.startswith(about_time))


def _windows(text: str) -> Iterator[str]:
    for count, match in enumerate(_ANCHOR.finditer(text)):
        if count == _MOST_ANCHORS:
            return
        yield _arabic(unicodedata.normalize("NFKC", text[match.start() : match.end() + _WINDOW]))


def _read(window: str, published: date | None, is_workday: Callable[[date], bool]) -> Period | None:
    span = _SPAN.search(window)
    if span and (period := _from_span(span, published)):
        return period
    until = _UNTIL.search(window)
    if until and (end := _date(until[1], until[2], until[3], published)):
        return Period(published, end, stated=True)
    length = _LENGTH.search(window)
    if length:
        return _from_length(window, length, published, is_workday)
    return Period(published, None, stated=True) if _OPEN.search(window[:20]) else None


def _from_span(span: re.Match[str], published: date | None) -> Period | None:
    start = _date(span[1], span[2], span[3], published)
    if start is None:
        return None
    end = _date(span[4] or str(start.year), span[5] or str(start.month), span[6], None)
    if end and end < start and not span[4]:  # 12月28日至1月5日
        end = _date(str(start.year + 1), span[5] or "", span[6], None)
    return Period(start, end, stated=True) if end and start <= end <= _later(start, _MOST_DAYS) else None


def _from_length(
    window: str, length: re.Match[str], published: date | None, is_workday: Callable[[date], bool]
) -> Period | None:
    named = _FROM.search(window, 0, length.start())
    start = (_date(named[1], named[2], named[3], published) if named else None) or published
    count = int(length[1])
    if start is None or not 0 < count <= _MOST_DAYS:
        return None
    if length[2] == "工作日":
        return Period(start, _workdays_later(start, count, is_workday), stated=True)
    end = _months_later(start, count) if length[2] == "月" else _later(start, count)
    return Period(start, end, stated=True) if end else None


def _date(year: str | None, month: str, day: str, published: date | None) -> date | None:
    """A day of the calendar, or None. Without a year, that of the publication."""
    if not year and published is None:
        return None
    try:
        return date(int(year) if year else published.year if published else 0, int(month), int(day))
    except ValueError:
        return None


def _later(start: date, days: int) -> date:
    """The day of publication does not count. The end of the calendar is the end."""
    return date.fromordinal(min(start.toordinal() + days, date.max.toordinal()))


def _months_later(start: date, months: int) -> date | None:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if months > 36 or year > date.max.year:
        return None
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _workdays_later(start: date, count: int, is_workday: Callable[[date], bool]) -> date:
    day = start
    for _ in range(_MOST_DAYS * 2):
        if count == 0 or day == date.max:
            break
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def _arabic(window: str) -> str:
    """Chinese numerals before a unit as digits: 二〇一七年十一月一日, 十五个工作日."""
    return _NUMERAL.sub(lambda match: _number(match[0]), window)


def _number(numeral: str) -> str:
    digits = numeral.translate(str.maketrans("零○两", "〇〇二"))
    if "十" not in digits:
        return "".join(str(_DIGITS.index(digit)) for digit in digits)
    tens, _, ones = digits.partition("十")
    return _number(tens or "一") + (_number(ones) if ones else "0")
