"""What a worker does for ``pipelines.check``: reads, extracts and matches, and sends all of it back."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyarrow as pa

from patterns.matcher import Matcher
from patterns.schema import HITS, MATCH_INPUT
from pipelines.documents import Member
from pipelines.extractors import extract
from pipelines.isolation import Limits, Verdict, Watch
from pipelines.match import MatcherFactory
from pipelines.passwords import Passwords
from pipelines.records import Row, RowMaker, to_batch
from pipelines.schema import Status
from pipelines.sites import SiteMap
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

    matcher: MatcherFactory
    limits: Limits
    passwords: Passwords = field(default_factory=Passwords)

    def open(self) -> Callable[[Order, Watch], Answer]:
        checker = _Checker(self.matcher(), self.limits, self.passwords)
        return checker.answer


@dataclass(frozen=True, slots=True)
class _Family:
    """A member's rows, and their hits when each member is matched by itself."""

    path: Path
    rows: list[Row]
    hits: pa.RecordBatch | None = None


@dataclass(frozen=True, slots=True)
class _Checker:
    matcher: Matcher
    limits: Limits
    passwords: Passwords

    def answer(self, order: Order, watch: Watch) -> Answer:
        """All records are matched at once; after a death, each member by itself, so that it can be named."""

        def work(unit: tuple[Path, Member]) -> _Family:
            rows = self._maker(unit[0]).rows(unit[1])
            return _Family(unit[0], rows, self._hits(to_batch(rows)) if watch.careful else None)

        def condemned(unit: tuple[Path, Member], verdict: Verdict) -> _Family:
            return _Family(unit[0], self._maker(unit[0]).condemned(unit[1], verdict), _NO_HITS)

        def lost(index: int, verdict: Verdict) -> _Family:
            return condemned((order.path, Member(f"{order.path.name}#{index}-", None)), verdict)

        families = list(watch.each(order.members(), work, condemned, lost))
        records = to_batch([row for family in families for row in family.rows])
        hits = _joined(families) if watch.careful else self._hits(records)
        return Answer(order.number, tuple(str(f.path) for f in families for _ in f.rows), records, hits)

    def _maker(self, path: Path) -> RowMaker:
        return RowMaker(path.name, SiteMap(), self.limits, partial(extract, passwords=self.passwords))

    def _hits(self, records: pa.RecordBatch) -> pa.RecordBatch:
        titles = records["title"].to_pylist()
        parents, outer = list[str](), ""
        for kind, title in zip(records["kind"].to_pylist(), titles, strict=True):
            outer = outer if kind == "embedded" else title
            parents.append(outer if kind == "embedded" else "")
        columns = {name: records[name] for name in MATCH_INPUT.names if name != "parent_title"}
        columns["parent_title"] = pa.array(parents, pa.string())
        return self.matcher.match(
            pa.RecordBatch.from_arrays([columns[name] for name in MATCH_INPUT.names], schema=MATCH_INPUT)
        )


_NO_HITS = pa.RecordBatch.from_pylist([], schema=HITS)


def _joined(families: list[_Family]) -> pa.RecordBatch:
    """The families' hits as one batch, their rows counted through."""
    rows, start = list[dict[str, object]](), 0
    for family in families:
        for hit in (family.hits or _NO_HITS).to_pylist():
            rows.append(hit | {"record_row": hit["record_row"] + start})
        start += len(family.rows)
    return pa.RecordBatch.from_pylist(rows, schema=HITS)


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
