from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import bank_card
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("6228481234567890128", ""),
        ("6228 4812 3456 7890 128", ""),
        ("4111111111111111", ""),
        ("6228481234567890123", "luhn"),
        ("1228481234567890128", "prefix"),
        ("622848123456789012a", "characters"),
        ("622848123456", "length"),
        ("", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = bank_card.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert bank_card.validate(person.bank_card).ok, person.bank_card


def test_bin_is_told() -> None:
    assert bank_card.validate("6228481234567890128").checks == ("luhn", "bin")
    assert bank_card.issuer("6228481234567890128") == "农业银行"
    assert bank_card.issuer("622848123456789012") == ""


def test_passbooks_are_accounts_not_cards() -> None:
    for person in PEOPLE:
        assert bank_card.account_like(person.passbook) and not bank_card.validate(person.passbook).ok
    assert not bank_card.account_like("12345678901") and not bank_card.account_like("1" * 24)
    assert not bank_card.account_like("000000000000")


@pytest.mark.parametrize("length", range(12, 21))
def test_vectors_agree_with_scalars(length: int) -> None:
    digits = np.random.default_rng(length).integers(0, 10, (3000, length)).astype(np.uint8)
    digits[::2, 0:2] = (6, 2)
    numbers = ["".join(map(str, row)) for row in digits.tolist()]
    assert bank_card.valid_luhn(digits).tolist() == [bank_card.luhn(number) for number in numbers]
    assert bank_card.valid_cards(digits).tolist() == [bank_card.validate(number).ok for number in numbers]
    assert bank_card.valid_cards(digits).any() == (13 <= length <= 19)


@settings(deadline=None)
@given(st.text() | st.text("62281 -４²", max_size=30))
def test_no_text_raises(text: str) -> None:
    bank_card.validate(text)
    bank_card.compact(text)
    bank_card.account_like(text)
