"""What titles, sections and first lines say of a document."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.context import SENSITIVE, document_factors, factors_of, read_titles
from patterns.factors import Factor as F

NONE = 0
ROWS = [
    # title, parent title, section, head, factors, minors
    ("2015年12月农村低保金发放花名册（银行代发）", "", "", "", F.AID, NONE),
    ("附件1.xls", "关于2017年危房改造补助对象的公示", "", "", F.AID, NONE),
    ("名单公示", "", "城乡低保", "", F.AID, NONE),
    ("公示", "", "", "以下为2017年第三季度临时救助发放名单", F.AID, NONE),
    ("市领导调研脱贫攻坚工作", "", "", "贫困户", NONE, NONE),
    ("今日要闻", "", "", "低保 特困 临时救助 危房改造", NONE, NONE),
    ("关于印发城乡低保工作实施办法的通知", "", "", "", NONE, NONE),
    ("危房改造工程施工招标公告", "", "", "", F.TENDER, NONE),
    ("2017年国家助学金受助学生名单", "", "", "", F.STUDENT_AID, NONE),
    ("行政处罚决定书", "", "", "", F.PENALTY, NONE),
    ("张某某案", "", "行政处罚", "", F.PENALTY, NONE),
    ("2017年事业单位公开招聘拟聘用人员公示", "", "", "", F.RECRUIT, NONE),
    ("失信被执行人名单", "", "", "", F.LAWFUL, NONE),
    ("欠税公告（2017年第3号）", "", "", "", F.LAWFUL, NONE),
    ("某某路改造工程中标公示", "", "", "", F.TENDER, NONE),
    ("2017年国庆节值班表", "", "", "", F.ROSTER, NONE),
    ("水库大坝安全责任人名单", "", "", "", F.ROSTER, NONE),
    ("2017年精神残疾低保免费服药花名册", "", "", "", F.AID | F.HEALTH_SECRET | F.DISABILITY, NONE),
    ("孕前优生健康检查名单", "", "", "", F.HEALTH, NONE),
    ("城市医疗救助花名册", "", "", "", F.AID, NONE),
    ("重度残疾人护理补贴发放名单", "", "", "", F.AID | F.DISABILITY, NONE),
    ("残疾人就业保障金征收单位名单", "", "", "", NONE, NONE),
    ("2017年小学一年级新生名单", "", "", "", NONE, F.MINOR_14),
    ("新生名单.xlsx", "实验幼儿园2017年秋季入园公示", "", "", NONE, F.MINOR_14),
    ("事实孤儿名单", "", "", "", F.FAMILY, F.MINOR_18),
    ("孤儿保障工作人员培训通知", "", "", "", F.FAMILY, F.MINOR_18),
    ("高中三好学生公示", "", "", "", NONE, F.MINOR_18),
    ("小学教师招聘面试人员名单", "", "", "", F.RECRUIT, NONE),
    ("普惠性幼儿园名单", "", "", "", NONE, NONE),
    ("", "", "", "", NONE, NONE),
]


@pytest.mark.parametrize(("title", "parent", "section", "head", "factors", "minors"), ROWS)
def test_what_a_document_is_about(title: str, parent: str, section: str, head: str, factors: int, minors: int) -> None:
    assert document_factors(title, parent, section, head)[:2] == (factors, minors)


@settings(deadline=None)  # the first call builds tables
@given(st.text(), st.text(), st.text(), st.text())
def test_no_text_raises(title: str, parent: str, section: str, head: str) -> None:
    context = document_factors(title, parent, section, head)
    assert not context.minors & ~(F.MINOR_14 | F.MINOR_18)
    assert context.factors >= 0


SPREAD = st.sampled_from(["", " ", "  ", "\u3000", "\xa0"])


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ROWS), SPREAD, st.sampled_from(["", "İ", "a\nb", "HIV", "😀"])), max_size=5))
def test_titles_read_together_say_what_each_says_alone(rows) -> None:  # type: ignore[no-untyped-def]
    titles = [before + spread.join(title) for (title, *_), spread, before in rows]
    bits = read_titles(titles).tolist()
    assert len(bits) == len(titles)
    for ((_, parent, section, head, *_), *_), title, own in zip(rows, titles, bits, strict=True):
        (above,) = read_titles([parent]).tolist()
        context = document_factors(title, parent, section, head)
        assert factors_of(own | above, section, head) == context
        told = bool(context.minors or (context.factors & SENSITIVE & ~(F.AID | F.STUDENT_AID | F.PENALTY)))
        assert (own | above) & SENSITIVE or not told
