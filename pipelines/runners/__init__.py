"""A runner is map over shards: a task, and items fed to it one at a time, in processes or on a cluster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from pipelines.isolation import Watch


class Task(Protocol):
    """What workers do with items. Picklable; ``open`` is called once in each worker and may be slow."""

    def open(self) -> Callable[[Any, Watch], Any]:
        """The function from an item to its (small, picklable) result. It goes through its units with ``watch.each``."""
