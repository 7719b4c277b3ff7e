from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import official_codes
from scanner.synthetic.people import Factory

CODES = [
    ("", "2017-340300-48-01-012345", "", "project_code"),
    ("项目代码：2017-340300-48-01-", "012345", "", "project_code"),
    ("项目代码：2017-", "340300", "-48-01-012345", "project_code"),
    ("索引号：", "003031320", "/201712-00811", "index_number"),
    ("索引号：003031320/", "201712", "-00811", "index_number"),
    ("索引号：", "1137078555222300", "XQ/2015-00020", "index_number"),
    ("信用代码：", "91350100", "M000100Y43", "credit_code"),
    ("排污许可证 91350100M", "000100", "Y43001P", "credit_code"),
    ("施工许可证号：", "340302201706150101", "", "construction_permit"),
    ("地字第", "340300201700012", "号", "planning_permit"),
    ("注册号：", "340300000012345", "", "registration_no"),
    ("许可证编号：JY", "13403020012345", "", "food_licence"),
    ("国药准字H", "20013456", "", "medicine_no"),
    ("皖公网安备 ", "34030202000123", "号", "net_record"),
    ("蚌政办秘〔2017〕", "159", "号", "document_no"),
    ("", "20171130093015", "", "timestamp"),
    ("", "20171130093015123", "", "timestamp"),
    ("", "1512005415123", "", "timestamp"),
    ("", "6901234567892", "", "barcode"),
    ("http://www.bengbu.gov.cn/art/2017/", "13955261784", "", "url"),
    ("view?id=", "13955261784", "", "url"),
    ("/upload/", "340302197806150040", ".doc", "url"),
    ("附件：", "20171130123456", ".doc", "file_name"),
    ("W0", "20171130345678", "_t.jpg", "file_name"),
    ("经度117.", "389712345678901", "", "decimal"),
    ("金额", "13955261784", ".56", "decimal"),
]


@pytest.mark.parametrize(("before", "value", "after", "name"), CODES)
def test_codes(before: str, value: str, after: str, name: str) -> None:
    assert official_codes.what_code(value, before, after) == name


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("身份证号：", ""),
        ("张某", "的申请"),
        ("1.", ""),
        ("王某/", "/13955261784"),
        ("身份证", ".jpg"),
        ("施工现场负责人身份证号：", ""),
        ("编号：2017-1，", "，同意"),
    ],
)
def test_people_are_no_codes(before: str, after: str) -> None:
    for person in Factory(5).people(300):
        assert official_codes.what_code(person.resident_id, before, after) == ""
        if person.resident_id_15:
            assert official_codes.what_code(person.resident_id_15, before, "") == ""
        if after != ".jpg":
            assert official_codes.what_code(person.mobile, before, after) == ""


@settings(deadline=None)
@given(st.text(), st.text(), st.text())
def test_no_text_raises(value: str, before: str, after: str) -> None:
    official_codes.what_code(value, before, after)


@settings(deadline=None)
@given(st.text("0123456789X"), st.text("0123456789-/.=?abc证许可号 "), st.text("0123456789-/.doc "))
def test_no_code_raises(value: str, before: str, after: str) -> None:
    official_codes.what_code(value, before, after)
