"""Candidates as code points of their record: bytes that do not go on a character, counted before each of them.

The records of a chunk that are read closely are counted together, because a call for each costs more than the counting.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from operator import itemgetter
from typing import Final

import numpy as np

from patterns.candidate_values import Spot
from patterns.candidates import Candidates, Kind
from patterns.runs import Bytes, Offsets

_GOES_ON: Final = -64  # of bytes as signed numbers the last that goes on a character, plus one


def spots(buf: Bytes, bounds: Offsets, wanted: Offsets, found: Candidates) -> list[list[Spot]]:
    """For each wanted record its candidates, in order of start; those of one start in the order they were found in."""
    first, last = bounds[wanted], bounds[wanted + 1]
    begin = np.concatenate([[0], np.cumsum(last - first)])  # of each wanted record among the bytes of them all
    place = np.full(len(bounds), -1)
    place[wanted] = np.arange(len(wanted))
    these = np.flatnonzero(place[found.record] >= 0)
    these = these[np.lexsort((found.start[these], place[found.record[these]]))]
    nth = place[found.record[these]]
    texts = [buf[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)]
    if not texts:
        return []
    count = _counter(np.concatenate(texts))
    moved, before = begin[nth] - first[nth], count(begin)[nth]
    start, stop = (count(at + moved) - before for at in (found.start[these], found.stop[these]))
    rows = list(zip(start.tolist(), stop.tolist(), found.kind[these].tolist(), strict=True))
    edges = np.searchsorted(nth, np.arange(len(wanted) + 1)).tolist()
    return [rows[a:b] for a, b in pairwise(edges)]


def with_emails(text: str, spots: list[Spot]) -> list[Spot]:
    """The candidates of a record and its @ signs; the address around each is read later. None makes a record matter, so
    they are looked for only where it is read closely."""
    if "@" not in text:
        return spots
    signs = [(at.start(), at.end(), int(Kind.EMAIL)) for at in re.finditer("@", text)]
    return sorted([*spots, *signs], key=itemgetter(0))


def _counter(text: Bytes) -> Callable[[Offsets], Offsets]:
    """How many characters begin before each of some bytes. A bit a byte says whether one begins; bits are counted in
    eights, and within its eight for each byte that is asked for: a sum over all bytes would cost four times as much."""
    begins = np.append(np.packbits(text.view(np.int8) >= _GOES_ON), np.uint8(0))
    before = np.zeros(len(begins), np.int64)
    np.cumsum(_ones(begins[:-1]), out=before[1:])

    def count(at: Offsets) -> Offsets:
        eight = at >> 3
        counted: Offsets = before[eight] + _ones(begins[eight] & _FIRST[at & 7])
        return counted

    return count


_FIRST: Final = np.array([0, 0x80, 0xC0, 0xE0, 0xF0, 0xF8, 0xFC, 0xFE], np.uint8)  # the first bits of eight
_OF_BYTE: Final = np.array([bin(byte).count("1") for byte in range(256)], np.uint8)
_ones: Final = getattr(np, "bitwise_count", _OF_BYTE.__getitem__)  # which numpy has from its version 2 on
