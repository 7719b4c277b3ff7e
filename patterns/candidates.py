"""Every numeric kind is a vectorised question to the run table; the answers are candidates for a closer look.

A candidate is a span that can be a value of one kind. Complete resident IDs, cards and mobiles are already validated
here (date, MOD 11-2, Luhn, prefix); the others need a word or a column beside them, which :mod:`patterns.reading`
judges. Questions here never miss a contiguous value; those written in pieces are the business of
:mod:`patterns.pieces`, those with letters of :mod:`patterns.beside_letters`. Where two answers overlap both are kept;
the longest and most specific wins later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patterns import bank_card, permanent_residence, resident_id
from patterns.bytewise import Characters, word
from patterns.runs import GAP_BAD, GAP_CELL, Bytes, Offsets, Runs

Flags = NDArray[np.bool_]


class Kind(IntEnum):
    """In order of precedence: where two candidates overlap and are of one length, the smaller kind wins."""

    ID18 = 1  # valid: province, date, MOD 11-2
    ID_WRAPPED = 2  # twenty digits, the first eighteen a valid ID: disability certificate, sole trader's tax number
    BANK = 3  # 13–19 digits, Luhn and an issuer's first digits
    MOBILE = 4
    ID15 = 5  # province and date: needs a header or a word
    MASKED = 6  # digits, then mask characters
    LONG = 7  # 12–23 digits of no known kind: an account or a damaged ID if a header or word says so
    LANDLINE = 8
    LETTERED = 9  # a letter or two, then 7–10 digits: passports and permits if a word says so; L + 18: student number
    PLATE = 10
    EMAIL = 11
    MILITARY = 12


@dataclass(frozen=True, slots=True)
class Candidates:
    """A table of columns: byte offsets into the padded buffer, in no order."""

    record: Offsets
    start: Offsets
    stop: Offsets
    kind: NDArray[np.uint8]

    @staticmethod
    def join(parts: list[Candidates]) -> Candidates:
        return Candidates(
            np.concatenate([p.record for p in parts]),
            np.concatenate([p.start for p in parts]),
            np.concatenate([p.stop for p in parts]),
            np.concatenate([p.kind for p in parts]),
        )


_NO_OFFSETS: Final = np.zeros(0, np.int64)
NONE: Final = Candidates(_NO_OFFSETS, _NO_OFFSETS, _NO_OFFSETS, np.zeros(0, np.uint8))


def answer(runs: Runs, first: Offsets, start: Offsets, stop: Offsets, kind: Kind) -> Candidates:
    return Candidates(runs.record[first], start, stop, np.full(len(first), kind, np.uint8))


def find(runs: Runs) -> Candidates:
    """All candidates of numbers in one piece."""
    long = runs.take(np.flatnonzero(runs.length >= _LONG))
    lengths = set(np.unique(long.length).tolist())
    found = [NONE]
    found += [answer for question, asked in OF_LONG_RUNS if lengths & asked for answer in question(long)]
    found += [answer for question in OF_ALL_RUNS for answer in question(runs)]
    return Candidates.join(found)


_LONG: Final = 10  # digits from which a run is a number by itself; nine in ten are shorter


# --- digits of a span ---------------------------------------------------------------------------------------------


def _digits(runs: Runs, index: Offsets, count: int, skip: int = 0) -> Bytes:
    """[n, count] values of the digits of runs that hold at least skip + count of them."""
    at = runs.start[index, None] + (np.arange(count) + skip)
    digits: Bytes = runs.buf[at] - 48
    return digits


_X_ONE: Final = np.zeros(256, np.bool_)
_X_ONE[[ord("x"), ord("X")]] = True


def check_x(runs: Runs, last: Offsets) -> tuple[Flags, Offsets]:
    """Whether an X stands behind these runs, perhaps after one gap, and where it ends."""
    has_x, end = np.zeros(len(last), np.bool_), runs.stop[last]
    some = np.flatnonzero(_X_LEAD[runs.next[last]])
    if not len(some):
        return has_x, end
    stop, limit = end[some], runs.bounds[runs.record[last[some]] + 1]
    at, width = stop, _x_width(runs.buf, stop, limit)
    for skip in (1, 3):  # behind a blank or hyphen, behind an ideographic space or dash
        missing = (width == 0) & _is_gap(runs.buf, stop, skip)
        at = np.where(missing, stop + skip, at)
        width = np.where(missing, _x_width(runs.buf, stop + skip, limit), width)
    end[some] = at + width
    has_x[some] = (width > 0) & (at + width <= limit)
    return has_x, end


_X_MORE: Final = Characters("×✕╳ХхＸｘⅩ")  # what stands for the check digit X besides x and X
_GAP_ONE: Final = np.zeros(256, np.bool_)
_GAP_ONE[[*b" -\t\n"]] = True
_GAP_THREE: Final = Characters("\u3000－–—")
_X_LEAD: Final = _X_ONE | _X_MORE.lead() | _GAP_ONE | _GAP_THREE.lead()


def _is_gap(buf: Bytes, at: Offsets, width: int) -> Flags:
    return _GAP_ONE[buf[at]] if width == 1 else _GAP_THREE.width(buf, at) > 0


def _x_width(buf: Bytes, at: Offsets, limit: Offsets) -> Offsets:
    """How many bytes the X at ``at`` has: 1, 2, 3; 0 for none. An X that goes on as a word or a mask is none; behind
    ``limit`` another record begins."""
    one = _X_ONE[buf[at]]
    width = np.where(one, 1, _X_MORE.width(buf, at))
    after = buf[at + width]
    letter = ((after | 32) - 97 < 26) & one & (at + width < limit)
    return np.where(letter, 0, width)


def valid_id(digits: Bytes, check: Bytes) -> Flags:
    """A resident's or a foreigner's number: [n, 17] digits, [n] check characters (10 for X) → [n]."""
    valid = np.zeros(len(digits), np.bool_)
    some = np.flatnonzero(may_be_born(digits[:, 6], digits[:, 10], digits[:, 12]))
    if len(some):  # many questions have no number left here
        some = some[resident_id.valid_but_for_province(digits[some], check[some])]
        digits = digits[some]
        valid[some] = resident_id.of_a_province(digits) | permanent_residence.of_a_province(digits)
    return valid


def may_be_born(millennium: Bytes, month: Bytes, day: Bytes) -> Flags:
    """Whether the first digits of year, month and day can be those of a birth date: one number in sixty."""
    may: Flags = (millennium - 1 < 2) & (month < 2) & (day < 4)
    return may


# --- the questions ------------------------------------------------------------------------------------------------


def _ids(runs: Runs) -> Iterator[Candidates]:
    """Resident IDs of eighteen digits in one piece."""
    whole = np.flatnonzero(runs.length == 18)
    digits = _digits(runs, whole, 18)
    whole = whole[valid_id(digits[:, :17], digits[:, 17])]
    yield answer(runs, whole, runs.start[whole], runs.stop[whole], Kind.ID18)


def _ids_with_x(runs: Runs) -> Iterator[Candidates]:
    """Seventeen digits and an X."""
    short, end = _with_x(runs)
    good = valid_id(_digits(runs, short, 17), np.full(len(short), 10, np.uint8))
    yield answer(runs, short[good], runs.start[short[good]], end[good], Kind.ID18)


def _with_x(runs: Runs) -> tuple[Offsets, Offsets]:
    """The runs of seventeen digits that an X follows, and where it ends."""
    short = np.flatnonzero(runs.length == 17)
    has_x, end = check_x(runs, short)
    return short[has_x], end[has_x]


def _wrapped(runs: Runs) -> Iterator[Candidates]:
    """Twenty digits that begin with a resident ID."""
    twenty = np.flatnonzero(runs.length == 20)
    digits = _digits(runs, twenty, 18)
    twenty = twenty[valid_id(digits[:, :17], digits[:, 17])]
    yield answer(runs, twenty, runs.start[twenty], runs.stop[twenty], Kind.ID_WRAPPED)


def _wrapped_with_x(runs: Runs) -> Iterator[Candidates]:
    """Seventeen digits, an X, two digits."""
    short, end = _with_x(runs)
    digit = (runs.buf[end[:, None] + np.arange(3)] - 48) < 10
    two = digit[:, 0] & digit[:, 1] & ~digit[:, 2] & (end + 2 <= runs.bounds[runs.record[short] + 1])
    short, end = short[two], end[two]
    good = valid_id(_digits(runs, short, 17), np.full(len(short), 10, np.uint8))
    yield answer(runs, short[good], runs.start[short[good]], end[good] + 2, Kind.ID_WRAPPED)


def _glued_ids(runs: Runs) -> Iterator[Candidates]:
    """A resident ID run together with a phone or card: 29 = 18 + 11, 34–37 = 18 + 16…19, 36 = two IDs."""
    length = runs.length
    for width, mobile in ((29, True), (34, False), (35, False), (36, False), (37, False)):
        long = np.flatnonzero(length == width)
        if not len(long):
            continue
        for skip in (0, width - 18):
            digits = _digits(runs, long, 18, skip)
            good = long[valid_id(digits[:, :17], digits[:, 17])]
            yield answer(runs, good, runs.start[good] + skip, runs.start[good] + skip + 18, Kind.ID18)
            if mobile:
                rest = runs.start[good] + (18 if skip == 0 else 0)
                phone = (runs.buf[rest] == 49) & (runs.buf[rest + 1] >= 51)
                yield answer(runs, good[phone], rest[phone], rest[phone] + 11, Kind.MOBILE)


def _old_ids(runs: Runs) -> Iterator[Candidates]:
    whole = np.flatnonzero(runs.length == 15)
    whole = whole[resident_id.valid15_dates(_digits(runs, whole, 15))]
    yield answer(runs, whole, runs.start[whole], runs.stop[whole], Kind.ID15)


def _mobiles(runs: Runs) -> Iterator[Candidates]:
    """11 digits from 13 to 19. A country code 86 or 0086 is not part of the span."""
    length = runs.length
    for width, skip in ((11, 0), (13, 2), (15, 4)):
        whole = np.flatnonzero(length == width)
        good = is_mobile(runs.buf, runs.start[whole] + skip)
        if skip:
            good &= (runs.buf[runs.start[whole] + skip - 2] == 56) & (runs.buf[runs.start[whole] + skip - 1] == 54)
        if skip == 4:
            good &= (runs.buf[runs.start[whole]] == 48) & (runs.buf[runs.start[whole] + 1] == 48)
        whole = whole[good]
        yield answer(runs, whole, runs.start[whole] + skip, runs.stop[whole], Kind.MOBILE)


def is_mobile(buf: Bytes, at: Offsets) -> Flags:
    begins: Flags = (buf[at] == 49) & (buf[at + 1] >= 51) & (buf[at + 1] <= 57)
    return begins


def _cards(runs: Runs) -> Iterator[Candidates]:
    """Cards by Luhn and an issuer's first digits."""
    some = np.flatnonzero((runs.length >= bank_card.MIN_CARD) & (runs.length <= bank_card.MAX_CARD))
    some = some[bank_card.may_be_cards(runs.buf[runs.start[some]] - 48, runs.buf[runs.start[some] + 1] - 48)]
    digits = runs.buf[runs.stop[some, None] + np.arange(-bank_card.MAX_CARD, 0)] - 48
    digits[np.arange(-bank_card.MAX_CARD, 0) < -runs.length[some, None].astype(np.int64)] = 0  # no part of the number
    some = some[bank_card.valid_luhn(digits)]
    yield answer(runs, some, runs.start[some], runs.stop[some], Kind.BANK)


def _long(runs: Runs) -> Iterator[Candidates]:
    """12–23 digits, whatever they are, and 17 with an X."""
    whole = np.flatnonzero((runs.length >= 12) & (runs.length <= 23))
    yield answer(runs, whole, runs.start[whole], runs.stop[whole], Kind.LONG)
    short, end = _with_x(runs)
    yield answer(runs, short, runs.start[short], end, Kind.LONG)


def _whole_landlines(runs: Runs) -> Iterator[Candidates]:
    """Area code and 7–8 digits in one piece."""
    whole = np.flatnonzero(runs.length <= 12)
    whole = whole[runs.buf[runs.start[whole]] == 48]
    yield answer(runs, whole, runs.start[whole], runs.stop[whole], Kind.LANDLINE)


def _landlines(runs: Runs) -> Iterator[Candidates]:
    """Area code and 7–8 digits, parted; brackets around the area code are part of the number's writing."""
    length = runs.length
    if len(length) < 2:
        return
    area = np.flatnonzero((length[:-1] >= 3) & (length[:-1] <= 4) & (length[1:] >= 7) & (length[1:] <= 8))
    area = area[runs.buf[runs.start[area]] == 48]
    if not len(area):
        return
    width = runs.start[area + 1] - runs.stop[area]
    near = (runs.gap[area] != GAP_BAD) & (runs.gap[area] != GAP_CELL) & (width <= 3)
    bracket = (runs.buf[runs.stop[area]] == 41) & (width <= 2)  # )
    bracket |= (word(runs.buf, runs.stop[area], 3) == _FULL_BRACKET) & (width <= 4)
    area = area[(near | bracket) & (runs.record[area] == runs.record[area + 1])]
    yield answer(runs, area, runs.start[area], runs.stop[area + 1], Kind.LANDLINE)


_FULL_BRACKET: Final = np.uint32(int.from_bytes("）".encode(), "little"))
_MASK_ONE: Final = np.zeros(256, np.bool_)
_MASK_ONE[[ord(mark) for mark in "*#_Xx?"]] = True
_MASK_MORE: Final = Characters("＊×✕╳ＸｘⅩ●○■□◆＃＿※▇█？〇某…")


_TAIL_HIDDEN: Final = 14  # digits before a mask that hides no more than the end of an ID
_MASK_LEAD: Final = _MASK_ONE | _MASK_MORE.lead()


def _masked(runs: Runs) -> Iterator[Candidates]:
    """Digits and then mask characters. The span is the run; how far the mask goes is read later."""
    some = np.flatnonzero(_MASK_LEAD[runs.next] & (runs.length >= 2) & (runs.length <= 18))
    if not len(some):
        return
    at = runs.stop[some]
    one = _MASK_ONE[runs.buf[at]] & (runs.buf[at + 1] == runs.buf[at])
    letter = one & ((runs.buf[at] | 32) == ord("x"))  # 12340321XX94: two of them may be letters of a code
    one &= ~letter | (runs.buf[at + 2] == runs.buf[at]) | (runs.length[some] >= _TAIL_HIDDEN)
    one |= runs.buf[at] == ord("*")
    one |= _MASK_ONE[runs.buf[at]] & ~_X_ONE[runs.buf[at]] & (runs.length[some] >= _TAIL_HIDDEN)  # 34031119810824625#
    some = some[one | (_MASK_MORE.width(runs.buf, at) > 0)]
    yield answer(runs, some, runs.start[some], runs.stop[some], Kind.MASKED)


# Each with the lengths of the runs that it asks for.
OF_LONG_RUNS: Final = (
    (_ids, {18}),
    (_ids_with_x, {17}),
    (_wrapped, {20}),
    (_wrapped_with_x, {17}),
    (_glued_ids, {29, 34, 35, 36, 37}),
    (_old_ids, {15}),
    (_mobiles, {11, 13, 15}),
    (_cards, {*range(bank_card.MIN_CARD, bank_card.MAX_CARD + 1)}),
    (_long, {*range(12, 24)}),
    (_whole_landlines, {*range(_LONG, 13)}),
)
OF_ALL_RUNS: Final = (_landlines, _masked)
