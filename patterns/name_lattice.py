"""Names in a run of Chinese text, weighed against every other way to cut the run into words.

The run is a lattice: an edge for every dictionary word, and one for every string that begins with a surname and could
be a name, weighed by what stands before and after it. Forward and backward sums give each candidate's probability.
jieba.posseg decides greedily instead: dictionary words first, names from what is left, so 王国安全 loses its person
whenever a word covers part of it; and it knows nothing of titles. Time is linear in the run: about 10 µs a character.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import exp, log1p
from typing import Final

from patterns.name_score import UNKNOWN, end_penalty, name_logp, statistics

_LONGEST_WORD: Final = 5
_SHORT: Final = 64  # characters of a run that is remembered
_NEVER: Final = -1e300
_PLACE_NEXT: Final = frozenset("村镇乡县市区组庄路街桥湾郢圩集港站厂店")
_PLACE_PENALTY: Final = 3.0
_KNOWN: Final = -5.0  # people of the dictionary are counted in text, where names are this rare already

Weight = Callable[[int, int], float]  # log-odds that a name stands at start…end, from what is around it
Edge = tuple[int, float]
# Candidates with their log-odds, whatever is around them, and the words that end at each place of the run.
Lattice = tuple[list[tuple[int, int, float]], Sequence[Sequence[Edge]]]


def names_in_run(run: str, weight: Weight, floor: float) -> list[tuple[int, int, float]]:
    """(start, end, probability) of the names of a run of Chinese characters, offsets into the run, none overlapping."""
    names, _ = _remembered(run) if len(run) <= _SHORT else _lattice(run)
    if not names:
        return []
    weighed = tuple([odds + weight(start, end) for start, end, odds in names])
    return (_judged_before if len(run) <= _SHORT else _judged)(run, weighed, floor)


def _judged(run: str, weighed: tuple[float, ...], floor: float) -> list[tuple[int, int, float]]:
    """The names of a run whose candidates have these log-odds, what is around them included."""
    names, words = _remembered(run) if len(run) <= _SHORT else _lattice(run)
    candidates = [(start, end, odds) for (start, end, _), odds in zip(names, weighed, strict=True)]
    edges = list(words)
    for start, end, odds in candidates:
        edges[end] = (*edges[end], (start, odds))
    forward = _forward(edges)
    backward = _backward(edges)
    total = forward[-1]
    scored = [(start, end, exp(min(0.0, forward[start] + p + backward[end] - total))) for start, end, p in candidates]
    return _strongest(scored, floor, len(run))


@lru_cache(8192)
def _judged_before(run: str, weighed: tuple[float, ...], floor: float) -> list[tuple[int, int, float]]:
    """Most runs weigh the same when they are read again, and the same in every document they come in. Callers share
    the list: do not change it."""
    return _judged(run, weighed, floor)


def _lattice(run: str) -> Lattice:
    names = _candidates(run)
    return names, _words(run) if names else ()


@lru_cache(8192)
def _remembered(run: str) -> Lattice:
    """Each run is read twice, the second time with what the first one found around it; many come in every document."""
    return _lattice(run)


def _candidates(run: str) -> list[tuple[int, int, float]]:
    table = statistics().surname
    return [
        (start, end, _candidate(run, start, end, surname))
        for start in range(len(run) - 1)
        for surname in (1, 2)
        if run[start : start + surname] in table
        for end in range(start + surname + 1, min(start + surname + 2, len(run)) + 1)
    ]


def _candidate(run: str, start: int, end: int, surname: int) -> float:
    name = run[start:end]
    odds = name_logp(name, surname) - end_penalty(name[-1])
    if run[end : end + 1] in _PLACE_NEXT:
        odds -= _PLACE_PENALTY
    known = statistics().people.get(name)
    return odds if known is None else add(odds, known - _KNOWN)


def _words(run: str) -> Sequence[Sequence[Edge]]:
    """For each end but the first, the words that end there: (where it begins, log-probability), one character first."""
    get, single, length = statistics().words.get, statistics().characters.get, len(run)
    edges: list[list[Edge]] = [[], *([(at, single(char, UNKNOWN))] for at, char in enumerate(run))]
    for start in range(length - 1):
        for end in range(start + 2, min(start + _LONGEST_WORD, length) + 1):
            value = get(run[start:end])
            if value is not None:
                edges[end].append((start, value))
    return edges


def _forward(edges: Sequence[Sequence[Edge]]) -> list[float]:
    sums = [0.0]
    for (start, odds), *others in edges[1:]:
        value = sums[start] + odds
        for start, odds in others:
            value = add(value, sums[start] + odds)
        sums.append(value)
    return sums


def _backward(edges: Sequence[Sequence[Edge]]) -> list[float]:
    sums = [_NEVER] * (len(edges) - 1) + [0.0]
    for end in range(len(edges) - 1, 0, -1):
        behind = sums[end]
        for start, odds in edges[end]:
            sums[start] = add(sums[start], behind + odds)
    return sums


def add(a: float, b: float) -> float:
    """log(exp(a) + exp(b)).

    >>> round(exp(add(0.0, 0.0)), 6)
    2.0
    """
    low, high = (a, b) if a < b else (b, a)
    return high if high - low > 30 else high + log1p(exp(low - high))


def _strongest(scored: list[tuple[int, int, float]], floor: float, length: int) -> list[tuple[int, int, float]]:
    taken = bytearray(length)
    kept: list[tuple[int, int, float]] = []
    for start, end, p in sorted((s for s in scored if s[2] >= floor), key=lambda s: -s[2]):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append((start, end, p))
    return sorted(kept)
