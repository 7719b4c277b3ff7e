"""The processor time of the processes below this one: the fork server, and the workers it starts."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import psutil

_EVERY: Final = 0.1  # seconds between two looks at processes that are known
_LOOKS: Final = 5  # between two searches for new ones, which take much longer


@dataclass(slots=True)
class _Seen:
    process: psutil.Process
    first: float  # monotonic time when it was first seen
    server: bool = False
    spent: float = 0.0


class Processes(threading.Thread):
    """Looks every tenth of a second: that much of a process's last moments may be missed."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._seen: dict[int, _Seen] = {}
        self._over = threading.Event()
        self._busy = _busy()
        self.spent = 0.0  # by this thread itself

    def run(self) -> None:
        looks = 0
        while not self._over.wait(_EVERY):
            if looks % _LOOKS == 0:
                self._search()
            looks += 1
            for known in list(self._seen.values()):
                with suppress(psutil.Error):
                    times = known.process.cpu_times()
                    known.spent = times.user + times.system
            self.spent = time.thread_time()

    def _search(self) -> None:
        with suppress(psutil.Error):
            for process in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):
                    self._seen.setdefault(process.pid, _Seen(process, time.monotonic()))
                    if parent := self._seen.get(process.ppid()):
                        parent.server = True

    def __enter__(self) -> Processes:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()
        self._busy = _busy() - self._busy

    def server(self) -> float:
        """Seconds of processes that started others."""
        return sum(seen.spent for seen in self._seen.values() if seen.server)

    def workers(self, since: float = 0.0, until: float = float("inf")) -> float:
        """Seconds of the other processes that appeared between two moments."""
        return sum(s.spent for s in self._seen.values() if not s.server and since < s.first <= until)

    def others(self, own: float) -> float:
        """What other programs took of all processors while this was watched; ``own``: seconds of this process."""
        return max(self._busy - own - sum(seen.spent for seen in self._seen.values()), 0.0)


def _busy() -> float:
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0)
    return sum(times) - idle - getattr(times, "guest", 0.0) - getattr(times, "guest_nice", 0.0)
