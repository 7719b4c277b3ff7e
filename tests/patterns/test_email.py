from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import email
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(200)


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("zhang@163.com", ""),
        ("ZHANG.san-1@mail.bb.gov.cn", ""),
        ("ｚｈａｎｇ＠163.com", ""),
        ("zhang#163.com", ""),
        ("zhang[at]qq.com", ""),
        ("icon@2x.png", "domain"),
        ("zhang@", "characters"),
        ("@163.com", "characters"),
        ("张三@163.com", "characters"),
        ("", "characters"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = email.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


def test_people_pass() -> None:
    for person in PEOPLE:
        assert email.validate(person.email).ok, person.email


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("bgs@163.com", True),
        ("bbszwgk2017@163.com", True),
        ("wang@bengbu.gov.cn", True),
        ("wangli88@163.com", False),
        ("12345678@qq.com", False),
    ],
)
def test_is_office(text: str, office: bool) -> None:
    assert email.is_office(text) == office


@settings(deadline=None)
@given(st.text() | st.text("abc@#.163qcom(at) ", max_size=30))
def test_no_text_raises(text: str) -> None:
    email.validate(text)
    email.find(text)
    email.is_office(text)
    email.compact(text)
