"""Each hit says what counted and which rule set its level; each number that is no hit says why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.explain import Fact, explain, why_aside
from patterns.explain_words import ABOUT, ASIDE, FOUND
from patterns.resident_id import check_character
from patterns.schema import HITS, Severity
from scanner.synthetic.people import Factory

ID = Factory(31).person().resident_id
WRONG = ID[:17] + ("0" if ID[17] != "0" else "1")
NO_DATE = (first := ID[:10] + "1399" + ID[14:17]) + check_character(first)


def hit(**columns: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "entity_type": "RESIDENT_ID", "rule_id": "resident_id.18", "start": 0, "end": 18, "masked": "34****20",
        "validation": "checksum,date,region", "score": 0.99, "severity": 5, "severity_rule": "S02",
        "signals": ["header:身份证号", "row:name"],
    }  # fmt: skip
    return plain | columns


def test_a_step_says_how_what_counted_and_the_rule() -> None:
    (step,) = explain("", [hit()], today=date(2017, 12, 1)).steps
    assert step.name == "身份证号"
    assert step.found == ("校验位正确", "含有效的出生日期", "六位行政区划代码存在")
    assert step.facts == (Fact("+", "列名“身份证号”"), Fact("+", "与姓名同在一行"))
    assert (step.rule, step.rule_level, step.severity, step.moves) == ("S02", Severity.CRITICAL, Severity.CRITICAL, ())
    assert step.rule_words == "完整有效的身份证号与姓名同时公开"
    assert step.law.startswith("《政府信息公开条例》（2007年公布）第十四条")


@pytest.mark.parametrize(
    ("signal", "effect"),
    [
        ("header:身份证号", "+"),
        ("label:ID", "+"),
        ("label:CODE", "-"),
        ("label:OFFICE_PHONE|OFFICIAL", "-"),
        ("code:permit", "-"),
        ("sample", "-"),
        ("prefix:unknown", "-"),
        ("mask:R=1;birth", "+"),
        ("mask:R=1001", "-"),
        ("split", ""),
        ("something:new", ""),
    ],
)
def test_what_a_signal_does(signal: str, effect: str) -> None:
    (step,) = explain("", [hit(signals=[signal])]).steps
    assert [fact.effect for fact in step.facts] == [effect]


@pytest.mark.parametrize(
    ("rule", "level", "signals", "before", "moves"),
    [
        ("S13", Severity.INFO, ["down:lawful"], Severity.HIGH, ("属于依法公开，降为提示",)),
        ("S24", Severity.HIGH, ["up:minor"], Severity.MEDIUM, ("涉及未成年人，升一级",)),
        ("code", Severity.SUPPORTING, ["code:permit"], Severity.SUPPORTING, ()),
        ("unheard-of", Severity.LOW, [], None, ()),
    ],
)
def test_what_moved_a_level(
    rule: str, level: Severity, signals: list[str], before: Severity | None, moves: tuple[str, ...]
) -> None:
    (step,) = explain("", [hit(severity_rule=rule, severity=int(level), signals=signals)]).steps
    assert (step.rule_level, step.severity, step.moves) == (before, level, moves)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (WRONG, "checksum"),
        (NO_DATE, "date"),
        ("9" + ID[1:], "province"),
        (ID, "no_person"),
        (ID[:6] + ID[8:17], "id15"),
        ("6222027495422685051", "no_kind"),
        ("6222021234567890128", "card"),
        ("20171201", "no_kind"),
    ],
)
def test_why_a_number_is_left_aside(number: str, why: str) -> None:
    assert why_aside(number) == why
    text = f"单号{number}。"
    (aside,) = explain(text, []).aside
    assert (text[aside.start : aside.end], aside.why) == (number, ASIDE[why][0])
    assert number not in aside.masked


def test_a_number_that_is_a_hit_is_not_aside() -> None:
    assert explain(f"{ID} {WRONG}", [hit()]).aside[0].start == 19
    assert len(explain(f"{WRONG} " * 80, []).aside) == 50


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("2017年残疾儿童康复救助名单", ("救助、补贴或扶贫", "残疾人名单")),
        ("关于设备采购的招标公告", ("招标采购",)),
        ("关于放假的通知", ()),
    ],
)
def test_what_the_document_is_about(title: str, about: tuple[str, ...]) -> None:
    assert set(about) <= set(explain("", [], title=title).about)
    assert bool(explain("", [], title=title).about) == bool(about)


def test_the_publicity_period_counts() -> None:
    text, published = "现予公示，公示期为五个工作日", date(2017, 11, 3)
    said = [
        explain(text, [], title="低保对象公示名单", published=published, today=day).about
        for day in (date(2017, 11, 6), date(2017, 12, 6))
    ]
    assert ["在公示期内" in said[0], "已过公示期" in said[1]] == [True, True]


def test_both_languages_have_words() -> None:
    for zh, en in (*(words for _, words in ABOUT), *FOUND.values(), *ASIDE.values()):
        assert zh
        assert en.isascii()


@settings(deadline=None)  # the first call builds tables
@given(st.text(), st.text(), st.lists(st.text()))
def test_nothing_makes_it_raise(text: str, code: str, signals: list[str]) -> None:
    explain(text, [hit(severity_rule=code, signals=signals, validation=text, entity_type=code)], title=text, lang="en")


def test_it_reads_only_columns_of_hits() -> None:
    assert set(hit()) <= set(HITS.names)
