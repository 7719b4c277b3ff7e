from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.masked_numbers import account_candidates, classify, mobile_candidates
from scanner.synthetic.forms import masked
from scanner.synthetic.people import Factory


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("138****1234", "MOBILE"),
        ("138XXXX1234", "MOBILE"),
        ("13812345***", "MOBILE"),
        ("*******1234", "MOBILE"),
        ("139**1234", "MOBILE"),
        ("340302********042X", "RESIDENT_ID"),
        ("340302****1234", "RESIDENT_ID"),
        ("34*************42X", "RESIDENT_ID"),
        ("150302********1234", "RESIDENT_ID"),
        ("340302******123", "RESIDENT_ID"),
        ("622848*********0018", "BANK_CARD"),
        ("6228 **** **** 0018", "BANK_CARD"),
        ("张**", ""),
        ("****", ""),
        ("13955261784", ""),
    ],
)
def test_classify(text: str, kind: str) -> None:
    assert classify(text) == kind


def test_synthetic_people() -> None:
    for person in Factory(4).people(200):
        assert classify(masked(person.resident_id, "6+4")) == "RESIDENT_ID"
        assert classify(masked(person.mobile, "3+4")) == "MOBILE"
        assert classify(masked(person.bank_card, "6+4")) == "BANK_CARD"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138****1234", 10_000),
        ("+86 138****1234", 10_000),
        ("138**1234", 10_000),
        ("1381234567*", 10),
        ("139********", 10**8),
        ("13*12345678", 10),
        ("128****1234", 0),
        ("13812341234", 0),
        ("", 0),
    ],
)
def test_mobile_candidates(text: str, number: int) -> None:
    assert mobile_candidates(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("622848*********0018", 10**8),
        ("622848123456789001*", 1),
        ("340301****67", 10**4),
        ("6228480402564890018", 0),
        ("", 0),
    ],
)
def test_account_candidates(text: str, number: int) -> None:
    assert account_candidates(text) == number


@settings(deadline=None)
@given(st.text() | st.text("0123456789Xx×*＊●-_ +", max_size=30))
def test_no_text_raises(text: str) -> None:
    assert classify(text) in ("", "MOBILE", "RESIDENT_ID", "BANK_CARD")
    assert mobile_candidates(text) >= 0
    assert account_candidates(text) >= 0
