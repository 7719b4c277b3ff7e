from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import military_id
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("军字第01234567号", ""),
        ("南字第1234567号", ""),
        ("军字第 01234567 号", ""),
        ("沈海字第0123456号", ""),
        ("蚌字第01234567号", "issuer"),
        ("字第01234567号", "issuer"),
        ("军字第123号", "characters"),
        ("", "characters"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = military_id.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert military_id.validate(person.military_id).ok, person.military_id


@settings(deadline=None)
@given(st.text() | st.text("军南字第号0123456 蚌", max_size=30))
def test_no_text_raises(text: str) -> None:
    military_id.validate(text)
    military_id.find(text)
