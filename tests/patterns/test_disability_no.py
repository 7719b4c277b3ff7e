from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import disability_no
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("11010519491231002X43", ""),
        ("11010519491231002x43B1", ""),
        ("１１０１０５１９４９１２３１００２Ｘ４３", ""),
        ("11010519491231002X93", "kind"),
        ("11010519491231002X03", "kind"),
        ("11010519491231002X45", "grade"),
        ("11010519491231002143", "checksum"),
        ("11010519491331002X43", "date"),
        ("11010519491231002X4", "length"),
        ("", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = disability_no.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert disability_no.validate(person.disability_no).ok, person.disability_no


def test_what_it_says() -> None:
    for person in PEOPLE:
        assert disability_no.kind(person.disability_no) == person.disability_kind
        assert disability_no.grade(person.disability_no) == person.disability_grade
        assert disability_no.resident(person.disability_no) == person.resident_id


@settings(deadline=None)
@given(st.text() | st.text("1101949X23B4３²", max_size=30))
def test_no_text_raises(text: str) -> None:
    disability_no.validate(text)
    disability_no.find(text)
    disability_no.kind(text)
    disability_no.grade(text)
    disability_no.resident(text)
