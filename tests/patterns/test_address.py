from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.address import PATTERNS, find, kind
from scanner.synthetic.people import Factory

PEOPLE = Factory(77).people(400)
LAYOUTS = (
    "{}",
    "家庭住址：{}",
    "张三\t{}\t低保",
    "张三，男，住{}，现公示",
    "申请人现住{}的一套住房",
    "户籍地址{}。",
    "（{}）",
    "地址:{} 电话13955261784",
    "1、李四，{}；2、王五",
    "张三 {} 340302197806150040",
)
# Written by hand, in the ways lists of this city write them.
HOMES = """
安徽省蚌埠市怀远县河溜镇前庄村3组
安徽省 蚌埠市 怀远县 河溜镇 前庄村 3组
安徽蚌埠怀远县河溜镇前庄村3队
怀远县河溜镇前庄村三组12号
前庄村大李组
前庄村前郢自然庄12号
大李村第三村民组
怀远县唐集镇前庄村委会小王村民组8号
怀远县魏庄镇魏庄村魏东组56号
怀远县常坟镇永平村张家圩队
五河县沱湖乡前庄村后湖生产队
固镇县仲兴乡前庄村１２组
禹会区长青乡宋庄村宋庄5队23号
淮上区沫河口镇五营村营东自然村3号
双桥集镇镇东居委会五组
怀远县包集镇街道居委会4组
新城区胜利街道二组
蚌埠市固镇县湖沟镇禹庙村委会三组1-5号
蚌埠市龙子湖区治淮街道航华社区航华路75号
龙子湖区东风街道前庄社区解放路12号
解放路12号3栋2单元501室
解放路12号附3号
兰陵路15-3号
凤阳路口南12号
建华巷4排2号
怀远县荆山镇东大街12巷3号
涂山路光彩大市场六区12栋8号
红旗二路2#4单元2号
绿园小区3号楼2单元501
绿园小区3-2-501
绿园小区3栋501
锦绣花园A区12栋1单元302室
百合公寓B座1203室
城关镇谷阳路金鼎小区D栋201室
学翠小区12#楼3单元401
学翠小区12#3单元401室
张公山三村25栋3单元8号
延安新村12幢4户
朝阳新村二区17栋3单元10号
工农路老粮站家属院2排3号
纬四路工商银行宿舍2栋3单元201室
蚌埠市龙子湖区东海大道1号龙湖春天12栋2单元1101
朝阳路133号院3号楼1单元4号
北京市朝阳区建国路88号院5号楼1203
上海市静安区南京西路1234弄5号602室
""".strip().splitlines()
NOT_HOMES = """
怀远县河溜镇前庄村
龙子湖区东风街道前庄社区
蚌政办秘〔2017〕159号
根据第3号公告
2017年5月12号上午
前庄村12户贫困户
第一组组长
驻村扶贫工作队
前庄村工作组
全村3个村民小组
共计12栋楼房
阳春市30座桥
国务院令第711号
蚌埠市人民政府令第12号
房屋3层2室1厅
一套两室一厅的房子
1号地块位于淮河路以南
路段3-2
桩号K12-3
联系电话0552-3061234
身份证号340302197806150040
公示时间2017-11-1至2017-11-7
安徽省地方标准DB34-2017-12
高二3班
淮河路小学
""".strip().splitlines()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_homes_of_synthetic_people(layout: str) -> None:
    missed = []
    for person in PEOPLE:
        text = layout.format(person.address)
        start = text.index(person.address)
        if find(text) != [(start, start + len(person.address))]:
            missed.append(text)
    assert len(missed) <= 0.01 * len(PEOPLE), missed[:5]


def test_up_to_the_village_an_address_is_public() -> None:
    for person in PEOPLE:
        assert find(person.address_public) == [], person.address_public


@pytest.mark.parametrize("text", HOMES)
def test_homes(text: str) -> None:
    assert [text[start:end] for start, end in find(text)] == [text]


@pytest.mark.parametrize("text", NOT_HOMES)
def test_what_is_no_home(text: str) -> None:
    assert find(text) == []


def test_an_address_column_needs_no_place_word() -> None:
    assert find("大李3号") == [] and find("大李3号", cell=True) == [(0, 4)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("地址：蚌埠市东海大道4688号市政府大楼", "office"),
        ("办公地址：蚌埠市胜利路12号", "office"),
        ("蚌埠市淮河路120号蚌埠市民政局", "office"),
        ("涂山路88号政务服务中心3楼", "office"),
        ("联系地址：蚌埠市延安路12号兴业大厦1205室", "office"),
        ("蚌埠市禹会区涂山路1号安泰建筑有限公司", "office"),
        ("开标地点：蚌埠市涂山路1号", "office"),
        ("家庭住址：怀远县河溜镇前庄村3组", "home"),
        ("住址：淮河路12号", "home"),
        ("锦绣小区3栋2单元501室", "home"),
        ("淮河路12号", "unknown"),
    ],
)
def test_kind(text: str, expected: str) -> None:
    (span,) = find(text)
    assert kind(text, *span) == expected


def test_examples() -> None:
    for example in PATTERNS[0].finds:
        start, end = example.index("⟦"), example.index("⟧") - 1
        assert find(example.replace("⟦", "").replace("⟧", "")) == [(start, end)]
    for text in PATTERNS[0].ignores:
        assert find(text) == [], text


@settings(deadline=None)
@given(st.text() | st.text("怀远县河溜镇前庄村组号栋单元室楼路小区住址：12３三-# ，", max_size=60))
def test_spans_are_sorted_and_apart(text: str) -> None:
    for cell in (False, True):
        last = 0
        for start, end in find(text, cell=cell):
            assert last <= start < end <= len(text)
            assert kind(text, start, end) in ("home", "office", "unknown")
            last = end
