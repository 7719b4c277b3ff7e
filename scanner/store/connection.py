"""Opening the database: short, patient, and clear about who holds it.

DuckDB lets one process write and then no other read. Processes of this project take turns by a lock file beside the
database, which costs microseconds to ask for, where asking DuckDB costs an opening; threads of one process by a lock
in memory. The lock file is a courtesy: without it everything still works, only with more waiting.
"""

from __future__ import annotations

import os
import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

import duckdb

from scanner.errors import OutputError, ScanError, StoreError, StoreHeld
from scanner.i18n import N_
from scanner.store.migrations import LATEST, migrate, version

Connection = duckdb.DuckDBPyConnection

PATIENCE: Final = 10.0  # seconds to wait for another process to finish
_SETTINGS: Final = {
    "autoinstall_known_extensions": False,  # an office machine may have no network, and must not look for one
    "autoload_known_extensions": False,
    "preserve_insertion_order": False,  # halves the memory of a large merge
}
_HOLDER: Final = re.compile(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")


_THREADS: Final = threading.RLock()
_LONGEST_PAUSE: Final = 0.01  # between two looks at the lock file


@contextmanager
def reading(path: Path, patience: float = PATIENCE) -> Iterator[Connection]:
    """A read-only connection. Raises StoreHeld after ``patience`` seconds, StoreError for a damaged file."""
    if not path.exists():
        create(path)
    with _errors(path), ExitStack() as stack:
        connection = stack.enter_context(_opened(path, True, patience))
        if version(connection) != LATEST:  # an older one, which a read-only connection cannot bring up to date
            stack.close()
            create(path)
            connection = stack.enter_context(_opened(path, True, patience))
        yield connection


@contextmanager
def writing(path: Path, patience: float = PATIENCE) -> Iterator[Connection]:
    """A connection in one transaction: all of it happens, or nothing."""
    with _errors(path), _opened(path, False, patience) as connection:
        migrate(connection, path)
        connection.begin()
        try:
            yield connection
            connection.commit()
        except BaseException:
            with suppress(duckdb.Error):  # an error may have ended the transaction already
                connection.rollback()
            raise


def create(path: Path) -> None:
    """An empty database of the newest shape; one that is there already is brought up to it."""
    with writing(path):
        pass


@contextmanager
def _opened(path: Path, read_only: bool, patience: float) -> Iterator[Connection]:
    deadline = time.monotonic() + patience
    if not _THREADS.acquire(timeout=patience):
        raise _held(path, "")
    try:
        with _turn(path, read_only, deadline), _open(path, read_only, deadline) as connection:
            connection.execute("SET enable_progress_bar = false")  # it would be drawn over the screen of whoever waits
            yield connection
    finally:
        _THREADS.release()


@contextmanager
def _turn(path: Path, shared: bool, deadline: float) -> Iterator[None]:
    """This process's turn at the database; readers share one. After the deadline DuckDB says who holds it."""
    try:
        handle = path.with_name(f".{path.name}.lock").open("a")
    except OSError:  # a folder that cannot be written
        yield
        return
    with handle:
        while not _lock(handle.fileno(), shared) and time.monotonic() < deadline:
            time.sleep(random.uniform(_LONGEST_PAUSE / 10, _LONGEST_PAUSE))
        yield


def _lock(descriptor: int, shared: bool) -> bool:
    """The system releases it when the file is closed or the process dies. Where it cannot be had, DuckDB decides."""
    if os.name == "nt":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _open(path: Path, read_only: bool, deadline: float) -> Connection:
    pause = 0.02
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only, config=dict(_SETTINGS))
        except duckdb.IOException as error:
            if not _is_lock(error):
                raise
            if time.monotonic() >= deadline:
                raise _held(path, str(error)) from None
        time.sleep(pause)
        pause = min(pause * 2, 0.5)


def _is_lock(error: duckdb.Error) -> bool:
    return "set lock on file" in str(error)


def _held(path: Path, message: str) -> StoreHeld:
    holder = _HOLDER.search(message)
    who = {"pid": holder["pid"], "program": Path(holder["program"]).name} if holder else {"pid": "?", "program": "?"}
    return StoreHeld(
        N_("Another program is using the findings database: {program}, process {pid}"),
        path,
        N_("Wait until it has finished, or close it, and try again."),
        who,
    )


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """DuckDB's errors as ours. Their text is dropped: it may quote a value."""
    try:
        yield
    except duckdb.Error as error:
        raise _translated(error, path) from error


def _translated(error: duckdb.Error, path: Path) -> ScanError:
    text = str(error).lower()
    if "no space left" in text:
        return OutputError(N_("The disk is full"), path, N_("Free some space and run the same command again."))
    if "not a valid duckdb" in text or "corrupt" in text or "checksum" in text:
        todo = N_("Move this file away and run `scan run` again, or restore it from a backup.")
        return StoreError(N_("The findings database is damaged"), path, todo)
    if "version number" in text or "storage version" in text:
        return StoreError(
            N_("The findings database was made by a newer version"),
            path,
            N_("Use that version of scan, or a newer one."),
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return StoreError(N_("There is not enough memory"), path, N_("Close other programs and try again."))
    if "permission denied" in text or "cannot open file" in text:
        todo = N_("Ask for permission, or choose another folder.")
        return StoreError(N_("The findings database cannot be opened"), path, todo)
    return StoreError(
        N_("The findings database refused ({kind})"),
        path,
        N_("Run the command again with --debug and report it."),
        {"kind": type(error).__name__},
    )
