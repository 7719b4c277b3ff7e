"""Publicity periods as notices write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.publicity import Period, publicity_period

FRIDAY = date(2017, 11, 3)

STATED = [
    # notice, published, first day, last day
    ("公示期：2017年11月1日至2017年11月7日", None, date(2017, 11, 1), date(2017, 11, 7)),
    ("公示时间为2017年11月1日—7日", None, date(2017, 11, 1), date(2017, 11, 7)),
    ("公示期限：2017.11.1-2017.11.7", None, date(2017, 11, 1), date(2017, 11, 7)),
    ("公示起止时间：2017-11-01 至 2017-11-07", None, date(2017, 11, 1), date(2017, 11, 7)),
    ("公示期为11月6日至11月10日", FRIDAY, date(2017, 11, 6), date(2017, 11, 10)),
    ("公示期自2017年12月28日起至2018年1月5日止", None, date(2017, 12, 28), date(2018, 1, 5)),
    ("公示期：12月28日至1月5日", date(2017, 12, 28), date(2017, 12, 28), date(2018, 1, 5)),
    ("公示期：二〇一七年十一月一日至十一月七日", None, date(2017, 11, 1), date(2017, 11, 7)),
    ("公示时间：２０１７年１１月１日～１１月７日", None, date(2017, 11, 1), date(2017, 11, 7)),
    ("公示期为7天（2017年11月1日至11月7日）", FRIDAY, date(2017, 11, 1), date(2017, 11, 7)),
    ("公示期为7天", FRIDAY, FRIDAY, date(2017, 11, 10)),
    ("公示期5个工作日", FRIDAY, FRIDAY, date(2017, 11, 10)),
    ("自公示之日起五个工作日内向我局反映", FRIDAY, FRIDAY, date(2017, 11, 10)),
    ("公示期为十五日", FRIDAY, FRIDAY, date(2017, 11, 18)),
    ("公示期自2017年11月6日起7天", FRIDAY, date(2017, 11, 6), date(2017, 11, 13)),
    ("公示期为一个月", date(2018, 1, 31), date(2018, 1, 31), date(2018, 2, 28)),
    ("现将名单予以公示7天", FRIDAY, FRIDAY, date(2017, 11, 10)),
    ("公示期限：长期公示", FRIDAY, FRIDAY, None),
    ("公示期：即日起至2017年12月1日", FRIDAY, FRIDAY, date(2017, 12, 1)),
]


@pytest.mark.parametrize(("text", "published", "start", "end"), STATED)
def test_stated_periods(text: str, published: date | None, start: date, end: date | None) -> None:
    assert publicity_period(text + "。联系电话：0552-3012345", published) == Period(start, end, stated=True)


OTHER = [
    ("现将拟补助名单予以公示，如有异议请反映。特此公示。", FRIDAY, Period(FRIDAY, date(2017, 11, 13), stated=False)),
    ("特此公示", None, None),
    ("公示期为7天", None, None),
    ("关于开会的通知", FRIDAY, None),
    ("某县严把监管关口，" * 10 + "公示期间无异议的，按程序办理，并建立公示栏。", FRIDAY, None),
    ("公示期：2017年2月30日至2017年3月99日", None, None),
    ("公示期：2017年11月9日至2017年11月1日", None, None),
]


@pytest.mark.parametrize(("text", "published", "period"), OTHER)
def test_presumed_periods_and_none(text: str, published: date | None, period: Period | None) -> None:
    assert publicity_period(text, published) == period


def test_a_holiday_calendar_stands_in_for_weekends() -> None:
    period = publicity_period("公示期为1个工作日", FRIDAY, is_workday=lambda day: day.day >= 20)
    assert period == Period(FRIDAY, date(2017, 11, 20), stated=True)


def test_the_last_day_is_within_the_period() -> None:
    period = Period(FRIDAY, date(2017, 11, 10), stated=True)
    assert not period.over(date(2017, 11, 10))
    assert period.over(date(2017, 11, 11))
    assert not Period(FRIDAY, None, stated=True).over(date(2027, 1, 1))


@settings(deadline=None)  # the first call builds tables
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["公示期", "2017年", "12", "月", "31", "日", "至", "十", "两", "工作日", "天"]), st.text()
        )
    ),
    st.one_of(st.none(), st.dates()),
)
def test_no_text_raises(parts: list[str], published: date | None) -> None:
    period = publicity_period("".join(parts), published)
    assert period is None or period.start is None or period.end is None or period.start <= period.end
