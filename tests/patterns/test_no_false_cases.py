"""Zero cases at or above 中 from hotlines, samples and offices' codes: whole lists, and codes by the hundred."""

from datetime import date
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from patterns.lexicons import words
from patterns.matcher import Matcher
from patterns.schema import MATCH_INPUT, Severity
from scanner.synthetic import decoys
from scanner.synthetic.people import Factory

NAME = Factory(111).person().name
MATCHER = Matcher(b"k", today=date(2017, 12, 20))
EACH = 150

# Where offices' numbers and samples stand; {} is the value. A person's name is near, because that is what misleads.
PHONES = (
    "监督电话：{}", "咨询电话{}，联系人{name}", "热线 {}", "{name}拨打{}反映问题", "联系人：{name} 电话：{}",
    "名称\t电话\n政务服务便民热线\t{}", "姓名\t联系电话\n{name}\t{}", "姓名：{name}\n手机：{}",
)  # fmt: skip
SAMPLES = (
    "身份证号：{}", "姓名：{name}，身份证号：{}", "姓名\t身份证号\n{name}\t{}", "填写示例：{name} {}",
    "手机：{}，{name}", "银行卡号：{} 户名：{name}", "例如{}", "姓名\t手机\n{name}\t{}",
)  # fmt: skip
LABELS: dict[str, tuple[str, ...]] = {
    "credit": ("统一社会信用代码：{}", "{name}个体工商户（{}）", "企业名称\t统一社会信用代码\n{name}商店\t{}"),
    "permit": (
        "施工许可证编号：{}", "施工许可证号{}，项目经理{name}", "建设工程施工许可证（编号：{}）",
        "工程名称\t许可证编号\n道路工程\t{}", "项目\t施工许可证号\t项目经理\n道路工程\t{}\t{name}",
    ),
    "project": ("项目代码：{}", "{}，负责人{name}", "项目名称\t项目代码\n道路工程\t{}", "项目编码 {} 已备案"),
    "index": ("索引号：{}", "索引号\t{}\n发布人\t{name}", "{} 关于某事的通知"),
    "docno": ("文号：{}", "{name}同志：根据{}文件", "文号\t{}"),
    "tender": ("招标编号：{}", "编号{}，评委{name}", "项目编号\t{}"),
    "regno": ("工商注册号：{}", "注册号：{}，经营者{name}", "企业名称\t注册号\n{name}商店\t{}", "营业执照注册号 {}"),
    "food": ("许可证编号：{}", "食品经营许可证{}，负责人{name}", "单位\t许可证编号\n食堂\t{}"),
    "barcode": ("条码：{}", "产品{}抽检合格", "产品\t条码\n牛奶\t{}"),
    "exam": ("准考证号\t姓名\n{}\t{name}", "{name}，准考证号：{}"),
    "cert": ("证书编号：{}", "姓名\t证书编号\n{name}\t{}", "{name}，资格证书编号{}"),
    "stamp": ("{}.jpg", "图片/{}_t.jpg", "附件：{}.doc", "http://www.example.gov.cn/art/{}.html"),
    "ms": ("view.jsp?t={}", "/upload/{}.png", "http://www.example.gov.cn/p/{}.html"),
    "orgaccount": (
        "开户名：星河市公共资源交易中心，账号：{}", "投标保证金账户：{}", "户名：淮上区财政局\n账号：{}",
        "单位名称\t保证金账号\n交易中心\t{}",
    ),
    "amount": ("金额{}元", "姓名\t金额\n{name}\t{}", "合计：{}万元"),
    "coordinate": ("坐标{}", "经纬度\t{}"),
    "parcel": ("宗地编号{}", "地块\t{}"),
    "office": ("办公电话：{}", "联系人：{name}，联系电话：{}", "单位\t办公电话\n民政局\t{}"),
    "hotline": PHONES,
}  # fmt: skip


def cases(texts: list[str]) -> list[tuple[str, str, int, str]]:
    """What is at or above 中, with the text it stands in."""
    rows: list[dict[str, Any]] = [
        {"doc_id": str(n), "text": text, "segments": [], "title": "情况说明", "parent_title": "", "section": "",
         "published_at": date(2017, 11, 1)} for n, text in enumerate(texts)
    ]  # fmt: skip
    hits = MATCHER.match(pa.RecordBatch.from_pylist(rows, schema=MATCH_INPUT)).to_pylist()
    return [
        (texts[hit["record_row"]], hit["entity_type"], hit["severity"], hit["severity_rule"])
        for hit in hits
        if hit["severity"] >= Severity.MEDIUM
    ]


def in_context(values: list[str], contexts: tuple[str, ...]) -> list[str]:
    return [context.replace("{name}", NAME).replace("{}", value) for value in values for context in contexts]


def test_no_hotline_of_the_list_makes_a_case() -> None:
    listed = [word.upper() for word in words("hotlines")]
    assert len(listed) > 80
    assert cases(in_context([*listed, *(f"0552-{word}" for word in listed)], PHONES)) == []


def test_no_service_number_by_its_prefix_makes_a_case() -> None:
    rng = Random(5)
    made = [f"{head}{rng.randrange(10**7):07}" for head in ("400", "800") for _ in range(EACH)]
    made += [f"{head}{rng.randrange(1000):03}" for head in ("95", "96") for _ in range(EACH)]
    assert cases(in_context(made, PHONES)) == []


def test_no_sample_of_the_list_makes_a_case() -> None:
    listed = [word.upper() for word in words("sample_values")]
    assert len(listed) > 50
    assert cases(in_context(listed, SAMPLES)) == []


@pytest.mark.parametrize("kind", LABELS)
def test_no_code_of_an_office_makes_a_case(kind: str) -> None:
    rng = Random(7)
    made = [decoys.KINDS[kind](rng) for _ in range(EACH)]
    assert cases(in_context(made, LABELS[kind])) == []


def test_every_kind_of_decoy_is_tried() -> None:
    assert set(decoys.KINDS) - set(LABELS) == {"company", "agency", "sampleid", "samplemobile"}
    assert cases(in_context(list(decoys.SAMPLE_IDS), SAMPLES) + in_context(list(decoys.SAMPLE_MOBILES), SAMPLES)) == []


def test_columns_of_codes() -> None:
    """Whole columns, two hundred rows long: some of the numbers pass every check that an ID number must pass."""
    rng = Random(11)
    for kind, header in (("permit", "许可证编号"), ("permit", "编号"), ("credit", "信用代码"), ("regno", "注册号")):
        lines = [f"工程{n}\t{decoys.KINDS[kind](rng)}\t{NAME}" for n in range(200)]
        assert cases([f"名称\t{header}\t经办人\n" + "\n".join(lines)]) == [], kind
