"""What runs in a worker process: take an order, do it, answer, until the parent is gone."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, MutableSequence
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any, Final

import pyarrow as pa

from pipelines.errors import PipelineError
from pipelines.isolation import AloneDone, Cell, Limits, Phase, Watch, describe, forbid_network, limit_memory
from pipelines.runners import Task

_THRESHOLDS: Final = (20_000, 20, 50)  # objects made before young ones are looked through; 700 is Python's own
# What a worker says: (DONE, index, pickled payload)*, then one of (RESULT, value), (ALONE_DONE,), (ERROR, exception).
DONE: Final = "done"
RESULT: Final = "result"
ALONE_DONE: Final = "alone_done"
ERROR: Final = "error"


def main(task: Task, limits: Limits, shared: MutableSequence[float], parent: Connection) -> None:
    """Serves orders (item, attempt) from ``parent`` until it hangs up."""
    _die_with_parent()
    _fall_silent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    cell, give_back = Cell(shared), _give_back()
    handle = _opened(task)
    collect_seldom()
    limit_memory(limits)
    forbid_network()
    while True:
        cell.mark(Phase.IDLE)
        try:
            item, attempt = parent.recv()
        except (EOFError, OSError):
            return
        cell.mark(Phase.FINISHING)
        watch = Watch(cell, attempt, limits, lambda index, payload: parent.send((DONE, index, payload)))
        parent.send(_answer(handle, item, watch))
        give_back()


def _give_back() -> Callable[[], object]:
    """What hands freed memory back to the system. glibc keeps what lies below a block still in use: some 20 MiB of a
    worker, for good. The call takes about a millisecond; other C libraries have none and need none."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    return partial(trim, 0) if trim else lambda: None


def collect_seldom() -> None:
    """Keeps the garbage collector from looking through lexicons and modules for what is never garbage: 5 to 8 % of the
    time of a page. What documents leave behind is rarely in cycles, and still collected."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


def _opened(task: Task) -> Callable[[Any, Watch], Any]:
    """The task's function, or one that says why there is none."""
    try:
        return task.open()
    except Exception as error:
        refusal = PipelineError("worker processes cannot start", describe(error), "Please report this.")

    def refuse(item: Any, watch: Watch) -> Any:
        raise refusal

    return refuse


def _answer(handle: Callable[[Any, Watch], Any], item: Any, watch: Watch) -> tuple[Any, ...]:
    try:
        return RESULT, handle(item, watch)
    except AloneDone:
        return (ALONE_DONE,)
    except PipelineError as error:
        return ERROR, error
    except MemoryError:
        return ERROR, PipelineError("not enough memory to write the results", todo="Use fewer workers.")
    except Exception as error:
        return ERROR, PipelineError("internal error", describe(error), "Please report this.")


def _fall_silent() -> None:
    """What libraries print when they meet a broken document, or die of it, is nothing for the terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _die_with_parent() -> None:
    """No orphan works on after a parent that was killed: by a thread, and by the kernel where it offers that."""
    threading.Thread(target=_follow, daemon=True).start()
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


def _follow() -> None:
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)
