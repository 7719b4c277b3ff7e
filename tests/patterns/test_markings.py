"""Marks that contradict publication, and text that only speaks of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.markings import find_markings

BODY = "关于做好有关工作的通知\n各县区人民政府：\n" + "现将有关事项通知如下。" * 80 + "\n"
NAVIGATION = "首页\n政务公开\n办事服务\n" * 60

FOUND = [
    ("⟦机密★10年⟧\n" + BODY, "secret"),
    ("000012\n⟦秘密★6个月⟧\n" + BODY, "secret"),
    ("⟦绝 密 ★ 长 期⟧\n" + BODY, "secret"),
    ("⟦秘密★⟧ 特急\n" + BODY, "secret"),
    ("⟦机密*20年⟧\n" + BODY, "secret"),
    ("⟦机密★会议开始前⟧\n" + BODY, "secret"),
    ("⟦密级：机密⟧\n" + BODY, "secret"),
    (NAVIGATION + "⟦秘密★5年⟧\n" + BODY, "secret"),
    ("⟦绝密★启用前⟧\n2016年普通高等学校招生全国统一考试\n" + BODY, "internal"),
    ("⟦内部资料⟧\n" + BODY, "internal"),
    ("⟦内部资料　请勿外传⟧\n" + BODY, "internal"),
    ("⟦内部资料　注意保存⟧\n" + BODY, "internal"),
    ("工作方案⟦（讨论稿）⟧\n" + BODY, "internal"),
    ("⟦征求意见稿（内部）⟧\n" + BODY, "internal"),
    (BODY + "⟦【内部文件，不得外传】⟧", "internal"),
    (BODY + "（⟦此件依申请公开⟧）", "not_public"),
    (BODY + "⟦此件不予公开⟧\n" + NAVIGATION, "not_public"),
    (BODY + "⟦公开属性：不予公开⟧", "not_public"),
    ("索引号：003\n⟦公开方式：依申请公开⟧\n" + BODY, "not_public"),
    ("⟦普通商密★⟧10年\n" + BODY, "trade_secret"),
    ("⟦商业秘密⟧\n" + BODY, "trade_secret"),
    ("⟦CONFIDENTIAL⟧\n" + BODY, "trade_secret"),
]
IGNORED = [
    "",
    "国家秘密的密级分为绝密、机密、秘密三级。",
    "密级：绝密、机密、秘密\n" + BODY,
    "涉密文件应当标注“机密★10年”等标志。\n" + BODY,
    "例如：秘密★5年，表示保密期限为五年。\n" + BODY,
    "保守国家秘密法宣传月：绝密级国家秘密是最重要的国家秘密\n" + BODY,
    "首页 > 政务公开 > 依申请公开\n" + BODY,
    "依申请公开\n" + BODY,
    "依申请公开指南：公文末尾注明“此件依申请公开”的，公民可以提出申请。\n" + BODY,
    BODY + "（此件公开发布）",
    BODY + "此件主动公开",
    "公开方式：主动公开\n" + BODY,
    BODY + "商业秘密受法律保护，任何单位不得外传。" + BODY,
    "关于加强内部资料管理工作的通知\n" + BODY,
    "注意保存\n" + BODY,
    "★★★★★ 五星级酒店\n" + BODY,
]


@pytest.mark.parametrize(("marked", "kind"), FOUND)
def test_marks(marked: str, kind: str) -> None:
    start, text = marked.index("⟦"), marked.replace("⟦", "").replace("⟧", "")
    assert find_markings(text) == [(start, marked.index("⟧") - 1, kind)]


@pytest.mark.parametrize("text", IGNORED)
def test_text_about_marks(text: str) -> None:
    assert find_markings(text) == []


def test_a_named_head_is_read_like_the_first_characters() -> None:
    text = NAVIGATION + "密级：秘密 保密期限：5年\n" + BODY
    assert find_markings(text) == []
    start = len(NAVIGATION)
    assert find_markings(text, [(start, len(text))]) == [(start, start + 5, "secret")]


@settings(deadline=None)  # the first call builds tables
@given(st.text(alphabet=st.one_of(st.sampled_from("绝机秘密★*10年长期\n（）此件不公开内部资料：“如"), st.characters())))
def test_no_text_raises(text: str) -> None:
    for start, end, kind in find_markings(text, [(3, 9), (-1, 10**6)]):
        assert 0 <= start < end <= len(text)
        assert kind
