"""Numbers written in pieces: 340302 19780615 042X, 138-1234-5678, 6228 4804 …, digits over neighbouring cells.

Runs that stand in a chain of gaps are asked for windows that hold exactly the digits of a number. Prefix sums make a
window a search: where the digits end, whether every gap in between is allowed, how many hyphens it spans. Only windows
whose first run can begin such a number are searched at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patterns import bank_card, regions
from patterns.candidates import NONE, Candidates, Flags, Kind, answer, check_x, is_mobile, may_be_born, valid_id
from patterns.runs import GAP_BAD, GAP_CELL, GAP_DASH, GAP_SPACE, Bytes, Offsets, Runs

_SHORTEST: Final = 11  # digits: a mobile
_ID_RUNS, _MOBILE_RUNS, _PREFIXED_RUNS, _CARD_RUNS = 18, 11, 6, 19  # most runs of a window
_MOBILE_PIECES: Final = ((3, 4), (3, 8), (7, 4), (4, 3), (4, 4), (5, 6))
_LONGEST: Final = 20  # digits of the longest window that is looked at
_TENS: Final = 10 ** np.arange(5, -1, -1)


def find(runs: Runs) -> Candidates:
    """All candidates in pieces: none where no chain of runs is long enough, as in most texts."""
    chained = _chained(runs)
    found = [NONE, *_over_cells(runs)]
    if len(chained):
        chains = Chains.of(runs.take(chained))
        found += [answer for question in (_ids, _mobiles, _cards, _accounts) for answer in question(chains)]
    return Candidates.join(found)


def _chained(runs: Runs) -> Offsets:
    """The runs that stand in a chain of blanks or hyphens and hold eleven digits or more together: a date such as
    2017-12-18 does not, and what is left is little."""
    linked = (runs.gap == GAP_SPACE) | (runs.gap == GAP_DASH)
    member = np.flatnonzero(linked | np.append(False, linked[:-1]))
    if not len(member):
        return member
    first = np.flatnonzero(np.append(True, ~linked[member[:-1]]))  # of each chain, among the members
    digits = np.add.reduceat(runs.length[member].astype(np.int64), first)
    keep = digits >= _SHORTEST
    kept: Offsets = member[np.repeat(keep, np.diff(first, append=len(member)))]
    return kept


@dataclass(frozen=True, slots=True)
class Chains:
    """Runs in chains, with prefix sums: entry k counts over the runs (or the gaps behind them) before run k."""

    runs: Runs
    length: Offsets
    digits: Offsets  # digits
    apart: Offsets  # gaps that are neither blank nor hyphen
    dashes: Offsets
    breaks: Offsets  # gaps that begin with a line break
    lead: NDArray[np.uint8]  # each run's first digit
    values: Bytes  # of all digits, one run's behind the other's, with a few more so that none is out of reach
    ending: Offsets  # [digits + 1] the run that ends before a digit; -1: none does

    @classmethod
    def of(cls, runs: Runs) -> Chains:
        gap, length = runs.gap, runs.length.astype(np.int64)
        near = (gap == GAP_SPACE) | (gap == GAP_DASH)
        lead = runs.buf[runs.start] - 48
        broken = (runs.next == 10) | (runs.next == 13)
        digits = _before(length)
        at = np.arange(digits[-1]) + np.repeat(runs.start - digits[:-1], length)
        values = np.append(runs.buf[at] - 48, np.zeros(_LONGEST, np.uint8))
        ending = np.full(digits[-1] + 1, -1)
        ending[digits[1:]] = np.arange(len(length))
        counts = _before(~near), _before(gap == GAP_DASH), _before(broken)
        return cls(runs, length, digits, *counts, lead, values, ending)

    def windows(self, first: Offsets, digits: int, most: int) -> tuple[Offsets, Offsets]:
        """First and last run of the windows that begin at ``first``, hold ``digits`` digits and span no other gap."""
        end = self.digits[first] + digits
        first, end = first[end < len(self.ending)], end[end < len(self.ending)]
        last = self.ending[end]
        whole = (last > first) & (last - first < most)
        first, last = first[whole], last[whole]
        good = self.apart[last] == self.apart[first]
        return first[good], last[good]

    def digits_of(self, first: Offsets, count: int) -> Bytes:
        """[n, count] values of the digits that begin at run ``first`` and go on over its neighbours."""
        values: Bytes = self.values[self.digits[first, None] + np.arange(count)]
        return values

    def nth(self, first: Offsets, place: int) -> Bytes:
        """The digit ``place`` digits behind the first of each of these runs."""
        values: Bytes = self.values[self.digits[first] + place]
        return values

    def born(self, first: Offsets) -> Offsets:
        """Of these runs those at which a resident ID may begin: its birth date is in its place."""
        born: Offsets = first[may_be_born(self.nth(first, 6), self.nth(first, 10), self.nth(first, 12))]
        return born

    def second(self, first: Offsets) -> Offsets:
        """The length of the run behind each."""
        return self.length[np.minimum(first + 1, len(self.length) - 1)]

    def part_of_more(self, first: Offsets, last: Offsets) -> Flags:
        """Whether a hyphen joins the window to a run before or behind it."""
        gap = self.runs.gap
        more: Flags = (gap[last] == GAP_DASH) | ((first > 0) & (gap[np.maximum(first - 1, 0)] == GAP_DASH))
        return more

    def dashed(self, first: Offsets, last: Offsets) -> Flags:
        dashed: Flags = self.dashes[last] > self.dashes[first]
        return dashed


def _before(what: NDArray[np.bool_] | Offsets) -> Offsets:
    return np.concatenate([[0], np.cumsum(what)])


# --- the questions ------------------------------------------------------------------------------------------------


def _ids(chains: Chains) -> Iterator[Candidates]:
    """Resident IDs parted by blanks, hyphens, or one line break, and twenty digits that begin with one."""
    begin = chains.born(np.flatnonzero((chains.lead > 0) & (chains.length < 20) & (chains.runs.gap != GAP_BAD)))
    if len(begin):
        shorter = begin[chains.length[begin] < 18]
        for digits, x in ((18, False), (17, True)):
            yield from _whole_ids(chains, *chains.windows(shorter, digits, _ID_RUNS), x=x)
        yield from _wrapped_ids(chains, *chains.windows(begin, 20, _ID_RUNS))


def _whole_ids(chains: Chains, first: Offsets, last: Offsets, *, x: bool) -> Iterator[Candidates]:
    runs = chains.runs
    end = runs.stop[last]
    if x:
        has_x, end = check_x(runs, last)
        first, last, end = first[has_x], last[has_x], end[has_x]
    if not len(first):
        return
    values = chains.digits_of(first, 17 if x else 18)
    check = np.full(len(first), 10, np.uint8) if x else values[:, 17]
    good = np.flatnonzero(valid_id(values[:, :17], check))
    good = good[_likely_id(chains, first[good], last[good], values[good])]
    yield answer(runs, first[good], runs.start[first[good]], end[good], Kind.ID18)


def _wrapped_ids(chains: Chains, first: Offsets, last: Offsets) -> Iterator[Candidates]:
    if not len(first):
        return
    runs, values = chains.runs, chains.digits_of(first, 18)
    good = valid_id(values[:, :17], values[:, 17]) & (chains.breaks[last] == chains.breaks[first])
    yield answer(runs, first[good], runs.start[first[good]], runs.stop[last[good]], Kind.ID_WRAPPED)


def _accounts(chains: Chains) -> Iterator[Candidates]:
    """A whole chain of 12–23 digits in a few pieces: an account, if a label says so."""
    runs = chains.runs
    apart = (runs.gap != GAP_SPACE) & (runs.gap != GAP_DASH)
    last = np.flatnonzero(apart)
    first = np.append(0, last[:-1] + 1)
    digits = chains.digits[last + 1] - chains.digits[first]
    good = (digits >= 12) & (digits <= 23) & (last > first) & (last - first < _ACCOUNT_PIECES)
    good &= chains.breaks[last] == chains.breaks[first]
    yield answer(runs, first[good], runs.start[first[good]], runs.stop[last[good]], Kind.LONG)


_ACCOUNT_PIECES: Final = 7


def _over_cells(runs: Runs) -> Iterator[Candidates]:
    """Resident IDs over neighbouring cells: as 6-8-4, or a digit a cell."""
    cells = np.flatnonzero(runs.gap == GAP_CELL)
    for sizes in _CELLS:
        first = _in_cells(runs, cells, sizes)
        if len(first):
            yield from _valid_over_cells(runs, first, sizes)


_CELLS: Final = ((6, 8, 4), (6, 8, 3), (1,) * 18, (1,) * 17)


def _in_cells(runs: Runs, cells: Offsets, sizes: tuple[int, ...]) -> Offsets:
    """Runs where runs of these lengths begin, each in a cell of its own. ``cells``: the runs before another cell."""
    first = cells[runs.length[cells] == sizes[0]]
    first = first[first <= len(runs.start) - len(sizes)]
    for k, size in enumerate(sizes[1:], start=1):
        if not len(first):
            break
        first = first[runs.length[first + k] == size]
        if k < len(sizes) - 1:
            first = first[runs.gap[first + k] == GAP_CELL]
    begin: Offsets = first
    return begin


def _valid_over_cells(runs: Runs, first: Offsets, sizes: tuple[int, ...]) -> Iterator[Candidates]:
    last = first + len(sizes) - 1
    end = runs.stop[last]
    if sum(sizes) == 17:
        has_x, end = check_x(runs, last)
        first, end = first[has_x], end[has_x]
    pieces = [runs.buf[runs.start[first + k, None] + np.arange(size)] - 48 for k, size in enumerate(sizes)]
    values = np.concatenate(pieces, axis=1)
    check = np.full(len(first), 10, np.uint8) if sum(sizes) == 17 else values[:, 17]
    good = valid_id(values[:, :17], check)
    yield answer(runs, first[good], runs.start[first[good]], end[good], Kind.ID18)


def _likely_id(chains: Chains, first: Offsets, last: Offsets, digits: Bytes) -> Flags:
    """Keeps windows over unrelated numbers out.

    6-8-4 is believed; any other cut needs a known region code and must not be part of a longer code with hyphens.
    """
    usual = (chains.length[first] == 6) & (chains.second(first) == 8) & (last == first + 2)
    known = regions.FOUR[(digits[:, :6].astype(np.int64) @ _TENS) // 100]
    longer = chains.dashed(first, last) & chains.part_of_more(first, last)
    likely: Flags = usual | (known & ~longer)
    return likely


def _mobiles(chains: Chains) -> Iterator[Candidates]:
    """3-4-4 and its kin however parted, 86138 1234 5678; any other cut only by one line break or no-break space."""
    runs = chains.runs
    begin = np.flatnonzero((chains.lead == 1) & (chains.length >= 2) & (chains.length < 11))
    begin = begin[is_mobile(runs.buf, runs.start[begin])]
    first, last = chains.windows(begin, 11, _MOBILE_RUNS)
    if len(first):
        good = _likely_mobile(chains, first, last)
        yield answer(runs, first[good], runs.start[first[good]], runs.stop[last[good]], Kind.MOBILE)
    begin = np.flatnonzero((chains.lead == 8) & (chains.length >= 5) & (chains.length < 13))
    first, last = chains.windows(begin, 13, _PREFIXED_RUNS)
    if len(first):
        good = (runs.buf[runs.start[first] + 1] == 54) & is_mobile(runs.buf, runs.start[first] + 2)
        yield answer(runs, first[good], runs.start[first[good]] + 2, runs.stop[last[good]], Kind.MOBILE)


def _likely_mobile(chains: Chains, first: Offsets, last: Offsets) -> Flags:
    length, second, buf = chains.length, chains.second(first), chains.runs.buf
    usual = np.zeros(len(first), np.bool_)
    for one, two in _MOBILE_PIECES:
        usual |= (length[first] == one) & (second == two)
    dashed = chains.dashed(first, last)
    part_of_more = chains.part_of_more(first, last)
    broken = (last == first + 1) & (buf[chains.runs.stop[first]] != 32) & ~dashed & ~part_of_more
    after_86 = (first > 0) & (length[np.maximum(first - 1, 0)] == 2)
    likely: Flags = (usual & ~(dashed & part_of_more & ~after_86)) | broken
    return likely


def _cards(chains: Chains) -> Iterator[Candidates]:
    """Cards in groups of four, or UnionPay's cut once by a blank."""
    runs, length = chains.runs, chains.length
    six_two = (chains.lead == 6) & (runs.buf[runs.start + 1] == 50)
    begin = np.flatnonzero((chains.lead >= 3) & (length >= 4) & (length < 19) & ((length == 4) | six_two))
    if not len(begin):
        return
    fours = _before(length == 4)
    for width in range(15, 20):
        first, last = chains.windows(begin, width, _CARD_RUNS)
        if not len(first):
            continue
        grouped = (fours[last] - fours[first] == last - first) & (last - first >= 3)
        one_cut = (last == first + 1) & (runs.gap[first] == GAP_SPACE) & six_two[first]
        first, last = first[grouped | one_cut], last[grouped | one_cut]
        good = bank_card.valid_cards(chains.digits_of(first, width))
        yield answer(runs, first[good], runs.start[first[good]], runs.stop[last[good]], Kind.BANK)
