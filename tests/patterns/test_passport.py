from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import passport
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("E12345678", ""),
        ("e12345678", ""),
        ("EA1234567", ""),
        ("EI1234567", "prefix"),
        ("EO1234567", "prefix"),
        ("G12345678", ""),
        ("141234567", ""),
        ("151234567", ""),
        ("161234567", "prefix"),
        ("DE1234567", ""),
        ("SE1234567", ""),
        ("PE1234567", ""),
        ("P1234567", ""),
        ("K12345678", ""),
        ("MA1234567", ""),
        ("MC1234567", "prefix"),
        ("Ｅ１２３４５６７８", ""),
        ("E1234567", "prefix"),
        ("E123", "length"),
        ("", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = passport.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert passport.validate(person.passport).ok, person.passport


@settings(deadline=None)
@given(st.text() | st.text("EGDSPMAK12345678护照 ", max_size=30))
def test_no_text_raises(text: str) -> None:
    passport.validate(text)
    passport.find(text)
