from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import residence_permit
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("810000199408230021", ""),
        ("830000 19920130 0022", ""),
        ("810000199408230022", "checksum"),
        ("34030219780615042X", "province"),
        ("8100001994082300", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = residence_permit.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert residence_permit.validate(person.residence_permit).ok, person.residence_permit


def test_area() -> None:
    areas = [residence_permit.area(code + "199408230021") for code in ("810000", "820000", "830000", "340302")]
    assert areas == ["香港", "澳门", "台湾", ""]


@settings(deadline=None)
@given(st.text() | st.text("810320４ X-", max_size=30))
def test_no_text_raises(text: str) -> None:
    residence_permit.validate(text)
    residence_permit.area(text)
    residence_permit.compact(text)
