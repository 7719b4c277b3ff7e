"""The million in small: the whole of it is matched, the planted IDs are found, a lost one is noticed."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from benchmarks import corpus, million


def test_what_was_planted_is_found_and_what_is_lost_is_seen(tmp_path: Path) -> None:
    given, place = tmp_path / "corpus", tmp_path / "place"
    corpus.write(given, 300, seed=2)
    summary, peaks = million.run(given, place, workers=1)
    assert summary.records == 300
    assert peaks == sorted(peaks, reverse=True)
    hits = place / "hits" / million._ARCHIVE
    assert million.check(given, hits, summary) == 1.0
    (file,) = hits.glob("*.parquet")
    pq.write_table(pq.read_table(file).slice(0, 0), file)
    assert million.check(given, hits, summary) == 0.0
