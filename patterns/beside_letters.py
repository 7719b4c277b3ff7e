"""Numbers that begin with letters, or behind a word: passports and permits, plates of cars, officers' certificates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from patterns.bytewise import Characters
from patterns.candidates import NONE, Candidates, Kind, answer
from patterns.runs import Runs


def find(runs: Runs) -> Candidates:
    """All candidates with letters."""
    return Candidates.join([NONE, *_lettered(runs), *_plates(runs), *_military(runs)])


def _lettered(runs: Runs) -> Iterator[Candidates]:
    """A capital letter and 6–10 digits (passports, permits); L, G, J and 18 digits (student numbers)."""
    some = np.flatnonzero(((runs.prior | 32) - 97 < 26) & (runs.length >= 6) & (runs.length <= 18))
    some = some[(runs.length[some] <= 12) | (runs.length[some] == 18)]
    some = some[runs.start[some] > runs.bounds[runs.record[some]]]
    if not len(some):
        return
    two = (runs.buf[runs.start[some] - 2] | 32) - 97 < 26
    two &= runs.start[some] - 2 >= runs.bounds[runs.record[some]]
    yield answer(runs, some, runs.start[some] - 1 - two.astype(np.int64), runs.stop[some], Kind.LETTERED)


_PROVINCES_ON_PLATES: Final = "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新"
_PLATE_WORDS: Final = Characters(_PROVINCES_ON_PLATES)
_PLATE_LEAD: Final = _PLATE_WORDS.lead()
_PLATE_REACH: Final = 8  # bytes from the letter behind the province to the first digit: six letters and a dot


_BEFORE_PLATE: Final = np.zeros(256, np.bool_)  # A–Z, the last byte of · in 皖C·12345, or a blank
_BEFORE_PLATE[[*range(65, 91), 0xB7, 32]] = True


def _plates(runs: Runs) -> Iterator[Candidates]:
    """A province's character, a letter, and five or six letters and digits: anchored at the first run of digits."""
    some = np.flatnonzero(_BEFORE_PLATE[runs.prior] & (runs.length <= 6))
    some = some[(runs.prior[some] != 32) | (runs.buf[runs.start[some] - 2] - 65 < 26)]
    if not len(some):
        return
    before = runs.buf[runs.start[some] - np.arange(1, _PLATE_REACH + 4)[:, None]]  # backwards, a run a column
    heads, leads = before[:_PLATE_REACH], before[3:]  # the letter, and where its province must begin
    reach, which = np.nonzero((heads - 65 < 26) & _PLATE_LEAD[leads])
    found = some[which]
    place = runs.start[found] - reach - 4
    whole = (_PLATE_WORDS.width(runs.buf, place) > 0) & (place >= runs.bounds[runs.record[found]])
    yield answer(runs, found[whole], place[whole], runs.stop[found[whole]], Kind.PLATE)


_ORDINAL: Final = Characters("第")
_ORDINAL_END: Final = "第".encode()[-1]


def _military(runs: Runs) -> Iterator[Candidates]:
    """字第 and six to nine digits: 军官证 and its kin."""
    some = np.flatnonzero((runs.prior == _ORDINAL_END) & (runs.length >= 6) & (runs.length <= 9))
    if not len(some):
        return
    some = some[_ORDINAL.width(runs.buf, runs.start[some] - 3) > 0]
    yield answer(runs, some, runs.start[some], runs.stop[some], Kind.MILITARY)
