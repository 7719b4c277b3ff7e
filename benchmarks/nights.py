"""Thirty nights of a city: after each, the state of every case must be the city's truth.

    python -m benchmarks.nights [--nights 30] [--pages 60] [--seed 1] [--crashes 5] [--keep FOLDER]

Pages are added, edited, removed; lists are masked, badly masked, moved, put up again; attachments outlive their pages
or cannot be opened for a day; exports are missing, cut off or doubled; units report and reviewers dismiss; the rules
change on night 20; on some nights the rescan is killed (kill -9) at random moments and started again.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.nights_city import Case, City, Document, Site
from pipelines.locations import doc_id
from pipelines.match import MatcherFactory
from scanner.cases import REVIEWER, why_not

_FATES: Final = ("", "", "", "", "", "", "missing", "cut", "doubled")


@dataclass(frozen=True, slots=True)
class Rules(MatcherFactory):
    """The rules of a night: before the change, e-mail addresses do not count."""

    version: int = 1

    def __call__(self) -> Any:
        matcher = super(Rules, self).__call__()
        return matcher if self.version > 1 else _WithoutMail(matcher)

    @property
    def signature(self) -> str:
        return f"{super(Rules, self).signature} version={self.version}"


@dataclass
class _WithoutMail:
    matcher: Any

    def match(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        hits = self.matcher.match(batch)
        return hits.filter(pc.not_equal(hits["severity_rule"], "S38"))


@dataclass
class Tally:
    """What happened in all nights."""

    fates: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    steps: int = 0
    wrong: list[str] = field(default_factory=list)


def one_night(root: Path, day: date, rules: int) -> None:
    """What runs in a process of its own."""
    from scanner.rescans import rescan
    from scanner.workspace import open_workspace

    result = rescan(open_workspace(root), workers=2, matcher=lambda key: Rules(key, day, version=rules))
    assert result.finished, result


def start(root: Path, day: date, rules: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "benchmarks.nights", "--child", str(root), day.isoformat(), str(rules)]
    return subprocess.Popen(command, cwd=Path(__file__).parents[1])


def live(city: City, root: Path, nights: int, crashes: set[int], chance: random.Random) -> Tally:
    """Goes through the nights; stops at the first whose states are not the truth."""
    tally, seconds = Tally(), 3.0
    for night in range(1, nights + 1):
        city.pass_day()
        fates = {site.host: chance.choice(_FATES) if night > 1 else "" for site in city.sites}
        tally.fates.update(fates.values())
        city.export(fates)
        if night in crashes:
            for _ in range(2):
                tally.kills += _killed(start(root, city.day, city.rules), chance.random() * seconds)
        began = time.monotonic()
        process = start(root, city.day, city.rules)
        assert process.wait() == 0, f"night {night} failed"
        seconds = time.monotonic() - began
        city.learn(fates)
        tally.wrong = differences(city, root)
        if tally.wrong:
            print(f"night {night}: {fates}", *tally.wrong[:20], sep="\n  ")
            return tally
        tally.steps += _office(city, root, chance)
    tally.states.update(state for _, state in city.truth())
    return tally


def _killed(process: subprocess.Popen[bytes], after: float) -> bool:
    time.sleep(after)
    if process.poll() is not None:
        return False
    process.send_signal(signal.SIGKILL)
    process.wait()
    return True


def differences(city: City, root: Path) -> list[str]:
    """Where the database and the truth are not one."""
    from scanner.store.connection import reading

    with reading(root / "findings.duckdb") as connection:
        rows = connection.execute(
            "SELECT c.doc_id, c.location, s.state, c.severity, "
            "       (SELECT count(*) FROM verdicts AS v WHERE v.doc_id = c.doc_id AND v.leaks > 0) "
            "FROM cases AS c JOIN case_states AS s USING (doc_id)"
        ).fetchall()
    known = {row[0]: row for row in rows}
    wanted = {doc_id(location): (location, state) for location, state in city.truth()}
    wrong = [f"{location}: not there, must be {state}" for key, (location, state) in wanted.items() if key not in known]
    wrong += [
        f"{wanted[key][0]}: is {row[2]}, must be {wanted[key][1]}"
        for key, row in known.items()
        if key in wanted and row[2] != wanted[key][1]
    ]
    return wrong + [f"{r[1]}: is {r[2]}, must not be a case" for k, r in known.items() if k not in wanted and r[4]]


def _office(city: City, root: Path, chance: random.Random) -> int:
    """People work during the day: units report that something is done, reviewers dismiss; how many steps."""
    from scanner.store.connection import writing

    with writing(root / "findings.duckdb") as connection:
        return sum(
            _steps(connection, site, case, chance.choices(("report", "dismiss", ""), (15, 3, 82))[0])
            for site in city.sites
            for case in site.cases.values()
        )


_WAY: Final = ("confirm", "issue", "receive", "report")  # to a report that the leak is gone


def _steps(connection: Any, site: Site, case: Case, done: str) -> int:
    """The steps people take with a case; the city learns of them."""
    from scanner.clock import now
    from scanner.store.events import step as take_step

    taken = 0
    kind = "packed" if case.name.endswith(".zip") else "page"
    name = doc_id(Document(case.name, kind).location(site.host))
    for step in {"report": _WAY, "dismiss": ("dismiss",), "": ()}[done]:
        if why_not(step, case.state, REVIEWER) is None:
            case.state = take_step(connection, step, [name], who=REVIEWER, actor="office", now=now())
            taken += 1
    return taken


def make(folder: Path, seed: int, pages: int) -> tuple[City, Path]:
    """The city and the office's workspace."""
    from scanner import i18n
    from scanner.store.connection import create as create_database
    from scanner.workspace import create

    i18n.activate("en")
    exports = folder / "exports"
    exports.mkdir(parents=True)
    place = create(folder / "work")
    create_database(place.database)
    toml = (place.root / "scan.toml").read_text("utf-8")
    landing = f'\n[[export]]\nfolder = "{exports}"\nsettle = 0\n'
    (place.root / "scan.toml").write_text(toml + landing, "utf-8")
    return City(seed, exports, pages), place.root


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--pages", type=int, default=60, help="of each of the three sites, at the beginning")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--crashes", type=int, default=5, help="nights on which the rescan is killed")
    parser.add_argument("--keep", type=Path, help="a folder to keep it all in")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    crashes = set(chance.sample(range(2, given.nights + 1), min(given.crashes, given.nights - 1)))
    with tempfile.TemporaryDirectory() as name:
        city, root = make((given.keep or Path(name)) / "nights", given.seed, given.pages)
        tally = live(city, root, given.nights, crashes, chance)
    if tally.wrong:
        return 1
    cases = sum(tally.states.values())
    print(f"{given.nights} nights: the states of all {cases} cases were the truth after each. {dict(tally.states)}")
    print(f"exports: {dict(tally.fates)}; {tally.kills} kills on {len(crashes)} nights; {tally.steps} steps by people")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        from benchmarks.nights import (
            one_night as run,
        )  # the class that workers unpickle is this module's, not __main__'s

        run(Path(sys.argv[2]), date.fromisoformat(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(main())
