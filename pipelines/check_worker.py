"""What a worker does for ``pipelines.check``: reads, extracts and matches, and sends all of it back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from patterns.matcher import Matcher
from patterns.schema import HITS, MATCH_INPUT
from pipelines.check_orders import Answer, Order
from pipelines.documents import Member
from pipelines.extractors import extract
from pipelines.isolation import Limits, Verdict, Watch
from pipelines.passwords import Passwords
from pipelines.records import Row, RowMaker, to_batch
from pipelines.sites import SiteMap


@dataclass(frozen=True, slots=True)
class _Family:
    """A member's rows, and their hits when each member is matched by itself."""

    path: Path
    rows: list[Row]
    hits: pa.RecordBatch | None = None


@dataclass(frozen=True, slots=True)
class Checker:
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
