"""Worker processes on this machine. Each pulls through a pipe of its own; the parent decodes nothing.

Processes come from a fork server (Windows: are spawned), never from a fork of the parent, whose Arrow threads would not
survive it. A worker costs 0.01 s to replace from the fork server, 0.3-0.5 s spawned (two cores, measured).
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from types import ModuleType, TracebackType
from typing import Any, Final

from pipelines import fork_server
from pipelines.errors import PipelineError
from pipelines.isolation import Attempt, Cell, Limits, Phase, Verdict, death, hang
from pipelines.runners import Task
from pipelines.runners import worker as worker_process

_POLL_SECONDS: Final = 0.25
_RETRIES_PER_ITEM: Final = 8  # condemned units of one item after which a unit is no longer tried a second time
_HANGS_PER_ITEM: Final = 10  # after which its units get a tenth of the time
_STRAY_DEATHS: Final = 3  # deaths of one item's workers, or of starting workers, that no unit is to blame for


@dataclass(slots=True)
class _Order:
    """An item and what is known of it so far."""

    item: Any
    done: dict[int, bytes] = field(default_factory=dict)
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    suspects: set[int] = field(default_factory=set)
    alone: int | None = None
    careful: bool = False
    hangs: int = 0
    strays: int = 0

    def attempt(self) -> Attempt:
        return Attempt(self.done, self.verdicts, self.alone, self.careful)

    def seconds(self, limits: Limits) -> float:
        return limits.seconds if self.hangs < _HANGS_PER_ITEM else limits.seconds / 10

    def blame(self, phase: Phase, index: int, verdict: Verdict) -> None:
        """Notes a death: whom to try alone next, or whom to condemn."""
        self.careful = True
        if phase not in (Phase.READING, Phase.WORKING):
            self.strays += 1
        elif index in self.suspects or len(self.verdicts) >= _RETRIES_PER_ITEM:
            self.verdicts[index] = Verdict(verdict.status, verdict.reason, reading=phase is Phase.READING)
            self.alone = None
        else:
            self.suspects.add(index)
            self.alone = index


class _Worker:
    def __init__(self, context: Any, task: Task, limits: Limits) -> None:
        shared = context.RawArray("d", 3)
        self.cell = Cell(shared)
        self.connection: Connection
        self.connection, theirs = context.Pipe()
        self.order: _Order | None = None
        self.process = context.Process(
            target=worker_process.main, args=(task, limits, shared, theirs), name="scan-worker", daemon=True
        )
        try:
            with _without_main():
                self.process.start()
        except OSError as error:
            raise PipelineError("worker processes cannot start", error.strerror or "", "Use fewer workers.") from error
        theirs.close()

    def give(self, order: _Order) -> None:
        self.order = order
        with suppress(OSError):  # it died meanwhile: its pipe says so when we listen
            self.connection.send((order.item, order.attempt()))

    def bury(self, *, dying: bool = False) -> int | None:
        """Ends the process for certain; its exit code. ``dying``: it hung up, so wait for its own end first."""
        if dying:
            self.process.join(5)
        self.process.kill()
        self.process.join()
        code: int | None = self.process.exitcode
        self.connection.close()
        self.process.close()
        return code


class LocalRunner:
    """Maps a task over items in ``workers`` processes. A context manager: leaving it ends every process."""

    def __init__(self, task: Task, *, workers: int, limits: Limits) -> None:
        if workers < 1:
            raise ValueError("workers must be at least 1")
        self._task, self._limits, self._size = task, limits, workers
        self._context = fork_server.context()
        self._workers: list[_Worker] = []
        self._waiting: deque[_Order] = deque()
        self._failed_starts = 0

    def __enter__(self) -> LocalRunner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._workers:
            self._workers.pop().bury()

    def map(self, feed: Callable[[], Any | None]) -> Iterator[Any]:
        """Results as they come, in no order. ``feed`` gives the next item, or None when there is none now; it is
        asked again after every result, and the map ends when it has none and nothing is under way.

        Raises PipelineError as a worker raised it, or when workers cannot run at all."""
        while True:
            self._hand_out(feed)
            busy = [worker for worker in self._workers if worker.order]
            if not busy:
                return
            ready = wait([worker.connection for worker in busy], _POLL_SECONDS)
            for worker in busy:
                if worker.connection in ready:
                    yield from self._listen(worker)
                elif worker.order and worker.cell.overdue(worker.order.seconds(self._limits)):
                    self._replace(worker, overdue=True)

    def _hand_out(self, feed: Callable[[], Any | None]) -> None:
        """An order for every idle worker, and one in reserve so that no worker waits for the parent to read."""
        while self._waiting or self._fetch(feed):
            if not self._give_next():
                return

    def _fetch(self, feed: Callable[[], Any | None]) -> bool:
        item = feed()
        if item is not None:
            self._waiting.append(_Order(item))
        return item is not None

    def _give_next(self) -> bool:
        """Gives the next order to an idle or new worker; whether there was one."""
        idle = next((worker for worker in self._workers if not worker.order), None)
        if idle is None and len(self._workers) < self._size:
            idle = _Worker(self._context, self._task, self._limits)
            self._workers.append(idle)
        if idle is None:
            return False
        idle.give(self._waiting.popleft())
        return True

    def _listen(self, worker: _Worker) -> Iterator[Any]:
        order = worker.order
        assert order
        try:
            kind, *content = worker.connection.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return
        if kind == worker_process.DONE:
            order.done[content[0]] = content[1]
            return
        worker.order = None
        self._failed_starts = 0
        if kind == worker_process.ERROR:
            raise content[0]
        if kind == worker_process.ALONE_DONE:
            order.alone = None
            self._waiting.appendleft(order)
        else:
            yield content[0]

    def _replace(self, worker: _Worker, *, overdue: bool = False) -> None:
        """Ends a worker that hangs or is dead and puts its order back, knowing more."""
        order, phase, index = worker.order, worker.cell.phase, worker.cell.index
        assert order
        self._workers.remove(worker)
        code = worker.bury(dying=not overdue)
        if phase in (Phase.STARTING, Phase.IDLE):
            self._failed_starts += 1
        else:
            order.blame(phase, index, hang(order.seconds(self._limits)) if overdue else death(code, self._limits))
            order.hangs += overdue
        if max(self._failed_starts, order.strays) > _STRAY_DEATHS:
            raise PipelineError("worker processes keep dying", f"exit code {code}", "Use fewer workers.")
        self._waiting.appendleft(order)


@contextmanager
def _without_main() -> Iterator[None]:
    """Starts a process that does not import the parent's main script: workers need none of it, and a clerk's script
    needs no ``if __name__ == "__main__"``."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
