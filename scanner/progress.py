"""How far a run is: bars with rate and time left on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pipelines.progress import READING, Progress, Report
from scanner.i18n import _
from scanner.output import say

if TYPE_CHECKING:
    from rich.progress import TaskID

_EVERY: Final = 5.0  # seconds between plain lines


@contextmanager
def shown() -> Iterator[Report]:
    """A place to report progress to, until the block ends."""
    if sys.stderr.isatty():
        with _bars() as report:
            yield report
    else:
        yield _Lines()


@contextmanager
def _bars() -> Iterator[Report]:
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )
    from rich.progress import Progress as Bars

    from scanner.tables import console

    columns = (
        TextColumn("{task.description}"), BarColumn(bar_width=16), TaskProgressColumn(), DownloadColumn(),
        TransferSpeedColumn(), TextColumn(_("left")), TimeRemainingColumn(), TextColumn("{task.fields[note]}"),
    )  # fmt: skip
    tasks: dict[str, TaskID] = {}
    with Bars(*columns, console=console(stderr=True)) as bars:

        def report(progress: Progress) -> None:
            if progress.phase not in tasks:
                tasks[progress.phase] = bars.add_task(_phase(progress.phase), total=progress.total, note="")
            bars.update(
                tasks[progress.phase], completed=progress.done, total=progress.total, note=_note(progress)
            )

        yield report


class _Lines:
    """At the beginning and the end of a phase, and every few seconds between."""

    def __init__(self) -> None:
        self._said = 0.0
        self._phase = ""

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        due = progress.phase != self._phase or now - self._said >= _EVERY or progress.done >= progress.total
        if due:
            self._phase, self._said = progress.phase, now
            percent = 100 * progress.done // progress.total if progress.total else 100
            say(f"{_phase(progress.phase)} {percent}%  {_note(progress)}")


def _phase(phase: str) -> str:
    return _("Reading") if phase == READING else _("Looking")


def _note(progress: Progress) -> str:
    return _("{count} files").format(count=f"{progress.records:,}")
