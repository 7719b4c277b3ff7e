"""What a table's column holds, from its header cell alone. ``label_kind`` does the same for running text.

Header cells vary: 姓 名, 身份证号码（18位）, *联系电话：, 姓名/身份证号, 患者父亲身份证号, 电话2. A cell is tried as it
stands, then as an owner and a known end, then in parts, then without what is in brackets. What is left is no header:
联系方式见附件.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Final

from patterns.column_kinds import PHONES, ColumnKind, header_words
from patterns.labels import label_kind
from patterns.lexicons import normalise, words

__all__ = ["ColumnKind", "column_kind", "label_kind"]

_LONGEST_RAW: Final = 80  # characters, spaces and brackets included; longer cells are text
_LONGEST: Final = 24
_LONGEST_OWNER: Final = 8
_LETTER: Final = re.compile("[A-Za-z]")
_BRACKETS: Final = re.compile(r"[(\[【〔{][^)\]】〕}]*[)\]】〕}]?")
_TRIM: Final = re.compile(r"^[*※★#·•\-—_.\d、:①-⑳]+|[*※★#:·•\-—_.、\d]+$")
_PARTS: Final = re.compile(r"[/\\、,;|+&]")
_AND: Final = re.compile(r"[及和与或]")
_NOT_OWNER: Final = frozenset(
    "是否有无请须需凭持附见填提供在不将已可被把等其他我你他该此本我们的为和与或及并按照据经将从对向由"
)

_TELLING: Final = PHONES | ColumnKind.NAME | ColumnKind.ID  # in brackets these say what the column holds

Known = int | None  # None: not known as a header; NONE: known to be none (单位地址)


@lru_cache(maxsize=8192)
def column_kind(header_cell: str) -> int:
    """What the column under ``header_cell`` holds; NONE if the cell is no header. Several kinds for 姓名/身份证号.

    >>> column_kind("身份证\\n号码（18位）") == ColumnKind.ID
    True
    >>> column_kind("姓 名 / 联系电话") == ColumnKind.NAME | ColumnKind.PHONE_NEUTRAL
    True
    >>> column_kind("联系方式见附件") == ColumnKind.NONE
    True
    """
    if len(header_cell) > _LONGEST_RAW or (header_cell.isascii() and _LETTER.search(header_cell) is None):
        return ColumnKind.NONE
    cell = normalise(header_cell)
    return _several_in_brackets(cell) or _whole(cell) or _without_brackets(cell) or _measured(cell) or _document(cell)


def _several_in_brackets(cell: str) -> int:
    """户主信息(姓名/身份证/电话), 姓名(身份证号/电话): what stands in the brackets, and the name before them."""
    before, _, inside = cell.rstrip(")").partition("(")
    if not inside or not _PARTS.search(inside):
        return ColumnKind.NONE
    kinds = _with_separators(inside) or ColumnKind.NONE
    return kinds | ((_whole(before) or ColumnKind.NONE) & ColumnKind.NAME) if kinds & _TELLING else ColumnKind.NONE


def _without_brackets(cell: str) -> Known:
    bare = _BRACKETS.sub("", cell)
    kind = _whole(bare) if bare != cell else None
    if kind == ColumnKind.PHONE_NEUTRAL or (kind is None and bare):  # 联系电话(手机), 联系人(电话)
        inside = _whole("".join(part.strip("()[]【】〔〕{}") for part in _BRACKETS.findall(cell)))
        return inside if inside and inside & _TELLING else kind
    return kind


_DOCUMENTS: Final = (
    "通行证",
    "回乡证",
    "台胞证",
    "护照",
    "军官证",
    "士兵证",
    "警官证",
    "居住证",
    "残疾人证",
    "残疾证",
    "残联证",
)


def _document(cell: str) -> int:
    """来往内地通行证, 残疾人证书号: a document's name inside a short cell nobody has listed."""
    if len(cell) > _LONGEST or not any(name in cell for name in _DOCUMENTS):
        return ColumnKind.NONE
    return ColumnKind.DISABILITY_NO if "残" in cell else ColumnKind.ID_OTHER


def _measured(cell: str) -> int:
    """总投资(万元), 月核定额: a unit in brackets, or a sum's usual ending."""
    unit = cell[cell.rfind("(") + 1 : -1] if cell.endswith(")") else ""
    sum_of = cell.endswith("额") and 2 < len(cell) <= _LONGEST_OWNER
    return ColumnKind.AMOUNT if sum_of or unit in words("dismiss_unit_suffix") else ColumnKind.NONE


def _whole(cell: str) -> Known:
    """A cell without its ornaments, in one piece or in parts that are each a header. None: not known."""
    known = header_words().get(cell)
    if known is not None:
        return known
    bare = _TRIM.sub("", cell)
    if not bare or len(bare) > _LONGEST:
        return None
    for reading in (_part, _with_separators, _joined, _covered):
        known = reading(bare)
        if known is not None:
            return known
    return None


def _part(part: str) -> Known:
    known = header_words().get(part)
    return known if known is not None else _owned(part)


def _with_separators(cell: str) -> Known:
    """姓名/身份证号. Of two parts one is enough: 身份证号/其他."""
    parts = [part for part in _PARTS.split(cell) if part]
    kinds = [_part(part) or _joined(part) for part in parts]
    if len(parts) < 2 or not any(kinds) or (len(parts) > 2 and not all(kinds)):
        return None
    return _union(kinds)


def _joined(cell: str) -> Known:
    """姓名及身份证号: every part is a header."""
    kinds = [_part(part) for part in _AND.split(cell) if part]
    return _union(kinds) if len(kinds) > 1 and all(kinds) else None


def _union(kinds: list[Known]) -> int:
    return reduce(or_, (kind for kind in kinds if kind), ColumnKind.NONE)


def _owned(part: str) -> Known:
    """An owner and a known end: 患者父亲|身份证号码, 企业|联系电话."""
    for cut in range(1, min(len(part) - 1, _LONGEST_OWNER + 1)):
        if part[cut:] in _suffixes():
            owner = part[:cut]
            return _of_owner(owner, header_words()[part[cut:]]) if _may_own(owner) else None
    return None


def _may_own(owner: str) -> bool:
    """Not 是否有|身份证, not 姓名|身份证号: that is two headers."""
    if _NOT_OWNER.intersection(owner) or _PARTS.search(owner):
        return False
    role = header_words().get(owner, ColumnKind.NONE)
    return not role or bool(role & ColumnKind.OFFICIAL) or _person(owner) or owner in words("owner_org")


def _of_owner(owner: str, kind: int) -> int:
    if header_words().get(owner, ColumnKind.NONE) & ColumnKind.OFFICIAL and kind & PHONES:
        return kind | ColumnKind.OFFICIAL
    if _person(owner):
        return ColumnKind.PHONE if kind == ColumnKind.PHONE_NEUTRAL else kind
    return _of_organisation(kind) if any(word in owner for word in words("owner_org")) else kind


def _of_organisation(kind: int) -> int:
    if kind & PHONES:
        return ColumnKind.OFFICE_PHONE
    if kind & ColumnKind.BANK:
        return ColumnKind.ORG_ACCOUNT
    return ColumnKind.NONE if kind == ColumnKind.ADDRESS else kind


def _person(owner: str) -> bool:
    return owner.rstrip("0123456789一二三四五六七八九十").endswith(words("owner_person"))


def _covered(cell: str) -> Known:
    """Headers that a lost line break glued together: 姓名身份证号, 序号姓名."""
    heads, tails = _ends()
    if cell[:2] not in heads or cell[-2:] not in tails:
        return None
    best: list[Known] = [ColumnKind.NONE] + [None] * len(cell)
    for end in range(1, len(cell) + 1):
        for start in range(max(0, end - 12), end - 1):
            before, kind = best[start], header_words().get(cell[start:end])
            if before is not None and kind:
                best[end] = before | kind
                break
    return best[-1]


@cache
def _ends() -> tuple[frozenset[str], frozenset[str]]:
    """The first and the last two characters of what may stand alone in a header cell."""
    known = [word for word in header_words() if len(word) > 1]
    return frozenset(word[:2] for word in known), frozenset(word[-2:] for word in known)


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(words("header_suffix")) & header_words().keys()
