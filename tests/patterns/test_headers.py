"""What header cells and labels say, and what is neither."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.headers import ColumnKind as K
from patterns.headers import column_kind, label_kind

HEADERS = [
    ("姓名", K.NAME),
    ("姓 名", K.NAME),
    ("姓　　名", K.NAME),
    ("*姓名：", K.NAME),
    ("户主姓名", K.NAME),
    ("户主（姓名）", K.NAME),
    ("家庭成员1姓名", K.NAME),
    ("受益人姓名", K.NAME),
    ("户名", K.NAME),
    ("身份证号码（18位）", K.ID),
    ("身份证\n号码", K.ID),
    ("ＩＤＣＡＲＤ", K.ID),
    ("公民身份号码", K.ID),
    ("父亲身份证号", K.ID),
    ("患者父亲身份证号码", K.ID),
    ("户主身份证号码（必填，须与一卡通一致）", K.ID),
    ("身份证号1", K.ID),
    ("证件号码", K.ID | K.ID_OTHER),
    ("护照号码", K.ID_OTHER),
    ("准考证号", K.ID_OTHER),
    ("姓名/身份证号", K.NAME | K.ID),
    ("姓名、身份证号、联系电话", K.NAME | K.ID | K.PHONE_NEUTRAL),
    ("姓名及身份证号", K.NAME | K.ID),
    ("姓名 身份证号", K.NAME | K.ID),
    ("手机号", K.MOBILE),
    ("手机号码（11位）", K.MOBILE),
    ("联系电话（手机）", K.MOBILE),
    ("家长联系电话", K.PHONE),
    ("监护人电话", K.PHONE),
    ("联系方式", K.PHONE),
    ("联系电话", K.PHONE_NEUTRAL),
    ("联系电话2", K.PHONE_NEUTRAL),
    ("联系人及电话", K.NAME | K.PHONE_NEUTRAL),
    ("河长电话", K.PHONE_NEUTRAL | K.OFFICIAL),
    ("企业联系电话", K.OFFICE_PHONE),
    ("监督电话", K.OFFICE_PHONE),
    ("传真", K.OFFICE_PHONE),
    ("银行账号", K.BANK),
    ("开户行及账号", K.BANK),
    ("一卡通账号", K.BANK),
    ("受益人一卡通账号", K.BANK),
    ("银行卡（折）号", K.BANK),
    ("企业银行账号", K.ORG_ACCOUNT),
    ("家庭住址", K.ADDRESS),
    ("家庭住址（详细到门牌号）", K.ADDRESS),
    ("单位地址", K.NONE),
    ("出生年月", K.BIRTH),
    ("出生日期（年月日）", K.BIRTH),
    ("年龄（岁）", K.AGE),
    ("性别", K.SEX),
    ("病种", K.HEALTH),
    ("残疾类别", K.DISABILITY),
    ("残疾等级", K.DISABILITY),
    ("残疾证号", K.DISABILITY_NO),
    ("困难原因", K.FAMILY),
    ("家庭年收入（元）", K.FAMILY),
    ("婚姻状况", K.FAMILY),
    ("补助金额（元）", K.AMOUNT),
    ("承包面积(亩)", K.AMOUNT),
    ("总投资（万元）", K.AMOUNT),
    ("月核定额", K.AMOUNT),
    ("纳税人识别号", K.ID_OTHER),  # a sole trader's holds the ID number
    ("港澳台居民居住证号码", K.ID | K.ID_OTHER),
    ("户主信息（姓名/身份证/电话）", K.NAME | K.ID | K.PHONE_NEUTRAL),
    ("编号", K.CODE),
    ("施工许可证号", K.CODE),
    ("项目代码", K.CODE),
    ("统一社会信用代码", K.CODE),
    ("证书编号", K.CODE),
    ("身份证号/统一社会信用代码", K.ID | K.CODE),
    ("单位名称", K.ORG),
    ("企业名称", K.ORG),
    ("开户行", K.ORG),
    ("与户主关系", K.RELATION),
    ("班级", K.MINOR),
    ("就读学校", K.MINOR),
    ("学籍号", K.STUDENT_NO),
    ("车牌号", K.PLATE),
    ("电子邮箱", K.EMAIL),
    ("QQ号", K.QQ),
    ("微信号", K.WECHAT),
    ("职务", K.OFFICIAL),
    ("河长", K.NAME | K.OFFICIAL),
    ("责任人", K.NAME | K.OFFICIAL),
    ("序号", K.SEQ),
    ("序号姓名", K.SEQ | K.NAME),
]
NOT_HEADERS = [
    "",
    "   ",
    "银行",
    "联系方式见附件",
    "是否有身份证",
    "请提供身份证",
    "本人的身份证号码",
    "张建国",
    "34030219780615042X",
    "2017年",
    "12345",
    "备注",
    "项目名称",
    "蚌埠市财政局关于公布联系电话的通知",
    "申请人须提供本人身份证、户口簿原件及复印件，并填写联系电话和家庭住址，由村民委员会核实后报送",
    "、/、",
    "（）",
]


@pytest.mark.parametrize(("cell", "kind"), HEADERS)
def test_header_cells(cell: str, kind: int) -> None:
    assert column_kind(cell) == kind


@pytest.mark.parametrize("cell", NOT_HEADERS)
def test_what_is_no_header(cell: str) -> None:
    assert column_kind(cell) == K.NONE


LABELS = [
    ("身份证号：", K.ID, 1.0),
    ("身 份 证 号 码 ：", K.ID, 1.0),
    ("公民身份号码为", K.ID, 1.0),
    ("身份证号（18位）：", K.ID, 1.0),
    ("联系电话:", K.PHONE_NEUTRAL, 1.0),
    ("本人手机号码：", K.MOBILE, 1.0),
    ("账号", K.BANK, 1.0),
    ("传真：", K.OFFICE_PHONE, 1.0),
    ("项目编号：", K.CODE, 1.0),
    ("扶贫监督电话", K.OFFICE_PHONE, 1.0),
    ("建设单位联系电话：", K.OFFICE_PHONE, 1.0),
    ("招标代理机构：安徽某某公司，电话：", K.OFFICE_PHONE, 1.0),
    ("主任王五，手机：", K.MOBILE | K.OFFICIAL, 1.0),
    ("投标保证金账号：", K.ORG_ACCOUNT, 1.0),
    ("法人身份证号：", K.ID, 1.0),
    ("家庭成员：", K.NAME, 1.0),
    ("联系人：李四 ", K.PHONE_NEUTRAL, 0.8),
    ("身份证号：某某，账号：", K.BANK, 1.0),
    ("联系电话：0552-3012345、", K.PHONE_NEUTRAL, 0.4),
    ("身份证号：略。另有一个数在此 ", K.ID, 0.2),
    ("身份证号\n", K.ID, 0.8),
    ("身份证号：无\n", K.ID, 0.2),
    ("施工许可证编号：", K.CODE, 1.0),
]
NO_LABELS = ["", "补贴1200元 ", "/zh/kh", "hotel ", "今天下午三点", "。"]


@pytest.mark.parametrize(("before", "kind", "weight"), LABELS)
def test_labels(before: str, kind: int, weight: float) -> None:
    assert label_kind(before) == (kind, weight)


@pytest.mark.parametrize("before", NO_LABELS)
def test_what_is_no_label(before: str) -> None:
    assert label_kind(before) == (K.NONE, 0.0)


@settings(deadline=None)  # the first call builds tables
@given(st.text(alphabet=st.one_of(st.sampled_from("姓名身份证号码/、（）:： 及联系电话12\n\t*"), st.characters())))
def test_no_text_raises(text: str) -> None:
    assert column_kind(text) >= K.NONE
    kind, weight = label_kind(text)
    assert kind >= K.NONE
    assert 0.0 <= weight <= 1.0
