"""Values in titles, addresses and names are masked; what only looks like one stays readable."""

from __future__ import annotations

import pyarrow as pa
import pytest

from scanner.redact import cleaner
from scanner.synthetic.people import Factory

P = Factory(9).person()
FULL_WIDTH = P.resident_id.translate({ord("0") + i: ord("０") + i for i in range(10)})


@pytest.fixture(scope="module")
def clean() -> object:
    return cleaner(b"k" * 32)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"关于{P.resident_id}的公示", P.resident_id),
        (f"身份证号{FULL_WIDTH}", FULL_WIDTH),
        (f"电话{P.mobile}", P.mobile),
        (f"联系 {P.mobile[:3]} {P.mobile[3:7]} {P.mobile[7:]}", P.mobile[7:]),
        (f"http://x.cn/show?id={P.resident_id}", P.resident_id),
        (f"files/{P.mobile}.xlsx", P.mobile),
        (f"邮箱{P.email}", P.email),
        (f"卡号{P.bank_card}", P.bank_card),
    ],
)
def test_a_value_is_masked(clean: object, text: str, value: str) -> None:
    assert callable(clean)
    column = clean(pa.table({"title": [text, "", text]}))["title"].to_pylist()
    assert value not in column[0]
    assert column[0] == column[2]
    assert column[1] == ""


@pytest.mark.parametrize(
    "text",
    [
        "关于2017年第3批城市低保对象名单的公示", "http://www.example.gov.cn/xxgk/t20171204_1234567.html",
        "003031320/201712-00811", "蚌政办〔2017〕32号", "http://www.example.gov.cn/P020171204567890123456.xlsx",
        "财政局（办公电话0552-3021234）", "张三",
    ],
)  # fmt: skip
def test_what_offices_write_stays(clean: object, text: str) -> None:
    assert callable(clean)
    assert clean(pa.table({"title": [text]}))["title"].to_pylist() == [text]


def test_identities_are_left_alone(clean: object) -> None:
    assert callable(clean)
    table = pa.table({"doc_id": ["13800138000" * 2], "severity": pa.array([5], pa.int8())})
    assert clean(table).equals(table)
    empty = table.slice(0, 0)
    assert clean(empty).num_rows == 0
