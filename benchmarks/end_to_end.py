"""One whole `scan run` over an archive of mixed pages and attachments: where the time goes, and two workers beside one.

    python -m benchmarks.end_to_end [--pages 100000] [--kind zip] [--workers 1 2]

The made-up city's pages (three templates, UTF-8 and GBK) with their XLSX, DOCX and PDF attachments; each run starts in
a workspace of its own. Ends with 1 when two workers are less than 1.8 times as fast as one at what workers do.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from scanner import runs
from scanner.store.connection import create, reading
from scanner.store.ledger import coverage
from scanner.synthetic.city import build_archives
from scanner.workspace import create as create_workspace

_WANTED: Final = 1.8
_EVERY: Final = 0.1  # seconds


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of one run: of all of it, of its three parts, and of the extractors added up over the workers."""

    workers: int
    total: float
    read: float
    matched: float
    extracting: dict[str, float]  # by media type
    parent: float  # processor time: what cannot be shared out
    shared: float  # processor time of all workers

    @property
    def merged(self) -> float:
        return self.total - self.read - self.matched


class Workers(threading.Thread):
    """The processor time of each process below this one, as last seen."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seconds: dict[int, float] = {}
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            with suppress(psutil.Error):
                for process in psutil.Process().children(recursive=True):
                    with suppress(psutil.Error):
                        times = process.cpu_times()
                        self.seconds[process.pid] = times.user + times.system

    def __enter__(self) -> Workers:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()


def measured(archive: Path, sites: str, place: Path, workers: int) -> tuple[Times, tuple[int, int, int]]:
    """A run's times, and its counts: files, unread files, findings."""
    workspace = create_workspace(place)
    (place / "sites.toml").write_text(sites, encoding="utf-8")
    create(workspace.database)
    with Workers() as watched:
        began, own = time.perf_counter(), time.process_time()
        outcome = runs.scan(workspace, [archive], workers=workers)
        total, own = time.perf_counter() - began, time.process_time() - own
    extracting: dict[str, float] = {}
    with reading(workspace.database) as connection:
        for row in coverage(connection):
            extracting[row.media_type] = extracting.get(row.media_type, 0.0) + row.elapsed_ms / 1000
    counts = outcome.read.records, outcome.read.unread + len(outcome.matched.unmatched), outcome.merged.new_findings
    times = Times(
        workers, total, outcome.read.seconds, outcome.matched.seconds, extracting, own, sum(watched.seconds.values())
    )
    return times, counts


def report(times: Times, files: int) -> None:
    print(f"{times.workers} workers: {times.total:.1f} s, {files / times.total:.0f} files a second")
    for name, seconds in (("read", times.read), ("match", times.matched), ("merge and the rest", times.merged)):
        print(f"  {name:20}{seconds:8.1f} s{seconds / times.total:7.0%}")
    print(f"  processor time: workers {times.shared:.1f} s, this process {times.parent:.1f} s (not shared out)")
    inside = sum(times.extracting.values())
    print(f"  extractors, added up over the workers: {inside:.1f} s")
    for kind, seconds in sorted(times.extracting.items(), key=lambda item: -item[1])[:6]:
        print(f"    {kind.rpartition('/')[2][:40]:42}{seconds:8.1f} s{seconds / max(inside, 0.001):7.0%}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--kind", default="zip")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        gold = build_archives(root / "city", [args.kind], pages=args.pages, attachments=True)
        (archive,) = gold.archives
        print(f"{gold.files} files, {archive.stat().st_size / 1e6:.0f} MB as {args.kind}")
        runs_, seen = [], set()
        for workers in args.workers:
            times, counts = measured(archive, gold.sites_toml, root / f"w{workers}", workers)
            report(times, counts[0])
            runs_.append(times)
            seen.add(counts)
    assert len(seen) == 1, f"runs differ: {seen}"
    assert next(iter(seen))[2], "nothing was found"
    print("each run: {} files, {} not wholly read, {} findings".format(*seen.pop()))
    if len(runs_) < 2:
        return 0
    one, two = runs_[0], runs_[-1]
    working = (one.read + one.matched) / (two.read + two.matched)
    print(f"{two.workers} workers beside {one.workers}: whole run x {one.total / two.total:.2f}, reading x "
          f"{one.read / two.read:.2f}, matching x {one.matched / two.matched:.2f}, both x {working:.2f}")  # fmt: skip
    busy = (one.shared + one.parent) / (two.shared / two.workers + two.parent)
    print(f"by processor time, as on a machine with nothing else to do: x {busy:.2f}")
    return 0 if working >= _WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
