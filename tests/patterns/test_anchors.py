"""Both engines of the pass over all text against a plain search: the same words at the same places."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import anchors, runs, word_engine

PIECES = [*anchors.WORDS, "公开", "患者", "隐患", "，", "\n", "a", "密", "内", "\u200b", "😀"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def engines() -> list[object]:
    found: list[object] = [word_engine.AhoCorasick(anchors.WORDS)]
    try:
        import hyperscan
    except ImportError:
        return found
    return [*found, word_engine.Hyperscan(hyperscan, anchors.WORDS)]


def expected(raw: bytes) -> set[tuple[int, int]]:
    found = set()
    for number, word in enumerate(anchors.WORDS):
        at = raw.find(word.encode())
        while at >= 0:
            found.add((number, at + len(word.encode()) + runs.PAD))
            at = raw.find(word.encode(), at + 1)
    return found


@pytest.mark.parametrize("engine", engines(), ids=lambda engine: type(engine).__name__)
@settings(deadline=None, max_examples=60)
@given(text=TEXTS)
def test_every_word_is_found_where_it_ends(engine: word_engine.Engine, text: str) -> None:
    raw = text.encode()
    word, end = engine.find(runs.pad(np.frombuffer(raw, np.uint8)))
    assert set(zip(word.tolist(), end.tolist(), strict=True)) == expected(raw)
