"""What ``patterns.explain`` says of documents, checks and numbers left aside, in Chinese and English."""

from __future__ import annotations

from typing import Final

from patterns.factors import Factor
from patterns.signal_words import Words

# Signals that speak for a value or raise it.
RAISES: Final = frozenset(
    ("header", "label", "row", "line", "mask", "column", "region", "name", "title", "minor", "mark", "linked", "joined")
)

ABOUT: Final[tuple[tuple[int, Words], ...]] = (
    (Factor.AID, ("救助、补贴或扶贫", "social assistance, subsidies or poverty relief")),
    (Factor.STUDENT_AID, ("学生资助", "aid to students")),
    (Factor.PENALTY, ("行政处罚", "an administrative penalty")),
    (Factor.RECRUIT, ("招聘或考试录用", "recruitment or examinations")),
    (Factor.LAWFUL, ("依法公开的名单（失信、欠税）", "a list published by order of law (defaulters, tax arrears)")),
    (Factor.TENDER, ("招标采购", "procurement")),
    (Factor.ROSTER, ("值班或责任人名单", "a duty or responsibility roster")),
    (Factor.HEALTH, ("患者名单", "a list of the ill")),
    (Factor.HEALTH_SECRET, ("依法保密的健康或案件情况", "health or cases that the law keeps secret")),
    (Factor.DISABILITY, ("残疾人名单", "a list of the disabled")),
    (Factor.FAMILY, ("困境儿童名单", "a list of children in hardship")),
    (Factor.MINOR_14, ("不满十四周岁的未成年人", "children under fourteen")),
    (Factor.MINOR_18, ("未成年人", "minors")),
)

# How a value was recognised: the parts of a hit's ``validation``.
FOUND: Final[dict[str, Words]] = {
    "checksum": ("校验位正确", "its check digit is right"),
    "date": ("含有效的出生日期", "it holds a valid birth date"),
    "region": ("六位行政区划代码存在", "its region code is known"),
    "city": ("前四位为已知城市", "its first four digits are a known city"),
    "province": ("前两位为已知省份", "its first two digits are a known province"),
    "luhn": ("卡号校验位正确", "the card's check digit is right"),
    "bin": ("开头为已知发卡行", "it begins with a known issuer's number"),
    "class": ("末尾为残疾类别和等级", "it ends in a kind and a grade of disability"),
    "prefix": ("开头符合此类号码", "it begins as such numbers do"),
    "prefix:known": ("号段已核发", "its prefix was granted"),
    "prefix:unknown": ("号段未见核发", "its prefix was never granted"),
    "area": ("区号存在", "its area code is known"),
    "mask": ("部分数字被遮挡", "some of it is masked"),
    "header": ("由列名或标签认定", "a column or label says so"),
    "label": ("由标签认定", "a label says so"),
    "shape": ("写法符合", "it is written as one"),
    "place": ("位于文首或文末", "it stands at the head or end"),
    "cell": ("位于姓名列", "it stands in a name column"),
    "list": ("位于名单中", "it stands in a list of names"),
    "beside": ("紧邻号码", "it stands beside a number"),
    "line": ("独占一行，下面是号码", "it stands in a line of its own above a number"),
    "sentence": ("句子里的用字和位置符合人名", "its characters and its place in the sentence are a name's"),
}

# Why a number is no hit.
ASIDE: Final[dict[str, Words]] = {
    "checksum": ("18位，但校验位不对，不是身份证号", "18 digits, but the check digit is wrong: no ID number"),
    "date": ("18位，但中间八位不是出生日期，不是身份证号", "18 digits, but no birth date in the middle: no ID number"),
    "province": ("18位，但开头不是省份代码，不是身份证号", "18 digits, but no province at the start: no ID number"),
    "characters": ("18位，但含有其他字符", "18 characters, but not all of them digits"),
    "id15": (
        "15位，可能是旧身份证号，但没有列名或标签这样说",
        "15 digits: perhaps an old ID number, but no column or label says so",
    ),
    "card": (
        "符合银行卡校验，但没有列名或标签这样说（十个同长数字就有一个符合）",
        "passes as a bank card, but no column or label says so (one in ten numbers passes)",
    ),
    "no_person": ("本身有效，但属于更长的编号或已另行判定", "valid, but part of a longer code or judged otherwise"),
    "no_kind": ("不符合任何一类号码，也没有列名或标签", "no kind of number looks like this, and no label names it"),
}
