"""Which records are worth a closer look: by their candidates, by the words before a number, by tables of people.

A record is left aside only when nothing in it can become a finding: no candidate of a kind that stands by itself, no
candidate behind a word that would make it one, no table with a column of people, no title that makes a list sensitive.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from patterns.candidates import Candidates, Kind
from patterns.column_kinds import IDENTIFYING, OF_A_PERSON
from patterns.column_kinds import ColumnKind as K
from patterns.context import HEAD
from patterns.factors import Factor
from patterns.headers import column_kind
from patterns.illness import may_be_named
from patterns.labels import label_kind
from patterns.runs import Bytes, Offsets, Runs, positions

_BY_ITSELF: Final = np.zeros(16, np.bool_)
_BY_ITSELF[[Kind.ID18, Kind.ID_WRAPPED, Kind.MOBILE, Kind.MILITARY]] = True
_BY_A_WORD: Final = np.zeros(16, np.bool_)
_BY_A_WORD[[Kind.ID15, Kind.LONG, Kind.LETTERED, Kind.BANK, Kind.LANDLINE, Kind.PLATE]] = True
_WORDS: Final = K.ID | K.BANK | K.ID_OTHER | K.STUDENT_NO | K.DISABILITY_NO | K.MOBILE | K.PHONE | K.PLATE
_WINDOW: Final = 48  # bytes before a number: sixteen Chinese characters
_MASK_DIGITS: Final = 5  # visible digits before a mask that may leave few people
_ILL: Final = tuple(word.encode() for word in ("患", "确诊", "残疾人"))
_SENSITIVE: Final = (
    Factor.AID | Factor.STUDENT_AID | Factor.HEALTH | Factor.HEALTH_SECRET | Factor.DISABILITY | Factor.MINOR_14
    | Factor.MINOR_18
)  # fmt: skip


class _Documents(Protocol):
    def document(self, row: int) -> int: ...


def matters(runs: Runs, found: Candidates, *, everything: bool) -> NDArray[np.bool_]:
    """[records] whether a record's candidates are reason enough."""
    flags = np.zeros(len(runs.bounds) - 1, np.bool_)
    if everything:
        flags[:] = True
        return flags
    flags[found.record[_BY_ITSELF[found.kind]]] = True
    flags[found.record[_union_pay(runs.buf, found)]] = True
    flags[found.record[(found.kind == Kind.MASKED) & (found.stop - found.start >= _MASK_DIGITS)]] = True
    asked = np.flatnonzero(_BY_A_WORD[found.kind] & ~flags[found.record])
    flags[found.record[asked[_has_word(runs.buf, found.start[asked], runs.bounds[found.record[asked]])]]] = True
    return flags


def _union_pay(buf: Bytes, found: Candidates) -> NDArray[np.bool_]:
    card: NDArray[np.bool_] = (found.kind == Kind.BANK) & (found.stop - found.start >= 16)
    card[card] = (buf[found.start[card]] == 54) & (buf[found.start[card] + 1] == 50)
    return card


def _has_word(buf: Bytes, start: Offsets, floor: Offsets) -> NDArray[np.bool_]:
    """Whether a label stands before each number. Labels repeat by the thousand, so each text is asked once."""
    if not len(start):
        return np.zeros(0, np.bool_)
    at = start[:, None] - np.arange(_WINDOW, 0, -1)
    window = np.where(at >= floor[:, None], buf[at], 0).astype(np.uint8)
    texts, back = np.unique(window.view(f"V{_WINDOW}").reshape(-1), return_inverse=True)
    says = np.array([_labelled(text.tobytes()) for text in texts], np.bool_)
    labelled: NDArray[np.bool_] = says[back]
    return labelled


@lru_cache(maxsize=65536)
def _labelled(window: bytes) -> bool:
    kind, _ = label_kind(window.lstrip(b"\0").decode("utf-8", "ignore"))
    return bool(kind & _WORDS)


def by_words(rows: _Documents, first: int, buf: Bytes, bounds: Offsets, matter: NDArray[np.bool_]) -> None:
    """Marks the records with a table of people, or with a title that makes a list of names sensitive."""
    tabs = np.searchsorted(positions(buf, 9), bounds)
    tabled = np.diff(tabs) > 0
    for record in np.flatnonzero(~matter):
        text = buf[bounds[record] : bounds[record + 1]].tobytes()
        if tabled[record]:
            matter[record] = _table_of_people(text)
        if not matter[record] and any(word in text for word in _ILL):
            matter[record] = may_be_named(text.decode())
        if not matter[record]:
            matter[record] = bool(rows.document(first + int(record)) & _SENSITIVE) or _may_be_marked(
                buf[bounds[record] : min(bounds[record] + _ENDS, bounds[record + 1])].tobytes(),
                buf[max(bounds[record + 1] - _ENDS, bounds[record]) : bounds[record + 1]].tobytes(),
            )


_FIRST_LINES: Final = re.compile(rb"(?:^|(?<=\n))([^\n\t]*\t[^\n]*)(?:\n([^\n\t]*\t[^\n]*))?(?:\n[^\n\t]*\t[^\n]*)*")


def _table_of_people(text: bytes) -> bool:
    """Whether a table's first two lines name a column of documents or accounts, or people and something of theirs."""
    return any(
        _names_people(line) for match in _FIRST_LINES.finditer(text) for line in match.groups() if line is not None
    )


@lru_cache(maxsize=65536)
def _names_people(line: bytes) -> bool:
    kinds = 0
    for cell in line.decode("utf-8", "ignore").split("\t"):
        kinds |= int(column_kind(cell))
    return bool(kinds & IDENTIFYING or (kinds & K.NAME and kinds & OF_A_PERSON))


_ENDS: Final = 3 * HEAD  # bytes of the head and the end in which marks count


def _may_be_marked(head: bytes, end: bytes) -> bool:
    """Whether a word of marks stands at either end."""
    return any(word in part for part in (head, end) for word in _MARKS_AT_ENDS)


_MARKS_AT_ENDS: Final = tuple(
    word.encode()
    for word in (
        "★", "☆", "密", "内部", "外传", "申请公开", "不予公开", "不公开", "过程稿", "用后收回", "注意保存", "发至",
        "免予公开", "主动公开", "不宜公开", "不得公开", "不得上网", "不得登报", "内参", "阅后", "会后收回",
        "讨论稿", "送审稿", "扩散", "CONFIDENTIAL", "技术诀窍",
    )
)  # fmt: skip
