"""Searches written so that they run fast find what the plain way to write them finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from patterns.illness import TIES

_PLAIN_TIES = re.compile(
    "(?<![隐忧后内外医])患(?!者|儿|处|难)[有上了]?|确诊(?:为|患)?|患者|患儿"
    "|残疾人(?![联员就事证服组康之两家数保工口辅托])|被害人|受害人|感染者|吸毒人员|戒毒人员|精神病人|(?<!被)(?:举报人|检举人)"
)


@given(
    st.lists(
        st.sampled_from(
            ["隐", "医", "患", "者", "儿", "有", "确诊", "为", "残疾人", "联", "被", "举报人", "检举人", "害人", "张"]
        )
    )
)
def test_ties_of_an_illness(words: list[str]) -> None:
    text = "".join(words)
    assert [match.span() for match in TIES.finditer(text)] == [match.span() for match in _PLAIN_TIES.finditer(text)]
