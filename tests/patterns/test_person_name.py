from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.person_name import (
    PERSON_NAME,
    Span,
    all_names,
    looks_like_name,
    name_in_cell,
    names_in_list,
    names_near,
)
from scanner.synthetic import names
from scanner.synthetic.words import words

ID = "340302197806150420"


def shown(text: str, spans: list[Span]) -> list[str]:
    """Names as they stand in the text, masked ones with a leading ~."""
    return [("~" if s.masked else "") + text[s.start : s.end] for s in spans]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("李　明", ["李　明"]),
        ("王 小 红", ["王 小 红"]),
        ("欧阳　修", ["欧阳　修"]),
        ("欧 阳 建 国", ["欧 阳 建 国"]),
        ("张 伟 李 娜", ["张 伟", "李 娜"]),
        ("张伟 李娜", ["张伟", "李娜"]),
        ("张伟李娜", ["张伟", "李娜"]),
        ("欧阳建国", ["欧阳建国"]),
        ("阿不都·热合曼", ["阿不都·热合曼"]),
        ("阿 不 都 · 热 合 曼", ["阿 不 都 · 热 合 曼"]),
        ("买买提.吐尔逊", ["买买提.吐尔逊"]),
        ("扎西次仁", ["扎西次仁"]),
        ("张三（户主）", ["张三"]),
        ("李芳（妻：王红）", ["李芳", "王红"]),
        ("王芳、李强", ["王芳", "李强"]),
        ("1.张伟", ["张伟"]),
        ("①张伟", ["张伟"]),
        ("张伟1", ["张伟"]),
        ("户主：李芳", ["李芳"]),
        ("妻李芳", ["李芳"]),
        ("村民王秀英", ["王秀英"]),
        ("张伟等3人", ["张伟"]),
        ("谌伟", ["谌伟"]),
        ("李\ue123", ["李\ue123"]),
        ("王𬱖", ["王𬱖"]),
        ("高峰", ["高峰"]),
        ("JOHN SMITH", ["JOHN SMITH"]),
        ("朱某某", ["~朱某某"]),
        ("张*", ["~张*"]),
        ("李×明", ["~李×明"]),
        ("王X", ["~王X"]),
        ("赵**", ["~赵**"]),
        ("李某1", ["~李某1"]),
    ],
)
def test_cell(cell: str, expected: list[str]) -> None:
    assert shown(cell, name_in_cell(cell)) == expected


@pytest.mark.parametrize(
    "cell",
    words(
        "姓名 户主 合计 小计 无 同上 备注 李家村 张桥村 前庄村三组 徐圩乡 怀远县 蚌埠市建材有限公司 市水利局 123 3.5 "
        "待定 已注销 全体村民 村民小组 贫困户 农户 公司 方案 时间 安徽 ××× *** XXX 男 夫 － 共计12人 340302197806150420"
    ),
)
def test_not_in_a_cell(cell: str) -> None:
    assert name_in_cell(cell) == []


def test_cell_recall() -> None:
    rng = Random(5)
    people = [names.full_name(rng, rng.random() < 0.5) for _ in range(3000)]
    found = sum(shown(name, name_in_cell(name)) == [name] for name in people)
    assert found / len(people) >= 0.99


def test_a_column_without_header_can_be_told() -> None:
    rng = Random(6)
    people = [n for n in (names.full_name(rng, rng.random() < 0.5) for _ in range(2000)) if "·" not in n]
    assert sum(looks_like_name(name) > 0.5 for name in people) / len(people) >= 0.95


@pytest.mark.parametrize(
    "word",
    words(
        "今天下午 和蔼 于是 高度 方案 黄山 安徽 公司 都是 江苏 时间 马路 合计 金额 单位 万元 程序 费用 石料 胡萝卜 "
        "张桥村 李家村"
    ),
)
def test_ordinary_words_do_not_look_like_names(word: str) -> None:
    assert looks_like_name(word) < 0.5
    assert all_names(f"{word}。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"李建国 {ID}", ["李建国"]),
        (f"李建国，男，1978年6月15日出生，身份证号{ID}，住蚌埠市", ["李建国"]),
        (f"村民李建国（身份证号码：{ID}）因病", ["李建国"]),
        (f"姓名：王芳 电话：13812345678 身份证：{ID}", ["王芳"]),
        (f"申请人王芳，{ID}", ["王芳"]),
        (f"经查，当事人阿不都·热合曼（公民身份号码{ID}）无证经营", ["阿不都·热合曼"]),
        (f"{ID},李建国,男", ["李建国"]),
        (f"朱某某,身份证号{ID}", ["~朱某某"]),
        (f"本人李明，身份证{ID}，承诺如下", ["李明"]),
        (f"张伟已到。经核对，号码为{ID}。李娜未到", []),
        (f"张伟已到\n{ID}\n李娜未到", []),
        (f"我局于今天下午对安徽华夏公司{ID}", []),
        (ID, []),
    ],
)
def test_near_an_identifier(text: str, expected: list[str]) -> None:
    start = text.index(ID)
    assert shown(text, names_near(text, start, start + len(ID))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("名单如下：张伟、李娜、王芳、谌伟等。", ["张伟", "李娜", "王芳", "谌伟"]),
        ("李　明  王小红  欧阳修\n张建国  孙　丽  王芳", ["李　明", "王小红", "欧阳修", "张建国", "孙　丽", "王芳"]),
        ("1.张伟\n2.李娜\n3.王强", ["张伟", "李娜", "王强"]),
        ("张伟（女）、李娜（男）、王强", ["张伟", "李娜", "王强"]),
        ("学生张伟、李娜、王芳共3人", ["张伟", "李娜", "王芳"]),
        ("参加人员：张伟、李娜", ["张伟", "李娜"]),
        ("阿不都·热合曼、买买提·吐尔逊、李明", ["阿不都·热合曼", "买买提·吐尔逊", "李明"]),
        ("张某某、李某、王某某", ["~张某某", "~李某", "~王某某"]),
        ("张伟、李娜去了", []),
        ("张桥村、刘楼村、陈郢村", []),
        ("高度、方案、黄山、安徽", []),
        ("龙子湖区、蚌山区、禹会区", []),
    ],
)
def test_lists(text: str, expected: list[str]) -> None:
    assert shown(text, names_in_list(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议由陈刚主持，李强、张勇和赵敏参加。", ["陈刚", "李强", "张勇", "赵敏"]),
        ("任命刘志军为局长，免去孙海平的副局长职务。", ["刘志军", "孙海平"]),
        ("朱某某、李×明与王**", ["~朱某某", "~李×明", "~王**"]),
        ("和某些单位、向某公司", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert shown(text, all_names(text)) == expected


@pytest.mark.parametrize("text", PERSON_NAME.finds)
def test_examples_are_found(text: str) -> None:
    bare = text.replace("⟦", "").replace("⟧", "")
    assert [(s.start, s.end) for s in all_names(bare) if not s.masked] == [(text.index("⟦"), text.index("⟧") - 1)]


@pytest.mark.parametrize("text", PERSON_NAME.ignores)
def test_counter_examples_are_not(text: str) -> None:
    assert [s for s in all_names(text) if not s.masked] == []


ANY = st.text(
    st.sampled_from(
        "张王李欧阳伟娜明国某*×XＸ·.、，,。：:（()）\t\n 　①1340电话姓名等村局和阿不都热合曼\ue000𬱖\u200bAb"
    )
    | st.characters()
)


@settings(max_examples=150, deadline=None)
@given(ANY, st.integers(-3, 60), st.integers(-3, 60))
def test_no_text_makes_them_raise_and_spans_lie_inside(text: str, a: int, b: int) -> None:
    start, end = sorted((max(0, min(a, len(text))), max(0, min(b, len(text)))))
    finders = (name_in_cell, names_in_list, all_names)
    for spans in [*(find(text) for find in finders), names_near(text, start, end)]:
        assert all(0 <= s.start < s.end <= len(text) and 0.0 <= s.score <= 1.0 for s in spans)
        assert all(text[s.start] not in " \u3000" and text[s.end - 1] not in " \u3000" for s in spans)
        assert all(one.end <= two.start for one, two in pairwise(spans))
    assert 0.0 <= looks_like_name(text) <= 1.0


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["王秀英", "李建军", "欧阳芳", "张伟"]),
    st.sampled_from(["", "姓名：", "\u3000", "1、"]),
    st.sampled_from(["", "（户主）", " ", "1"]),
)
def test_a_name_in_a_cell_has_its_exact_span(name: str, before: str, after: str) -> None:
    spans = name_in_cell(before + name + after)
    assert [(s.start, s.end) for s in spans] == [(len(before), len(before) + len(name))]
