"""jieba's dictionary read column by column is what jieba's own functions read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import word_counts
from patterns.name_tagger import best_tags, prefix_counts, tagged_names


def test_as_jieba_reads_it() -> None:
    import jieba

    counted = word_counts.word_counts()
    frequencies, total = jieba.Tokenizer.gen_pfdict(jieba.dt.get_dict_file())
    assert prefix_counts() == frequencies and sum(counted.counts) == total


def test_the_tagger_s_tags_are_jieba_s() -> None:
    assert tagged_names("昨天王小明去了民政局") == {(2, 5)}
    from jieba import posseg

    ours = posseg.dt.word_tag_tab
    assert ours == posseg.POSTokenizer(posseg.dt.tokenizer).word_tag_tab and len(ours) > 300_000


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
