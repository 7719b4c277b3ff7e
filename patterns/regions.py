"""Administrative division codes, GB/T 2260 with its history: the first six digits of an ID number.

Two digits province, two city or prefecture, two county. A person keeps the code of the day the number was given, so
abolished codes are as good as current ones. Lists are never complete: a code that is not here never rejects.

The codes come from python-stdnum's ``cn/loc.dat`` (LGPL-2.1+, from Wikipedia's lists, current and abolished: Anhui's
3414, 3421–3429 and Chongqing's 5102, 5122, 5123, 5135 are in it), to which Hong Kong, Macau and Taiwan are added.

>>> level("340302"), level("340399"), level("349999"), level("990000")
(3, 2, 1, 0)
>>> name("340321")
'安徽省蚌埠市怀远县'
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from stdnum import numdb

# Provinces a resident ID may begin with; 9 is the foreigner's permanent residence ID (patterns.permanent_residence).
PROVINCES: Final = (
    *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83,
)  # fmt: skip
_EXTRA: Final = {
    "710000": "台湾省",
    "810000": "香港特别行政区",
    "820000": "澳门特别行政区",
    "830000": "台湾省",
}
_PERIOD: Final = re.compile(r"\[[^\]]*\]")

SIX: NDArray[np.bool_]  # [1_000_000], the six digits are known
FOUR: NDArray[np.bool_]  # [10_000], some county under these four digits is known
PROVINCE: NDArray[np.bool_]  # [100]


def __getattr__(attribute: str) -> Any:
    """The arrays, made at first use: parsing the list takes some 30 ms."""
    if attribute in ("SIX", "FOUR", "PROVINCE"):
        globals().update(_tables())
        return globals()[attribute]
    raise AttributeError(f"module {__name__!r} has no attribute {attribute!r}")


def _tables() -> dict[str, NDArray[np.bool_]]:
    six, four, province = np.zeros(1_000_000, bool), np.zeros(10_000, bool), np.zeros(100, bool)
    codes = np.array([int(code) for code in names()])
    six[codes] = True
    four[codes // 100] = True
    province[list(PROVINCES)] = True
    for table in (six, four, province):
        table.setflags(write=False)
    return {"SIX": six, "FOUR": four, "PROVINCE": province}


@cache
def names() -> dict[str, str]:
    """Every known six-digit code and its latest own name, without province and city."""
    return dict(_read()) | _EXTRA


def _read() -> Iterator[tuple[str, str]]:
    for _, province, _, properties, counties in numdb.get("cn/loc").prefixes:
        yield province + "0000", properties.get("province", "")
        for _, county, _, county_properties, _ in counties:
            if len(county) == 4:
                yield province + county, _latest(county_properties.get("county", ""))


def _latest(history: str) -> str:
    """
    >>> _latest("[1983-2003]东市区,[2004-]龙子湖区")
    '龙子湖区'
    """
    return _PERIOD.sub("", history.split(",")[-1])


def level(code6: str) -> int:
    """How well a region code is known: 0 not at all, 1 its province, 2 its first four digits, 3 all six."""
    if code6 in names():
        return 3
    if code6[:4] in _fours():
        return 2
    return 1 if code6[:2] in _twos() else 0


@cache
def _fours() -> frozenset[str]:
    return frozenset(code[:4] for code in names())


@cache
def _twos() -> frozenset[str]:
    return frozenset(map(str, PROVINCES))


def name(code6: str) -> str:
    """Province, city and county of a code, in its latest names; as much of it as is known, or ""."""
    parts = [names().get(code, "") for code in (code6[:2] + "0000", code6[:4] + "00", code6)]
    return "".join(dict.fromkeys(part for part in parts if part not in ("市辖区", "县")))


def find(place: str) -> frozenset[str]:
    """The codes of a place by its name: of a city or province with all that lies under it; empty when unknown.

    The name may leave out what stands above it: 怀远县, 蚌埠市怀远县, 安徽省蚌埠市怀远县.

    >>> sorted(find("怀远县")), "340302" in find("蚌埠市")
    (['340321', '342226'], True)
    """
    stems = tuple(_stems().get(place, ()))
    if not stems:
        return frozenset()
    return frozenset(code for code in names() if code.startswith(stems))


@cache
def _stems() -> dict[str, set[str]]:
    """Name → the leading digits of its codes, for every way to leave out what stands above a place."""
    stems: defaultdict[str, set[str]] = defaultdict(set)
    for code, own in names().items():
        province, city = names().get(code[:2] + "0000", ""), names().get(code[:4] + "00", "")
        for written in (own, city + own, province + own, name(code)):
            if written:
                stems[written].add(_stem(code))
    return stems


def _stem(code: str) -> str:
    """
    >>> _stem("340000"), _stem("340300"), _stem("340302")
    ('34', '3403', '340302')
    """
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
