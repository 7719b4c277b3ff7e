"""Counted texts anywhere in a record; what only looks like one; time in proportion to the bytes."""

from __future__ import annotations

import time
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extractors.counted_texts import flagged_texts, wide_texts


def wide(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return pack("<I", len(raw) // 2) + raw


def flagged(text: str, flag: int = 1) -> bytes:
    raw = text.encode("utf-16-le" if flag else "ascii")
    return pack("<HB", len(raw) // (1 + flag), flag) + raw


@pytest.mark.parametrize("before", [b"", b"\7", b"\7\7", b"\0\0\0"])
def test_at_every_place(before: bytes) -> None:
    assert list(wide_texts(before + wide("张三\n139") + before + wide("𠮷ab"))) == ["张三 139", "𠮷ab"]
    found = flagged_texts(before + flagged("张三") + before + flagged("139 x", 0))
    assert list(found) == ["张三", "139 x"]


@pytest.mark.parametrize("text", ["a", "a\0b", "\1\2", "\ue000\ue001"])
def test_what_is_none(text: str) -> None:
    assert list(wide_texts(wide(text))) == []
    assert list(flagged_texts(flagged(text))) == []


def test_a_text_that_ends_behind_the_record_is_none() -> None:
    assert list(wide_texts(wide("张三李四")[:-2])) == []
    assert list(flagged_texts(flagged("abcd", 0)[:-1])) == []


@given(st.text(st.characters(codec="utf-16-le", categories=("L", "Nd"), exclude_characters="\0"), min_size=2))
def test_letters_and_digits_of_all_scripts(text: str) -> None:
    assert list(wide_texts(wide(text))) == [text]


@pytest.mark.parametrize("pattern", [pack("<I", 30_000), b"\1\0\0", b"a\0", b"\0", b"0u"])
def test_no_pattern_takes_long(pattern: bytes) -> None:
    data = (pattern * 300_000)[:300_000]
    began = time.process_time()
    list(wide_texts(data)), list(flagged_texts(data))
    assert time.process_time() - began < 5
