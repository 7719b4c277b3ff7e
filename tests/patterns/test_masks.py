from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import masks


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("340302********042X", "340302********042X"),
        ("340302＊＊＊＊＊＊＊＊042Ｘ", "340302********042X"),
        ("340302××××××××042X", "340302********042X"),
        ("340302XXXXXXXX042X", "340302********042X"),
        ("340302xxxxxxxx042x", "340302********042X"),
        ("340302XxXxXxXx0421", "340302********0421"),
        ("340302●●●●●●●●042X", "340302********042X"),
        ("340302□□□□□□□□042X", "340302********042X"),
        ("340302■■■■■■■■042X", "340302********042X"),
        ("340302########042X", "340302********042X"),
        ("340302________042X", "340302********042X"),
        ("340302--------0421", "340302********0421"),
        ("340302某某某某0421", "340302****0421"),
        ("340302〇〇〇〇0421", "340302****0421"),
        ("340302……0421", "340302**0421"),
        ("340302........0421", "340302********0421"),
        ("340302 **** **** 0421", "340302********0421"),
        ("340302-********-0421", "340302********0421"),
        ("340302&times;&times;&times;&times;0421", "340302****0421"),
        ("340302&#42;&#42;&#42;&#42;0421", "340302****0421"),
        ("３４０３０２****０４２１", "340302****0421"),
        ("34030219780615042X", ""),  # a final X is a check character
        ("340302-19780615-0421", ""),
        ("34030219780615XXXX", "34030219780615****"),
        ("34030219780615****X", "34030219780615****X"),
        ("138****1234", "138****1234"),
        ("张**", ""),
        ("", ""),
        ("**", "**"),
    ],
)
def test_normalise(text: str, normal: str) -> None:
    assert masks.normalise(text) == normal


@pytest.mark.parametrize(
    ("pattern", "length", "places"),
    [
        ("34*5", 4, ("34*5",)),
        ("34*5", 6, ("34***5",)),
        ("34****5", 4, ("34*5",)),
        ("345*67", 5, ()),
        ("3*4*5", 6, ("3*4**5", "3**4*5")),
        ("*4", 3, ("**4",)),
    ],
)
def test_place(pattern: str, length: int, places: tuple[str, ...]) -> None:
    assert masks.place(pattern, length) == places


@settings(deadline=None)
@given(st.text("0123*", min_size=1, max_size=9).filter(lambda s: "*" in s), st.integers(1, 12))
def test_places_keep_what_is_shown(pattern: str, length: int) -> None:
    for placed in masks.place(pattern, length):
        assert len(placed) == length and placed.replace("*", "") == pattern.replace("*", "")


@settings(deadline=None)
@given(st.text() | st.text("0123456789Xx×*＊●-_ .&;#42"))
def test_no_text_raises(text: str) -> None:
    pattern = masks.normalise(text)
    assert set(pattern) <= set("0123456789*X")
    masks.place(pattern, 18)
