"""Between the screens and the desk: one thread, one call after the other, patience, and the next case in advance.

What is decided is written while the next case is shown. A decision that the desk refuses comes back as an error for
the one who made it; one that a busy database delays is tried until it is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, ParamSpec, TypeVar

from scanner.errors import Refused, ScanError, StoreHeld
from scanner.review.desk import Desk
from scanner.review.models import CaseView, View
from scanner.review.rows import Entry, gather

PAGE: Final = 200  # findings, or lines of the queue, asked for at once
_PAUSE: Final = 1.0  # seconds between two attempts on a busy database

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case with everything its page needs at first."""

    case: CaseView
    entries: tuple[Entry, ...]
    more: bool
    holder: str = ""  # the other reviewer who has it: it can be read, not decided


class _Lane:
    """Calls that follow one another in a thread of their own, each tried until the database is free."""

    def __init__(self, name: str, busy: Callable[[bool], None]) -> None:
        self.waiting = 0  # calls that are asked for or under way
        self._busy = busy
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._turn = asyncio.Lock()

    async def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        self.waiting += 1
        held = False
        try:
            async with self._turn:
                while True:
                    try:
                        loop = asyncio.get_running_loop()
                        return await loop.run_in_executor(self._thread, partial(function, *args, **kwargs))
                    except StoreHeld:
                        if not held:
                            held = True
                            self._busy(True)
                        await asyncio.sleep(_PAUSE)
        finally:
            self.waiting -= 1
            if held:
                self._busy(False)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)


class Flow:
    """One reviewer's desk, asked from the screen's loop without ever stopping it.

    Decisions have a lane of their own: while they wait for a scan that writes, cases read in advance can be shown.
    """

    def __init__(
        self, desk: Desk, view: View, reviewer: str, busy: Callable[[bool], None] = lambda _busy: None
    ) -> None:
        self.desk, self.view, self.reviewer = desk, view, reviewer
        self._asking, self._writing = _Lane("asking", busy), _Lane("writing", busy)
        self._next: asyncio.Task[Prepared | None] | None = None
        self._later: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """Calls the desk has not answered yet."""
        return self._asking.waiting + self._writing.waiting

    @property
    def unwritten(self) -> int:
        return self._writing.waiting

    async def ask(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What changes nothing."""
        return await self._asking.call(function, *args, **kwargs)

    async def write(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What changes something, in the order in which it was decided."""
        return await self._writing.call(function, *args, **kwargs)

    async def open(self, case_no: int) -> Prepared:
        """This case; to be read only when another reviewer has it."""
        try:
            case = await self.write(self.desk.open, case_no, hold=True)
        except Refused:
            case = await self.ask(self.desk.open, case_no)
        return await self._prepared(case)

    async def more(self, case_no: int, offset: int) -> tuple[list[Entry], bool]:
        """The next entries of a case, and whether others follow."""
        found = await self.ask(self.desk.findings, case_no, offset, PAGE + 1)
        return await self.ask(gather, found[:PAGE], self.desk.context), len(found) > PAGE

    def expect(self, current: int) -> None:
        """Begin to fetch the case after this one."""
        if self._next is None:
            self._next = asyncio.create_task(self._ahead(current))

    async def next(self) -> Prepared | None:
        """The case fetched in advance, or else the next one; None when the queue is empty."""
        task, self._next = self._next, None
        return (await task if task else None) or await self._take(0)

    def forget(self) -> None:
        """The case fetched in advance is not wanted any more: other filters, or back to the queue."""
        if self._next is not None:
            self._next.cancel()
        self._next = None

    def close(self) -> None:
        self.forget()
        if self._later is not None:
            self._later.cancel()
        self._asking.close()
        self._writing.close()

    async def _ahead(self, current: int) -> Prepared | None:
        prepared = await self._take(current)
        self._later = asyncio.create_task(self._supply())
        return prepared

    async def _supply(self) -> None:
        """Let the desk read the cases after the next one; what fails here fails again when it matters."""
        with suppress(ScanError):
            await self.ask(self.desk.prefetch, self.view)

    async def _take(self, current: int) -> Prepared | None:
        case = await self.ask(self.desk.take, self.view)
        return await self._prepared(case) if case and case.row.case_no != current else None

    async def _prepared(self, case: CaseView) -> Prepared:
        entries = await self.ask(gather, case.findings, self.desk.context)
        other = case.row.held_by if case.held_until is None and case.row.held_by != self.reviewer else ""
        return Prepared(case, tuple(entries), len(case.findings) < case.row.findings, other)
