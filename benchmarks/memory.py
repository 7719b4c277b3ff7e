"""Is memory flat? Peak of all processes of a run together, for a small and a large archive.

    python -m benchmarks.memory [--kind tar] [--small 20000] [--large 200000] [--workers 2]

PSS counts a page that several processes share once; RSS counts it in each. The ratio of the peaks must stay below 1.2.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks import bulk, runs

_EVERY = 0.1  # seconds
_MIB = 1 << 20


def peaks(out: Path, workers: int, archive: Path, records: int) -> tuple[float, float]:
    """(PSS, RSS) in MiB at their highest, summed over the run's processes. Asserts that the run read everything."""
    process = runs.start(out, workers, archive)
    pss = rss = 0.0
    while process.poll() is None:
        now = _memory(process.pid)
        pss, rss = max(pss, now[0]), max(rss, now[1])
        time.sleep(_EVERY)
    counts = json.loads(process.stdout.read()) if process.stdout else {}
    assert (counts["records"], counts["unread"]) == (records, 0), counts
    print(f"{records:>9,} records: PSS {pss:7.1f} MiB, RSS {rss:7.1f} MiB, {counts}")
    return pss, rss


def _memory(pid: int) -> tuple[float, float]:
    pss = rss = 0
    with suppress(psutil.Error):
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            with suppress(psutil.Error):
                full = process.memory_full_info()
                pss, rss = pss + full.pss, rss + full.rss
    return pss / _MIB, rss / _MIB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=bulk.KINDS, default="tar")
    parser.add_argument("--small", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    found = []
    for records in (given.small, given.large):
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / f"city.{given.kind}"
            bulk.write(given.kind, archive, records)
            found.append(peaks(Path(folder) / "out", given.workers, archive, records))
    print(f"ratio: PSS {found[1][0] / found[0][0]:.3f}, RSS {found[1][1] / found[0][1]:.3f}")


if __name__ == "__main__":
    main()
