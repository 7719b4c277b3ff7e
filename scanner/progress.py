"""How far a run is: bars with rate and time left on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pipelines.progress import READING, Progress, Report
from scanner.i18n import _
from scanner.output import say

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
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
                _finish(bars, tasks)
                tasks[progress.phase] = bars.add_task(_phase(progress.phase), total=progress.total, note="")
            task = tasks[progress.phase]
            bars.update(task, completed=progress.done, total=progress.total, note=_note(progress))

        yield report
        _finish(bars, tasks)


def _finish(bars: Bars, tasks: Mapping[str, TaskID]) -> None:
    """A phase that is over is complete: what an earlier run did, or what needed no reading, counts as done."""
    for task in bars.tasks:
        if task.id in tasks.values():
            bars.update(task.id, completed=task.total)


class _Lines:
    """When a phase begins, and every few seconds after; the next phase's beginning says that it is over."""

    def __init__(self) -> None:
        self._said = 0.0
        self._phase = ""

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.phase != self._phase:
            say(_phase(progress.phase) + " …")
        elif now - self._said >= _EVERY:
            percent = 100 * progress.done // progress.total if progress.total else 100
            say(f"{_phase(progress.phase)} {percent}%  {_note(progress)}")
        else:
            return
        self._phase, self._said = progress.phase, now


def _phase(phase: str) -> str:
    return _("Reading") if phase == READING else _("Looking")


def _note(progress: Progress) -> str:
    return _("{count} files").format(count=f"{progress.records:,}") if progress.records else ""
