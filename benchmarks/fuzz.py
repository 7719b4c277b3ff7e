"""Spoilt documents of every kind through a whole run: does each become a record with a status, and the run go on?

    python -m benchmarks.fuzz --documents 20000 --seed 1 [--from FOLDER]

Document N of a seed is always the same. ``--from`` adds the files of a folder to those spoilt; ``--write N FILE``
writes one document out, to look at it. Ends with 1 when the run crashed, a member has no record, or memory went above
its limit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

import psutil
import pyarrow.parquet as pq

from benchmarks.fuzz_source import FuzzSource, Opener, document, write_seeds
from pipelines import layout
from pipelines.ingest import ingest
from pipelines.isolation import Limits
from pipelines.match import MatcherFactory, match
from pipelines.passwords import Passwords
from pipelines.progress import Progress
from pipelines.schema import Status
from pipelines.sites import SiteMap
from pipelines.sources import FieldMap

_MIB: Final = 1 << 20


class Peak:
    """The most memory one worker was seen to hold, and how long the run stood still."""

    def __init__(self) -> None:
        self.rss, self.still, self._last = 0, 0.0, time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        self.still, self._last = max(self.still, now - self._last), now
        for process in psutil.Process().children(recursive=True):
            try:
                self.rss = max(self.rss, process.memory_info().rss, _peak(process.pid))
            except psutil.Error:
                continue


def _peak(pid: int) -> int:
    """The kernel's own note of the most a process ever held."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def run(source: FuzzSource, limits: Limits, work: Path, workers: int) -> int:
    peak, began = Peak(), time.monotonic()
    read = ingest(
        [source.path], work / "records", sites=SiteMap(), fields=FieldMap(), workers=workers, limits=limits,
        progress=peak, opener=Opener(source), passwords=Passwords(["1"]), key=b"fuzz",
    )  # fmt: skip
    matched = match(
        work / "records", read.archive_ids, work / "hits", matcher=MatcherFactory(b"fuzz"), workers=workers,
        limits=limits, progress=peak,
    )  # fmt: skip
    seen, statuses, slowest, dead = Counter[str](), Counter[str](), list[tuple[int, str]](), Counter[str]()
    for name in read.archive_ids:
        for part in layout.parts(work / "records" / name):
            table = pq.read_table(part, columns=["member", "kind", "status", "reason", "elapsed_ms"])
            for row in table.to_pylist():
                statuses[row["status"]] += 1
                if row["kind"] != "embedded":
                    seen[row["member"].partition("/")[0]] += 1
                if row["status"] == Status.TIMED_OUT or row["reason"].startswith(("worker died", "error", "memory")):
                    dead[f"{row['status']}: {row['reason'].partition(':')[0]}"] += 1
                    print(f"  {row['member']}: {row['status']}: {row['reason']}")
                slowest.append((row["elapsed_ms"], row["member"]))
            slowest = sorted(slowest, reverse=True)[:5]
    lost = [number for number in range(source.documents) if seen[str(number)] != 1]
    wrong = sum(count for status, count in statuses.items() if status not in Status.ALL)
    print(f"{source.documents} documents, {sum(statuses.values())} records in {time.monotonic() - began:.0f} s")
    print("  " + ", ".join(f"{status} {count}" for status, count in statuses.most_common()))
    print(f"crashes of the run: {len(read.failed)}")
    print(f"documents that cost their worker: {dict(dead) or 'none'}")
    print(f"texts that could not be searched: {len(matched.unmatched)}")
    print(f"longest standstill of the run: {peak.still:.1f} s (limit for one document {limits.seconds:g} s)")
    print(f"members without a status: {len(lost) + wrong}")
    print(f"peak memory of a worker: {peak.rss / _MIB:.0f} MiB (limit {limits.memory / _MIB:.0f} beyond its start)")
    print("slowest: " + ", ".join(f"{member} {ms} ms" for ms, member in slowest))
    return 1 if read.failed or lost or wrong or peak.rss > limits.memory + 512 * _MIB else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=30.0, help="limit for one document")
    parser.add_argument("--write", nargs=2, metavar=("N", "FILE"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        print(write_seeds(work / "sound", args.folder))
        if args.write:
            Path(args.write[1]).write_bytes(document(int(args.write[0]), args.seed, work / "sound").data or b"")
            return 0
        source = FuzzSource(work / f"fuzz-{args.seed}", args.documents, args.seed, work / "sound")
        return run(source, Limits(seconds=args.seconds), work, args.workers)


if __name__ == "__main__":
    sys.exit(main())
