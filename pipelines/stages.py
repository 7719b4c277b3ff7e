"""Where a worker's time goes: its processor time by stage, one after the other, so that nothing is counted twice.

Stages are named by paths: "extract/text/html". Processor time, because what a stage waits for (the disk, other
programs) is not what it costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from time import perf_counter_ns, thread_time_ns
from typing import Final

UNPACK: Final = "unpack"  # getting members out of the archive; beside an earlier export also looking them up there
KEY: Final = "key"  # what a member is known by: its location, its bytes' digest
EXTRACT: Final = "extract"  # followed by the media type
ROWS: Final = "rows"  # from document to row of records: site and unit, dates, links
WRITE: Final = "write"  # rows to columns to Parquet; unchanged documents noted
# Once an archive, when all of it is read: what no other worker can share.
TIE: Final = "close/tie"  # attachments to the pages that link them
TAKE: Final = "close/take"  # parts of an earlier export, and what is new put together
INDEX: Final = "close/index"  # what the next export's members are looked up in
COUNT: Final = "close/count"
WAIT: Final = "wait"  # for the disk, or while other programs had the processor: elapsed time, not spent

Spent = Mapping[str, int]  # nanoseconds by stage


class Laps:
    """A stopwatch of the thread that made it: each lap is what was spent since the one before."""

    def __init__(self) -> None:
        self._spent = Counter[str]()
        self._began, self._last = perf_counter_ns(), thread_time_ns()

    def lap(self, stage: str) -> None:
        now = thread_time_ns()
        self._spent[stage] += now - self._last
        self._last = now

    def spent(self) -> Spent:
        """The laps so far, and what went by besides."""
        waited = perf_counter_ns() - self._began - sum(self._spent.values())
        return {**self._spent, WAIT: max(waited, 0)}
