from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import landline
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("0552-3061234", ""),
        ("05523061234", ""),
        ("(0552)3061234", ""),
        ("（0552）3061234", ""),
        ("0552 306 1234", ""),
        ("０５５２－３０６１２３４", ""),
        ("010-62345678", ""),
        ("0552-3061234-801", ""),
        ("0552-3061234转801", ""),
        ("+86 0552-3061234", ""),
        ("3061234", ""),
        ("62345678", ""),
        ("0500-3061234", "prefix"),
        ("0552-12345", "length"),
        ("0552-1061234", "length"),
        ("13955261784", "length"),
        ("", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = landline.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert landline.validate(person.landline).ok, person.landline


def test_all_ways_of_writing_are_one() -> None:
    for text in ("0552-3061234", "（0552）3061234", "05523061234", "0552 306 1234", "0552-3061234转801"):
        assert landline.compact(text) == "05523061234"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("电话0552-3061234。", ["0552-3061234"]),
        ("0552-3061234、0552-3065678", ["0552-3061234", "0552-3065678"]),
        ("0552-3061234/3065678", []),
        ("2017-0552-3061234", []),
        ("00552-3061234", []),
        ("0552-30612345678", []),
        ("13955261784", []),
    ],
)
def test_find(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in landline.find(text)] == spans


@settings(deadline=None)
@given(st.text() | st.text("0552-3061234 ()转（）．", max_size=30))
def test_no_text_raises(text: str) -> None:
    landline.validate(text)
    landline.compact(text)
    landline.split(text)
    landline.find(text)
