"""The factory's people are what they say: checked against a library that is not ours where one knows the standard."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from scanner.synthetic import forms, names
from scanner.synthetic.people import Factory, Person

PEOPLE = Factory(7).people(3000)


@pytest.mark.parametrize("field", ["resident_id", "residence_permit", "permanent_residence_id"])
def test_checksums_hold(field: str) -> None:
    for person in PEOPLE:
        assert mod_11_2.is_valid(getattr(person, field))


def test_id_says_birth_and_sex() -> None:
    for person in PEOPLE:
        assert person.resident_id[6:14] == f"{person.birth:%Y%m%d}"
        assert (int(person.resident_id[16]) % 2 == 1) == (person.sex == "男")
        assert person.resident_id_15 == (
            person.resident_id[:6] + person.resident_id[8:17] if person.birth.year < 2000 else ""
        )


def test_cards_pass_luhn_and_passbooks_do_not() -> None:
    for person in PEOPLE:
        assert luhn.is_valid(person.bank_card)
        assert not luhn.is_valid(person.passbook)
    assert {len(p.bank_card) for p in PEOPLE} == {16, 17, 18, 19}
    assert {len(p.passbook) for p in PEOPLE} <= set(range(12, 24))


def test_same_seed_same_people() -> None:
    assert Factory(7).people(3) == PEOPLE[:3]
    assert Factory(8).people(3) != PEOPLE[:3]


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        (lambda p: p.resident_id.endswith("X"), 0.07, 0.11),
        (lambda p: len(p.name) == 3, 0.6, 0.75),
        (lambda p: "·" in p.name, 0.01, 0.03),
        (lambda p: p.name[0] == "王", 0.05, 0.09),
        (lambda p: p.student_no.startswith("G"), 0.75, 0.85),
    ],
)
def test_shares(share: object, low: float, high: float) -> None:
    assert callable(share)
    assert low <= sum(map(share, PEOPLE)) / len(PEOPLE) <= high


def test_minors_are_minors() -> None:
    for person in Factory(3).people(200, minor=True):
        assert 2 <= person.age <= 13
        assert person.guardian.resident_id[6:14] < f"{person.birth:%Y%m%d}"


def test_given_names_come_from_the_own_list() -> None:
    assert 350 <= len(names.GIVEN) <= 450


def _id_person() -> Person:
    return next(p for p in PEOPLE if p.resident_id.endswith("X") and p.birth < date(2000, 1, 1))


@pytest.mark.parametrize("form", forms.ID_FORMS, ids=lambda f: f.name)
def test_complete_forms_keep_every_digit(form: forms.Form) -> None:
    person = _id_person()
    written = form.write(person.resident_id, Random(1))
    span = written.text[written.start : written.end].translate(str.maketrans("×Ｘx", "XXX"))
    kept = "".join(c if c == "X" else str(int(c)) for c in span if c.isdigit() or c == "X")
    assert written.complete
    assert kept == person.resident_id


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("6+4", "340302********042X"),
        ("2+3", "34*************42X"),
        ("-4", "34030219780615****"),
        ("monthday", "3403021978****042X"),
        ("6+0", "340302************"),
    ],
)
def test_masks(shown: str, expected: str) -> None:
    assert forms.masked("34030219780615042X", shown) == expected


def test_excel_damage() -> None:
    scientific, truncated = (form.write("34030219780615042X", Random(1)) for form in forms.DAMAGED)
    assert scientific.text == "3.40302E+17"
    assert truncated.text == "340302197806150000"
    assert not scientific.complete


def test_ages_count_from_the_factory_date() -> None:
    assert all(18 <= p.age <= 88 for p in PEOPLE)
