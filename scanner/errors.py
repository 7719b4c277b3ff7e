"""What can go wrong at the command line, each kind with the exit code a script or scheduler sees.

ScanError
├── WorkspaceError      4   no workspace, one that exists already, a folder that cannot be used
│   └── ConfigError     4   scan.toml or sites.toml cannot be understood
├── StoreError          5   the findings database: damaged, or made by a newer version
│   └── StoreHeld       5   another program is using it
├── Refused             8   a step the case's state, or another person's work, does not allow
├── InputError          6   what was asked for is not there (also pipelines.errors.ArchiveError)
└── OutputError         7   cannot write: full disk, no permission (also pipelines.errors.StorageError)

A message is one line: what was wrong, where, and what to do. It never holds text of a document.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pipelines.errors import PipelineError, StorageError
from scanner.i18n import N_, _


class Exit:
    """Exit codes. A clean run is OK even when leaks were found by ``scan run``: those are its product."""

    OK: Final = 0
    FOUND: Final = 1  # scan check: something at or above --fail-on
    USAGE: Final = 2
    UNREAD: Final = 3  # finished, but some members could not be read
    WORKSPACE: Final = 4
    STORE: Final = 5
    INPUT: Final = 6
    OUTPUT: Final = 7
    REFUSED: Final = 8
    UNFINISHED: Final = 9  # scan rescan: the time was up; the next one goes on
    INTERNAL: Final = 70
    INTERRUPTED: Final = 130


class Message(str):
    """A value of an error that is itself a message id, translated when it is shown."""

    __slots__ = ()


class ScanError(Exception):
    """``what`` and ``todo`` are message ids; ``values`` fill their {names}. ``where`` is shown as it is."""

    exit_code: int = Exit.INTERNAL

    def __init__(
        self, what: str, where: str | Path = "", todo: str = "", values: Mapping[str, object] | None = None
    ) -> None:
        self.what, self.where, self.todo, self.values = what, str(where), todo, dict(values or {})
        super().__init__(what)


class WorkspaceError(ScanError):
    exit_code = Exit.WORKSPACE


class ConfigError(WorkspaceError):
    pass


class StoreError(ScanError):
    exit_code = Exit.STORE


class StoreHeld(StoreError):
    pass


class InputError(ScanError):
    exit_code = Exit.INPUT


class Refused(ScanError):
    exit_code = Exit.REFUSED


class OutputError(ScanError):
    exit_code = Exit.OUTPUT


def from_os(error: OSError, where: str | Path = "") -> ScanError:
    """The one-line form of what the operating system refused; ``where`` it did, when that is not the error's file."""
    where = where or error.filename or ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError(N_("The disk is full"), where, N_("Free some space and run the same command again."))
    if error.errno == errno.ENOENT:
        return InputError(N_("There is no such file or folder"), where, N_("Check the name and try again."))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return OutputError(
            N_("Not allowed to read or write this"), where, N_("Ask for permission, or choose another folder.")
        )
    return OutputError(N_("The system refused: {detail}"), where, values={"detail": error.strerror or str(error.errno)})


def exit_code(error: ScanError | PipelineError) -> int:
    if isinstance(error, ScanError):
        return error.exit_code
    return Exit.OUTPUT if isinstance(error, StorageError) else Exit.INPUT


def one_line(error: ScanError | PipelineError) -> str:
    """What, where and what to do, in the active language."""
    values = error.values if isinstance(error, ScanError) else {}
    what = _(error.what)
    todo = _(error.todo)
    if values:
        words = {name: _(value) if isinstance(value, Message) else value for name, value in values.items()}
        what, todo = what.format(**words), todo.format(**words)
    where = _(": {where}").format(where=error.where) if error.where else ""
    stop = _(". ")
    if (what + where).endswith(("?", "？")):  # a question ends itself
        stop = stop.strip(".。")
    return " ".join((what + where + stop + todo).split()).rstrip()
