"""This core beside other engines, on the same seeded Parquet in one run: ``python -m benchmarks.engines``.

Each engine runs in a process of its own from Parquet to counted hits, after its answers were checked and it was warmed
on other texts; repeats are interleaved, each in a new process, and medians stand in the table. Ratios are of processor
time, so that other programs on the machine matter little; two processes against one are of wall time and need an idle
machine. Slow engines read a sample of the row groups. The peers come with ``pip install .[bench]``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.peers import ENGINES, engine
from benchmarks.row_groups import corpus_at

_GOALS: Final = {"hyperscan": 1.0, "presidio": 5.0, "jionlp": 12.0}  # times as fast as
_GOAL_OF_FLOOR: Final = 0.28
_GOAL_TWICE: Final = 1.8
_TWICE: Final = ("core", "floor")  # also run by two processes that share the row groups
_FORMS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("ID, plain", "RESIDENT_ID", ("plain",)),
    ("ID, full-width", "RESIDENT_ID", ("full_width", "full_width_x")),
    ("ID, spaced", "RESIDENT_ID", ("spaced", "spaced_year", "nbsp", "wide_space")),
    ("ID, hyphenated", "RESIDENT_ID", ("hyphenated",)),
    ("ID, line break inside", "RESIDENT_ID", ("newline",)),
    ("ID, zero-width inside", "RESIDENT_ID", ("zero_width",)),
    ("ID, x or × for X", "RESIDENT_ID", ("lower_x", "times_x")),
    ("ID, glued or apostrophe", "RESIDENT_ID", ("glued", "apostrophe")),
    ("ID, over cells", "RESIDENT_ID", ("cells",)),
    ("ID, 15 digits", "RESIDENT_ID", ("id15",)),
    ("ID in a longer number", "STUDENT_NO DISABILITY_NO TAX_NO", ("plain",)),
    ("ID, masked 6+4", "MASKED_ID", ("mask 6+4",)),
    ("ID, last two masked", "MASKED_ID", ("mask -2",)),
    ("ID, damaged by Excel", "DAMAGED_ID", ("scientific", "truncated")),
    ("mobile, plain", "MOBILE", ("plain",)),
    ("mobile, written otherwise", "MOBILE", ()),  # all forms but plain
    ("card or account, plain", "BANK_CARD BANK_ACCOUNT", ("plain",)),
    ("card, written otherwise", "BANK_CARD", ()),
    ("home address", "ADDRESS", ("plain",)),
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """One engine: what it finds, and its timed runs."""

    name: str
    said: dict[str, Any]
    runs: list[dict[str, Any]] = field(default_factory=list)

    def rate(self, clock: str) -> float:
        """Bytes a second; clock: wall or cpu."""
        return float(median(run["bytes"] / run[clock] for run in self.runs))


def _start(mode: str, name: str, folder: Path, share: int = 0, of: int = 1) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.engine_process", mode, name, str(folder), str(share), str(of)]
    here = Path(__file__).parents[1]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=here)


def _answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The next line of JSON; libraries may print others."""
    assert process.stdout
    for line in process.stdout:
        if line.startswith("{"):
            answer: dict[str, Any] = json.loads(line)
            return answer
    raise RuntimeError(f"an engine ended with code {process.wait()}: {process.args!r}")


def _run(name: str, folder: Path, processes: int) -> tuple[float, list[dict[str, Any]]]:
    """Wall time from the start signal to the last process' end, and what each says."""
    running = [_start("time", name, folder, share, processes) for share in range(processes)]
    for process in running:
        assert _answer(process)["ready"]
    began = time.perf_counter()
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [_answer(process) for process in running]
    wall = time.perf_counter() - began
    for process in running:
        process.communicate()
    return wall, said


def measure(folder: Path, names: list[str], repeat: int) -> tuple[dict[str, Row], dict[str, list[float]]]:
    """The row of each engine, and the wall times of two processes for those that run twice."""
    rows = {}
    for name in names:
        print(f"checking {name} …", file=sys.stderr)
        process = _start("check", name, folder)
        rows[name] = Row(name, _answer(process))
        process.communicate()
    able = [row for row in rows.values() if "missing" not in row.said]
    together: dict[str, list[float]] = {row.name: [] for row in able if row.name in _TWICE}
    for number in range(repeat):
        print(f"run {number + 1} of {repeat} …", file=sys.stderr)
        for row in able:
            _, (said,) = _run(row.name, folder, 1)
            row.runs.append(_same(row, said))
            if row.name in together:
                wall, shares = _run(row.name, folder, 2)
                _same(row, {"hits": sum(share["hits"] for share in shares)})
                together[row.name].append(wall)
    return rows, together


def _same(row: Row, said: dict[str, Any]) -> dict[str, Any]:
    """A timed run must find what the checked one found."""
    assert said["hits"] == row.said["hits"], f"{row.name}: {said['hits']} hits timed, {row.said['hits']} checked"
    return said


def report(rows: dict[str, Row], together: dict[str, list[float]]) -> None:
    done = {name: row for name, row in rows.items() if row.runs}
    print(f"{'engine':<12}{'MB/s':>8}{'of floor':>10}{'core is':>10}{'sample':>10}{'clean':>8}  looks for")
    for name, row in rows.items():
        if name in done:
            print(_line(name, done) + f"  {engine(name).finds}")
        else:
            print(f"{name:<12}{row.said['missing']}")
    print("MB/s: of text, by processor time. core is: how many times as fast as this row the core is.")
    print("clean: hits on 1,000 clean pages.\n")
    times = {name: median(run["wall"] for run in done[name].runs) / median(walls) for name, walls in together.items()}
    for name, ratio in times.items():
        print(f"{name}: two processes are {ratio:.2f} × one (wall time)")
    for line in goals(done, times):
        print(line)
    _report_forms(done)


def goals(done: dict[str, Row], times: dict[str, float]) -> Iterator[str]:
    """What the core is to reach, and whether it does in this run."""
    if "core" not in done:
        return
    core = done["core"].rate("cpu")
    peers = {name: goal for name, goal in _GOALS.items() if name in done}
    asked = [(f"core against {name}", core / done[name].rate("cpu"), goal) for name, goal in peers.items()]
    if "floor" in done:
        asked.append(("core against the floor", core / done["floor"].rate("cpu"), _GOAL_OF_FLOOR))
    if "core" in times:
        asked.append(("two processes against one", times["core"], _GOAL_TWICE))
    for what, ratio, goal in asked:
        yield f"{'reached' if ratio >= goal else 'MISSED':<8} {what}: {ratio:.3f} × (goal {goal} ×)"


def _line(name: str, done: dict[str, Row]) -> str:
    row, rate = done[name], done[name].rate("cpu")
    floor = f"{rate / done['floor'].rate('cpu'):.3f}" if "floor" in done else "-"
    core = f"{done['core'].rate('cpu') / rate:.2f} ×" if "core" in done else "-"
    sample = "all" if row.said["groups"] == row.said["of"] else f"{row.said['groups']}/{row.said['of']}"
    clean = 1000 * row.said["clean_hits"] / max(row.said["clean_pages"], 1)
    return f"{name:<12}{rate / 1e6:>8.1f}{floor:>10}{core:>10}{sample:>10}{clean:>8.1f}"


def _report_forms(done: dict[str, Row]) -> None:
    finders = [name for name in done if name != "floor"]
    print(f"\n{'found of the planted values':<28}" + "".join(f"{name:>12}" for name in finders))
    for label, entities, forms in _FORMS:
        shares = [_found(done[name].said["forms"], entities.split(), forms) for name in finders]
        if any(share is not None for share in shares):
            print(f"{label:<28}" + "".join(f"{'-' if s is None else f'{s:.1%}':>12}" for s in shares))


def _found(said: list[tuple[str, str, int, int]], entities: list[str], forms: tuple[str, ...]) -> float | None:
    rows = [row for row in said if row[0] in entities and (row[1] in forms if forms else row[1] != "plain")]
    planted = sum(row[3] for row in rows)
    return sum(row[2] for row in rows) / planted if planted else None


def main() -> int:
    names = [one.name for one in ENGINES]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=60_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="a folder with a corpus, or to write one into (default: temporary)")
    parser.add_argument("--engine", choices=names, action="append", help="only this one (may be given again)")
    args = parser.parse_args()
    with corpus_at(args.corpus, args.records, args.seed) as folder:
        report(*measure(folder, args.engine or names, args.repeat))
    return 0


if __name__ == "__main__":
    sys.exit(main())
