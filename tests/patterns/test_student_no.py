from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import student_no
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("G11010519491231002X", ""),
        ("g11010519491231002x", ""),
        ("J11010519491231002X", ""),
        ("L110105194912311234", ""),
        ("G110105194912311234", "checksum"),
        ("L110105194913311234", "date"),
        ("K11010519491231002X", "prefix"),
        ("G11010519491231002", "length"),
        ("", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = student_no.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert student_no.validate(person.student_no).ok, person.student_no


def test_resident() -> None:
    for person in PEOPLE:
        assert student_no.resident(person.student_no) == (person.resident_id if person.student_no[0] == "G" else "")


@settings(deadline=None)
@given(st.text() | st.text("GJL1101949X 2", max_size=30))
def test_no_text_raises(text: str) -> None:
    student_no.validate(text)
    student_no.find(text)
    student_no.resident(text)
