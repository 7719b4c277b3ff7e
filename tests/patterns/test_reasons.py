"""Codes become sentences, whatever the codes are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.reasons import case_sentence, entity_name, reason, severity_name, signal_words
from patterns.severity import RULES

SIGNALS = [
    ("header:身份证号", "列名“身份证号”", "column “身份证号”"),
    ("label:联系电话", "标签“联系电话”", "label “联系电话”"),
    ("label:MOBILE|OFFICIAL", "标签“手机号、职务”", "label “a mobile number, an office”"),
    ("row:name", "与姓名同在一行", "in one row with a name"),
    ("region:6", "行政区划代码六位吻合", "region code known to all six digits"),
    ("column:inferred", "按同列其他号码推断为证件号列", "its column is taken for an ID column from the other values"),
    ("mask:R=1;birth", "遮挡后只对应1人（结合出生日期）", "the mask leaves 1 person (with a birth date)"),
    ("check:luhn", "卡号校验位正确", "card's check digit is right"),
    ("check:checksum,date", "校验位和出生日期均正确", "check digit and birth date are right"),
    ("code:permit", "属于许可证编号", "part of a permit's number"),
    ("sample", "为示例或样表中的值", "a sample value"),
    ("up:minor", "涉及未成年人，升一级", "of a minor: one level up"),
    ("something:new", "something:new", "something:new"),
]


@pytest.mark.parametrize(("signal", "zh", "en"), SIGNALS)
def test_a_signal_in_words(signal: str, zh: str, en: str) -> None:
    assert signal_words(signal) == zh
    assert signal_words(signal, "en") == en


REASONS = [
    (
        ("RESIDENT_ID", "S02", ["header:身份证号", "row:name"], "zh"),
        "身份证号与姓名同在一行，列名“身份证号”：完整有效的身份证号与姓名同时公开",
    ),
    (
        ("RESIDENT_ID", "S02", ["header:身份证号", "row:name"], "en"),
        "resident ID number, in one row with a name, column “身份证号”: a complete ID number with the name",
    ),
    (("LANDLINE", "stub", ["office"], "zh"), "固定电话，为单位电话"),
    (("NEW_KIND", "", [], "zh"), "NEW_KIND"),
]


@pytest.mark.parametrize(("arguments", "sentence"), REASONS)
def test_a_hit_says_why(arguments: tuple[str, str, list[str], str], sentence: str) -> None:
    assert reason(*arguments) == sentence


@pytest.mark.parametrize("row", RULES, ids=lambda row: row.code)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_makes_a_case_sentence(row: object, lang: str) -> None:
    assert isinstance(row, type(RULES[0]))
    sentence = case_sentence(row.level, row.code, {"MOBILE": 3}, lang, people=3, found=date(2026, 1, 5))
    assert (row.zh if lang == "zh" else row.en) in sentence
    assert severity_name(row.level, lang) in sentence


def test_a_case_says_counts_adjustments_and_law() -> None:
    sentence = case_sentence(
        4, "S23", {"MOBILE": 60}, people=60, adjusted=("up:minor",), published=date(2017, 1, 1), found=date(2017, 12, 1)
    )
    assert sentence.startswith("定为“高”：")
    assert "涉及未成年人，升一级；涉及60人（手机号60个）；依据：" in sentence
    assert "（2007年公布）第十四条" in sentence
    assert "个人信息保护法" not in sentence


@settings(deadline=None)  # the first call builds tables
@given(st.text(), st.text(), st.lists(st.one_of(st.text(), st.sampled_from([row[0] for row in SIGNALS]))))
def test_no_code_raises(entity: str, code: str, signals: list[str]) -> None:
    for lang in ("zh", "en"):
        assert reason(entity, code, signals, lang).startswith(entity_name(entity, lang))
        assert case_sentence(3, code, {entity: 1}, lang, adjusted=signals, found=date(2020, 1, 1))
