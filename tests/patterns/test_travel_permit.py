from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import travel_permit
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("C12345678", ""),
        ("CA1234567", ""),
        ("W12345678", ""),
        ("L12345678", ""),
        ("T12345678", ""),
        ("H12345678", ""),
        ("M1234567801", ""),
        ("12345678", ""),
        ("1234567801", ""),
        ("X12345678", "prefix"),
        ("C1234567", "prefix"),
        ("C123", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = travel_permit.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert travel_permit.validate(person.travel_permit).ok, person.travel_permit


@settings(deadline=None)
@given(st.text() | st.text("CWLTHM12345678通行证台胞 ", max_size=30))
def test_no_text_raises(text: str) -> None:
    travel_permit.validate(text)
    travel_permit.find(text)
