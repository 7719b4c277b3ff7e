from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import bank_card, resident_id, samples
from scanner.synthetic.people import Factory


@pytest.mark.parametrize(
    "value",
    [
        "13800138000",
        "13812345678",
        "12345678901",
        "111111111111111111",
        "123456789012345678",
        "11010519491231002X",
        "110101199003070134",
        "6228480402564890018",
        "13888888888",
        "987654321",
        "6228480000000000000",
        "121212121212",
    ],
)
def test_samples(value: str) -> None:
    assert samples.is_sample(value)


def test_people_are_no_samples() -> None:
    for person in Factory(2).people(2000):
        for value in (person.resident_id, person.mobile, person.bank_card, person.landline.replace("-", "")):
            assert not samples.is_sample(value), value


def test_checksums_of_the_listed_ids() -> None:
    passing = {"11010519491231002X", "110101199003070134", "110101199003074477", "110101199001011237"}
    passing |= {"310101199001011234", "440308199901101512", "810000199408230021", "830000199201300022"}
    listed = {value.upper() for value in samples.words("sample_values") if len(value) == 18}
    assert {value for value in listed if resident_id.validate18(value).ok} - passing == {"513436200001010014"}
    assert bank_card.luhn("4111111111111111")


@settings(deadline=None)
@given(st.text() | st.text("0123456789X"))
def test_no_text_raises(text: str) -> None:
    samples.is_sample(text)
