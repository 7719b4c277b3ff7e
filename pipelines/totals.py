"""What an archive holds, counted from its records on disk: the same after a resumed run as after an undisturbed one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines import layout, parts


@dataclass(frozen=True, slots=True)
class Totals:
    records: int
    bytes: int  # of all raw members
    by_status: Mapping[str, int]
    by_site: Mapping[str, int]


def count(folder: Path) -> Totals:
    """Counts the records of all parts in a folder."""
    statuses, sites, size = Counter[str](), Counter[str](), 0
    for part in layout.parts(folder):
        table = parts.columns(part, ("status", "site", "size"))
        for counter, name in ((statuses, "status"), (sites, "site")):
            counter.update({entry["values"]: entry["counts"] for entry in table[name].value_counts().to_pylist()})
        size += sum(table["size"].to_pylist())
    return Totals(sum(statuses.values()), size, dict(sorted(statuses.items())), dict(sorted(sites.items())))


def added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts added up key by key."""
    total = Counter[str]()
    for each in counts:
        total.update(each)
    return dict(total)
