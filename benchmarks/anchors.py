"""Who carries the one pass over all text: ``python -m benchmarks.anchors``. MB/s a core, the same words asserted.

pyahocorasick reads decoded text, so its decoding is counted; Hyperscan and ahocorasick_rs read the bytes as they lie.
An engine that is not installed is left out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from random import Random

import numpy as np

from benchmarks.prose_pages import page
from patterns import anchors, runs, word_engine


def engines() -> dict[str, Callable[[runs.Bytes], int]]:
    """Name → a function that counts the words in a padded buffer."""
    found: dict[str, Callable[[runs.Bytes], int]] = {}
    own = word_engine.AhoCorasick(anchors.WORDS)
    found["pyahocorasick"] = lambda buf: len(own.find(buf)[0])
    try:
        import ahocorasick_rs

        automaton = ahocorasick_rs.BytesAhoCorasick([word.encode() for word in anchors.WORDS])
        found["ahocorasick_rs"] = lambda buf: len(automaton.find_matches_as_indexes(buf.data, overlapping=True))
    except ImportError:
        pass
    try:
        import hyperscan

        database = word_engine.Hyperscan(hyperscan, anchors.WORDS)
        found["hyperscan"] = lambda buf: len(database.find(buf)[0])
    except ImportError:
        pass
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=4000)
    parser.add_argument("--repeat", type=int, default=5)
    args = parser.parse_args()
    rng = Random(1)
    words = "排查安全隐患，慰问残疾人和患者。\n"  # a few in every fourth page, so that there is something to find
    text = "".join(page(n, rng, 1200).text + words * (n % 4 == 0) for n in range(args.records)).encode()
    buf = runs.pad(np.frombuffer(text, np.uint8))
    best: dict[str, float] = {}
    counts: dict[str, int] = {}
    for _ in range(args.repeat):  # in turn, so that a busy moment strikes all alike
        for name, count in engines().items():
            began = time.process_time()
            counts[name] = count(buf)
            best[name] = min(best.get(name, 9e9), time.process_time() - began)
    assert len(set(counts.values())) == 1, counts
    for name, seconds in best.items():
        ratio = best["pyahocorasick"] / seconds
        print(f"{name:<16}{len(text) / seconds / 1e6:8.0f} MB/s {ratio:6.1f} ×   {counts[name]} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
