"""1.15 million records of 3.3 KB from Parquet to hits on disk: ``python -m benchmarks.million [--corpus DIR]``.

Runs ``pipelines.match`` as ``scan run`` does. Says the seconds and each worker's peak of resident memory, after
checking that nothing was left out and that the planted IDs were found. The corpus takes minutes to make: keep it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from benchmarks.peers import TODAY
from benchmarks.row_groups import corpus_at, groups
from pipelines import layout
from pipelines.match import MatcherFactory, MatchSummary, match

_ARCHIVE: Final = "million"
_EVERY: Final = 0.2  # seconds between looks at the workers
_GOAL_SECONDS: Final = 30.0  # for _GOAL_RECORDS on two idle cores
_GOAL_RECORDS: Final = 1_150_000
_GOAL_MIB: Final = 1024
_LEAST: Final = 0.999  # of the planted complete IDs
_MIB: Final = 1 << 20


class Peaks(threading.Thread):
    """The highest resident memory, in MiB, of each process below this one. Shared pages count in each."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.by_process: dict[int, float] = {}
        self._over = threading.Event()

    def run(self) -> None:
        this = psutil.Process()
        while not self._over.wait(_EVERY):
            for process in this.children(recursive=True):
                with suppress(psutil.Error):
                    now = process.memory_info().rss / _MIB
                    self.by_process[process.pid] = max(now, self.by_process.get(process.pid, 0.0))

    def stop(self) -> list[float]:
        """The peaks, highest first."""
        self._over.set()
        self.join()
        return sorted(self.by_process.values(), reverse=True)


def lay_out(corpus: Path, records: Path) -> None:
    """The corpus' files as the parts of an archive that was read."""
    (records / _ARCHIVE).mkdir(parents=True)
    for ordinal, path in enumerate(sorted(corpus.glob("records-*.parquet"))):
        (records / _ARCHIVE / layout.part_name(ordinal)).symlink_to(path.resolve())
    layout.write_json(records / _ARCHIVE / "plan.json", {})


def run(corpus: Path, place: Path, workers: int) -> tuple[MatchSummary, list[float]]:
    """What matching says of itself, and its workers' peaks."""
    lay_out(corpus, place / "records")
    watch = Peaks()
    watch.start()
    summary = match(
        place / "records", [_ARCHIVE], place / "hits", matcher=MatcherFactory(b"benchmark", TODAY), workers=workers
    )
    return summary, watch.stop()


def check(corpus: Path, hits: Path, summary: MatchSummary) -> float:
    """The share of the planted complete IDs that was found. Asserts that every record was matched."""
    records = sum(pq.read_metadata(path).num_rows for path in corpus.glob("records-*.parquet"))
    assert (summary.records, summary.unmatched) == (records, ()), summary
    key = ["doc_id", "start", "end"]
    planted = pq.read_table(corpus / "gold.parquet")
    wanted = (pc.field("entity_type") == "RESIDENT_ID") & pc.field("required") & (pc.field("form") != "id15")
    planted = planted.filter(wanted).select(key)
    found = ds.dataset(hits).to_table(columns=key)
    return float(planted.join(found, key, join_type="left semi").num_rows / max(planted.num_rows, 1))


def report(summary: MatchSummary, peaks: list[float], seconds: float, size: int, recall: float, workers: int) -> bool:
    """Prints it all; whether the goals are reached."""
    scaled = seconds * _GOAL_RECORDS / summary.records
    print(f"{summary.records:,} records, {size / 1e6:,.0f} MB of text, {summary.hits:,} hits, {workers} processes")
    print(f"{seconds:.1f} s, {size / 1e6 / seconds:.0f} MB/s; for {_GOAL_RECORDS:,} records {scaled:.1f} s")
    print("peak of resident memory, MiB: " + ", ".join(f"{peak:.0f}" for peak in peaks[:workers]))
    print(f"complete IDs found with exact offsets: {recall:.5f}")
    goals = {
        f"{_GOAL_RECORDS:,} records in {_GOAL_SECONDS:.0f} s": scaled < _GOAL_SECONDS,
        f"under {_GOAL_MIB} MiB a worker": peaks[0] < _GOAL_MIB,
        f"IDs found: {_LEAST}": recall >= _LEAST,
    }
    for goal, reached in goals.items():
        print(f"{'reached' if reached else 'MISSED':<8} {goal}")
    return all(goals.values())


def _text_size(corpus: Path) -> int:
    """Bytes of text, as Parquet notes them: four bytes of length before each value, a page header now and then."""
    size = 0
    for path, index in [(group.path, index) for group in groups(corpus) for index in group.indices]:
        metadata = pq.read_metadata(path).row_group(index)
        column = next(c for c in map(metadata.column, range(metadata.num_columns)) if c.path_in_schema == "text")
        size += column.total_uncompressed_size - 4 * metadata.num_rows
    return size


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=_GOAL_RECORDS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--corpus", type=Path, help="a folder with a corpus, or to write one into (default: temporary)")
    args = parser.parse_args()
    with corpus_at(args.corpus, args.records, args.seed) as corpus, tempfile.TemporaryDirectory() as place:
        began = time.perf_counter()
        summary, peaks = run(corpus, Path(place), args.workers)
        seconds = time.perf_counter() - began
        recall = check(corpus, Path(place) / "hits" / _ARCHIVE, summary)
        return 0 if report(summary, peaks, seconds, _text_size(corpus), recall, args.workers) else 1


if __name__ == "__main__":
    sys.exit(main())
