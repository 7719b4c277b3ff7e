"""Where worker processes come from: a fork server that has imported what they need (Windows: each imports it itself).

Imports nothing but the standard library's processes, so that a command can start the server first of all: it imports
beside the command, which has as much to import, and not after it.
"""

from __future__ import annotations

import multiprocessing
import os
from contextlib import suppress
from multiprocessing.context import BaseContext
from typing import Final

_PRELOAD: Final = (
    "pyarrow.parquet", "pipelines.runners.worker", "pipelines.ingest", "pipelines.match", "pipelines.check_worker",
)  # fmt: skip


def context() -> BaseContext:
    """Starts processes. Never by a fork of this one, whose Arrow threads would not survive it."""
    # Arrow's own allocator takes address space by the gigabyte, which a worker's memory limit would count.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    chosen = multiprocessing.get_context("forkserver")
    chosen.set_forkserver_preload(list(_PRELOAD))
    return chosen


def start() -> None:
    """Starts the fork server, where there is one; else does nothing. What is wrong, the first worker will say."""
    if context().get_start_method() == "forkserver":
        from multiprocessing import forkserver

        with suppress(OSError):
            forkserver.ensure_running()
