"""The severity table end to end: a text, and the level the matcher gives what it holds."""

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from patterns.matcher import Matcher
from patterns.schema import MATCH_INPUT, Severity
from scanner.synthetic.people import Factory, Person

A, B, C = Factory(101).people(3)
HOME = "怀远县河溜镇前庄村3组12号"
SECRET, CRITICAL, HIGH, MEDIUM, LOW, INFO, NOTHING = 6, 5, 4, 3, 2, 1, 0
PUBLISHED, WITHIN, AFTER = date(2017, 11, 1), date(2017, 11, 5), date(2017, 12, 20)


def judged(text: str, title: str = "公示", today: date = WITHIN, section: str = "") -> list[dict[str, Any]]:
    row = {"doc_id": "1", "text": text, "segments": [], "title": title, "parent_title": "", "section": section}
    batch = pa.RecordBatch.from_pylist([row | {"published_at": PUBLISHED}], schema=MATCH_INPUT)
    hits: list[dict[str, Any]] = Matcher(b"k", today=today).match(batch).to_pylist()
    return hits


def level(text: str, entity: str, **where: Any) -> tuple[int, str]:
    """The level and rule of the worst hit of this type."""
    found = [(hit["severity"], hit["severity_rule"]) for hit in judged(text, **where) if hit["entity_type"] == entity]
    return max(found, default=(0, ""))


def row(**columns: str) -> str:
    return "\t".join(columns) + "\n" + "\t".join(columns.values())


def masked(first: int, last: int) -> str:
    return A.resident_id[:first] + "*" * (18 - first - last) + A.resident_id[18 - last :] * bool(last)


# A form that holds a table of the family.
FORM = (
    f"申请人\t{A.name}\t性别\t{A.sex}\n身份证号\t{masked(6, 4)}\t\t\n"
    f"出生日期\t{A.birth.isoformat()}\t联系电话\t{A.mobile}\n"
    f"家庭成员\t姓名\t关系\t身份证号\n\t{B.name}\t妻子\t{B.resident_id}\n家庭住址\t{HOME}\t\n开户银行\t农商行\t账号\t{A.passbook}"
)

TABLE = [
    # text, title, type, level, rule
    (row(姓名=A.name, 身份证号=A.resident_id), "", "RESIDENT_ID", CRITICAL, "S02"),
    (row(姓名=A.name, 身份证号=A.resident_id_15), "", "RESIDENT_ID", CRITICAL, "S02"),
    (f"身份证号：{A.resident_id}", "", "RESIDENT_ID", HIGH, "S13"),
    (row(姓名=A.name, 出生日期=A.birth.isoformat(), 身份证号=masked(6, 4)), "", "MASKED_ID", CRITICAL, "S03"),
    (row(姓名=A.name, 出生年月=f"{A.birth:%Y年%m月}", 身份证号=masked(6, 4)), "", "MASKED_ID", CRITICAL, "S03"),
    (row(姓名=A.name, 年龄=str(A.age), 身份证号=masked(6, 4)), "", "MASKED_ID", HIGH, "S20"),
    (row(姓名=A.name, 身份证号=masked(14, 1)), "", "MASKED_ID", HIGH, "S20"),
    (row(姓名=A.name, 身份证号=masked(14, 0)), "", "MASKED_ID", MEDIUM, "S29"),
    (row(姓名=A.name, 身份证号=masked(6, 4)), "", "MASKED_ID", INFO, "S42"),
    (f"身份证号：{masked(17, 0)}", "", "MASKED_ID", CRITICAL, "S04"),
    (f"身份证号：{masked(14, 1)}", "", "MASKED_ID", HIGH, "S21"),
    (f"身份证号：{masked(14, 0)}", "", "MASKED_ID", MEDIUM, "S30"),
    (row(姓名=A.name, 一卡通账号=A.passbook), "", "BANK_ACCOUNT", CRITICAL, "S05"),
    (f"银行卡号：{A.bank_card}", "", "BANK_CARD", MEDIUM, "S34"),
    (row(姓名=A.name, 病种="精神分裂症"), "", "PERSON_NAME", CRITICAL, "S06"),
    (f"举报人{A.name}反映有关问题。", "", "PERSON_NAME", CRITICAL, "S06"),
    (f"艾滋病感染者{A.name}告诉医生。", "", "PERSON_NAME", CRITICAL, "S06"),
    (f"被害人{A.name}当日报案。", "", "PERSON_NAME", CRITICAL, "S06"),
    (f"社区戒毒人员{A.name}按时报到。", "", "PERSON_NAME", CRITICAL, "S06"),
    (f"吸毒人员{A.name}按时报到。", "", "PERSON_NAME", CRITICAL, "S06"),
    (f"残疾人证号：{A.disability_no}", "", "DISABILITY_NO", CRITICAL, "S07"),
    (row(姓名=A.name, 病种="尿毒症", 联系电话=A.mobile), "", "MOBILE", CRITICAL, "S08"),
    (row(姓名=A.name, 病种="尿毒症", 家庭住址=HOME), "", "ADDRESS", CRITICAL, "S08"),
    (row(姓名=A.name, 残疾类别="肢体", 联系电话=A.mobile), "", "MOBILE", CRITICAL, "S09"),
    (row(姓名=A.name, 年龄="13", 联系电话=A.mobile), "", "MOBILE", CRITICAL, "S10"),
    (row(姓名=A.name, 年龄="13", 病种="白血病"), "", "PERSON_NAME", CRITICAL, "S10"),
    (row(姓名=A.name, 学籍号="L34030220080615" + "1234"), "", "STUDENT_NO", CRITICAL, "S11"),
    (f"诊断：尿毒症，身份证号：{A.resident_id}", "", "RESIDENT_ID", HIGH, "S12"),
    ("学籍号：L34030220080615" + "1234", "", "STUDENT_NO", HIGH, "S14"),
    (row(姓名=A.name, 病种="尿毒症"), "", "PERSON_NAME", HIGH, "S15"),
    (row(姓名=A.name, 残疾类别="肢体"), "", "PERSON_NAME", HIGH, "S16"),
    (row(姓名=A.name, 联系电话=A.mobile), "城乡低保对象名单", "MOBILE", HIGH, "S17"),
    (row(姓名=A.name, 联系电话=A.mobile), "国家助学金资助学生名单", "MOBILE", HIGH, "S17"),
    (row(姓名=A.name, 家庭住址=HOME), "危房改造补助名单", "ADDRESS", HIGH, "S18"),
    (row(姓名=A.name, 护照号码=A.passport), "", "PASSPORT", HIGH, "S19"),
    (row(姓名=A.name, 军官证号=A.military_id), "", "MILITARY_ID", HIGH, "S19"),
    (row(姓名=A.name, 职务="科长", 手机=A.mobile), "2017年国庆值班表", "MOBILE", MEDIUM, "S22"),
    (row(值班领导="王*", 手机=A.mobile), "2017年国庆值班表", "MOBILE", MEDIUM, "S23"),
    (row(姓名=A.name, 手机=A.mobile), "", "MOBILE", MEDIUM, "S24"),
    (row(姓名=A.name, 家庭电话=A.landline), "", "LANDLINE", MEDIUM, "S25"),
    (row(姓名=A.name, 家庭住址=HOME), "", "ADDRESS", MEDIUM, "S26"),
    (f"经查，男，身份证号{A.resident_id}，住{HOME}。", "", "ADDRESS", MEDIUM, "S45"),
    (f"来源：农业农村局　阅读：1次\n姓名：{A.name}\n账号：{A.bank_card}", "", "BANK_CARD", CRITICAL, "S05"),
    (f"户名：星河市财政局\n账号：{A.bank_card}", "", "BANK_CARD", NOTHING, ""),
    (row(姓名=A.name, 出生日期=A.birth.isoformat()), "", "BIRTH_DATE", MEDIUM, "S27"),
    (row(姓名=A.name, 出生年月=f"{A.birth:%Y年%m月}"), "", "BIRTH_DATE", NOTHING, ""),
    (row(姓名=A.name, 困难原因="离异"), "", "PERSON_NAME", MEDIUM, "S28"),
    (f"当事人：{A.name}，住址：{HOME}，电话：{A.mobile}", "行政处罚决定书", "ADDRESS", MEDIUM, "S31"),
    (f"经查，证人{B.name}证实当事人无证经营。", "行政处罚决定书", "PERSON_NAME", MEDIUM, "S32"),
    (f"经查，证人{B.name}证实当事人无证经营。", "普法故事", "PERSON_NAME", NOTHING, ""),
    (row(姓名=A.name, 身份证号=A.resident_id[:15] + "000"), "", "DAMAGED_ID", MEDIUM, "S33"),
    (f"护照号码：{A.passport}", "", "PASSPORT", MEDIUM, "S35"),
    ("关于某事的通知\n（此件依申请公开）", "", "INTERNAL_MARK", MEDIUM, "S36"),
    ("内部资料\n一、基本情况", "", "INTERNAL_MARK", MEDIUM, "S36"),
    (row(姓名=A.name, QQ号=A.qq), "", "QQ", LOW, "S38"),
    (row(姓名=A.name, 微信号=A.wechat), "", "WECHAT", LOW, "S38"),
    (row(姓名=A.name, 邮箱=A.email), "", "EMAIL", LOW, "S38"),
    (row(车主=A.name, 车牌号=A.plate), "", "VEHICLE_PLATE", LOW, "S38"),
    (f"手机：{A.mobile}", "", "MOBILE", LOW, "S39"),
    (f"家庭电话：{A.landline}", "", "LANDLINE", LOW, "S40"),
    (row(姓名=A.name, 联系电话=f"{A.mobile[:3]}****{A.mobile[7:]}"), "", "MASKED_PHONE", INFO, "S42"),
    # ill, young or asking, without a number that says so
    (f"患者{A.name}，男，34岁，家住某镇，2015年确诊HIV感染。", "", "PERSON_NAME", CRITICAL, "S06"),
    (f"尿毒症患者{A.name}，男，34岁。", "", "PERSON_NAME", HIGH, "S15"),
    ("糖尿病患者管理服务规范。尿毒症患者高度重视。", "", "PERSON_NAME", NOTHING, ""),
    (f"{A.name}，男，8岁，住某乡某村，白血病；", "医疗救助对象公示", "PERSON_NAME", CRITICAL, "S10"),
    (f"违法行为人{A.name}（未成年人，某中学学生）因盗窃被处罚。", "行政处罚信息公开", "PERSON_NAME", CRITICAL, "S46"),
    (f"被处罚人{A.name}，男，2004年5月12日出生，因盗窃被处罚。", "行政处罚信息公开", "PERSON_NAME", CRITICAL, "S46"),
    (f"被处罚人{A.name}，男，1984年5月12日出生，因盗窃被处罚。", "行政处罚信息公开", "PERSON_NAME", NOTHING, ""),
    (row(姓名=A.name, 出生年月="2008.11", 金额="1800"), "孤儿基本生活费发放表", "PERSON_NAME", HIGH, "S28"),
    (row(姓名=A.name, 出生年月="2008.11", 电话=A.mobile), "", "MOBILE", CRITICAL, "S10"),
    (row(姓名=A.name, 出生年份="2001", 电话=A.mobile), "", "MOBILE", HIGH, "S24"),
    (f"来信人：{A.name}\n电话：{A.mobile}\n内容：反映违章建房。", "信箱回复", "MOBILE", MEDIUM, "S24"),
    (f"{A.name}先生，联系电话{A.mobile}，您反映的问题已收悉。", "信箱回复", "MOBILE", MEDIUM, "S24"),
    # what is lawful, and what never is; who acts in office; minors
    (row(姓名=A.name, 身份证号=A.resident_id), "失信被执行人名单", "RESIDENT_ID", INFO, "S02"),
    (row(业主=A.name, 身份证号=A.resident_id), "欠税公告", "RESIDENT_ID", INFO, "S02"),
    (row(姓名=A.name, 身份证号=A.resident_id), "行政处罚失信被执行人名单", "RESIDENT_ID", CRITICAL, "S02"),
    (row(姓名=A.name, 身份证号=A.resident_id), "事业单位招聘失信被执行人名单", "RESIDENT_ID", CRITICAL, "S02"),
    (row(姓名=A.name, 身份证号=A.resident_id), "助学金学生失信被执行人名单", "RESIDENT_ID", CRITICAL, "S02"),
    (row(姓名=A.name, 银行账号=A.passbook), "失信被执行人名单", "BANK_ACCOUNT", CRITICAL, "S05"),
    (row(姓名=A.name, 年龄="16", 联系电话=A.mobile), "", "MOBILE", HIGH, "S24"),
    (row(姓名=A.name, 年龄="16", QQ号=A.qq), "", "QQ", MEDIUM, "S38"),
    (f"联系人：{A.name}，联系电话：{A.mobile}", "", "MOBILE", LOW, "S24"),
    (f"{A.name}，家住星河市柳树镇东街村三组12号，联系电话{A.mobile}", "", "MOBILE", MEDIUM, "S24"),
    (f"{A.name}，家住星河市柳树镇东街村三组12号，联系电话{A.mobile}", "", "ADDRESS", MEDIUM, "S26"),
    (row(企业名称="星河制衣有限公司", 账号=A.passbook), "稳岗补贴公示", "BANK_ACCOUNT", NOTHING, ""),
    (row(村组="柳树镇东街村", 账号=A.passbook), "补贴公示", "BANK_ACCOUNT", MEDIUM, "S34"),
    # what somebody is called, and whose the telephone is
    (f"受害人{A.name}，电话{A.mobile}", "", "MOBILE", CRITICAL, "S06"),
    (f"被害人{A.name}，家住{HOME}。", "", "ADDRESS", CRITICAL, "S06"),
    (f"残疾人{A.name}，电话{A.mobile}", "", "MOBILE", CRITICAL, "S09"),
    (f"确诊病例1：{A.name}，女，42岁，住{HOME}，1月20日发热。", "疫情通报", "ADDRESS", CRITICAL, "S08"),
    (f"确诊病例{A.name}已治愈出院。", "", "PERSON_NAME", HIGH, "S15"),
    ("新增确诊病例1例，确诊病例高度重视", "", "PERSON_NAME", NOTHING, ""),
    (f"低保户{A.name}，电话{A.mobile}", "", "MOBILE", MEDIUM, "S24"),
    (f"{A.name}（低保户），电话{A.mobile}", "", "MOBILE", MEDIUM, "S24"),
    (f"户主：{A.name}\n联系电话：{A.mobile}", "", "MOBILE", MEDIUM, "S24"),
    (f"低保户{A.name}，帮扶责任人{B.name}，联系电话{A.mobile}", "", "MOBILE", LOW, "S24"),
    (f"低保户{A.name}，帮扶责任人电话{A.mobile}", "", "MOBILE", LOW, "S24"),
    (f"项目业主{A.name}，电话{A.mobile}", "", "MOBILE", LOW, "S24"),
    (f"{B.name}户，房屋坐落柳树巷，电话：{A.mobile}", "", "MOBILE", MEDIUM, "S24"),
    (f"病例2，{A.name}，女，住{HOME}，系病例1的妻子。", "疫情通报", "ADDRESS", CRITICAL, "S08"),
    # forms in one line, parted by semicolons
    (f"姓名：{A.name}；性别：{A.sex}；民族：汉族；电话：{A.mobile}；", "", "MOBILE", MEDIUM, "S24"),
    (f"姓名：{A.name}；性别：{A.sex}；身份证号：{A.resident_id}", "", "RESIDENT_ID", CRITICAL, "S02"),
    (f"登记如下。姓名：{A.name}；开户行：农商行；账号：{A.passbook}", "", "BANK_ACCOUNT", CRITICAL, "S05"),
    (f"姓名：{A.name}；出生日期：{A.birth.isoformat()}；身份证号：{masked(6, 4)}", "", "MASKED_ID", CRITICAL, "S03"),
    (f"姓名：{A.name}；身份证号：{masked(6, 4)}；电话：{A.mobile}", "", "MOBILE", MEDIUM, "S24"),
    (f"联系单位：市教育局；联系人：{A.name}；电话：{A.mobile}", "", "MOBILE", NOTHING, ""),
    (f"姓名：{A.name}\n监护人：{B.name}\n监护人电话：{B.mobile}", "孤儿名单", "PERSON_NAME", HIGH, "S24"),
    (f"受援人{A.name}，女，系残疾人，住{HOME}。", "", "ADDRESS", CRITICAL, "S09"),
    (f"{A.name}，{HOME}，{A.mobile}", "", "ADDRESS", MEDIUM, "S26"),
    (f"某公司，淮河路12号，联系人{A.name}，{A.mobile}", "", "ADDRESS", NOTHING, ""),
    (f"网友“{A.name}”您好，您的电话{A.mobile}我们已记录。", "信箱回复", "MOBILE", MEDIUM, "S24"),
    (f"http://www.example.gov.cn/q?sfzh={A.resident_id}", "", "RESIDENT_ID", HIGH, "S13"),
    (f"http://www.example.gov.cn/q?t={A.resident_id}", "", "RESIDENT_ID", NOTHING, ""),
    # columns without a header, and those that say anything
    (f"{A.name}\t{A.sex}\t{A.birth.isoformat()}\t{masked(6, 4)}\t高中", "", "MASKED_ID", CRITICAL, "S03"),
    (f"{A.name}\t{A.sex}\t2021-01-05\t{masked(6, 4)}\t高中", "", "MASKED_ID", INFO, "S42"),
    (f"{A.name}\t{A.mobile}\t肝癌\t5000\n{B.name}\t{B.mobile}\t\t5000", "", "MOBILE", CRITICAL, "S08"),
    (f"{A.name}\t{A.mobile}\t肢体三级\t5000", "", "MOBILE", CRITICAL, "S09"),
    (row(姓名=A.name, 电话=A.mobile, 备注="患尿毒症、高血压"), "", "MOBILE", CRITICAL, "S08"),
    (row(姓名=A.name, 电话=A.mobile, 备注="星河市肿瘤医院"), "", "MOBILE", MEDIUM, "S24"),
    (row(姓名=A.name, 电话=A.mobile, 专业="糖尿病"), "", "MOBILE", MEDIUM, "S24"),
    (f"{A.name}\t{A.mobile}\t星河市肿瘤医院\t5000", "", "MOBILE", MEDIUM, "S24"),
    (f"身份证，0086{A.mobile}，", "", "MOBILE", LOW, "S39"),
    (f"负责人为残疾人，可向{A.name}咨询，电话{A.mobile}", "", "MOBILE", LOW, "S24"),
    (f"姓名：{A.name}；性别：{A.sex}；执业机构：某律师事务所；电话：{A.mobile}", "", "MOBILE", LOW, "S24"),
    (f"联系人：{A.name}，住宿自理，住宿费用自付，入住12号楼。", "", "ADDRESS", NOTHING, ""),
    (FORM, "", "MASKED_ID", CRITICAL, "S03"),
    (FORM, "", "MOBILE", MEDIUM, "S24"),
    (FORM, "", "RESIDENT_ID", CRITICAL, "S02"),
    (FORM, "", "ADDRESS", MEDIUM, "S26"),
    (FORM, "", "BANK_ACCOUNT", CRITICAL, "S05"),
    (FORM, "", "DAMAGED_ID", NOTHING, ""),
    # forms whose merged cells leave empty ones, or whose labels have no colon
    (
        f"姓 名\t{A.name}\t性 别\t{A.sex}\n身份证号\t{A.resident_id}\t联系电话\t{A.mobile}\n家庭住址\t{HOME}\t\t",
        "",
        "RESIDENT_ID",
        CRITICAL,
        "S02",
    ),
    (f"姓名\t{A.name}\t性别\t{A.sex}\n电话\t{A.mobile}\t\t\n家庭住址\t{HOME}\t\t", "", "ADDRESS", MEDIUM, "S26"),
    (f"姓名 {A.name}\n手机 {A.mobile}\n家庭住址 {HOME}", "", "ADDRESS", MEDIUM, "S26"),
    (f"{A.name}家住阳光花园5#楼301", "", "ADDRESS", MEDIUM, "S26"),
    # a list's own heading says what it is, where its file is called 附件1
    ("2017年农村低保对象花名册\n" + row(姓名=A.name, 联系电话=A.mobile), "附件1", "MOBILE", HIGH, "S17"),
    ("临时救助申请审批表\n" + row(姓名=A.name, 联系电话=A.mobile), "附件1", "MOBILE", HIGH, "S17"),
    ("低保政策问答\n" + row(姓名=A.name, 联系电话=A.mobile), "附件1", "MOBILE", MEDIUM, "S24"),
    ("行政处罚失信被执行人名单\n" + row(姓名=A.name, 身份证号=A.resident_id), "附件1", "RESIDENT_ID", CRITICAL, "S02"),
    # explained away
    ("12345政务服务便民热线，传真：0552-3012345", "", "LANDLINE", NOTHING, ""),
    (row(姓名="张三", 身份证号="110101199003070000"), "", "RESIDENT_ID", NOTHING, ""),
]


@pytest.mark.parametrize(("text", "title", "entity", "expected", "rule"), TABLE)
def test_the_level_of_what_a_text_holds(text: str, title: str, entity: str, expected: int, rule: str) -> None:
    assert level(text, entity, title=title or "情况说明") == (expected, rule)


def test_a_mark_of_secrecy_is_a_place_and_nothing_else() -> None:
    for mark in ("机密★10年", "绝密★长期", "秘密★"):
        (hit,) = [hit for hit in judged(f"{mark}\n关于某事的通知\n请认真办理。") if hit["severity"] == SECRET]
        assert (hit["entity_type"], hit["severity_rule"], hit["masked"]) == ("SECRET_MARK", "S01", "***")
        assert hit["fingerprint"] == judged("秘密★\n某事")[0]["fingerprint"]  # not even which mark it is


LIST = f"姓名\t金额\n{A.name}\t500\n{B.name}\t600\n公示期：2017年11月1日至11月7日"


def test_a_list_of_aid_counts_down_to_the_end_of_its_period() -> None:
    title = "城乡低保对象名单公示"
    assert level(LIST, "PERSON_NAME", title=title, today=WITHIN) == (INFO, "S41")
    assert level(LIST, "PERSON_NAME", title=title, today=AFTER) == (LOW, "S37")
    assert level(LIST, "PERSON_NAME", title="评比结果", today=AFTER) == (NOTHING, "")


PEOPLE = Factory(103).people(505)


def six_and_four(person: Person) -> str:
    return f"{person.resident_id[:6]}********{person.resident_id[14:]}"


def crowd(header: str, rows: list[str]) -> str:
    return header + "\n" + "\n".join(rows)


@pytest.mark.parametrize(
    ("count", "header", "cell", "entity", "few", "many"),
    [
        (50, "编号\t身份证号", lambda p: f"甲\t{p.resident_id}", "RESIDENT_ID", HIGH, CRITICAL),
        (500, "姓名\t家庭住址", lambda p: f"{p.name}\t{p.address}", "ADDRESS", MEDIUM, HIGH),
        (500, "姓名\t病种", lambda p: f"{p.name}\t尿毒症", "PERSON_NAME", HIGH, CRITICAL),
        (500, "姓名\t身份证号", lambda p: f"{p.name}\t{six_and_four(p)}", "MASKED_ID", INFO, LOW),
    ],
)  # fmt: skip
def test_numbers_of_people_move_the_level(count: int, header: str, cell: Any, entity: str, few: int, many: int) -> None:
    unlike = list({getattr(p, "name" if entity == "PERSON_NAME" else "resident_id"): p for p in PEOPLE}.values())
    more = [*unlike, *Factory(104).people(300)][: count + 60]
    for people, expected in ((more[: count - 10], few), (more, many)):
        assert level(crowd(header, [cell(person) for person in people]), entity)[0] == expected


def test_five_thousand_telephones() -> None:
    numbers = [f"139{n:08}" for n in range(10_000_000, 10_005_200)]
    text = crowd("姓名\t手机", [f"{A.name}\t{number}" for number in numbers])
    assert level(crowd("姓名\t手机", [f"{A.name}\t{number}" for number in numbers[:4900]]), "MOBILE")[0] == MEDIUM
    assert level(text, "MOBILE")[0] == HIGH


MASKS = ("*", "＊", "×", "X", "x", "●", "□", "某", "○", "■", "?", "#", "◆", "※")


@pytest.mark.parametrize("style", MASKS)
def test_every_style_of_mask(style: str) -> None:
    number = A.resident_id[:6] + style * 8 + A.resident_id[14:]
    text = row(姓名=A.name, 出生日期=A.birth.isoformat(), 身份证号=number)
    assert level(text, "MASKED_ID") == (CRITICAL, "S03")
    assert level(f"{A.name}，身份证号{number}。", "MASKED_ID") == (INFO, "S42")


@pytest.mark.parametrize("name", ["朱某某", "张*", "李×明", "王某", "赵**"])
def test_a_masked_name_is_no_name(name: str) -> None:
    assert level(row(姓名=name, 身份证号=A.resident_id), "RESIDENT_ID") == (HIGH, "S13")
    assert level(row(姓名=name, 病种="尿毒症"), "PERSON_NAME") == (NOTHING, "")


def test_every_level_of_the_table_is_reached() -> None:
    assert {Severity(expected) for *_, expected, _ in TABLE} == set(Severity) - {Severity.SECRET}
