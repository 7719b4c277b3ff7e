from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import hotline


@pytest.mark.parametrize(
    "text",
    [
        "110",
        "12345",
        "0552-12345",
        "(0552)12345",
        "95588",
        "955880",
        "96365",
        "0552-96365",
        "400-800-8888",
        "4008008888",
        "800 810 8888",
        "10086",
        "1008611",
        "12306",
        "0551-12329",
        "１２３４５",
    ],
)
def test_hotlines(text: str) -> None:
    assert hotline.is_hotline(text)


@pytest.mark.parametrize("text", ["13955261784", "0552-3061234", "3061234", "", "abc", "4008008", "²", "95", "123456"])
def test_others(text: str) -> None:
    assert not hotline.is_hotline(text)


def test_every_number_of_the_list() -> None:
    assert len(hotline.HOTLINES) > 80
    assert all(hotline.is_hotline(number) for number in hotline.HOTLINES)


@settings(deadline=None)
@given(st.text() | st.text("01245689-() "))
def test_no_text_raises(text: str) -> None:
    hotline.is_hotline(text)
