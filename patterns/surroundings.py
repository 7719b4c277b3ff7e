"""Whether a number is part of something else: a file's name, a permit, an amount, a sample."""

from __future__ import annotations

import re
from typing import Final

from patterns.characters import is_digits
from patterns.column_kinds import ColumnKind as K
from patterns.found import Found
from patterns.lexicons import words
from patterns.official_codes import what_code
from patterns.samples import is_sample

_UNIT: Final = re.compile(
    r"[ \u00a0]?(?:" + "|".join(sorted(map(re.escape, words("dismiss_unit_suffix")), key=len, reverse=True)) + ")"
)
_UNITS_THAT_ARE_WORDS: Final = frozenset("人户家个条项度年月日时分秒次只头件")
_COUNTED: Final = frozenset({"MOBILE", "BANK_CARD", "BANK_ACCOUNT", "LANDLINE", "DAMAGED_ID"})
_HOLDS_AN_ID: Final = frozenset({"TAX_NO", "DISABILITY_NO", "STUDENT_NO"})  # whatever the label calls them
_WORD_BYTE: Final = re.compile(r"[A-Za-z0-9_]")
_BEFORE, _AFTER = 40, 40
_SHORTEST_CODE: Final = 11  # digits; a code that no word names has twelve or more
_EDGES: Final = ("", "\t", "\n")


def code_signal(text: str, found: Found, label: int) -> str:
    """ "sample", "code:…" for what the value is part of, or "". A label that says ID or phone overrules shapes."""
    if is_sample(found.value):
        return "sample"
    if label & K.CODE and not label & (K.ID | K.BANK) and found.entity not in _HOLDS_AN_ID:
        return "code:label"
    if found.length <= _SHORTEST_CODE and _alone(text, found):
        return ""
    line = text.rfind("\n", 0, found.start) + 1
    before = text[max(line, found.start - _BEFORE) : found.start]
    after = text[found.end : found.end + _AFTER].split("\n", 1)[0].split("\t", 1)[0]
    before = before.rsplit("\t", 1)[-1]
    code = what_code(text[found.start : found.end], before, after)
    if code == "credit_code" and label & K.BANK:
        return ""
    if code and not (label & K.ID and code in _NOT_UNDER_AN_ID and (code != "url" or found.entity == "RESIDENT_ID")):
        return f"code:{code}"
    if found.entity in _COUNTED and (_glued(before, after) or _amount(after)):
        return "code:token"
    return ""


_NOT_UNDER_AN_ID: Final = ("construction_permit", "timestamp", "registration_no", "url")  # …?idcard=3403…


def _alone(text: str, found: Found) -> bool:
    """Digits that fill a cell or a line: without a word beside them, so few are no code."""
    start, end = found.start, found.end
    edges = text[start - 1 : start] if start else "", text[end : end + 1]
    return all(edge in _EDGES for edge in edges) and is_digits(text[start:end])


def _glued(before: str, after: str) -> bool:
    """A phone or account that touches ASCII letters or digits is part of a longer token."""
    return bool(_WORD_BYTE.match(before[-1:]) or _WORD_BYTE.match(after[:1])) and not before.endswith(
        ("86", "el", "EL", "x", "X")
    )


def _amount(after: str) -> bool:
    unit = _UNIT.match(after)
    return unit is not None and unit[0].strip() not in _UNITS_THAT_ARE_WORDS


def _each(words: str, behind: str) -> str:
    """Each of the words with the same behind it: alternatives that begin with a character are found an order faster."""
    return words.replace("|", f"{behind}|") + behind


_ORGANISATION: Final = re.compile(
    "|".join(sorted(map(re.escape, words("ctx_bank_org")), key=len, reverse=True))
    + "|"
    + _each(
        "公司|中心|局|处|厅|委员会|管委会|财政|政府|医院|学校|大学|学院|协会|基金会|合作社|总会|集团|厂",
        r"(?=[，,。；;\s]|开户|账|帐|$)",
    )
)
_ACCOUNT_REACH: Final = 90


def organisation_account(text: str, start: int, floor: int = 0) -> bool:
    """Whether the holder named before an account in running text is an organisation: 户名：某某中心，账号：…

    Nothing before ``floor`` is looked at."""
    return _ORGANISATION.search(text, max(floor, start - _ACCOUNT_REACH), start) is not None


_OFFICE: Final = re.compile(
    "招标|采购人|采购单位|代理机构|中标|供应商|投标|施工单位|建设单位|监理|有限公司|招聘单位|用人单位|承办单位|主办单位|"
    + _each(
        "局|中心|办公室|委员会|管委会|政府|街道办|公司|学校|医院|卫生院|银行|派出所|服务站",
        r"(?:[，,：:；;\s]|联系|咨询|地址|电话)",
    )
)
_OFFICE_REACH: Final = 80


def office_nearby(text: str, start: int) -> bool:
    """Whether an office or company is named before a phone on its line: 招标代理机构：某某公司，联系人：…"""
    line = text.rfind("\n", 0, start) + 1
    return _OFFICE.search(text, max(line, start - _OFFICE_REACH), start) is not None
