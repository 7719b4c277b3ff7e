"""How much of running text is about one person: a sentence, or the lines or pieces of "label: value" of a form."""

from __future__ import annotations

import re
from typing import Final

from patterns.name_score import looks_like_name

_SENTENCE_END: Final = re.compile(r"[。；;！!？?\n]")
# 姓名：张三, and 姓名 张三 where the label is one that forms have.
_LABELLED: Final = re.compile(
    r"[ \t\u3000\u00a0]*(?:[^：:\n]{1,14}[：:]"
    r"|(?:姓\s{0,4}名|性\s{0,4}别|民\s{0,4}族|年\s{0,4}龄|身份证号?码?|公民身份号码|出生(?:年月日?|日期)|手机号?码?|联系电话|电\s{0,4}话"
    r"|(?:家庭|户籍|现|通讯|联系)?[住地]址|开户行|开户银行|户\s{0,4}名|账\s{0,4}号|银行卡号?|监护人|学\s{0,4}校|班\s{0,4}级)"
    r"[ \u3000\u00a0])"
)
REACH: Final = 160  # how far a sentence is followed to either side, in characters
_MOST_LINES: Final = 8  # lines of "label: value" that make one subject
_A_NAME: Final = 0.55  # looks_like_name's score from which a label is somebody's name


def subject_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a value, or the lines of "label: value" around it."""
    line = text.rfind("\n", 0, start) + 1
    if _LABELLED.match(text, line, start):
        return _labelled_lines(text, line, end)
    first = line
    for match in _SENTENCE_END.finditer(text, max(line, start - REACH), start):
        first = match.end()
    first = max(first, start - REACH)
    stop = _SENTENCE_END.search(text, end, min(len(text), end + REACH))
    last = stop.start() if stop else min(len(text), end + REACH)
    return _labelled_pieces(text, first, last, line) if _PIECE.match(text, first) else (first, last)


# 姓名：…；性别：…；电话：… are one form. 张三：…；李四：… are two people.
_PIECE: Final = re.compile(r"[ \u3000]*([^：:；;，,。！!？?\n]{1,14})[：:]")
_SEMICOLONS: Final = "；;"


def _labelled_pieces(text: str, first: int, last: int, line: int) -> tuple[int, int]:
    """The pieces of "label: value" around one, parted by semicolons, until a label comes again."""
    seen: set[str] = set()
    if not _new_label(text, first, last, seen):
        return first, last
    for _ in range(_MOST_LINES):
        if first <= line or text[first - 1] not in _SEMICOLONS:
            break
        floor = max(line, first - REACH)  # a line may be megabytes long
        before = max(text.rfind(mark, floor, first - 1) + 1 for mark in _ENDS) or floor
        if not _new_label(text, before, first, seen):
            break
        first = before
    for _ in range(_MOST_LINES):
        if text[last : last + 1] not in _SEMICOLONS or not _new_label(text, last + 1, len(text), seen):
            break
        stop = _SENTENCE_END.search(text, last + 1, min(len(text), last + REACH))
        last = stop.start() if stop else min(len(text), last + REACH)
    return first, last


_ENDS: Final = "。；;！!？?"


def _new_label(text: str, start: int, end: int, seen: set[str]) -> bool:
    """Whether a piece has a label that is no name and none of ``seen``, which it then joins."""
    label = _PIECE.match(text, start, end)
    if label is None or label[1] in seen or looks_like_name(label[1].strip()) >= _A_NAME:
        return False
    seen.add(label[1])
    return True


def _labelled_lines(text: str, line: int, end: int) -> tuple[int, int]:
    first = line
    for _ in range(_MOST_LINES):
        before = text.rfind("\n", 0, max(first - 1, 0)) + 1
        if first == 0 or not _LABELLED.match(text, before, first - 1):
            break
        first = before
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    for _ in range(_MOST_LINES):
        after = text.find("\n", last + 1)
        after = len(text) if after < 0 else after
        if last >= len(text) or not _LABELLED.match(text, last + 1, after):
            break
        last = after
    return first, last
