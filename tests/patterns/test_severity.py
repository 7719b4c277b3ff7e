"""The severity table: one row of facts, one level a hit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import legal
from patterns.factors import ALL
from patterns.factors import Factor as F
from patterns.schema import Severity as L
from patterns.severity import ADJUSTMENT_BASIS, HITS, RULES, is_major, judge, rule, volume_level

TABLE = [
    # facts of the subject and its document, hit, level
    (F.SECRET_MARK, F.SECRET_MARK, L.SECRET),
    (F.SECRET_MARK | F.SAMPLE, F.SECRET_MARK, L.SECRET),
    (F.ID | F.NAME, F.ID, L.CRITICAL),
    (F.ID | F.NAME, F.NAME, L.CRITICAL),
    (F.ID | F.NAME | F.OFFICIAL, F.ID, L.CRITICAL),
    (F.ID, F.ID, L.HIGH),
    (F.ID_MASKED_10, F.ID_MASKED_10, L.CRITICAL),
    (F.ID_MASKED_100 | F.NAME, F.NAME, L.HIGH),
    (F.ID_MASKED_1000, F.ID_MASKED_1000, L.MEDIUM),
    (F.ID_MASKED | F.NAME, F.ID_MASKED, L.INFO),
    (F.ID_MASKED, F.ID_MASKED, L.SUPPORTING),
    (F.ID_DAMAGED, F.ID_DAMAGED, L.MEDIUM),
    (F.NAME | F.BANK, F.BANK, L.CRITICAL),
    (F.BANK, F.BANK, L.MEDIUM),
    (F.ORG_ACCOUNT | F.NAME, F.ORG_ACCOUNT, L.SUPPORTING),
    (F.NAME | F.HEALTH_SECRET, F.HEALTH_SECRET, L.CRITICAL),
    (F.HEALTH_SECRET, F.HEALTH_SECRET, L.SUPPORTING),
    (F.DISABILITY_NO, F.DISABILITY_NO, L.CRITICAL),
    (F.NAME | F.HEALTH, F.HEALTH, L.HIGH),
    (F.NAME | F.HEALTH | F.ADDRESS, F.ADDRESS, L.CRITICAL),
    (F.NAME | F.DISABILITY | F.MOBILE, F.MOBILE, L.CRITICAL),
    (F.NAME | F.DISABILITY, F.NAME, L.HIGH),
    (F.ID | F.HEALTH, F.HEALTH, L.HIGH),
    (F.NAME | F.MINOR_14 | F.MOBILE, F.MOBILE, L.CRITICAL),
    (F.NAME | F.MINOR_14 | F.STUDENT_NO, F.STUDENT_NO, L.CRITICAL),
    (F.NAME | F.MINOR_14, F.NAME, L.SUPPORTING),
    (F.NAME | F.MINOR_18 | F.MOBILE, F.MOBILE, L.HIGH),
    (F.NAME | F.MINOR_18 | F.HEALTH, F.HEALTH, L.CRITICAL),
    (F.STUDENT_NO, F.STUDENT_NO, L.HIGH),
    (F.NAME | F.MOBILE, F.MOBILE, L.MEDIUM),
    (F.NAME | F.MOBILE | F.AID, F.MOBILE, L.HIGH),
    (F.NAME | F.MOBILE | F.STUDENT_AID, F.NAME, L.HIGH),
    (F.NAME | F.MOBILE | F.OFFICIAL, F.MOBILE, L.LOW),
    (F.NAME | F.MOBILE | F.TENDER, F.MOBILE, L.LOW),
    (F.NAME | F.MOBILE | F.ROSTER | F.OFFICIAL, F.MOBILE, L.MEDIUM),
    (F.MOBILE, F.MOBILE, L.LOW),
    (F.MOBILE | F.OFFICIAL, F.MOBILE, L.LOW),
    (F.OFFICE_PHONE | F.NAME, F.OFFICE_PHONE, L.SUPPORTING),
    (F.OFFICE_PHONE | F.NAME, F.NAME, L.SUPPORTING),
    (F.NAME | F.LANDLINE, F.LANDLINE, L.MEDIUM),
    (F.NAME | F.ADDRESS, F.ADDRESS, L.MEDIUM),
    (F.NAME | F.ADDRESS | F.AID, F.ADDRESS, L.HIGH),
    (F.ADDRESS, F.ADDRESS, L.SUPPORTING),
    (F.NAME | F.BIRTH_DATE, F.BIRTH_DATE, L.MEDIUM),
    (F.NAME | F.FAMILY, F.FAMILY, L.MEDIUM),
    (F.NAME | F.EMAIL_IM, F.EMAIL_IM, L.LOW),
    (F.EMAIL_IM, F.EMAIL_IM, L.SUPPORTING),
    (F.NAME | F.PLATE, F.PLATE, L.LOW),
    (F.NAME | F.OTHER_DOC, F.OTHER_DOC, L.HIGH),
    (F.OTHER_DOC, F.OTHER_DOC, L.MEDIUM),
    (F.NAME | F.PENALTY, F.NAME, L.SUPPORTING),
    (F.PENALTY | F.ADDRESS, F.ADDRESS, L.MEDIUM),
    (F.PENALTY | F.THIRD_PARTY | F.NAME, F.NAME, L.MEDIUM),
    (F.INTERNAL_MARK, F.INTERNAL_MARK, L.MEDIUM),
    (F.NAME | F.AID, F.NAME, L.SUPPORTING),
    (F.NAME | F.AID | F.PERIOD_OVER, F.NAME, L.LOW),
    (F.NAME | F.AID | F.IN_PERIOD, F.NAME, L.INFO),
    (F.NAME, F.NAME, L.SUPPORTING),
    # ordered by law: names and IDs only, and never on pages of penalties, recruitment or aid
    (F.ID | F.NAME | F.LAWFUL, F.ID, L.INFO),
    (F.ID | F.NAME | F.LAWFUL, F.NAME, L.INFO),
    (F.NAME | F.MOBILE | F.LAWFUL, F.MOBILE, L.MEDIUM),
    (F.ID | F.NAME | F.BANK | F.LAWFUL, F.NAME, L.CRITICAL),
    (F.ID | F.NAME | F.LAWFUL | F.PENALTY, F.ID, L.CRITICAL),
    (F.ID | F.NAME | F.LAWFUL | F.RECRUIT, F.ID, L.CRITICAL),
    (F.ID | F.NAME | F.LAWFUL | F.STUDENT_AID, F.ID, L.CRITICAL),
    # samples and codes explain, they are no findings
    (F.ID | F.NAME | F.SAMPLE, F.ID, L.SUPPORTING),
    (F.ID | F.CODE, F.ID, L.SUPPORTING),
]


@pytest.mark.parametrize(("facts", "hit", "level"), TABLE)
def test_the_level_of_a_hit(facts: int, hit: int, level: L) -> None:
    assert judge(facts)[hit].level == level


def test_a_verdict_names_its_rule_and_what_moved_it() -> None:
    verdict = judge(F.NAME | F.MOBILE | F.MINOR_18 | F.OFFICIAL)[F.MOBILE]
    assert verdict.adjusted == ("down:official", "up:minor")
    row = rule(verdict.rule)
    assert row is not None
    assert row.level == L.MEDIUM


@settings(deadline=None)  # the first call builds tables
@given(st.integers(min_value=0, max_value=max(ALL) * 2 - 1))
def test_every_hit_of_any_facts_has_a_verdict(facts: int) -> None:
    verdicts = judge(facts)
    assert set(verdicts) == {hit for hit in HITS if hit & facts}
    assert all(rule(verdict.rule) for verdict in verdicts.values())


def test_the_table_is_whole() -> None:
    codes = [row.code for row in RULES]
    assert len(set(codes)) == len(codes)
    assert all(row.zh and row.en for row in RULES)
    used = {key for row in RULES for key in row.basis} | {key for keys in ADJUSTMENT_BASIS.values() for key in keys}
    assert used == legal.LAWS.keys()
    assert all(row.basis for row in RULES if row.level >= L.LOW)
    never = [
        row.code
        for row in RULES
        if not any(judge(row.needs | extra)[hit].rule == row.code for extra, hit in _tries(row))
    ]
    assert never == [], "rows that nothing reaches"


def _tries(row: object) -> list[tuple[int, int]]:
    assert isinstance(row, type(RULES[0]))
    extras = [factor for factor in ALL if factor & row.any_of] or [0]
    return [(extra, hit) for extra in extras for hit in HITS if hit & (row.needs | extra)]


VOLUME = [
    (L.HIGH, 49, F.ID, L.HIGH),
    (L.HIGH, 50, F.ID, L.CRITICAL),
    (L.CRITICAL, 5000, F.ID | F.NAME, L.CRITICAL),
    (L.MEDIUM, 499, F.NAME | F.ADDRESS, L.MEDIUM),
    (L.MEDIUM, 500, F.NAME | F.ADDRESS, L.HIGH),
    (L.MEDIUM, 4999, F.NAME | F.MOBILE, L.MEDIUM),
    (L.MEDIUM, 5000, F.NAME | F.MOBILE, L.HIGH),
    (L.INFO, 500, F.NAME | F.ID_MASKED, L.LOW),
    (L.INFO, 9000, F.NAME, L.INFO),
    (L.SUPPORTING, 9000, F.NAME, L.SUPPORTING),
    (L.SECRET, 9000, F.SECRET_MARK, L.SECRET),
]


@pytest.mark.parametrize(("level", "people", "kind", "raised"), VOLUME)
def test_numbers_of_people_raise_a_case(level: L, people: int, kind: int, raised: L) -> None:
    assert volume_level(level, people, kind) == raised


def test_a_case_is_major_by_tier() -> None:
    assert is_major(50, F.NAME | F.ID)
    assert not is_major(50, F.NAME | F.HEALTH)
    assert is_major(5000, F.NAME)


BASIS = [
    ("privacy", date(2017, 6, 1), date(2017, 11, 20), "《政府信息公开条例》（2007年公布）第十四条"),
    ("privacy", date(2019, 5, 14), date(2019, 5, 14), "《政府信息公开条例》（2007年公布）第十四条"),
    ("privacy", date(2019, 5, 15), date(2019, 5, 15), "《政府信息公开条例》（2019年修订）第十五条"),
    ("privacy", None, date(2026, 1, 1), "《政府信息公开条例》（2019年修订）第十五条"),
    ("pipl_public", date(2017, 6, 1), date(2021, 10, 31), ""),
    ("pipl_public", date(2017, 6, 1), date(2021, 11, 1), "《个人信息保护法》第二十五条"),
    ("sensitive_standard", None, date(2025, 10, 31), ""),
    ("sensitive_standard", None, date(2025, 11, 1), "GB/T 45574-2025"),
    ("aids", None, date(2017, 11, 1), "《艾滋病防治条例》第三十九条（须复核原文）"),
    ("student_aid", None, date(2017, 11, 26), ""),
]


@pytest.mark.parametrize(("code", "published", "found", "citation"), BASIS)
def test_the_law_in_force(code: str, published: date | None, found: date, citation: str) -> None:
    assert legal.basis(code, published, found) == citation


def test_both_versions_are_cited_when_the_law_changed_in_between() -> None:
    both = legal.basis("privacy", date(2017, 6, 1), date(2020, 1, 1))
    assert "第十四条（发布时）" in both
    assert "第十五条（现行）" in both
    assert legal.citations(("pipl_public", "privacy"), None, date(2018, 1, 1)).count("；") == 0
