"""Which records are worth a closer look: by their candidates, by the words before a number, by tables of people.

A record is left aside only when nothing in it can become a finding: no candidate of a kind that stands by itself, no
candidate behind a word that would make it one, no table with a column of people, no title that makes a list sensitive.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from patterns import anchors, word_engine
from patterns.bytewise import among, marks, word_at
from patterns.candidates import Candidates, Kind
from patterns.column_kinds import ColumnKind as K
from patterns.context import HEAD
from patterns.headers import column_kind
from patterns.illness import may_be_named
from patterns.labels import label_kind
from patterns.runs import PAD, Bytes, Offsets, Runs, tabs_and_breaks
from patterns.table_reading import people_and_more

_BY_ITSELF: Final = np.zeros(16, np.bool_)
_BY_ITSELF[[Kind.ID18, Kind.ID_WRAPPED, Kind.MOBILE, Kind.MILITARY]] = True
_BY_A_WORD: Final = np.zeros(16, np.bool_)
_BY_A_WORD[[Kind.ID15, Kind.LONG, Kind.LETTERED, Kind.BANK, Kind.PLATE]] = True
_WORDS: Final = K.ID | K.BANK | K.ID_OTHER | K.STUDENT_NO | K.DISABILITY_NO | K.MOBILE | K.PHONE | K.PLATE
_NO_LABEL: Final = np.zeros(256, np.bool_)
_NO_LABEL[[*b"\t-/._", *range(48, 58), *range(65, 91), *range(97, 123)]] = True
# One of these, or two letters, stands in every label of _WORDS; most numbers have none before them.
_IN_LABELS: Final = (
    "账", "帐", "卡", "折", "通", "证", "学籍", "学号", "护照", "牌", "宅", "家", "本人", "个人", "手机", "移动", "父",
    "母", "监护", "学生", "患者", "业主", "农户", "户主", "申请人", "保障号", "保号",
)  # fmt: skip
_WINDOW: Final = 48  # bytes before a number: sixteen Chinese characters
_BEFORE: Final = np.arange(-_WINDOW, 0)
_MASK_DIGITS: Final = 5  # visible digits before a mask that may leave few people


class _Documents(Protocol):
    def sensitive(self, first: int, last: int) -> list[int]: ...


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
    # A cell's label is its column's header; what touches a letter, hyphen or slash is part of a code.
    asked = asked[~_NO_LABEL[runs.buf[found.start[asked] - 1]] | (found.kind[asked] == Kind.LETTERED)]
    flags[found.record[asked[_has_word(runs.buf, found.start[asked], runs.bounds[found.record[asked]])]]] = True
    return flags


def _union_pay(buf: Bytes, found: Candidates) -> NDArray[np.bool_]:
    card: NDArray[np.bool_] = (found.kind == Kind.BANK) & (found.stop - found.start >= 16)
    card[card] = (buf[found.start[card]] == 54) & (buf[found.start[card] + 1] == 50)
    return card


def _has_word(buf: Bytes, start: Offsets, floor: Offsets) -> NDArray[np.bool_]:
    """Whether a label stands before each number. Labels repeat by the thousand, so each text is judged once."""
    said = _may_be_labelled(buf, start, floor)
    raw, some = buf.data, np.flatnonzero(said)
    first = np.maximum(floor[some], start[some] - _WINDOW)
    said[some] = [_labelled(bytes(raw[a:b])) for a, b in zip(first.tolist(), start[some].tolist(), strict=True)]
    return said


def _may_be_labelled(buf: Bytes, start: Offsets, floor: Offsets) -> NDArray[np.bool_]:
    """Whether one of _IN_LABELS or two letters stand before each number: their windows are searched side by side."""
    side_by_side = np.zeros(len(start) * (_WINDOW + 1) + 2 * PAD, np.uint8)
    windows = side_by_side[PAD:-PAD].reshape(-1, _WINDOW + 1)[:, :_WINDOW]
    windows[:] = buf[start[:, None] + _BEFORE]
    windows[(floor - start)[:, None] > _BEFORE] = 0  # of the record before
    windows[:, :3][np.logical_and.accumulate(windows[:, :3] & 0xC0 == 0x80, axis=1)] = 0  # a character cut in two
    letter = (windows | 32) - 97 < 26
    may: NDArray[np.bool_] = np.any(letter[:, 1:] & letter[:, :-1], axis=1)
    _, end = _engine_of_labels().find(side_by_side)
    may[(end - PAD - 1) // (_WINDOW + 1)] = True
    return may


@cache
def _engine_of_labels() -> word_engine.Engine:
    return word_engine.engine(_IN_LABELS)


@lru_cache(maxsize=8192)
def _labelled(window: bytes) -> bool:
    kind, _ = label_kind(window.decode("utf-8", "ignore"))
    return bool(kind & _WORDS)


class Words(NamedTuple):
    """[records] What the anchors say of each record."""

    marked: NDArray[np.bool_]  # a word of marks stands where marks count
    ill: NDArray[np.bool_]  # an illness or disability is named as somebody's
    home: NDArray[np.bool_]  # a telephone or address is called somebody's home, or a card is named with its number


def by_words(
    rows: _Documents, first: int, buf: Bytes, bounds: Offsets, said: anchors.Said, matter: NDArray[np.bool_]
) -> Words:
    """Marks the records with a table of people, even one whose cells became lines, a title that makes a list sensitive,
    an illness or a mark."""
    for record in rows.sensitive(first, first + len(matter)):
        matter[record - first] = True
    _tables_of_people(buf, bounds, matter)
    matter[said.record[(said.word >= _COLUMNS) & (said.word < _WIDE)]] = True
    words = _anchored(buf, bounds, said)
    matter |= words.marked | words.ill | words.home
    return words


def _tables_of_people(buf: Bytes, bounds: Offsets, matter: NDArray[np.bool_]) -> None:
    """Marks the records with a table whose first two lines name columns of people. Most records have no tab."""
    tabbed = np.logical_or.reduceat(buf == 9, bounds[:-1])  # an empty record may pass for one: it has no lines
    asked = np.flatnonzero(tabbed & ~matter)
    if len(asked):
        texts = [buf[a:b] for a, b in zip(bounds[asked].tolist(), bounds[asked + 1].tolist(), strict=True)]
        named = np.zeros(len(asked), np.bool_)
        _first_lines(np.concatenate(texts), np.cumsum([0, *map(len, texts)]), named)
        matter[asked] = named


def _first_lines(buf: Bytes, bounds: Offsets, matter: NDArray[np.bool_]) -> None:
    """The same for records that all have tabs, laid side by side."""
    either = tabs_and_breaks(buf)
    is_break = buf[either] == 10
    tabs, breaks = either[~is_break], either[is_break]
    line = np.cumsum(is_break)[~is_break]
    record = np.repeat(np.arange(len(matter)), np.diff(np.searchsorted(tabs, bounds)))
    first = np.flatnonzero((np.diff(line, prepend=-1) > 0) | (np.diff(record, prepend=-1) > 0))  # a line's first tab
    line, record = line[first], record[first]
    top = (np.diff(line, prepend=-2) > 1) | (np.diff(record, prepend=-1) > 0)  # a table's first line
    second = np.append(False, top[:-1]) & ~top
    edges = np.concatenate([[-1], breaks, [len(buf)]])
    start = np.maximum(edges[line] + 1, bounds[record])
    end = np.minimum(np.minimum(edges[line + 1], bounds[record + 1]), start + _LONGEST_HEADER)
    for rows, is_first in ((top, True), (second, False)):
        for a, b, row in zip(start[rows].tolist(), end[rows].tolist(), record[rows].tolist(), strict=True):
            if not matter[row]:
                text = buf[a:b].tobytes()
                if is_first or _DIGIT.search(text) is None:  # a second line of data is no header
                    matter[row] = _names_people(text)


_DIGIT: Final = re.compile(rb"\d")


@lru_cache(maxsize=8192)
def _names_people(line: bytes) -> bool:
    kinds = 0
    for cell in line.decode("utf-8", "ignore").split("\t"):
        kinds |= column_kind(cell) if not cell.isascii() else 0
    return people_and_more(kinds)


def _anchored(buf: Bytes, bounds: Offsets, said: anchors.Said) -> Words:
    word, end, record = said
    mark = word < len(anchors.MARKS)
    at_an_end = (end - bounds[record] <= _ENDS) | (bounds[record + 1] - end <= _ENDS) | (word < anchors.STARS)
    words = Words(*np.zeros((3, len(bounds) - 1), np.bool_))
    words.marked[record[mark & at_an_end]] = True
    for row in np.unique(record[(word >= _HOME) & (word < _COLUMNS)]):
        words.home[row] = _SOMEWHERE.search(buf[bounds[row] : bounds[row + 1]].tobytes().decode()) is not None
    for row in np.unique(record[~mark & _of_someone(buf, word, end)]):
        words.ill[row] = may_be_named(buf[bounds[row] : bounds[row + 1]].tobytes().decode())
    return words


def _of_someone(buf: Bytes, word: Offsets, end: Offsets) -> NDArray[np.bool_]:
    """Not 隐患, 忧患, 残疾人联合会, 残疾人证: most occurrences."""
    before = word_at(buf, end - 6)
    after = word_at(buf, end)
    illness = (word == _ILLNESS) & ~among(before, _NOT_BEFORE) & ~among(after, _NOT_BEHIND)
    disabled = (word == _DISABLED) & ~among(after, _NOT_A_PERSON)
    others = (word >= _DIAGNOSED) & (word < _HOME) & (word != _DISABLED)
    someone: NDArray[np.bool_] = illness | disabled | others
    return someone


# A word of home with a number and, of an address, its unit behind it: a form's empty field has none. Nor has a card's.
_SOMEWHERE: Final = re.compile(
    "(?:家庭|住宅|家长|宅)[^\n]{0,4}电[^\n]{0,6}\\d|(?:住址|[家现租暂]住|，住(?![宿房院建户持校])|户籍地|家庭地址)[^\n]{3,40}(?:[号组室栋队幢座#＃]|\\d-\\d)"
    "|(?:社保|社会保障|医保)卡[^\n]{0,6}[A-Z\\d]\\d{7}|(?:台胞证|来往大陆)[^\n]{0,8}\\d{8}"
)
_HOME: Final = anchors.WORDS.index(anchors.HOMES[0])
_COLUMNS: Final = anchors.WORDS.index(anchors.COLUMNS[0])
_WIDE: Final = anchors.WORDS.index(anchors.WIDE[0])
_ILLNESS: Final = anchors.WORDS.index("患")
_DIAGNOSED: Final = anchors.WORDS.index("确诊")
_DISABLED: Final = anchors.WORDS.index("残疾人")
_NOT_BEFORE: Final = marks("隐忧后内外医")
_NOT_BEHIND: Final = marks("处难")
_NOT_A_PERSON: Final = marks("联员就事证服组康之两家数保工口辅托")
_ENDS: Final = 3 * HEAD  # bytes of the head and the end in which marks count
_LONGEST_HEADER: Final = 1024  # bytes
