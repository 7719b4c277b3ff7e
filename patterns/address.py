"""Home addresses finer than the village or street: down to a group, door, block, staircase or room.

No standard binds how people write them; GB/T 23705 names the parts. An address is read from its end: a **tail** of
numbered units (3组12号, 5栋2单元301室, 3-2-501) is found first, then its **body** is followed to the left over the
place names until a delimiter, a label (住址, 家住) or the first name of a known region. Up to the village,
community or street an address may be published; only with a tail is it a hit.

>>> text = "申请人张某，家住怀远县河溜镇前庄村3组12号，低保"
>>> [text[start:end] for start, end in find(text)]
['怀远县河溜镇前庄村3组12号']
>>> find("怀远县河溜镇前庄村"), find("蚌政办〔2017〕159号"), find("前庄村12户")
([], [], [])
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from patterns import address_words as words
from patterns import regions
from patterns.base import Pattern

PATTERNS: Final = (
    Pattern(
        "address",
        "ADDRESS",
        "",
        finds=(
            "家庭住址：⟦怀远县河溜镇前庄村3组12号⟧",
            "现住⟦蚌埠市龙子湖区淮河路120号绿园小区5栋2单元301室⟧，联系人",
            "住址：⟦东风街道前庄社区锦绣小区3-2-501⟧",
            "户籍地址：⟦怀远县双桥集镇大李村第三村民组⟧",
        ),
        ignores=("家庭住址：怀远县河溜镇前庄村", "蚌政办秘〔2017〕159号", "第3组共12户", "2017年5月12号"),
    ),
)

MAX_BODY: Final = 44
_CN: Final = "一二三四五六七八九十百零〇两"
_NUMBER: Final = rf"(?:[A-Za-z]?\d{{1,4}}[A-Za-z]?(?:[-—–－之/]\d{{1,4}}){{0,3}}|[{_CN}]{{1,4}}|[甲乙丙丁戊A-Za-z])"
_UNITS: Final = (
    "村民小组|居民小组|村民组|居民组|生产队|小组|号楼|号院|号门|单元|支弄|门洞|楼栋|"
    "[#＃](?:楼|栋)?|[号栋幢座室户层楼门组队排弄巷院]"
)
_STEP: Final = rf"[附第东西南北中]?{_NUMBER}\s?(?:{_UNITS})"
_DASHES: Final = r"\d{1,3}[A-Za-z]?(?:[-—–－]\d{1,4}){1,3}(?:号|室|户)?"
_TAIL: Final = re.compile(
    rf"(?:{_STEP}(?:[\s\-—–－,，]?(?={_STEP}))?)+(?:{_DASHES}|[-—–－]?\d{{3,4}}(?![\d年元.]))?|{_DASHES}(?![\d\-年])"
)
_UNIT: Final = re.compile(rf"{_STEP}")
_FINE: Final = re.compile(rf"{_NUMBER}\s?(?:号|栋|幢|座|室|单元|组|队|村民|居民|生产|小组|弄|排|门|#|＃|楼栋|院)")
_BODY: Final = r"一-鿿㐀-䶿A-Za-z0-9·•\-—–－"
_BODY_CHAR: Final = re.compile(f"[{_BODY}]")
_NO_BODY_CHAR: Final = re.compile(f"[^{_BODY}]")
_SAME_LENGTH: Final = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {0x3000: 0x20, 0xA0: 0x20}
_TO_SAME: Final = re.compile("[０-９\u3000\xa0]")
_TWO_HAN: Final = re.compile("[一-鿿]{2}")
_ALL_DASHES: Final = re.compile(_DASHES)
_BUILDING: Final = re.compile(rf"{_NUMBER}(?:号楼|[#＃]楼?|栋|幢|座)")
_DELIMITER: Final = re.compile(r"[\s,，。;；、:：|]")
_ADMINISTRATIVE: Final = re.compile(r"[省市县区镇乡村旗州]|街道|社区|办事处|居委会|[路街巷道]")
_BEFORE_SPACE: Final = "省市县区旗镇乡村道处会庄路街组号栋幢元州"
_FUNCTION: Final = re.compile(r"^(?:[在于到至为系是的由从自住和与及对将把向原现即]|本人|位于|门牌)+")


def find(text: str, *, cell: bool = False) -> list[tuple[int, int]]:
    """Spans of fine addresses, without their labels.

    cell: the text is a cell of an address column, so a tail is enough and the body may be any name.
    """
    same = text.translate(_SAME_LENGTH) if _TO_SAME.search(text) else text
    found: list[tuple[int, int]] = []
    floor = 0
    for tail in _TAIL.finditer(same):
        end = _trim(same, tail)
        if end <= tail.start():
            continue
        if found and _continues(same, floor, tail):
            found[-1] = (found[-1][0], end)
            floor = end
            continue
        start = _start(same, max(floor, tail.start() - MAX_BODY), tail.start())
        if _accept(same[start : tail.start()], same[tail.start() : end], cell):
            found.append((start, end))
            floor = end
    return _apart(sorted(found + _named_groups(same), key=lambda span: (span[0], -span[1])))


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans without those that overlap one before them."""
    kept: list[tuple[int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _continues(text: str, end: int, tail: re.Match[str]) -> bool:
    """Whether an address that ended goes on to a finer tail: 淮河路120号 then 绿园小区5栋."""
    between = text[end : tail.start()].removeprefix(" ")
    if not between or len(between) > 16 or words.LABEL.search(between) or not all(map(_BODY_CHAR.match, between)):
        return False
    building = words.PLACE_END.search(between) or _BUILDING.match(tail[0])
    return building is not None and _first_region(text, end, tail.start()) == end


def _trim(text: str, tail: re.Match[str]) -> int:
    """The tail's end, without a last unit that is the start of another word: 3组织, 12号令, 5楼房."""
    end = tail.end()
    while words.AFTER_UNIT.match(text, end - 1):
        units = list(_UNIT.finditer(text, tail.start(), end))
        if not units:
            return tail.start()
        end = units[-1].start()
    return len(text[:end].rstrip(" -—–－,，"))


def _start(text: str, floor: int, body_end: int) -> int:
    """Where the address begins that ends its body at ``body_end``."""
    start = floor
    for other in _NO_BODY_CHAR.finditer(text, floor, body_end):
        if not _joining_space(text, other.start()):
            start = other.end()
    for label in words.LABEL.finditer(text, start, body_end):
        start = label.end()
    start = _first_region(text, start, body_end)
    function = _FUNCTION.match(text[start:body_end])
    if function and not regions.find(text[start : start + 3]):
        start += function.end()
    return start + len(text[start:body_end]) - len(text[start:body_end].lstrip(" -—–－·•"))


def _joining_space(text: str, at: int) -> bool:
    """A space between two parts of one address: 安徽省 蚌埠市 淮河路."""
    return text[at] == " " and at > 0 and text[at - 1] in _BEFORE_SPACE


def _first_region(text: str, start: int, end: int) -> int:
    """The first known region's name, if what stands before it is no place itself: 张三怀远县 begins at 怀远县."""
    known, beginnings = _region_names()
    for at in range(start, end - 1):
        if text[at : at + 2] in beginnings and any(
            text[at : at + length] in known for length in range(min(11, end - at), 1, -1)
        ):
            return start if _ADMINISTRATIVE.search(text, start, at) else at
    return start


@cache
def _region_names() -> tuple[frozenset[str], frozenset[str]]:
    """Provinces, cities and counties with their suffix, provinces also without; and their first two characters."""
    own = {name for name in regions.names().values() if len(name) >= 3 and name[-1] in "省市县区旗州盟"}
    provinces = {name for code, name in regions.names().items() if code.endswith("0000")}
    short = {name[: 3 if name[0] in "内黑" else 2] for name in provinces}
    names = frozenset(own | provinces | short) - {"市辖区"}
    return names, frozenset(name[:2] for name in names)


def _accept(body: str, tail: str, cell: bool) -> bool:
    """Whether body and tail make an address: a place's name, and a unit finer than the village."""
    dashes = _ALL_DASHES.fullmatch(tail) is not None
    if not (_FINE.search(tail) or dashes) or words.NOT_A_BODY.search(body):
        return False
    if not _TWO_HAN.search(body):
        return False
    if dashes and tail[-1].isdigit() and body[-1:] in "路街道段线" and len(re.findall(r"\d+", tail)) < 3:
        return False
    if words.PLACE_END.search(body):
        return not words.COUNTED.fullmatch(tail) and not (
            words.BUILDINGS.fullmatch(tail) and words.AREA_END.search(body)
        )
    strong = len(_UNIT.findall(tail)) >= 2 or tail.endswith(("单元", "室", "号楼"))
    return cell or (strong and not dashes) or (not dashes and _ADMINISTRATIVE.search(body[:-1]) is not None)


def _named_groups(text: str) -> list[tuple[int, int]]:
    """Groups by name instead of number: 前庄村大李组."""
    return [(_start(text, max(0, m.start() - MAX_BODY), m.end(1)), m.end()) for m in words.NAMED_GROUP.finditer(text)]


def kind(text: str, start: int, end: int) -> str:
    """ "home", "office" or "unknown", by what the address names, what follows it and the label before it."""
    address, after, before = text[start:end], text[end : end + 14], text[max(0, start - 14) : start]
    behind = _DELIMITER.split(after, maxsplit=1)[0]
    if words.OFFICE.search(address) or words.OFFICE.search(behind) or words.OFFICE_LABEL.search(before):
        return "office"
    if words.HOME_LABEL.search(before) or words.HOME.search(address):
        return "home"
    return "unknown"
