"""Searches written so that they run fast find what the plain way to write them finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from patterns.column_kinds import header_words
from patterns.headers import _ends
from patterns.illness import TIES
from patterns.prose import HOME_WORD

_PLAIN_TIES = re.compile(
    "(?<![隐忧后内外医])患(?!者|儿|处|难)[有上了]?|(?:确诊|疑似)病例(?:\\d{1,3}号?)?|病例\\d{1,3}|确诊(?:为|患)?|患者|患儿"
    "|残疾人(?![联员就事证服组康之两家数保工口辅托])|被害人|受害人|感染者|吸毒人员|戒毒人员|精神病人|(?<!被)(?:举报人|检举人)"
)


@given(
    st.lists(
        st.sampled_from(
            [
                "隐",
                "医",
                "患",
                "者",
                "儿",
                "有",
                "确诊",
                "为",
                "残疾人",
                "联",
                "被",
                "举报人",
                "检举人",
                "害人",
                "张",
                "病例",
                "疑似",
                "1",
                "号",
            ]
        )
    )
)
def test_ties_of_an_illness(words: list[str]) -> None:
    text = "".join(words)
    assert [match.span() for match in TIES.finditer(text)] == [match.span() for match in _PLAIN_TIES.finditer(text)]


_PLAIN_HOME = re.compile(
    r"住[ \u3000\u00a0]*址|(?:家庭|收货|收件|邮寄)[^，。]{0,3}地址|[家现租借寄暂户]住|住[在于]|住所|户籍|居住"
    r"|，住(?![宿房院建户持校])"
)


@given(st.text("住址家庭收货地现在于所户籍居宿，。 ", max_size=20))
def test_words_of_a_home(text: str) -> None:
    assert [match.span() for match in HOME_WORD.finditer(text)] == [
        match.span() for match in _PLAIN_HOME.finditer(text)
    ]


def test_a_header_has_a_letter_or_more_than_ascii() -> None:
    assert all(any(map(str.isalpha, word)) for word in header_words())


@given(st.lists(st.sampled_from(["姓名", "身份证号", "序号", "名", "电话", "X", "县", "职务"]), min_size=1, max_size=5))
def test_glued_headers_begin_and_end_as_headers_do(parts: list[str]) -> None:
    cell = "".join(parts)
    heads, tails = _ends()
    if all(len(part) > 1 for part in parts):
        assert cell[:2] in heads
        assert cell[-2:] in tails
