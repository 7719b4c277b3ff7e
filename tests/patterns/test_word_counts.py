"""jieba's dictionary read column by column is what jieba's own functions read."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import name_tagger, word_counts
from patterns.name_tagger import best_tags, learn, tagged_names


def test_as_jieba_reads_it() -> None:
    import jieba

    frequencies, total = jieba.Tokenizer.gen_pfdict(jieba.dt.get_dict_file())
    from jieba import posseg

    tags = posseg.POSTokenizer(jieba.dt).word_tag_tab
    ours = SimpleNamespace(word_tag_tab={}, tokenizer=SimpleNamespace(FREQ={}))
    learn(ours, word_counts.by_first())
    assert frequencies == ours.tokenizer.FREQ and ours.word_tag_tab == tags and len(tags) > 300_000
    assert name_tagger._tagger().tokenizer.total == total


@settings(deadline=None, max_examples=8)
@given(
    text=st.text(st.sampled_from("王李欧阳小明建国的了是在村乡民政局于和高龘甭々𠮷〇x1 ，"), min_size=1, max_size=20)
)
def test_the_words_of_a_run_are_enough_for_its_tags(text: str) -> None:
    """As if the tagger knew them all."""
    name_tagger._learned().clear()
    name_tagger._tagger().word_tag_tab.clear()
    name_tagger._tagger().tokenizer.FREQ.clear()
    ours = tagged_names(text)
    learn(name_tagger._tagger(), word_counts.by_first())
    name_tagger._learned().update(word_counts.by_first())
    assert ours == tagged_names(text)


def test_the_tagger_knows_names() -> None:
    assert tagged_names("昨天王小明去了民政局") == {(2, 5)}


@settings(deadline=None, max_examples=60)
@given(text=st.text(st.sampled_from("王李欧阳小明建国的了是在村乡民政局于和高龘甭々𠮷〇x1"), min_size=1, max_size=14))
def test_the_best_tags_are_jieba_s(text: str) -> None:
    from jieba.posseg import char_state_tab_P, emit_P, start_P, trans_P
    from jieba.posseg.viterbi import viterbi

    model = char_state_tab_P, start_P, trans_P, emit_P
    assert best_tags(text, *model) == viterbi(text, *model)


def test_another_dictionary_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dict.txt").write_text("今天 3\n明天 4 t\n", encoding="utf-8")
    monkeypatch.setattr(word_counts, "folder", lambda: tmp_path)
    with pytest.raises(ValueError, match="not as expected"):
        word_counts.word_counts.__wrapped__()
