"""A list of words looked for in a buffer: which of them end where.

pyahocorasick is this project's automaton and carries the lexicons; in a pass over much text Hyperscan is some nine
times as fast and ahocorasick_rs four times (``python -m benchmarks.anchors``), so where the hyperscan package is
there (``pip install 'disclosure-scan[fast]'``) it carries these passes, behind the same interface, with the same
answers.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, Protocol

import ahocorasick
import numpy as np
from numpy.typing import NDArray

from patterns.runs import PAD, Bytes, Offsets


class Engine(Protocol):
    """``find``: the number of the word and the end (bytes in the padded buffer) of every occurrence, in any order."""

    def find(self, buf: Bytes) -> tuple[NDArray[np.int64], Offsets]: ...


class Hyperscan:
    def __init__(self, hyperscan: Any, words: Sequence[str]) -> None:
        self._database = hyperscan.Database()
        self._database.compile(
            expressions=[word.encode() for word in words], ids=list(range(len(words))), flags=[0] * len(words)
        )

    def find(self, buf: Bytes) -> tuple[NDArray[np.int64], Offsets]:
        found = array("q")  # eight bytes each: a list of as many numbers takes five times that

        def note(word: int, start: int, end: int, flags: int, context: Any) -> None:
            found.append(word)
            found.append(end)

        self._database.scan(buf.data, match_event_handler=note)
        pairs = np.array(found, np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]


class AhoCorasick:
    def __init__(self, words: Sequence[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for number, word in enumerate(words):
            self._automaton.add_word(word, number)
        self._automaton.make_automaton()

    def find(self, buf: Bytes) -> tuple[NDArray[np.int64], Offsets]:
        text = buf[PAD:-PAD].tobytes().decode()
        pairs = np.array([(word, last) for last, word in self._automaton.iter(text)], np.int64).reshape(-1, 2)
        ends = np.flatnonzero((buf[PAD:-PAD] & 0xC0) != 0x80) if len(pairs) else np.zeros(0, np.int64)
        after = np.append(ends, len(buf) - 2 * PAD)
        return pairs[:, 0], after[pairs[:, 1] + 1] + PAD


def engine(words: Sequence[str]) -> Engine:
    """To be built once a process. Never pickled: each worker builds its own."""
    try:
        import hyperscan
    except ImportError:  # no wheel for this machine
        return AhoCorasick(words)
    return Hyperscan(hyperscan, words)
