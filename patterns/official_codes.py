"""Codes of offices that look like a person's number: recognised by their own shape and what touches them.

Each rule sees the digits, and the text before and after (some 30 characters are enough), and answers a code's name.
What stands further away, such as a column's header, is the lexicons' business.

>>> what_code("012345", "项目代码：2017-340300-48-01-")
'project_code'
>>> what_code("20171130093015", "", "")
'timestamp'
>>> what_code("340302197806150040", "身份证号：", "")
''
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from stdnum import ean
from stdnum.iso7064 import mod_11_10

from patterns import credit_code, resident_id
from patterns.characters import fold

_CONTEXT: Final = 40
_YEAR: Final = r"(?:19[5-9]\d|20[0-4]\d)"
_DAY: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_TIME: Final = r"(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?"

_PROJECT: Final = re.compile(r"20\d{2}-\d{6}-\d{2}-\d{2}-\d{6}")
_INDEX: Final = re.compile(rf"[0-9A-Z]{{6,18}}[-/][-/]?{_YEAR}(?:\d{{2}})?[-/]\d{{3,6}}", re.I)
_STAMP: Final = re.compile(rf"{_YEAR}{_DAY}{_TIME}\d{{0,6}}")
_MILLISECONDS: Final = re.compile(r"1[0-7]\d{11}")
_PERMIT: Final = re.compile(rf"[1-6]\d{{5}}{_YEAR}{_DAY}\d{{4}}")
_PERMIT_LABEL: Final = re.compile(r"许可证?[^身份]{0,8}$|施工[^身份]{0,10}$|工程[^身份]{0,10}编[号码][^身份]{0,6}$")
_PLANNING: Final = re.compile(r"(?:[地建乡选]字|规划|核字)\s?第?\s?(?:No\.?|号)?\s?$", re.I)
_REGISTRATION_LABEL: Final = re.compile(r"(?:注册号|营业执照|执照号)[^身份]{0,10}$")
_FOOD: Final = re.compile(r"(?<![A-Za-z])(?:SC|JY|QS)\s?$")
_MEDICINE: Final = re.compile(r"(?:国药准字|国食健字|国械注[准进许]|国妆[特备]字|药监械)[A-Z]?\s?$")
_NET_RECORD: Final = re.compile(r"(?:公网安备|ICP备|ICP证)\s?$", re.I)
_DOCUMENT: Final = re.compile(r"[〔\[(【]20\d{2}[〕\])】]\s?第?\s?$")
_PATH: Final = re.compile(
    r"(?:https?:|www\.|\w\.[a-z]{2,4}/|/[a-z_][\w\-]*/|\.\./|[a-z]:\\|[?&][\w\-]+=)[\w./\\%?&=+\-]*$", re.I | re.A
)
_FILE_AFTER: Final = re.compile(
    r"[\w\-]*\.(?:s?html?|jsp|aspx?|php|docx?|xlsx?|pdf|jpe?g|png|gif|zip|rar|ofd|wps|mp4)(?![a-z])", re.I | re.A
)
_GUID: Final = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?=[0-9]*[a-f])[0-9a-f]{32,40}", re.I
)
_SHORTEST_GUID: Final = 32
_DECIMAL_BEFORE: Final = re.compile(r"(?:\d\d|(?<!\d)0)\.$")  # "1." may also number a list
_DECIMAL_AFTER: Final = re.compile(r"[.]\d{2,}")
_TOKEN_BEFORE: Final = re.compile(r"[0-9A-Za-z\-/]*$")
_TOKEN_AFTER: Final = re.compile(r"^[0-9A-Za-z\-/]*")


def what_code(value: str, before: str = "", after: str = "") -> str:
    """The name of the official code that ``value`` is or is part of, or "".

    Names: url, file_name, guid, decimal, project_code, index_number, credit_code, construction_permit, planning_permit,
    registration_no, food_licence, medicine_no, net_record, document_no, timestamp, barcode.
    """
    value, before, after = fold(value), fold(before[-_CONTEXT:]), fold(after[:_CONTEXT])
    for rule in _RULES:
        name = rule(value, before, after)
        if name:
            return name
    return ""


def _token(value: str, before: str, after: str) -> str:
    """The value with the letters, digits, hyphens and slashes that touch it."""
    if not before and not after:
        return value
    left, right = _TOKEN_BEFORE.search(before), _TOKEN_AFTER.search(after)
    return (left[0] if left else "") + value + (right[0] if right else "")


def _place(value: str, before: str, after: str) -> str:
    if before and _PATH.search(before):
        return "url"
    if after and _FILE_AFTER.match(after) and not resident_id.validate18(value).ok:  # a person's number may name a file
        return "file_name"
    token = _token(value, before, after)
    return "guid" if len(token) >= _SHORTEST_GUID and _GUID.search(token) else ""


def _decimal(value: str, before: str, after: str) -> str:
    return "decimal" if _DECIMAL_BEFORE.search(before) or _DECIMAL_AFTER.match(after) else ""


def _tokens(value: str, before: str, after: str) -> str:
    token = _token(value, before, after).strip("-/")
    if "-" not in token and "/" not in token:
        return "credit_code" if _is_credit_code(token) else ""
    if _PROJECT.search(token):
        return "project_code"
    if _INDEX.fullmatch(token):
        return "index_number"
    return "credit_code" if any(_is_credit_code(part) for part in re.split("[-/]", token)) else ""


def _is_credit_code(part: str) -> bool:
    """Eighteen characters, or with 001X behind them a discharge permit; nineteen digits are a bank card."""
    return (len(part) == 18 or part[18:21] == "001") and credit_code.looks_like(part[:18])


def _permits(value: str, before: str, after: str) -> str:
    if before and _PLANNING.search(before):
        return "planning_permit"
    if before and _PERMIT.fullmatch(value) and _PERMIT_LABEL.search(before):
        return "construction_permit"
    if len(value) == 15 and (_REGISTRATION_LABEL.search(before) or _registration(value)):
        return "registration_no"
    return ""


def _registration(value: str) -> bool:
    """The business registration number of before 2015: region, eight digits, check digit; no birth date inside."""
    return bool(mod_11_10.is_valid(value)) and not resident_id.validate15(value).ok


def _labelled(value: str, before: str, after: str) -> str:
    for name, label in _LABELS if before else ():
        if label.search(before):
            return name
    return ""


def _times(value: str, before: str, after: str) -> str:
    if len(value) >= 12 and _STAMP.fullmatch(value):
        return "timestamp"
    if _MILLISECONDS.fullmatch(value) and not value.startswith("1064"):
        return "timestamp"
    return "barcode" if len(value) == 13 and value.startswith("69") and ean.is_valid(value) else ""


_LABELS: Final = (
    ("food_licence", _FOOD),
    ("net_record", _NET_RECORD),
    ("document_no", _DOCUMENT),
    ("medicine_no", _MEDICINE),
)
_RULES: Final[tuple[Callable[[str, str, str], str], ...]] = (_place, _decimal, _tokens, _permits, _labelled, _times)
