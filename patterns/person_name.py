"""Names of persons: where each finder is used, and the proof beside the rule.

``name_in_cell``   a cell of a column known to hold names: takes nearly everything
``looks_like_name`` how much a short string looks like a name: for the vote of a column without header
``names_near``     the sentence around an identifier
``names_in_list``  running and padded lists
``all_names``      every name of a text, for ``scan check --all``

A name alone is never a finding. Offsets are code points, half-open. No text makes any of them raise.
"""

from __future__ import annotations

from typing import Final

from patterns.base import Pattern
from patterns.name_cells import name_in_cell
from patterns.name_lists import names_in_list
from patterns.name_score import looks_like_name
from patterns.name_shapes import Span
from patterns.name_text import all_names, names_near

__all__ = ["PERSON_NAME", "Span", "all_names", "looks_like_name", "name_in_cell", "names_in_list", "names_near"]

PERSON_NAME: Final = Pattern(
    rule_id="person_name",
    entity_type="PERSON_NAME",
    standard="no standard; scored from jieba's dictionary and name statistics",
    finds=(
        "副市长⟦王建国⟧到王家村调研。",
        "姓名：⟦李芳⟧ 性别：女",
        "村民⟦阿不都·热合曼⟧家中有三口人。",
        "户主⟦欧阳建国⟧，家庭人口四人。",
        "记者⟦李明⟧报道",
        "据⟦赵一鸣⟧介绍，项目年底完工。",
    ),
    ignores=(
        "今天下午，公司方案于是都是马路。",
        "他为人和蔼，高度负责，时间安排在安徽黄山和江苏。",
        "当事人朱某某、张某与王**均已到场。",
        "新增耕地包括张桥村、刘楼村。",
        "中国·蚌埠网站",
    ),
)
