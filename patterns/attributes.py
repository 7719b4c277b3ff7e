"""What a person's row or sentence says of them beside numbers: illness, disability, family, and what the law keeps secret."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import ahocorasick

from patterns.factors import Factor
from patterns.lexicons import words

# Of the words of sens_health and sens_other, those that name an act or an institution rather than a person's state.
_NOT_A_STATE: Final = frozenset(
    ["手术", "用药", "体检结论", "血型", "健康档案", "家庭医生签约", "医疗救助", "医疗救助对象", "大病救助", "住院费用", "医疗费用", "传染病", "职业病", "新冠", "残疾人", "残疾人证", "残疾评定", "无障碍改造", "阳光家园", "托养", "护理补贴", "两项补贴", "残疾人两项补贴", "辅助器具", "残疾", "流产", "中风", "结核", "肝炎", "确诊病例"]
)
_SECRET_OTHER: Final = ["吸毒", "吸毒人员", "戒毒", "强制戒毒", "社区戒毒", "社区康复", "涉毒", "解除强制隔离", "性侵", "强奸", "猥亵", "举报人", "艾滋病", "HIV", "AIDS", "艾滋病病毒感染儿童"]
_FAMILY: Final = ["离异", "离婚", "丧偶", "再婚", "非婚生", "计生措施", "节育措施", "上环", "结扎", "绝育", "社会抚养费", "超生", "违法生育", "宗教信仰", "教徒", "刑满释放", "刑释人员", "社区矫正", "缓刑", "假释", "家暴", "家庭暴力", "家庭年收入", "人均收入", "致贫原因", "困难原因", "因病致贫", "因残致贫", "失独", "单亲", "父母离异", "父母双亡", "孤儿", "事实孤儿"]
_NO_STATE: Final = re.compile(r"^(?:无|否|没有|正常|健康|良好|一般|合格|[-—/\\、\s]*|0)$")


@cache
def _automaton() -> Any:
    automaton = ahocorasick.Automaton()
    for factor, found in (
        (Factor.FAMILY, _FAMILY),
        (Factor.HEALTH, words("sens_health")),
        (Factor.DISABILITY, words("sens_disability")),
        (Factor.HEALTH_SECRET, (*words("sens_mental"), *_SECRET_OTHER)),
    ):
        for word in found:
            if word not in _NOT_A_STATE:
                automaton.add_word(word, int(factor))
    automaton.make_automaton()
    return automaton


def attribute_factors(text: str) -> Factor:
    """HEALTH, HEALTH_SECRET, DISABILITY, FAMILY, as far as the text names such a state.

    >>> attribute_factors("患者，男，尿毒症，离异") == Factor.HEALTH | Factor.FAMILY
    True
    """
    every = 0
    for _, factor in _automaton().iter(text):
        every |= factor
    return Factor(every)


def says_nothing(cell: str) -> bool:
    """Whether a cell of an illness or disability column says that there is none: 无, 否, 健康.

    >>> says_nothing("无"), says_nothing("慢性肾衰竭")
    (True, False)
    """
    return _NO_STATE.match(cell.strip()) is not None
