from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import credit_code
from scanner.synthetic.people import Factory


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("91350100M000100Y43", ""),
        ("９１３５０１００M000100Y43", ""),
        ("91350100M000100Y44", "checksum"),
        ("01350100M000100Y43", "prefix"),
        ("91350100I000100Y43", "characters"),
        ("91350100M000100Y4", "length"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = credit_code.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_looks_like() -> None:
    assert credit_code.looks_like("91350211M0000XUF46")  # a real code whose check character is wrong
    assert credit_code.looks_like("91340300MA2MR4X3X1")
    assert not credit_code.looks_like("340302197806150041")


def test_no_resident_id_is_a_credit_code() -> None:
    for person in Factory(8).people(1500):
        assert not credit_code.looks_like(person.resident_id)


@settings(deadline=None)
@given(st.text() | st.text("91350MYX", max_size=30))
def test_no_text_raises(text: str) -> None:
    credit_code.validate(text)
    credit_code.looks_like(text)
