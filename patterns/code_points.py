"""Candidates as code points of their record: bytes that do not go on a character, counted before each of them.

The records of a chunk that are read closely are counted together, because a call for each costs more than the counting.
"""

from __future__ import annotations

import re
from itertools import pairwise
from operator import itemgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patterns.candidates import Candidates, Kind
from patterns.prose import Spot
from patterns.runs import Bytes, Offsets

_GOES_ON: Final = -64  # of bytes as signed numbers the last that goes on a character, plus one


def spots(buf: Bytes, bounds: Offsets, wanted: Offsets, found: Candidates) -> list[list[Spot]]:
    """For each wanted record its candidates, in order of start; those of one start in the order they were found in."""
    first, last = bounds[wanted], bounds[wanted + 1]
    begin = np.concatenate([[0], np.cumsum(last - first)])  # of each wanted record among the bytes of them all
    place = np.full(len(bounds), -1)
    place[wanted] = np.arange(len(wanted))
    these = np.flatnonzero(place[found.record] >= 0)
    these = these[np.lexsort((found.start[these], found.record[these]))]
    nth = place[found.record[these]]
    count = _counted([buf[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)])
    moved = begin[nth] - first[nth]
    start, stop = (count[at + moved] - count[begin[nth]] for at in (found.start[these], found.stop[these]))
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


def _counted(texts: list[Bytes]) -> NDArray[np.int32]:
    """[bytes + 1] how many characters begin before each byte of the texts laid side by side."""
    count = np.zeros(sum(map(len, texts)) + 1, np.int32)
    if texts:
        np.cumsum(np.concatenate(texts).view(np.int8) >= _GOES_ON, out=count[1:])
    return count
