"""A few words looked for in every byte of every text: what may make a record matter that has no number in it, and the
full-width digits that are to be folded before numbers are read.

pyahocorasick is this project's automaton and carries the lexicons; in this one pass over all text Hyperscan is some
nine times as fast and ahocorasick_rs four times (``python -m benchmarks.anchors``), so where the hyperscan package is
there (``pip install 'disclosure-scan[fast]'``) it carries this pass, behind the same interface, with the same answers.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, NamedTuple, Protocol

import ahocorasick
import numpy as np
from numpy.typing import NDArray

from patterns.runs import PAD, Bytes, Offsets

# Marks count at either end of a document only (patterns.markings); a secrecy mark with a star counts anywhere.
MARKS: Final = (
    "★", "☆", "密级", "密 级", "绝密", "机密", "秘密", "商密", "内部", "内参", "外传", "扩散", "申请公开", "不予公开",
    "不公开", "免予公开", "不主动公开", "予主动公开", "非主动公开", "不宜公开", "不得公开", "不得上网", "不得登报",
    "过程稿", "讨论稿", "送审稿", "收回", "阅后", "注意保存", "发至", "技术诀窍", "CONFIDENTIAL",
)  # fmt: skip
ILL: Final = (
    "患",
    "确诊",
    "残疾人",
    "被害人",
    "受害人",
    "感染者",
    "吸毒人员",
    "戒毒人员",
    "精神病人",
    "举报人",
    "检举人",
)
HOMES: Final = ("家庭电话", "宅电", "住宅电话", "家长电话", "家长联系", "住址", "家住", "现住", "户籍地", "家庭地址")
CARDS: Final = ("社保卡", "社会保障卡", "医保卡", "台胞证", "来往大陆")
COLUMNS: Final = ("姓名\n", "姓名\r\n")  # the header of a column whose cells became lines
WIDE: Final = tuple("０１２３４５６７８９＠")
WORDS: Final = MARKS + ILL + HOMES + CARDS + COLUMNS + WIDE
STARS: Final = 2  # the first words of MARKS


class Engine(Protocol):
    """``find``: the number in WORDS and the end (bytes in the padded buffer) of every occurrence, in any order."""

    def find(self, buf: Bytes) -> tuple[NDArray[np.int64], Offsets]: ...


class _Hyperscan:
    def __init__(self, hyperscan: Any) -> None:
        self._database = hyperscan.Database()
        self._database.compile(
            expressions=[word.encode() for word in WORDS], ids=list(range(len(WORDS))), flags=[0] * len(WORDS)
        )

    def find(self, buf: Bytes) -> tuple[NDArray[np.int64], Offsets]:
        found: list[int] = []

        def note(word: int, start: int, end: int, flags: int, context: Any) -> None:
            found.append(word)
            found.append(end)

        self._database.scan(buf.data, match_event_handler=note)
        pairs = np.array(found, np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]


class _AhoCorasick:
    def __init__(self) -> None:
        self._automaton = ahocorasick.Automaton()
        for number, word in enumerate(WORDS):
            self._automaton.add_word(word, number)
        self._automaton.make_automaton()

    def find(self, buf: Bytes) -> tuple[NDArray[np.int64], Offsets]:
        text = buf[PAD:-PAD].tobytes().decode()
        pairs = np.array([(word, last) for last, word in self._automaton.iter(text)], np.int64).reshape(-1, 2)
        ends = np.flatnonzero((buf[PAD:-PAD] & 0xC0) != 0x80) if len(pairs) else np.zeros(0, np.int64)
        after = np.append(ends, len(buf) - 2 * PAD)
        return pairs[:, 0], after[pairs[:, 1] + 1] + PAD


class Said(NamedTuple):
    """Every occurrence of a word, in any order."""

    word: NDArray[np.int64]  # its number in WORDS
    end: Offsets  # bytes in the padded buffer
    record: Offsets


def said(buf: Bytes, bounds: Offsets) -> Said:
    """What the records of a padded buffer say."""
    word, end = engine().find(buf)
    return Said(word, end, np.searchsorted(bounds, end, side="left") - 1)


@cache
def engine() -> Engine:
    """One a process. Never pickled: each worker builds its own."""
    try:
        import hyperscan
    except ImportError:  # no wheel for this machine
        return _AhoCorasick()
    return _Hyperscan(hyperscan)
