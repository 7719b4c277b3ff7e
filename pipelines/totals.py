"""What an archive holds, counted from its records: the same after a resumed run as after an undisturbed one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import Status


@dataclass(frozen=True, slots=True)
class Totals:
    records: int
    bytes: int  # of all raw members
    by_status: Mapping[str, int]
    by_site: Mapping[str, int]
    cut: bool = False  # the archive ended early, or a part of it could not even be listed


class Count:
    """Adds up what tables of records say."""

    def __init__(self) -> None:
        self._statuses, self._sites, self._size, self._cut = Counter[str](), Counter[str](), 0, False

    def add(self, table: pa.Table) -> None:
        for counter, name in ((self._statuses, "status"), (self._sites, "site")):
            counter.update({entry["values"]: entry["counts"] for entry in table[name].value_counts().to_pylist()})
        self._size += pc.sum(table["size"]).as_py() or 0
        self._cut = self._cut or _is_cut(table)

    def total(self) -> Totals:
        statuses, sites = (dict(sorted(counter.items())) for counter in (self._statuses, self._sites))
        return Totals(self._statuses.total(), self._size, statuses, sites, self._cut)


def _is_cut(table: pa.Table) -> bool:
    """Whether a record stands for the members that could not be got at: "site.zip#end", "site.tar#1024-"."""
    damaged = table.select(("archive", "member")).filter(pc.equal(table["status"], Status.CORRUPT)).to_pylist()
    return any(re.fullmatch(re.escape(row["archive"]) + r"#(end|\d+-)", row["member"]) for row in damaged)


def added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts added up key by key."""
    total = Counter[str]()
    for each in counts:
        total.update(each)
    return dict(total)
