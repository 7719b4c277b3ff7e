"""How old the children of a table are where no age says so: by headers (幼儿姓名) and by their class (三（2）班)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from patterns.factors import Factor
from patterns.tables import Columns

_CHILDREN: Final = re.compile("学生|幼儿|儿童|婴儿|新生|孩子|小朋友|宝宝|家长|监护人|父亲|母亲")
_TEACHERS: Final = re.compile("班主任|任教|任课|教师|老师|校长|园长|所教|执教")
# 儿童 is a person under fourteen (儿童个人信息网络保护规定, 2019, §2).
_SMALL: Final = re.compile("幼儿|婴儿|儿童|小朋友|宝宝")
_CLASS: Final = re.compile("班|年级")
_NUMBER: Final = "[\\d一二三四五六七八九十]{1,2}"
_UNDER_14: Final = re.compile(
    rf"幼儿|托班|[小中大](?:[（(]?{_NUMBER}[)）]?)?班|学前|小学"
    rf"|(?<![初高十\d])[一二三四五六1-6](?:年级|[（(]{_NUMBER}[)）])"
)
_UNDER_18: Final = re.compile(rf"初中|初[一二三]|(?<![高十\d])[七八九7-9](?:年级|[（(]{_NUMBER}[)）])|高[一二]")


def minors(columns: Columns, cells: list[str]) -> int:
    """MINOR_14, MINOR_18 or nothing for a row of a table about pupils; teachers' tables name classes too."""
    where, small = _classes(columns.titles)
    if small:
        return Factor.MINOR_14
    for col in where:
        cell = cells[col] if col < len(cells) else ""
        if _UNDER_14.search(cell):
            return Factor.MINOR_14
        if _UNDER_18.search(cell):
            return Factor.MINOR_18
    return 0


@lru_cache(1024)
def _classes(titles: tuple[str, ...]) -> tuple[tuple[int, ...], bool]:
    """The columns that name classes, and whether the headers themselves say small children; nothing of teachers."""
    every = "|".join(titles)
    if not _CHILDREN.search(every) or _TEACHERS.search(every):
        return (), False
    small = any(_SMALL.search(title) and "名" in title for title in titles)
    return tuple(col for col, title in enumerate(titles) if _CLASS.search(title)), small
