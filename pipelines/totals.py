"""What an archive holds, counted from its records on disk: the same after a resumed run as after an undisturbed one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines import layout, parts
from pipelines.schema import Status


@dataclass(frozen=True, slots=True)
class Totals:
    records: int
    bytes: int  # of all raw members
    by_status: Mapping[str, int]
    by_site: Mapping[str, int]
    cut: bool = False  # the archive ended early, or a part of it could not even be listed


def count(folder: Path) -> Totals:
    """Counts the records of all parts in a folder."""
    statuses, sites, size, cut = Counter[str](), Counter[str](), 0, False
    for part in layout.parts(folder):
        table = parts.columns(part, ("status", "site", "size"))
        for counter, name in ((statuses, "status"), (sites, "site")):
            counter.update({entry["values"]: entry["counts"] for entry in table[name].value_counts().to_pylist()})
        size += sum(table["size"].to_pylist())
        cut = cut or (Status.CORRUPT in table["status"].to_pylist() and _is_cut(part))
    return Totals(sum(statuses.values()), size, dict(sorted(statuses.items())), dict(sorted(sites.items())), cut)


def _is_cut(part: Path) -> bool:
    """Whether a record stands for the members that could not be got at: "site.zip#end", "site.tar#1024-"."""
    table = parts.columns(part, ("archive", "member", "status"))
    rows = zip(*(table[name].to_pylist() for name in ("archive", "member", "status")), strict=True)
    return any(
        status == Status.CORRUPT and re.fullmatch(re.escape(archive) + r"#(end|\d+-)", member)
        for archive, member, status in rows
    )


def added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts added up key by key."""
    total = Counter[str]()
    for each in counts:
        total.update(each)
    return dict(total)
