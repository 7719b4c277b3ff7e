from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import tax_no
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("11010519491231002X01", ""),
        ("11010519491231002x01", ""),
        ("L11010519491231002X", ""),
        ("l11010519491231002x", ""),
        ("L110105194912310021", "checksum"),
        ("110105194912310021", "length"),
        ("M11010519491231002X", "length"),
        ("", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = tax_no.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert tax_no.validate(person.tax_no).ok, person.tax_no


@settings(deadline=None)
@given(st.text() | st.text("L1101949X0 ", max_size=30))
def test_no_text_raises(text: str) -> None:
    tax_no.validate(text)
    tax_no.find(text)
    tax_no.resident(text)
