from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import permanent_residence
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("911840198001150016", ""),
        ("911840 19800115 0016", ""),
        ("USA110080011501", ""),
        ("911840198001150017", "checksum"),
        ("911840198013150016", "date"),
        ("9118401980011500A6", "characters"),
        ("91184019800115001", "length"),
        ("US1110080011501", "characters"),
        ("USA990080011501", "province"),
        ("USA110080133101", "date"),
        ("USA1100800115", "length"),
        ("", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = permanent_residence.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert permanent_residence.validate(person.permanent_residence_id).ok, person.permanent_residence_id


@settings(deadline=None)
@given(st.text() | st.text("9USA1 0-８X", max_size=30))
def test_no_text_raises(text: str) -> None:
    permanent_residence.validate(text)
    permanent_residence.find(text)
