"""Every word list says where it comes from, and reads as the matcher compares text."""

from __future__ import annotations

from importlib.resources import files

import pytest

from patterns import lexicons


@pytest.mark.parametrize("name", lexicons.NAMES)
def test_each_list_names_source_and_date_and_holds_normalised_words(name: str) -> None:
    head = [line for line in files(lexicons).joinpath(f"{name}.txt").read_text("utf-8").splitlines() if line[:1] == "#"]
    assert any("ource" in line or "来源" in line for line in head), "no source"
    assert any("20" in line and "-" in line for line in head), "no date"
    listed = lexicons.words(name)
    assert listed
    assert len(set(listed)) == len(listed)
    assert all(word == lexicons.normalise(word) for word in listed)


ROWS = [
    ("ctx_id", "身份证号码(18位)"),
    ("ctx_mobile", "联系方式(手机)"),
    ("ctx_email_im", "e-mail"),
    ("dismiss_unit_suffix", "m2"),
    ("mark_secret", "绝密★30年"),
]


@pytest.mark.parametrize(("name", "word"), ROWS)
def test_words_are_folded_in_width_and_case(name: str, word: str) -> None:
    assert word in lexicons.words(name)


def test_an_unknown_list_is_named() -> None:
    with pytest.raises(KeyError, match="no word list 'ctx_di'"):
        lexicons.words("ctx_di")
