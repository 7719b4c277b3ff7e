"""Workers that die, hang or eat memory: what becomes of their units, and that all others are done."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.isolation import Limits, Watch
from pipelines.runners.local import LocalRunner
from tests.pipelines.fakes import Item, Obedient, from_list

LIMITS = Limits(seconds=2, memory=1 << 30)


def outcome(log: Path, items: list[Item], *, workers: int = 2, limits: Limits = LIMITS) -> dict[int, list[str]]:
    log.touch()
    with LocalRunner(Obedient(log), workers=workers, limits=limits) as runner:
        return dict(runner.map(from_list(items)))


FATES = [
    (("a", "b"), ["a", "b"]),
    ((), []),
    (("a", "segfault", "b"), ["a", "segfault: corrupt worker died: signal 11", "b"]),
    (("exit", "b"), ["exit: corrupt worker died: exit code 3", "b"]),
    (("a", "killed"), ["a", "killed: too_large memory: the worker was killed by the system"]),
    (("a", "once", "b"), ["a", "once", "b"]),
    (("a", "hang", "b"), ["a", "hang: timed_out time limit: 2 s", "b"]),
    (("a", "memory", "b"), ["a", "memory: too_large memory limit: 1024 MiB", "b"]),
    (("error", "b"), ["error: corrupt error: KeyError", "b"]),
    (("network", "b"), ["network: corrupt error: PermissionError", "b"]),
    (("look-up", "b"), ["look-up: corrupt error: PermissionError", "b"]),
    (("a", "reading-error", "b"), ["a", "from 1: corrupt unreadable: KeyError"]),
    (("a", "reading-segfault", "b"), ["a", "from 1: corrupt worker died: signal 11"]),
    (("a", "next", "b", "reading-segfault", "c", "next", "d", "exit", "next", "reading-exit"),
     ["a", "b", "from 1 of stream 1: corrupt worker died: signal 11", "d", "exit: corrupt worker died: exit code 3",
      "from 0 of stream 3: corrupt worker died: exit code 3"]),
    (("segfault", "a", "exit", "b", "killed"), None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), FATES, ids=[" ".join(words) or "nothing" for words, _ in FATES])
def test_fate(tmp_path: Path, words: tuple[str, ...], expected: list[str] | None) -> None:
    results = outcome(tmp_path / "log", [(0, words), (1, ("c", "d"))])
    assert results[1] == ["c", "d"]
    if expected is None:
        expected = [
            "segfault: corrupt worker died: signal 11", "a", "exit: corrupt worker died: exit code 3", "b",
            "killed: too_large memory: the worker was killed by the system",
        ]  # fmt: skip
    assert [re.sub(r" at \w+.py:\d+$", "", result) for result in results[0]] == expected


def test_a_shard_of_hostile_units_ends_and_does_no_unit_more_than_three_times(tmp_path: Path) -> None:
    words = tuple(f"{'exit' if number % 2 else 'fine'}{number}" for number in range(64))
    results = outcome(tmp_path / "log", [(0, words)])
    assert [result.partition(":")[0] for result in results[0]] == list(words)
    worked = Counter(line.split()[1] for line in (tmp_path / "log").read_text().splitlines())
    assert max(worked.values()) <= 3
    assert sum(count > 2 for count in worked.values()) == 0


def test_a_suspect_is_retried_alone_in_a_fresh_process(tmp_path: Path) -> None:
    outcome(tmp_path / "log", [(0, ("a", "once", "b"))], workers=1)
    lines = [line.split()[1:] for line in (tmp_path / "log").read_text().splitlines()]
    assert [word for word, _ in lines] == ["a", "once", "once", "a", "b"]
    assert lines[1][1] != lines[2][1]


def test_workers_killed_from_outside_lose_nothing(tmp_path: Path) -> None:
    items = [(number, tuple(f"slow{number}.{unit}" for unit in range(8))) for number in range(24)]
    (tmp_path / "log").touch()
    stop = threading.Event()
    killer = threading.Thread(target=_kill_now_and_then, args=(tmp_path / "log", stop))
    killer.start()
    try:
        results = outcome(tmp_path / "log", items)
    finally:
        stop.set()
        killer.join()
    assert results == {number: list(words) for number, words in items}


def _kill_now_and_then(log: Path, stop: threading.Event) -> None:
    """Never twice in the same item: a document that dies again when it is alone is rightly given up."""
    spared: set[str] = set()
    while not stop.wait(0.3):
        lines = log.read_text().splitlines()
        unit, pid = (lines[-1].split()[0], int(lines[-1].split()[-1])) if lines else ("", 0)
        item = unit.partition(".")[0]
        if not unit or item in spared:
            continue
        spared.add(item)
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def test_leaving_ends_every_process(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch()
    with pytest.raises(KeyboardInterrupt), LocalRunner(Obedient(log), workers=2, limits=LIMITS) as runner:
        for _ in runner.map(from_list([(0, ("a",)), (1, ("slow", "hang"))])):
            time.sleep(0.1)
            raise KeyboardInterrupt
    for pid in {int(line.split()[-1]) for line in log.read_text().splitlines()}:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


class Dying(Obedient):
    def open(self) -> None:  # type: ignore[override]
        os._exit(9)


class Failing(Obedient):
    def open(self) -> None:  # type: ignore[override]
        raise KeyError("no lexicon")


class Noisy(Obedient):
    def handle(self, item: Item, watch: Watch) -> tuple[int, list[str]]:
        os.write(2, b"from another")
        os.write(1, b"from a library")
        return super().handle(item, watch)


def test_workers_do_not_write_to_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "log").touch()
    with LocalRunner(Noisy(tmp_path / "log"), workers=1, limits=LIMITS) as runner:
        assert list(runner.map(from_list([(0, ("a",))]))) == [(0, ["a"])]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("task", "message"), [(Dying, "keep dying"), (Failing, "cannot start: KeyError")])
def test_workers_that_cannot_start_are_an_error(tmp_path: Path, task: type[Obedient], message: str) -> None:
    with (
        LocalRunner(task(tmp_path / "log"), workers=1, limits=LIMITS) as runner,
        pytest.raises(PipelineError, match=message),
    ):
        list(runner.map(from_list([(0, ())])))


def test_a_system_that_gives_no_process_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_process: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.ForkServerProcess.start", refuse)
    with (
        LocalRunner(Obedient(tmp_path / "log"), workers=1, limits=LIMITS) as runner,
        pytest.raises(PipelineError, match="cannot start: Resource"),
    ):
        list(runner.map(from_list([(0, ())])))
