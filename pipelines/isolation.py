"""One hostile document may kill its worker, never the run.

A worker goes through the units of a job (the members of a shard) one at a time and says in shared memory which one it
is at and since when. The parent reads that when the worker hangs or dies, so it always knows whom to blame:

1. the unit is tried once more, alone, in a fresh process (its neighbours may have been the ones who filled the memory);
2. if it fails again it gets a Verdict, and the job is done again around it. From the first death on, every finished
   unit is handed to the parent at once, so no unit is worked on more than three times, however hostile the others.
"""

from __future__ import annotations

import os
import pickle
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableSequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final, TypeVar

from pipelines.schema import Status

EXIT_MEMORY: Final = 77  # a worker's exit code after a MemoryError
_MIB: Final = 1 << 20
_TO_HOSTS: Final = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind")
_LOOK_UPS: Final = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")

Unit = TypeVar("Unit")
Payload = TypeVar("Payload")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost."""

    seconds: float = 60.0  # to read and extract it
    memory: int = 2 << 30  # bytes of address space a worker may take beyond what it starts with
    depth: int = 4  # files inside files inside files
    children: int = 10_000  # records one archive member may become
    text: int = 64 << 20  # code points of extracted text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a document that cost its worker's life becomes: its record's status and reason."""

    status: str
    reason: str
    reading: bool = False  # it could not even be read from the archive, so nothing behind it can


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the parent knows of a job from earlier attempts. Indices number the units of the job from 0."""

    done: Mapping[int, bytes] = field(default_factory=dict)  # pickled payloads
    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    alone: int | None = None  # work on this unit only
    careful: bool = False  # hand over every finished unit at once


class Phase(IntEnum):
    STARTING = 0
    IDLE = 1
    READING = 2  # getting a unit out of the archive
    WORKING = 3  # on a unit
    FINISHING = 4  # writing what came out


class Cell:
    """Three numbers in shared memory: phase, index of the unit, monotonic time of the last change. One writer."""

    def __init__(self, shared: MutableSequence[float]) -> None:
        self._shared = shared

    def mark(self, phase: Phase, index: int = 0) -> None:
        self._shared[1], self._shared[2], self._shared[0] = index, time.monotonic(), phase

    @property
    def phase(self) -> Phase:
        return Phase(int(self._shared[0]))

    @property
    def index(self) -> int:
        return int(self._shared[1])

    def overdue(self, seconds: float) -> bool:
        return self.phase in (Phase.READING, Phase.WORKING) and time.monotonic() - self._shared[2] > seconds


class AloneDone(Exception):
    """The one unit that was to be tried alone survived; the job is not done."""


class Watch:
    """A worker's side: goes through a job's units, telling the parent where it is."""

    def __init__(self, cell: Cell, attempt: Attempt, limits: Limits, hand_over: Callable[[int, bytes], None]) -> None:
        self.limits, self.careful = limits, attempt.careful
        self._cell, self._attempt, self._hand_over = cell, attempt, hand_over

    def each(
        self,
        units: Iterable[Unit],
        work: Callable[[Unit], Payload],
        condemned: Callable[[Unit, Verdict], Payload],
        lost: Callable[[int, Verdict], Payload],
    ) -> Iterator[Payload]:
        """What ``work`` makes of each unit, in order; what ``condemned`` makes of a unit that kills its worker; what
        ``lost`` makes of the rest, from an index on, when the next unit cannot be got at. Payloads must pickle."""
        return self.each_of((units,), work, condemned, lambda _, index, verdict: lost(index, verdict))

    def each_of(
        self,
        streams: Iterable[Iterable[Unit]],
        work: Callable[[Unit], Payload],
        condemned: Callable[[Unit, Verdict], Payload],
        lost: Callable[[int, int, Verdict], Payload],
    ) -> Iterator[Payload]:
        """The same of a job whose units come in several streams: what cannot be got at loses the rest of its own
        stream only. ``lost`` is told the stream's number and the index in it."""
        index, verdicts, alone, mark = 0, self._attempt.verdicts, self._attempt.alone, self._cell.mark
        for number, units in enumerate(streams):
            source, first = iter(units), index
            while True:
                verdict = verdicts.get(index) if verdicts else None
                if verdict and verdict.reading:
                    yield lost(number, index - first, verdict)
                    break
                try:
                    mark(Phase.READING, index)
                    unit = next(source)
                except StopIteration:
                    break
                except MemoryError:
                    os._exit(EXIT_MEMORY)
                except Exception as error:
                    unreadable = Verdict(Status.CORRUPT, f"unreadable: {describe(error)}", reading=True)
                    yield lost(number, index - first, unreadable)
                    break
                if alone is None or alone == index:
                    yield self._payload(index, unit, verdict, work, condemned)
                index += 1
            index += 1  # the end of a stream has a number of its own: reaching for it may be fatal, too
        if alone is not None:
            raise AloneDone
        self._cell.mark(Phase.FINISHING)

    def _payload(
        self,
        index: int,
        unit: Unit,
        verdict: Verdict | None,
        work: Callable[[Unit], Payload],
        condemned: Callable[[Unit, Verdict], Payload],
    ) -> Payload:
        attempt = self._attempt
        if index in attempt.done:
            return pickle.loads(attempt.done[index])  # type: ignore[no-any-return]
        if verdict:
            return condemned(unit, verdict)
        self._cell.mark(Phase.WORKING, index)
        try:
            payload = work(unit)
        except MemoryError:  # the memory is in a state that depends on the neighbours: leave it to a fresh process
            os._exit(EXIT_MEMORY)
        except Exception as error:
            payload = condemned(unit, Verdict(Status.CORRUPT, f"error: {describe(error)}"))
        if attempt.careful:
            self._hand_over(index, pickle.dumps(payload, pickle.HIGHEST_PROTOCOL))
        if attempt.alone == index:
            raise AloneDone
        return payload


def describe(error: BaseException) -> str:
    """What went wrong and where in our code, without the message: that may quote a document."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" at {os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}" if frame else ""  # noqa: PTH119
    return f"{type(error).__name__}{where}"


def death(exit_code: int | None, limits: Limits) -> Verdict:
    """The verdict on a unit whose worker ended with ``exit_code`` (negative: by that signal)."""
    if exit_code == EXIT_MEMORY:
        return Verdict(Status.TOO_LARGE, f"memory limit: {limits.memory // _MIB} MiB")
    if exit_code == -9:
        return Verdict(Status.TOO_LARGE, "memory: the worker was killed by the system")
    cause = f"signal {-exit_code}" if exit_code is not None and exit_code < 0 else f"exit code {exit_code}"
    return Verdict(Status.CORRUPT, f"worker died: {cause}")


def hang(seconds: float) -> Verdict:
    return Verdict(Status.TIMED_OUT, f"time limit: {seconds:g} s")


def forbid_network() -> None:
    """Refuses this process every connection but those to processes of this machine. For workers: it is for good."""
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, args: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    to_host = event in _TO_HOSTS and len(args) > 1 and isinstance(args[1], tuple)  # text: a socket that is a file
    if to_host or event in _LOOK_UPS:
        raise PermissionError("workers have no network")


def limit_memory(limits: Limits) -> None:
    """Holds this process to ``limits.memory`` bytes beyond what it has mapped now; where the system offers that."""
    try:
        import resource

        with open("/proc/self/statm") as statm:  # noqa: PTH123
            mapped = int(statm.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return  # Windows, macOS: the time limit remains
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = mapped + limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
