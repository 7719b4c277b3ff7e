"""The label before a value in running text: 身份证号：, 联系电话:, 监督电话, 项目编号：."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Final

import ahocorasick

from patterns.column_kinds import PHONES, ColumnKind, label_words

WINDOW: Final = 24  # characters before the value, spaces not counted
_RAW_WINDOW: Final = 40
_BREAKS: Final = "。;；!?！？\n"
_GLUE: Final = re.compile(r"(?:[^\w。;；!?！？]|为|是|号码|号|如下)*\Z")  # also a line break: label above, value below
_BRACKETED: Final = re.compile(r"\([^)]*\)")
_ASCII_WORD: Final = re.compile(r"[a-z0-9]")

# How sure the label speaks of this value. Set by hand on the counter-examples of tests/patterns/test_headers.py.
AT_ONCE, NEAR, SAME_CLAUSE, ANOTHER_VALUE_BETWEEN, BEFORE_A_BREAK = 1.0, 0.8, 0.6, 0.4, 0.2
_NEAR_GAP: Final = 6

# Plain integers inside: an operation on two IntFlags costs a microsecond, as much as the search.
_OFFICIAL: Final = int(ColumnKind.OFFICIAL)
_OFFICE_PHONE: Final = int(ColumnKind.OFFICE_PHONE)
_ORG_ACCOUNT: Final = int(ColumnKind.ORG_ACCOUNT)
_BANK: Final = int(ColumnKind.BANK)
_NEUTRAL: Final = int(ColumnKind.PHONE_NEUTRAL)
_PHONES: Final = int(PHONES)

Found = tuple[int, int, int]  # end, length, ColumnKind of a label in the folded window: the greatest is the nearest


@lru_cache(maxsize=16384)
def label_kind(text_before: str) -> tuple[int, float]:
    """The nearest, then longest, label before a value, and a weight 0…1: how sure it speaks of this value.

    A word of office earlier in the same clause joins in: 招标代理机构…联系电话 is OFFICE_PHONE, 主任王五 手机 is
    MOBILE | OFFICIAL, 投标保证金账号 is ORG_ACCOUNT. No label: (NONE, 0.0).

    >>> label_kind("联系电话：0552-3012345，身份证号：") == (ColumnKind.ID, 1.0)
    True
    >>> label_kind("扶贫监督电话：") == (ColumnKind.OFFICE_PHONE, 1.0)
    True
    """
    window = _fold(text_before)
    found = _labels(window)
    if not found:
        return ColumnKind.NONE, 0.0
    nearest = max(found)
    return _flags(_with_office(window, nearest, found)), _weight(window[nearest[0] :])


def _fold(text: str) -> str:
    """The last characters in the lists' form. Not NFKC: at 4 µs it would cost more than the search."""
    tail = text[-_RAW_WINDOW:].replace("：", ":").replace("（", "(").replace("）", ")")
    return tail.replace(" ", "").replace("\u3000", "").replace("\u00a0", "").lower()[-WINDOW:]


def _labels(window: str) -> list[Found]:
    return [
        (last + 1, length, kind)
        for last, (length, ascii_word, kind) in _automaton().iter(window)
        if not (ascii_word and _inside_word(window, last + 1 - length, last + 1))
    ]


def _inside_word(window: str, start: int, end: int) -> bool:
    """Whether an ASCII label is a part of a longer ASCII word: tel in hotel, qq in a URL."""
    return bool(_ASCII_WORD.match(window[start - 1 : start]) or _ASCII_WORD.match(window[end : end + 1]))


def _weight(gap: str) -> float:
    gap = _BRACKETED.sub("", gap) if "(" in gap else gap
    if _GLUE.match(gap):
        return NEAR if "\n" in gap else AT_ONCE
    if any(mark in gap for mark in _BREAKS):
        return BEFORE_A_BREAK
    if any(char.isdigit() for char in gap):
        return ANOTHER_VALUE_BETWEEN
    return NEAR if len(gap) <= _NEAR_GAP else SAME_CLAUSE


def _with_office(window: str, nearest: Found, found: list[Found]) -> int:
    end, length, kind = nearest
    if len(found) == 1 or not kind & (_PHONES | _BANK):
        return kind
    office = 0
    for other_end, _, other in found:
        if other & (_OFFICIAL | _OFFICE_PHONE | _ORG_ACCOUNT) and other_end <= end - length:
            office |= 0 if _broken(window[other_end : end - length]) else other
    if kind & _BANK:
        return _ORG_ACCOUNT if office & _ORG_ACCOUNT else kind
    if office & _OFFICE_PHONE and kind == _NEUTRAL:
        return _OFFICE_PHONE
    return kind | (office & _OFFICIAL)


def _broken(between: str) -> bool:
    return any(mark in between for mark in _BREAKS)


@cache
def _flags(kind: int) -> int:
    return kind


@cache
def _automaton() -> Any:
    """Built once a process and never pickled: ``pickle.dumps`` of an automaton leaks."""
    automaton = ahocorasick.Automaton()
    for word, kind in label_words().items():
        automaton.add_word(word, (len(word), word.isascii(), int(kind)))
    automaton.make_automaton()
    return automaton
