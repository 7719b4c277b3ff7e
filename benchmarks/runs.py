"""One run of the pipeline in a process of its own, as the benchmarks of memory and resume start it.

python -m benchmarks.runs OUT WORKERS ARCHIVE…
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from pipelines.ingest import ingest
from pipelines.match import MatcherFactory, match
from pipelines.sites import SiteMap
from pipelines.sources import FieldMap

TODAY = date(2017, 12, 1)


def start(out: Path, workers: int, *archives: Path) -> subprocess.Popen[str]:
    """A run of its own; prints one JSON object with its counts and seconds when it ends."""
    command = [sys.executable, "-m", "benchmarks.runs", str(out), str(workers), *map(str, archives)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])


def main(out: Path, workers: int, archives: list[Path]) -> None:
    read = ingest(archives, out / "records", sites=SiteMap(), fields=FieldMap(), workers=workers)
    factory = MatcherFactory(b"benchmark", TODAY)
    found = match(out / "records", read.archive_ids, out / "hits", matcher=factory, workers=workers)
    counts = {"records": read.records, "unread": read.unread, "hits": found.hits}
    print(json.dumps(counts | {"reading_s": round(read.seconds, 1), "matching_s": round(found.seconds, 1)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
