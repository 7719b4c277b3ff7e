"""Review at its largest: 200,000 cases and 5 million findings. Opening the queue, moving, a group of 8,000.

    python -m benchmarks.review [--cases 200000] [--findings 5000000] [--folder DIR] [--moves 200]

The database is built by SQL (its people are numbers), the records of the cases that are opened by the ordinary writer.
Each figure is checked before it is timed: the case moved to is the next one, the group dismissed what it should.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.schema import RECORDS
from scanner import clock, workspace
from scanner.review.desk import Desk
from scanner.review.models import View
from scanner.store.connection import create, writing
from scanner.workspace import Workspace

GROUP: Final = 8000
PART: Final = "city-0/part-000000.parquet"
_CASES: Final = """
INSERT INTO cases
SELECT md5(i::VARCHAR), i + 1, 5 - (i % 5), IF(i < $group, 1, $each), 20, '{"RESIDENT_ID": 20}', i % 17 = 0,
       'site' || (i % 116), 'unit' || (i % 228), 'section' || (i % 385), '关于困难群众名单的公示' || i,
       'http://www.example.gov.cn/' || i, 'www.example.gov.cn/' || i, 'city.zip', i || '.html', 'page', '003/' || i,
       DATE '2017-01-01' + (i % 300)::INTEGER, '', '', 1, 1, i % 50 = 0, 'resident_id.18', 'S02', []
FROM range($cases) AS t(i)
"""
# The first GROUP cases hold one value each, the same: a phone at the foot of a page.
_FINDINGS: Final = """
INSERT INTO findings BY NAME
SELECT md5('f' || i) AS finding_id, md5(doc::VARCHAR) AS doc_id, 'RESIDENT_ID' AS entity_type,
       'resident_id.18' AS rule_id, IF(doc < $group, md5('phone'), md5('v' || i)) AS fingerprint,
       '34**************' || (i % 100) AS masked, (5 - doc % 5)::TINYINT AS severity, 'S02' AS severity_rule,
       ['row:name', 'header:身份证号'] AS signals, 0.9 AS score, 'checksum' AS validation, 1 AS places,
       'body' AS segment, '' AS place, (n + 1)::INTEGER AS row, 0 AS col, false AS hidden,
       0 AS start, 1 AS end, $part AS part, (doc % 1000)::INTEGER AS record_row, '' AS shown,
       1 AS first_seen_run, 1 AS last_seen_run
FROM (SELECT i, IF(i < $group, i, $group + (i - $group) // $each) AS doc, IF(i < $group, 0, (i - $group) % $each) AS n
      FROM range($findings) AS t(i))
WHERE doc < $cases
ORDER BY doc_id
"""
_EVENTS: Final = """
INSERT INTO events BY NAME
SELECT nextval('event_ids') AS event_id, $now AS happened_at, doc_id, 'scan' AS actor, 'find' AS step,
       '' AS from_state, 'to_review' AS to_state, '' AS reason, '' AS note, 1 AS run_id
FROM cases
"""


def build(folder: Path, cases: int, findings: int) -> Workspace:
    """A workspace with so many cases and findings. They lie as a merge leaves them."""
    place = workspace.create(folder)
    create(place.database)
    group = min(GROUP, cases // 4)
    each = max(1, (findings - group) // (cases - group))
    values = {"cases": cases, "group": group, "each": each}
    with writing(place.database) as connection:
        connection.execute(
            "INSERT INTO runs (run_id, kind, state, started_at, archives) VALUES "
            "(nextval('run_ids'), 'scan', 'done', $now, ['city.zip'])",
            {"now": clock.now()},
        )
        connection.execute(_CASES, values)
        connection.execute(_FINDINGS, values | {"findings": group + each * (cases - group), "part": PART})
        connection.execute(_EVENTS, {"now": clock.now()})
    _records(place.records / PART)
    return place


def _records(path: Path) -> None:
    """A thousand pages of 30 KB, without people: only reading and masking them costs."""
    blank = {f.name: "" for f in RECORDS if pa.types.is_string(f.type)}
    blank |= {f.name: 0 for f in RECORDS if pa.types.is_integer(f.type)}
    text = "关于印发城乡居民最低生活保障工作实施方案的通知，请认真贯彻执行。\n" * 300
    names = [f.name for f in RECORDS]
    rows = [{**dict.fromkeys(names), **blank, "links": [], "segments": [], "text": text} for _ in range(1000)]
    path.parent.mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=RECORDS), path, row_group_size=128)


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def opening(place: Workspace) -> list[float]:
    """A new desk: the counts, the first screen of the queue and the first case."""

    def once() -> None:
        desk = Desk(place, "opener")
        assert sum(desk.counts().values()) > 0
        assert len(desk.queue(limit=100)) == 100
        assert desk.take() is not None
        desk.release()

    return [timed(once) for _ in range(5)]


def moves(place: Workspace, count: int) -> tuple[list[float], list[float]]:
    """(decision committed and next case there, next case there alone): a reviewer who decides one case a second or so.

    The next cases are fetched in another thread while the reviewer reads, as the review screen does."""
    desk, seen = Desk(place, "mover"), set[int]()
    view = View(severity=1)
    case = desk.take(view)
    whole, alone = [], []
    for number in range(count):
        assert case is not None
        assert case.row.case_no not in seen
        seen.add(case.row.case_no)
        fetching = threading.Thread(target=desk.prefetch, args=(view,))
        fetching.start()
        fetching.join()  # the reviewer reads for longer than this takes; how long it takes is no part of a move
        start = time.perf_counter()
        desk.confirm(case.row.case_no) if number % 2 else desk.dismiss(case.row.case_no, "D09")
        decided = time.perf_counter()
        case = desk.take(view)
        whole.append((time.perf_counter() - start) * 1000)
        alone.append((time.perf_counter() - decided) * 1000)
    desk.release()
    return whole, alone


def group(place: Workspace) -> tuple[float, float, int]:
    """(finding the group, dismissing it, how many cases)."""
    desk = Desk(place, "grouper")
    row = desk.queue(View(search="公示77"), limit=1)[0]
    number = next(r.case_no for r in desk.queue(View(severity=1), after=20, limit=1000) if r.findings == 1)
    assert row
    start = time.perf_counter()
    alike = desk.alike(number)[0]
    found = (time.perf_counter() - start) * 1000
    start = time.perf_counter()
    done = desk.dismiss_alike(alike, "D01", clock.today() + timedelta(days=365))
    dismissed = (time.perf_counter() - start) * 1000
    assert len(done.cases) == alike.decided > 0
    return found, dismissed, len(done.cases)


def said(name: str, values: Sequence[float]) -> str:
    ordered = sorted(values)
    at = [ordered[min(int(len(ordered) * share), len(ordered) - 1)] for share in (0.5, 0.95)]
    return f"{name:58s} median {statistics.median(values):7.1f} ms   95 % {at[1]:7.1f}   worst {ordered[-1]:7.1f}"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--findings", type=int, default=5_000_000)
    parser.add_argument("--moves", type=int, default=200)
    parser.add_argument("--folder", type=Path, default=None)
    given = parser.parse_args(argv)
    folder = Path(tempfile.mkdtemp(dir=given.folder))
    try:
        start = time.perf_counter()
        place = build(folder / "w", given.cases, given.findings)
        size = place.database.stat().st_size / 1e6
        took = time.perf_counter() - start
        print(f"{given.cases:,} cases, {given.findings:,} findings: {size:.0f} MB in {took:.0f} s")
        print(said("queue opens: counts, 100 rows, first case", opening(place)))
        found, dismissed, count = group(place)
        print(f"{f'the same value in {count:,} cases: found':58s}        {found:7.1f} ms")
        print(f"{f'the same value in {count:,} cases: dismissed':58s}        {dismissed:7.1f} ms")
        whole, alone = moves(place, given.moves)
        print(said("a move: decision committed, next case there", whole))
        print(said("of which: the next case alone", alone))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
