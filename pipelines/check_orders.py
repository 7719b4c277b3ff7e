"""What ``pipelines.check`` and its workers say to each other. Imports no extractor and no matcher: the process that
gives the orders needs none, and whoever checks one file waits for every import."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa

from pipelines.documents import Member
from pipelines.isolation import Limits, Watch
from pipelines.passwords import Passwords
from pipelines.schema import Status
from pipelines.sources import MAX_MEMBER, Shard, Source


@dataclass(frozen=True, slots=True)
class Order:
    """A shard of an export, or some files, or one member that is in memory already."""

    number: int = 0  # of all orders, from 0
    path: Path = Path()
    source: Source | None = None
    shard: Shard | None = None
    files: tuple[Path, ...] = ()
    given: Member | None = None

    def members(self) -> Iterator[tuple[Path, Member]]:
        if self.source and self.shard:
            yield from ((self.path, member) for member in self.source.read(self.shard))
        yield from ((path, _member(path)) for path in self.files)
        if self.given:
            yield self.path, self.given


@dataclass(frozen=True, slots=True)
class Answer:
    """The records of an order, the file of each, and their hits (``record_row``: row in ``records``)."""

    order: int
    paths: tuple[str, ...]
    records: pa.RecordBatch  # RECORDS
    hits: pa.RecordBatch  # HITS


@dataclass(frozen=True, slots=True)
class CheckTask:
    """The task of check workers: an Order in, an Answer out."""

    key: bytes = field(repr=False)
    limits: Limits
    today: date | None = None
    everything: bool = False
    passwords: Passwords = field(default_factory=Passwords)

    def open(self) -> Callable[[Order, Watch], Answer]:
        from pipelines.check_worker import Checker
        from pipelines.match import MatcherFactory

        matcher = MatcherFactory(self.key, self.today, self.everything)()
        return Checker(matcher, self.limits, self.passwords).answer


def _member(path: Path) -> Member:
    """One file as a member. Whatever cannot be read has a status that says so."""
    try:
        state = path.stat()
        if path.is_symlink() and stat.S_ISDIR(state.st_mode):
            return Member(path.name, None, status=Status.UNSUPPORTED, reason="symlink to a folder")
        if stat.S_ISDIR(state.st_mode):
            return Member(path.name, None, status=Status.CORRUPT, reason="unreadable: folder cannot be listed")
        if not stat.S_ISREG(state.st_mode):
            return Member(path.name, None, status=Status.UNSUPPORTED, reason="not a regular file")
        if state.st_size > MAX_MEMBER:
            return Member(path.name, None, status=Status.TOO_LARGE, reason=f"{state.st_size} bytes")
        return Member(path.name, path.read_bytes())
    except OSError as error:
        return Member(path.name, None, status=Status.CORRUPT, reason=f"unreadable: {error.strerror}")
