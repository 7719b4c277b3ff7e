"""One tree of errors. A message says what was wrong, where, and what to do; the command line prints it as one line.

PipelineError
├── ArchiveError            an archive that cannot be read at all
│   ├── ArchiveMissing      no such file or folder
│   ├── ArchiveEmpty        nothing in it
│   ├── ArchiveDamaged      truncated or corrupt
│   └── ArchiveUnknown      not a kind we read
└── StorageError            a disk that is full, a folder that cannot be written
"""

from __future__ import annotations

from pathlib import Path


class PipelineError(Exception):
    """``what`` happened, ``where``, and ``todo``: what to do about it. The two sentences are English message ids."""

    def __init__(self, what: str, where: str | Path = "", todo: str = "") -> None:
        self.what, self.where, self.todo = what, str(where), todo
        super().__init__(f"{what}: {where}. {todo}" if where else f"{what}. {todo}")

    def __reduce__(self) -> tuple[type[PipelineError], tuple[str, str, str]]:
        return type(self), (self.what, self.where, self.todo)  # workers send their errors to the parent


class ArchiveError(PipelineError):
    pass


class ArchiveMissing(ArchiveError):
    pass


class ArchiveEmpty(ArchiveError):
    pass


class ArchiveDamaged(ArchiveError):
    pass


class ArchiveUnknown(ArchiveError):
    pass


class StorageError(PipelineError):
    pass
