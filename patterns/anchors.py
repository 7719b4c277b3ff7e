"""A few words looked for in every byte of every text: what may make a record matter that has no number in it, and the
full-width digits and unseen characters that are to be folded before numbers are read. :mod:`patterns.word_engine`
carries this pass.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from patterns import word_engine
from patterns.characters import INVISIBLE
from patterns.runs import Bytes, Offsets

# Marks count at either end of a document only (patterns.markings); a secrecy mark with a star counts anywhere.
MARKS: Final = (
    "★", "☆", "密级", "密 级", "绝密", "机密", "秘密", "商密", "内部", "内参", "外传", "扩散", "申请公开", "不予公开",
    "不公开", "免予公开", "不主动公开", "予主动公开", "非主动公开", "不宜公开", "不得公开", "不得上网", "不得登报",
    "过程稿", "讨论稿", "送审稿", "收回", "阅后", "注意保存", "发至", "技术诀窍", "CONFIDENTIAL",
)  # fmt: skip
ILL: Final = (
    "患",
    "确诊",
    "病例",
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
HOMES: Final = (
    "家庭电话", "宅电", "住宅电话", "家长电话", "家长联系", "住址", "家住", "现住", "户籍地", "家庭地址",
    "，住", "租住", "暂住",
)  # fmt: skip
CARDS: Final = ("社保卡", "社会保障卡", "医保卡", "台胞证", "来往大陆")
COLUMNS: Final = ("姓名\n", "姓名\r\n")  # the header of a column whose cells became lines
WIDE: Final = tuple("０１２３４５６７８９＠")
UNSEEN: Final = tuple(INVISIBLE)
WORDS: Final = MARKS + ILL + HOMES + CARDS + COLUMNS + WIDE + UNSEEN
STARS: Final = 2  # the first words of MARKS


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
def engine() -> word_engine.Engine:
    """One a process."""
    return word_engine.engine(WORDS)
