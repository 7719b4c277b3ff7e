"""Which records are folded, told from the pass over all text, against a look at each character."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patterns import anchors, folding, runs
from patterns.characters import INVISIBLE

TEXTS = st.lists(st.text(st.sampled_from(f"1a号０９＠Ａ“{INVISIBLE}"), max_size=8), min_size=1, max_size=5)
TO_FOLD = re.compile(f"[０-９＠]|[0-9][{INVISIBLE}]|[{INVISIBLE}][0-9]")


@given(TEXTS)
def test_records_are_folded_where_a_number_needs_it(texts: list[str]) -> None:
    buf = runs.pad(np.frombuffer("".join(texts).encode(), np.uint8))
    bounds = runs.PAD + np.cumsum([0, *(len(text.encode()) for text in texts)])
    wanted = [row for row, text in enumerate(texts) if TO_FOLD.search(text)]
    assert folding.records(buf, bounds, anchors.said(buf, bounds)).tolist() == wanted
