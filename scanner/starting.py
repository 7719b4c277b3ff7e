"""What a command starts before its own imports, so that both go on at once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread

from pipelines import fork_server


def start_workers() -> None:
    """Starts the fork server. Ctrl-C is this process's business: the server would die of it with a traceback."""
    with _uninterrupted():
        fork_server.start()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """A process started now ignores Ctrl-C, and so do those it starts."""
    if current_thread() is not main_thread():  # only there may a signal be set
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
