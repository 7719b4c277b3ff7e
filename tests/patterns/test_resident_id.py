from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import resident_id
from scanner.synthetic.people import Factory

TODAY = date(2017, 11, 30)
PEOPLE = Factory(3).people(300)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("11010519491231002X", ""),
        ("11010519491231002x", ""),
        ("11010519491231002×", ""),
        ("１１０１０５１９４９１２３１００２Ｘ", ""),
        ("110105 19491231 002X", ""),
        ("110105-19491231-002X", ""),
        ("'1101051949\u200b1231002X", ""),
        ("349999197806150049", ""),  # no such county: never rejected
        ("110105194912310021", "checksum"),
        ("11010519491331002X", "date"),
        ("110105201712010029", "date"),  # after today
        ("440524188001010014", "date"),  # before 1900
        ("990105194912310021", "province"),
        ("1101051949123100A1", "characters"),
        ("1101051949123100²X", "characters"),
        ("11010519491231002", "length"),
        ("", "length"),
    ],
)
def test_validate18(text: str, failed: str) -> None:
    if failed == "" and text.startswith("34"):
        text = text[:17] + resident_id.check_character(text[:17])
    result = resident_id.validate18(text, today=TODAY)
    assert result.ok == (failed == "")
    assert result.failed == failed


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("340302780615042", ""),
        ("340302781315042", "date"),
        ("990302780615042", "province"),
        ("34030278061504X", "characters"),
        ("34030278061504", "length"),
    ],
)
def test_validate15(text: str, failed: str) -> None:
    assert resident_id.validate15(text, today=TODAY).failed == failed


def test_checks_tell_how_well_the_region_is_known() -> None:
    for region, check in (("340302", "region"), ("340399", "city"), ("348899", "province")):
        body = region + "19780615004"
        result = resident_id.validate18(body + resident_id.check_character(body))
        assert result.checks == ("checksum", "date", check)


def test_people_are_read_back() -> None:
    for person in PEOPLE:
        assert resident_id.validate18(person.resident_id, today=TODAY).ok
        assert resident_id.birth_date(person.resident_id) == person.birth
        assert resident_id.sex(person.resident_id) == person.sex
        if person.resident_id_15:
            assert resident_id.upgrade15(person.resident_id_15) == person.resident_id
            assert resident_id.birth_date(person.resident_id_15) == person.birth
            assert resident_id.sex(person.resident_id_15) == person.sex


def _arrays(numbers: list[str]) -> tuple[resident_id.Digits, resident_id.Digits]:
    digits = np.array([[int(c) for c in number[:17]] for number in numbers], np.uint8)
    return digits, np.array([10 if number[17] == "X" else int(number[17]) for number in numbers], np.uint8)


def test_vectors_agree_with_scalars() -> None:
    rng = np.random.default_rng(5)
    numbers = [person.resident_id for person in PEOPLE]
    for number in list(numbers):  # one character changed each
        place = int(rng.integers(0, 18))
        numbers.append(number[:place] + str(rng.integers(0, 10)) + number[place + 1 :])
    flags = resident_id.valid18(*_arrays(numbers), today=TODAY)
    assert flags.tolist() == [resident_id.validate18(number, today=TODAY).ok for number in numbers]
    assert 300 <= flags.sum() < 450


def test_vectors_agree_with_scalars_for_fifteen_digits() -> None:
    rng = np.random.default_rng(6)
    digits = rng.integers(0, 10, (20_000, 15)).astype(np.uint8)
    digits[:, 0:2] = (3, 4)
    numbers = ["".join(map(str, row)) for row in digits.tolist()]
    flags = resident_id.valid15_dates(digits, today=TODAY)
    assert flags.tolist() == [resident_id.validate15(number, today=TODAY).ok for number in numbers]
    assert flags.any()


def test_every_day_of_the_calendar() -> None:
    years, months, days = (a.ravel() for a in np.meshgrid(range(1895, 2020), range(100), range(34)))
    dates = (years * 10_000 + months * 100 + days).astype(np.int32)
    found = resident_id.dates_ok(dates, today=TODAY)
    assert found.sum() == (TODAY - date(1900, 1, 1)).days + 1


def test_empty_arrays() -> None:
    assert resident_id.valid18(np.zeros((0, 17), np.uint8), np.zeros(0, np.uint8)).shape == (0,)


@settings(deadline=None)
@given(st.text() | st.text("0123456789Xx×-　１２３", min_size=13, max_size=22))
def test_no_text_raises(text: str) -> None:
    resident_id.validate18(text)
    resident_id.validate15(text)
    resident_id.birth_date(text)
    resident_id.sex(text)
    resident_id.upgrade15(text)
