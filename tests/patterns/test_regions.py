from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import regions


@pytest.mark.parametrize(
    ("code", "level", "name"),
    [
        ("340302", 3, "安徽省蚌埠市龙子湖区"),
        ("342226", 3, "安徽省宿县地区怀远县"),
        ("342701", 3, "安徽省徽州地区屯溪市"),
        ("341402", 3, "安徽省巢湖市居巢区"),
        ("512223", 3, "四川省万县地区忠县"),
        ("810000", 3, "香港特别行政区"),
        ("830000", 3, "台湾省"),
        ("340399", 2, "安徽省蚌埠市"),
        ("348899", 1, "安徽省"),
        ("990000", 0, ""),
        ("34", 1, "安徽省"),
        ("", 0, ""),
    ],
)
def test_level_and_name(code: str, level: int, name: str) -> None:
    assert regions.level(code) == level
    assert regions.name(code) == name


def test_arrays_say_what_level_says() -> None:
    for code in ("340302", "340399", "348899", "990000", "000000", "999999", "342226", "820000"):
        level = regions.level(code)
        assert regions.SIX[int(code)] == (level == 3)
        assert regions.FOUR[int(code[:4])] == (level >= 2)
        assert regions.PROVINCE[int(code[:2])] == (level >= 1)


def test_abolished_prefectures_of_anhui_and_chongqing_are_known() -> None:
    for four in ("3414", "3421", "3422", "3423", "3424", "3425", "3426", "3427", "3428", "3429", "5102", "5135"):
        assert regions.FOUR[int(four)], four


def test_find_by_name() -> None:
    assert regions.find("怀远县") == {"340321", "342226"}
    assert {"340302", "340321"} <= regions.find("蚌埠市") and "340102" not in regions.find("蚌埠市")
    assert "342226" in regions.find("安徽省")
    assert regions.find("无此地") == regions.find("") == frozenset()


def test_no_other_attribute() -> None:
    with pytest.raises(AttributeError):
        _ = regions.SEVEN  # type: ignore[attr-defined]


@settings(deadline=None)
@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert 0 <= regions.level(text) <= 3
    regions.name(text)
