"""What a rescan costs when little changed: ``python -m benchmarks.rescan [--records 200000] [--kind zip]``.

The first scan of an export; the same export again; a new export of which one document in a hundred changed; and what
reading that export once costs (every member unpacked and hashed, nothing else). Asserts that findings are those of a
scan from scratch before it says anything of time. The ratio is one of processor seconds, of all processes: other work
on the machine changes it little. What it is at is said on stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil

from benchmarks import bulk
from pipelines import reuse
from pipelines.progress import Progress
from pipelines.sources import Shard, open_source

_EVERY: Final = 100  # documents, of which one changes
_GOAL: Final = 0.05  # of the first scan's time, beside reading the export once
_SAID: Final = 30.0  # seconds between two words of how far it is


def write(kind: str, path: Path, records: int, *, changed: bool) -> None:
    """An export; ``changed``: one document in a hundred has a sentence more."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        put = bulk._WRITERS[kind](path, stack)
        for number, (name, content) in enumerate(bulk.pages(records)):
            more = "<p>另行通知。</p></body>" if name.endswith(".html") else "</body>"
            put(name, content.replace("</body>", more) if changed and number % _EVERY == 0 else content)


class Processors(threading.Thread):
    """Processor seconds of this process and of all below it, from when it is started, but for the watching itself."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._over, self._last, self._began = threading.Event(), dict[int, float](), self._all()
        self._watching = 0.0
        self.start()

    def _all(self) -> dict[int, float]:
        now = dict[int, float]()
        this = psutil.Process()
        for process in (this, *this.children(recursive=True)):
            with suppress(psutil.Error):
                now[process.pid] = sum(process.cpu_times()[:2])
        return now

    def run(self) -> None:
        while not self._over.wait(0.1):
            self._last |= self._all()
        self._watching = time.thread_time()

    def stop(self) -> float:
        self._over.set()
        self.join()
        self._last |= self._all()
        return sum(seconds - self._began.get(pid, 0.0) for pid, seconds in self._last.items()) - self._watching


def reading(path: Path, workers: int) -> float:
    """Processor seconds to unpack and hash every member of an export in as many processes."""
    watch = Processors()
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_hash, ((path, shard) for shard in open_source(path).shards()), chunksize=4))
        return watch.stop()


def _hash(work: tuple[Path, Shard]) -> int:
    path, shard = work
    return sum(len(reuse.key_of(member, path.name)) for member in open_source(path).read(shard))


def workspace(folder: Path, exports: Path) -> Path:
    from scanner import i18n
    from scanner.store.connection import create as create_database
    from scanner.workspace import create

    i18n.activate("en")
    place = create(folder)
    create_database(place.database)
    with (place.root / "scan.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[export]]\nfolder = "{exports}"\nsettle = 0\n')
    return place.root


class Told:
    """Says on stderr how far something is: at its beginning, then at most every half minute."""

    def __init__(self, what: str) -> None:
        self._what, self._began, self._last = what, time.monotonic(), time.monotonic()
        print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() - self._last >= _SAID:
            self._last = time.monotonic()
            share = progress.done / max(progress.total, 1)
            seconds = self._last - self._began
            print(f"  {self._what}: {progress.phase} {share:.0%}, {seconds:.0f} s", file=sys.stderr, flush=True)


def rescan(root: Path, workers: int, what: str = "rescan") -> tuple[float, float, int, int, int]:
    """Seconds, processor seconds, records, records copied, exports taken unchanged."""
    from scanner.rescans import rescan
    from scanner.workspace import open_workspace

    began, watch = time.monotonic(), Processors()
    result = rescan(open_workspace(root), workers=workers, progress=Told(what))
    read = result.read
    return (
        time.monotonic() - began,
        watch.stop(),
        read.records,
        sum(a.copied for a in read.archives),
        len(result.unchanged),
    )


def findings(root: Path) -> list[tuple[object, ...]]:
    from scanner.store.connection import reading as opened

    with opened(root / "findings.duckdb") as connection:
        return connection.execute(
            "SELECT finding_id, severity, places FROM findings WHERE gone_run IS NULL ORDER BY ALL"
        ).fetchall()


def measure(records: int, kind: str, workers: int, say: Callable[[str], None] = print) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "exports").mkdir()
        root = workspace(folder / "work", folder / "exports")
        Told("writing an export")
        write(kind, folder / "exports" / f"site-20171130.{kind}", records, changed=False)
        first, first_cpu, read, copied, _ = rescan(root, workers, "first scan")
        assert (read, copied) == (records, 0), (read, copied)
        same, same_cpu, *_, unchanged = rescan(root, workers, "the same export again")
        assert unchanged == 1
        newer = folder / "exports" / f"site-20171201.{kind}"
        Told("writing a new export")
        write(kind, newer, records, changed=True)
        Told("reading it once")
        once = reading(newer, workers)
        second, second_cpu, read, copied, _ = rescan(root, workers, "the new export")
        assert read == records and copied >= records * 0.985, (read, copied)
        (folder / "scratch").mkdir()
        newer.rename(folder / "scratch" / newer.name)
        scratch = workspace(folder / "work2", folder / "scratch")
        (scratch / "key").write_bytes((root / "key").read_bytes())
        rescan(scratch, workers, "the new export from scratch")
        assert findings(root) == findings(scratch), "not the findings of a scan from scratch"
    extra = (second_cpu - once) / first_cpu
    say(f"{records:,} records, {kind}, {workers} workers; seconds, and processor seconds of all processes")
    say(f"first scan {first:.1f} s, {first_cpu:.1f}; the same export again {same:.1f} s, {same_cpu:.1f}")
    say(f"reading an export once {once:.1f}; a new export, 1 % changed: {second:.1f} s, {second_cpu:.1f}")
    say(f"beyond reading it once: {extra:.1%} of the first scan")
    return {"first": first_cpu, "same": same_cpu, "once": once, "second": second_cpu, "extra": extra}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=200_000)
    parser.add_argument("--kind", choices=("zip", "tar"), default="zip")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    reached = measure(given.records, given.kind, given.workers)["extra"] <= _GOAL
    print(f"{'reached' if reached else 'MISSED':<8} at most {_GOAL:.0%} of the first scan beyond reading once")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
