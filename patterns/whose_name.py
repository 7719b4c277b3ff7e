"""Whose a value of running text is: the names beside it, above it, or in the form it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from patterns.column_kinds import ColumnKind as K
from patterns.factors import Factor
from patterns.found import Found, Subject
from patterns.headers import column_kind
from patterns.lexicons import words
from patterns.name_cells import name_in_cell, plain_score
from patterns.name_score import looks_like_name
from patterns.person_name import names_near

_BEFORE_LABEL: Final = re.compile("[；;](?=[ \u3000]?[^：:；;，,。]{1,14}[：:])")


def names_beside(text: str, subject: Subject, beside: list[Found]) -> list[Found]:
    """Names beside values. What of "label: value" is one subject, its breaks and semicolons are read as commas."""
    names: dict[int, Found] = {}
    window = text[subject.start : subject.end].replace("\n", "，")
    window = _BEFORE_LABEL.sub("，", window) if "；" in window or ";" in window else window
    for hit in beside:
        for span in names_near(window, hit.start - subject.start, hit.end - subject.start):
            if not span.masked and not _is_label(window, span.start, span.end):
                start, end = subject.start + span.start, subject.start + span.end
                names[start] = name_hit(text, start, end, span.score, span.how)
    return list(names.values())


_ROLES: Final = "|".join(sorted(words("private_role")))
# A project's owner is an office or a company.
_ROLE_BEFORE: Final = re.compile(rf"(?:{_ROLES})(?<!项目业主)(?<!建设业主)[：:（(，、\s]{{0,2}}$")
_ROLE_BEHIND: Final = re.compile(rf"[（(](?:{_ROLES})[）)]|户(?![主籍])")
_ROLE_REACH: Final = 10


def called_privately(text: str, name: Found) -> bool:
    """Whether a private person's role stands right before or behind a name: 户主：某某, 某某（低保户）, 某某户."""
    before = _ROLE_BEFORE.search(text, max(0, name.start - _ROLE_REACH), name.start)
    return bool(before or _ROLE_BEHIND.match(text, name.end))


_LABEL: Final = re.compile(r"([^：:；;，,。\s]{2,8})[：:]\s?$")
_LONGEST_LABEL: Final = 10


def _is_label(text: str, start: int, end: int) -> bool:
    """Whether what looks like a name is a label (银行卡：), or stands behind one that asks for none (开户行：某行)."""
    if text[end : end + 1] in _COLONS and column_kind(text[start:end]):
        return True
    label = _LABEL.search(text, max(0, start - _LONGEST_LABEL), start)
    kind = column_kind(label[1]) if label else 0
    return bool(kind & (K.BANK | K.ORG) and not kind & K.NAME) or (label is not None and label[1].endswith(_BANKS))


_COLONS: Final = ("：", ":")
_BANKS: Final = ("开户行", "开户银行", "行名", "银行")


# 姓 名：李 小 明: a label and single characters; a wider gap, a break or the next label ends it.
_APART: Final = re.compile(
    r"[一-鿿][ \u3000]{0,4}[：:][ \u3000]*([一-鿿](?:[ \u3000]{1,4}[一-鿿]){1,3})"
    r"(?=[ \u3000]*(?:[\n，,；;（(]|$)|[ \u3000]{2,})"
)


def names_written_apart(text: str, subject: Subject) -> Iterable[Found]:
    for match in _APART.finditer(text, subject.start, subject.end):
        score = plain_score("".join(match[1].split()))
        if score:
            yield name_hit(text, *match.span(1), score, "label")


_LINES_ABOVE: Final = 4
_MARGIN: Final = 8  # blanks that may stand on either side of a value in its line, which may be megabytes long
_OPENS, _CLOSES = re.compile(r"\n[ \t\u3000]*$"), re.compile(r"[ \t\u3000\r]*(?:\n|$)")
_LONGEST_LINE: Final = 6
_BETWEEN: Final = re.compile(
    r"[男女]|[\d.\-/年月日岁xX*]{0,20}|[一-鿿]{1,4}族|[一-鿿]{1,8}(?:街道|社区|[镇乡村县区组])"
)


def name_above(text: str, hit: Found) -> list[Found]:
    """The name in a line of its own above a value in a line of its own: a table whose cells became lines."""
    before, behind = text[max(0, hit.start - _MARGIN) : hit.start], text[hit.end : hit.end + _MARGIN]
    if not (_OPENS.search(before) and _CLOSES.match(behind)):
        return []
    line = text.rfind("\n", 0, hit.start) + 1
    for _ in range(_LINES_ABOVE):
        if line == 0:
            break
        line, end = text.rfind("\n", 0, line - 1) + 1, line - 1
        written = text[line:end].strip()
        if _BETWEEN.fullmatch(written):
            continue
        spans = name_in_cell(text[line:end]) if len(written) <= _LONGEST_LINE else []
        if len(spans) == 1 and not spans[0].masked and spans[0].end - spans[0].start == len(written):
            return [name_hit(text, line + spans[0].start, line + spans[0].end, spans[0].score, "line")]
        break
    return []


# 姓名 李小明 of a form, a line or two above its numbers, where the labels have no colon.
_OF_FORM: Final = re.compile(r"姓[ \u3000]*名[ \u3000：:]+([一-鿿·]{2,4})(?![一-鿿])")
_FORM_REACH: Final = 100
_LIKELY: Final = 0.6


def name_of_form(text: str, start: int, value: int) -> list[Found]:
    """The name of the form that a subject at ``start`` belongs to, above it or before its value."""
    above = list(_OF_FORM.finditer(text, max(0, start - _FORM_REACH), value))
    score = looks_like_name(above[-1][1]) if above else 0.0
    if score < _LIKELY or column_kind(above[-1][1]):
        return []
    return [name_hit(text, *above[-1].span(1), score, "label")]


def name_hit(text: str, start: int, end: int, score: float, how: str) -> Found:
    value = "".join(text[start:end].split())
    return Found(start, end, "PERSON_NAME", "person_name", Factor.NAME, value, how, score, [f"name:{how}"])


_NAMED: Final = re.compile(r"姓[ \u3000]*名[ \u3000]*[：:][ \u3000]*([一-鿿·]{2,4})(?=[\n，,；;（(。]|$)")


def name_in_form(text: str, start: int, end: int) -> list[Found]:
    """The name that a form of several lines or pieces gives behind 姓名, however far its numbers are."""
    named = _NAMED.search(text, start, end) if "姓" in text[start:end] else None
    score = looks_like_name(named[1]) if named else 0.0
    return [name_hit(text, *named.span(1), score, "label")] if named and score >= _LIKELY else []
