"""Does a killed run lose or double anything? Kill -9 at random moments, resume, compare with an undisturbed run.

    python -m benchmarks.resume [--kind tar] [--records 20000] [--kills 10] [--workers 2] [--seed 1]

Every other kill hits the run's parent process, which the next start resumes; the others hit one of its workers, which
the run itself must replace. At the end records (but for elapsed_ms), their pages and hits must be equal, row for row.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pyarrow.parquet as pq

from benchmarks import bulk, runs


def disturbed(
    out: Path, workers: int, archive: Path, kills: int, chance: random.Random, seconds: float
) -> dict[str, int]:
    """The counts of a run that was killed ``kills`` times within about the ``seconds`` an undisturbed one takes."""
    process = runs.start(out, workers, archive)
    for number in range(kills):
        time.sleep(chance.random() * 2 * seconds / (kills + 1))
        if process.poll() is not None:
            print(f"  kill {number + 1}: the run was over")
            process = runs.start(out, workers, archive)
        elif number % 2:
            print(f"  kill {number + 1}: a worker")
            _kill_a_worker(process.pid, chance)
        else:
            parts = len(list(out.rglob("part-*.parquet")))
            print(f"  kill {number + 1}: the run, with {parts} parts written")
            process.kill()
            process.wait()
            process = runs.start(out, workers, archive)
    output, _ = process.communicate()
    return dict(json.loads(output))


def _kill_a_worker(pid: int, chance: random.Random) -> None:
    with suppress(psutil.Error):
        servers = psutil.Process(pid).children()
        workers = [child for server in servers for child in server.children()]
        if workers:
            chance.choice(workers).kill()


def assert_equal(one: Path, other: Path) -> int:
    """Asserts that both folders hold the same Parquet files with the same rows; how many rows."""
    names = [sorted(str(path.relative_to(out)) for path in out.rglob("*.parquet")) for out in (one, other)]
    assert names[0] == names[1], set(names[0]) ^ set(names[1])
    rows = 0
    for name in names[0]:
        tables = [pq.read_table(out / name, partitioning=None) for out in (one, other)]
        kept = [column for column in tables[0].column_names if column != "elapsed_ms"]
        assert tables[0].select(kept).equals(tables[1].select(kept)), name
        rows += len(tables[0])
    assert not list(other.rglob(".*.tmp"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=bulk.KINDS, default="tar")
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, archive = Path(name), Path(name) / f"city.{given.kind}"
        bulk.write(given.kind, archive, given.records)
        started = time.monotonic()
        whole, _ = runs.start(folder / "undisturbed", given.workers, archive).communicate()
        seconds = time.monotonic() - started
        print(f"undisturbed: {whole.strip()}, {seconds:.1f} s in all")
        chance = random.Random(given.seed)
        counts = disturbed(folder / "killed", given.workers, archive, given.kills, chance, seconds)
        expected = json.loads(whole)
        assert all(counts[key] == expected[key] for key in ("records", "unread", "hits")), (counts, expected)
        rows = assert_equal(folder / "undisturbed", folder / "killed")
        print(f"equal: {rows:,} rows of records, pages and hits after {given.kills} kills; {counts['hits']:,} hits")


if __name__ == "__main__":
    main()
