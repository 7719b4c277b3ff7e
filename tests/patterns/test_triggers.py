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


CELLS = st.lists(st.sampled_from(["姓名", "户主", "身份证号", "金额", "备注", "12", ""]), max_size=4)
LINES = st.lists(CELLS.map("\t".join), max_size=6).map("\n".join)


def by_line(text: str) -> bool:
    """Whether one of the first two lines of any table names people, a line at a time."""
    above = list[bool]()  # of the lines above, whether they have a tab
    for line in text.encode().split(b"\n"):
        tab, depth = b"\t" in line, 0
        while depth < len(above) and above[-1 - depth]:
            depth += 1
        asked = depth == 0 or (depth == 1 and triggers._DIGIT.search(line) is None)
        if tab and asked and triggers._names_people(line):
            return True
        above.append(tab)
    return False


@settings(deadline=None)
@given(st.lists(st.tuples(LINES, st.booleans()), min_size=1, max_size=6))
def test_tables_of_people_are_those_that_one_line_after_the_other_tells(records) -> None:  # type: ignore[no-untyped-def]
    raw = [text.encode() for text, _ in records]
    bounds, matter = np.cumsum([0, *map(len, raw)]) + runs.PAD, np.array([known for _, known in records])
    triggers._tables_of_people(runs.pad(np.frombuffer(b"".join(raw), np.uint8)), bounds, matter)
    assert matter.tolist() == [known or by_line(text) for text, known in records]
