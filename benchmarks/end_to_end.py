"""One whole `scan run` over an archive of mixed pages and attachments: where the time goes, and two workers beside one.

    python -m benchmarks.end_to_end [--pages 100000] [--kind zip] [--workers 1 2] [--keep FOLDER]

The made-up city's pages (three templates, UTF-8 and GBK) with their XLSX, DOCX and PDF attachments; each run starts in
a workspace of its own. --keep: the archive is made there once, and used again by later runs.

Two ratios are said. By the clock: it counts only when nothing else runs, so what other programs took of the processors
meanwhile is said too. By processor time, as on a machine with nothing else to do: what workers share, divided among
them, and what they cannot share (this process, the fork server's imports, closing the archive) added whole.

Ends with 1 when two workers are, by the clock, less than 1.8 times as fast as one at what workers do.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.processes import Processes
from pipelines.progress import READING, Progress
from scanner import runs
from scanner.store.connection import create
from scanner.synthetic.city import build_archives
from scanner.workspace import create as create_workspace

_WANTED: Final = 1.8
_CLOSING: Final = "close/"


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of one run: by the clock of all of it and of its parts, and processor time of who did what."""

    workers: int
    total: float
    read: float
    matched: float
    stages: Mapping[str, float]  # of reading, processor time added up over the workers; "wait": by the clock
    parent: float
    server: float  # the fork server's: imports
    reading: float  # all reading workers, their start as well
    matching: float  # all matching workers
    others: float  # what other programs took of all processors meanwhile
    load: tuple[float, float]  # load averages over a minute, before and after

    @property
    def closing(self) -> float:
        """What one worker does while the others have nothing to do."""
        return sum(seconds for stage, seconds in self.stages.items() if stage.startswith(_CLOSING))

    @property
    def alone(self) -> float:
        """What cannot be shared among workers."""
        return self.parent + self.server + self.closing

    @property
    def ideal(self) -> float:
        """How long the run takes where each worker has a processor for itself."""
        return self.alone + (self.reading - self.closing + self.matching) / self.workers


def measured(archive: Path, sites: str, place: Path, workers: int) -> tuple[Times, tuple[int, int, int]]:
    """A run's times, and its counts: files, unread files, findings."""
    workspace = create_workspace(place)
    (place / "sites.toml").write_text(sites, encoding="utf-8")
    create(workspace.database)
    last_read = time.monotonic()

    def report(progress: Progress) -> None:
        nonlocal last_read
        last_read = time.monotonic() if progress.phase == READING else last_read

    before = _load()
    with Processes() as watched:
        began, own = time.perf_counter(), time.process_time()
        outcome = runs.scan(workspace, [archive], workers=workers, progress=report)
        total, own = time.perf_counter() - began, time.process_time() - own - watched.spent
    counts = outcome.read.records, outcome.read.unread + len(outcome.matched.unmatched), outcome.merged.new_findings
    stages = {stage: spent / 1e9 for stage, spent in outcome.read.spent.items()}
    read, matched = watched.workers(until=last_read), watched.workers(since=last_read)
    times = Times(
        workers, total, outcome.read.seconds, outcome.matched.seconds, stages, own, watched.server(), read, matched,
        watched.others(own + watched.spent), (before, _load()),
    )  # fmt: skip
    return times, counts


def _load() -> float:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def report(times: Times, files: int) -> None:
    print(f"{times.workers} workers: {times.total:.1f} s, {files / times.total:.0f} files a second")
    print(f"  load average {times.load[0]:.1f} before, {times.load[1]:.1f} after; other programs took "
          f"{times.others:.0f} processor seconds meanwhile")  # fmt: skip
    rest = times.total - times.read - times.matched
    for name, seconds in (("read", times.read), ("match", times.matched), ("merge and the rest", rest)):
        print(f"  {name:20}{seconds:8.1f} s{seconds / times.total:7.0%}  by the clock")
    print("  processor time")
    whole = times.reading + times.matching + times.parent + times.server
    in_stages = sum(seconds for stage, seconds in times.stages.items() if stage != "wait")
    started = Counter({"reading: workers start": times.reading - in_stages})
    read = Counter({f"reading: {stage}": seconds for stage, seconds in times.stages.items() if stage != "wait"})
    rest_of_it = {"matching": times.matching, "this process": times.parent, "fork server": times.server}
    for name, seconds in [*(read + started).most_common(), *rest_of_it.items()]:
        print(f"    {name[:58]:60}{seconds:8.2f} s{seconds / whole:7.1%}{seconds / files * 1e6:8.0f} µs a file")
    print(f"  reading workers waited {times.stages.get('wait', 0.0):.1f} s for the disk or a processor")
    print(f"  not shared out: {times.alone:.1f} s of {whole:.1f}")


def archive_in(folder: Path, kind: str, pages: int) -> tuple[Path, str]:
    """The archive, made if it is not there yet, and the sites.toml that belongs to it."""
    ready, sites = folder / f"archive.{kind}", folder / "sites.toml"
    if not sites.exists():
        sites.write_text(build_archives(folder, [kind], pages=pages, attachments=True).sites_toml, encoding="utf-8")
    return ready, sites.read_text(encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--kind", default="zip")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder = (args.keep or root) / f"{args.kind}-{args.pages}"
        folder.mkdir(parents=True, exist_ok=True)
        archive, sites = archive_in(folder, args.kind, args.pages)
        print(f"{args.pages} pages and their attachments, {_megabytes(archive):.0f} MB as {args.kind}")
        runs_, seen = [], set()
        for workers in args.workers:
            times, counts = measured(archive, sites, root / f"w{workers}", workers)
            report(times, counts[0])
            runs_.append(times)
            seen.add(counts)
    assert len(seen) == 1, f"runs differ: {seen}"
    assert next(iter(seen))[2], "nothing was found"
    print("each run: {} files, {} not wholly read, {} findings".format(*seen.pop()))
    return compared(runs_[0], runs_[-1]) if len(runs_) > 1 else 0


def _megabytes(archive: Path) -> float:
    files = archive.rglob("*") if archive.is_dir() else [archive]
    return sum(file.stat().st_size for file in files) / 1e6


def compared(one: Times, two: Times) -> int:
    working = (one.read + one.matched) / (two.read + two.matched)
    print(f"{two.workers} workers beside {one.workers}, by the clock: whole run x {one.total / two.total:.2f}, reading "
          f"x {one.read / two.read:.2f}, matching x {one.matched / two.matched:.2f}, both x {working:.2f}")  # fmt: skip
    print(f"by processor time, as on a machine with nothing else to do: whole run x {one.ideal / two.ideal:.2f}")
    return 0 if working >= _WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
