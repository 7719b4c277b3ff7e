"""jieba's dictionary: 349,000 words, how often each was counted and its part of speech; read once a process.

Column by column, because a loop over the lines takes four times as long. Both who scores names and the tagger hold
these very strings, not copies of them.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple


class WordCounts(NamedTuple):
    words: list[str]
    counts: list[int]
    tags: list[str]


@cache
def folder() -> Path:
    """Where jieba's data files are; jieba itself is not imported: that starts a logger."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:  # pragma: no cover - a declared dependency
        raise ModuleNotFoundError("jieba, whose dictionary scores names, is not installed")
    return Path(spec.origin).parent


@cache
def by_first() -> dict[str, list[range]]:
    """Where the words that begin with each character stand: next to each other, nearly all."""
    found: dict[str, list[range]] = {}
    start = 0
    for first, words in groupby(word_counts().words, itemgetter(0)):
        stop = start + sum(1 for _ in words)
        found.setdefault(first, []).append(range(start, stop))
        start = stop
    return found


@cache
def word_counts() -> WordCounts:
    """Raises ValueError when a line is not "word count tag"."""
    lines = (folder() / "dict.txt").read_text(encoding="utf-8").strip()
    pieces = lines.replace("\n", " ").split(" ")
    if len(pieces) != 3 * (lines.count("\n") + 1):
        raise ValueError("jieba's dictionary is not as expected")
    interned = {tag: tag for tag in pieces[2::3]}
    return WordCounts(pieces[0::3], [int(count) for count in pieces[1::3]], [interned[tag] for tag in pieces[2::3]])
