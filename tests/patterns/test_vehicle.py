from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import vehicle
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("皖C12345", ""),
        ("皖c·12345", ""),
        ("皖C-A123B", ""),
        ("皖CD12345", ""),
        ("皖C12345F", ""),
        ("皖C1234学", ""),
        ("皖I12345", "characters"),
        ("皖C1O345", "characters"),
        ("皖CABCDE", "characters"),
        ("国C12345", "characters"),
        ("皖C1234", "length"),
        ("皖C1234567", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = vehicle.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert vehicle.validate(person.plate).ok, person.plate


@settings(deadline=None)
@given(st.text() | st.text("皖京CDIOF0123·警 ", max_size=30))
def test_no_text_raises(text: str) -> None:
    vehicle.validate(text)
    vehicle.find(text)
