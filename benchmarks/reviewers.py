"""Eight reviewers and a scan in one database at once: no decision lost, doubled or overwritten, no error shown.

    python -m benchmarks.reviewers [--seconds 300] [--reviewers 8] [--hits 100000] [--kill]

Every reviewer is a process at a desk of its own: it takes a case, looks at it for a moment and confirms, dismisses,
skips, notes or undoes, and writes each decision into its journal once the desk says that it is committed. One more
process merges ``--hits`` hits again and again. With ``--kill`` a reviewer is killed (SIGKILL) at random moments and
another takes its place. In the end the journals and the events of the database are held against each other.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing as mp
import os
import random
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from patterns.schema import HITS
from pipelines.exports import ROWS, rows_of
from pipelines.found import FOUND, file_of
from pipelines.locations import doc_id
from pipelines.schema import RECORDS
from scanner import clock, workspace
from scanner.errors import Refused
from scanner.redact import cleaner
from scanner.review.desk import Desk
from scanner.store import merge, runs
from scanner.store.connection import create, reading, writing
from scanner.workspace import Workspace

PER_CASE: Final = 10
THINK: Final = (0.05, 0.5)  # seconds a reviewer looks: ten times faster than people, to meet each other more often
STARTING: Final = 60.0


def write_parts(place: Workspace, number: int, hits: int) -> tuple[Path, Path]:
    """(hits, records) of one export: half of its documents are those of the export before."""
    first = number * (hits // PER_CASE // 2)
    locations = [f"www.example.gov.cn/{first + i}.html" for i in range(hits // PER_CASE)]
    blank: dict[str, Any] = {f.name: "" for f in RECORDS if pa.types.is_string(f.type)}
    blank |= {f.name: 0 for f in RECORDS if pa.types.is_integer(f.type)} | {"status": "extracted", "links": []}
    blank |= {"segments": [], "text": "名单公示", "site": "city", "unit": "教育局", "title": "名单公示"}
    names = [f.name for f in RECORDS]
    records = [{**dict.fromkeys(names), **blank, "doc_id": doc_id(at), "location": at} for at in locations]
    found = [
        {
            "doc_id": doc_id(at), "record_row": row, "entity_type": "RESIDENT_ID", "rule_id": "resident_id.18",
            "start": 0, "end": 1, "segment": "body", "place": "", "row": 1, "col": 0, "hidden": False,
            "masked": "34**************2X", "fingerprint": f"{row:08d}{n:08d}", "validation": "checksum", "score": 0.9,
            "severity": 1 + row % 5, "severity_rule": "S02", "signals": [],
        }
        for row, at in enumerate(locations) for n in range(PER_CASE)
    ]  # fmt: skip
    found = [{**{f.name: "" for f in HITS if f.name not in hit}, **hit} for hit in found]
    found = [hit | {"part": 0} for hit in found]
    placed = [row | {"part": 0, "row": at} for at, row in enumerate(records)]
    parts = file_of(place.hits / f"city-{number}"), rows_of(place.records / f"city-{number}")
    text = place.records / f"city-{number}" / "part-000000.parquet"
    for path, rows, schema in zip((*parts, text), (found, placed, records), (FOUND, ROWS, RECORDS), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return parts


def merge_once(place: Workspace, parts: tuple[Path, Path]) -> float:
    """Merge one export as a run does; how long it held the database."""
    with writing(place.database, 120) as connection:
        run = runs.begin(connection, ["city.zip"], clock.now())
    clean = cleaner(place.key)
    with writing(place.database, 120) as connection:
        start = time.perf_counter()
        done = merge.merge(connection, run, [parts[0]], [parts[1]], clean, clock.now())
        runs.finish(connection, run, clock.now(), 1, 0, 1, (done.new_findings, done.new_cases))
    return time.perf_counter() - start


def scanning(root: Path, hits: int, until: float, log: Path) -> None:
    """Merge export after export."""
    try:
        place, number = Workspace(root), 1
        while time.time() < until:
            held = merge_once(place, write_parts(place, number, hits))
            _write(log, {"held": held})
            number += 1
            time.sleep(min(10.0, max(0.0, until - time.time())))
    except BaseException:
        _write(log, {"error": traceback.format_exc()})


def reviewing(root: Path, name: str, until: float, log: Path, seed: int) -> None:
    """Judge case after case, and keep a journal of what was committed."""
    chance = random.Random(seed)
    try:
        desk = Desk(Workspace(root), name)
        while time.time() < until:
            case = desk.take()
            if case is None:
                time.sleep(1)
                continue
            time.sleep(chance.uniform(*THINK))
            _judge(desk, case.row.case_no, case.row.doc_id, chance, log)
        desk.release()
        _write(log, {"left": name})
    except BaseException:
        _write(log, {"error": traceback.format_exc()})


def _judge(desk: Desk, number: int, doc: str, chance: random.Random, log: Path) -> None:
    start, what = time.perf_counter(), chance.random()
    try:
        if what < 0.45:
            done = desk.confirm(number)
        elif what < 0.9:
            done = desk.dismiss(number, "D09")
        elif what < 0.95:
            desk.note(number, "再看")
            desk.skip(number)
            return
        else:
            undone = desk.undo()
            desk.skip(number)
            if undone is None:
                return
            done = undone
    except Refused as error:  # said to the reviewer, not shown as an error
        _write(log, {"refused": error.what})
        return
    took = time.perf_counter() - start
    for case in done.cases:
        _write(log, {"case": case, "step": done.step, "actor": desk.reviewer, "took": took, "doc": doc})


def _write(log: Path, row: dict[str, Any]) -> None:
    with log.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(row) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def held_against(place: Workspace, journal: list[dict[str, Any]], killed: int) -> list[str]:
    """What is wrong: decisions lost, doubled or overwritten."""
    with reading(place.database, 120) as connection:
        events = connection.execute(
            "SELECT case_no, actor, step, from_state, to_state FROM events JOIN cases USING (doc_id) ORDER BY event_id"
        ).fetchall()
    kept = Counter((case, actor, step) for case, actor, step, _from, _to in events if actor != "scan")
    said = Counter((row["case"], row["actor"], row["step"]) for row in journal if "case" in row)
    wrong = [f"lost: {key}" for key in said - kept]
    extra = list((kept - said).elements())
    if len(extra) > killed:  # of one who was killed, the last may be committed and not yet in the journal
        wrong += [f"not in a journal: {key}" for key in extra]
    state: dict[int, str] = {}
    for case, actor, step, before, after in events:
        if state.get(case, "") != before:
            wrong.append(f"overwritten: case {case} by {actor}, {step} from {before}, it was {state.get(case)}")
        state[case] = after
    return wrong


def run(place: Workspace, folder: Path, given: argparse.Namespace) -> tuple[list[dict[str, Any]], list[float], int]:
    """(journal, how long each merge held the database, how many reviewers were killed)."""
    chance, start = random.Random(given.seed), mp.get_context("spawn")
    until = time.time() + given.seconds
    journals = iter(folder / f"journal-{n}.jsonl" for n in range(10_000))
    numbers = iter(range(10_000))

    def reviewer() -> BaseProcess:
        number = next(numbers)
        arguments = (place.root, f"reviewer-{number}", until, next(journals), given.seed + number)
        process = start.Process(target=reviewing, args=arguments)
        process.start()
        return process

    scan = start.Process(target=scanning, args=(place.root, given.hits, until, folder / "scan.jsonl"))
    scan.start()
    people, killed = [reviewer() for _ in range(given.reviewers)], 0
    while given.kill and time.time() < until - 15:
        time.sleep(chance.uniform(5, 15))
        victim = chance.randrange(len(people))
        os.kill(people[victim].pid or 0, signal.SIGKILL)
        people[victim].join()
        people[victim], killed = reviewer(), killed + 1
    for process in [*people, scan]:
        process.join()
    rows = [json.loads(line) for path in folder.glob("journal-*.jsonl") for line in path.read_text().splitlines()]
    merges = [json.loads(line) for line in (folder / "scan.jsonl").read_text().splitlines()]
    errors = [row["error"] for row in [*rows, *merges] if "error" in row]
    for error in errors[:3]:
        print(error)
    return rows, [row["held"] for row in merges if "held" in row], killed if not errors else -1


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--reviewers", type=int, default=8)
    parser.add_argument("--hits", type=int, default=100_000)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args(argv)
    folder = Path(tempfile.mkdtemp())
    try:
        place = workspace.create(folder / "w")
        create(place.database)
        merge_once(place, write_parts(place, 0, given.hits))
        journal, merges, killed = run(place, folder, given)
        wrong = held_against(place, journal, max(killed, 0))
        took = sorted(row["took"] for row in journal if "took" in row) or [0.0]
        refused = sum("refused" in row for row in journal)
        print(
            f"{len(took):,} decisions, {refused} refused, {len(merges)} merges of {given.hits:,} hits, {killed} killed"
        )
        print(
            f"a decision: median {took[len(took) // 2] * 1000:.0f} ms, 95 % {took[int(len(took) * 0.95)] * 1000:.0f}, "
            f"worst {took[-1]:.1f} s; a merge held the database {max(merges, default=0):.1f} s at most"
        )
        for line in wrong[:10]:
            print(line)
        print("no decision lost, doubled or overwritten" if not wrong else f"{len(wrong)} decisions are wrong")
        return int(bool(wrong) or killed < 0 or not merges)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
