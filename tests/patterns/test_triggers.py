"""Labels before numbers, looked for in all windows at once, against one window after the other."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import runs, triggers, word_engine
from patterns.labels import label_kind

PIECES = [*triggers._IN_LABELS, "学生", "编号：", "ID", "x", "，", "\n", " ", "😀", "联系电话", "银行账号：", "的" * 16]
BEFORE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def laid_out(before: list[str]) -> tuple[runs.Bytes, runs.Offsets, runs.Offsets]:
    """Each text a record that ends with a number: the buffer, where numbers and records begin."""
    raw = [text.encode() + b"123456789012" for text in before]
    stops = np.cumsum([0, *map(len, raw)]) + runs.PAD
    return runs.pad(np.frombuffer(b"".join(raw), np.uint8)), stops[1:] - 12, stops[:-1]


@settings(deadline=None)
@given(st.lists(BEFORE, min_size=1, max_size=6))
def test_numbers_behind_a_label_are_those_of_which_each_window_says_so(before: list[str]) -> None:
    alone = [
        bool(label_kind(text.encode()[-triggers._WINDOW :].decode("utf-8", "ignore"))[0] & triggers._WORDS)
        for text in before
    ]
    assert triggers._has_word(*laid_out(before)).tolist() == alone


@settings(deadline=None)
@given(st.lists(BEFORE, min_size=1, max_size=6))
def test_both_engines_find_what_may_be_a_label(before: list[str]) -> None:
    found = [triggers._may_be_labelled(*laid_out(before)).tolist()]
    usual, triggers._engine_of_labels = triggers._engine_of_labels, lambda: word_engine.AhoCorasick(triggers._IN_LABELS)
    try:
        found.append(triggers._may_be_labelled(*laid_out(before)).tolist())
    finally:
        triggers._engine_of_labels = usual
    assert found[0] == found[1]
