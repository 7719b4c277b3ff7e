from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import mobile
from scanner.synthetic.forms import PHONE_FORMS
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("13955261784", ""),
        ("139 5526 1784", ""),
        ("139-5526-1784", ""),
        ("+8613955261784", ""),
        ("+86 139 5526 1784", ""),
        ("0086-13955261784", ""),
        ("(+86)13955261784", ""),
        ("8613955261784", ""),
        ("１３９５５２６１７８４", ""),
        ("139\u200b55261784", ""),
        ("13955261784.0", ""),
        ("'13955261784", ""),
        ("15455261784", ""),
        ("12955261784", "prefix"),
        ("1395526178", "length"),
        ("139552617845", "length"),
        ("1395526178a", "characters"),
        ("", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = mobile.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert mobile.validate(person.mobile).ok, person.mobile


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("13955261784", "known"),
        ("19255261784", "known"),
        ("15455261784", "unknown"),
        ("14155261784", "unknown"),
        ("13495526178", "satellite"),
        ("17400526178", "satellite"),
        ("17413526178", "known"),
        ("17406526178", "emergency"),
        ("1064812345678", "iot"),
        ("1410123456789", "iot"),
        ("1395526178412", ""),
        ("12955261784", ""),
        ("１３９５５２６１７８４", ""),
    ],
)
def test_classify(number: str, kind: str) -> None:
    assert mobile.classify(number) == kind


def test_all_forms_of_one_number_are_one() -> None:
    for form in PHONE_FORMS:
        written = form.write("13955261784", Random(1))
        assert mobile.compact(written.text[written.start : written.end]) == "13955261784", form.name
        if form.name != "glued":
            assert mobile.compact(written.text) == "13955261784", form.name


@settings(deadline=None)
@given(st.text() | st.text("+8601395 -１３.²", max_size=30))
def test_no_text_raises(text: str) -> None:
    mobile.validate(text)
    mobile.compact(text)
    mobile.classify(text)
