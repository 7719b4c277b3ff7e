"""Hits of records that were copied from an earlier export are copied with them, if they must be the same.

They are when the rules and the key are, when the page that links the document says the same of it, and when no
publicity period has ended since. Everything else is matched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from patterns.schema import HITS
from pipelines import layout, parts, reuse

FROM_PAGE: Final = ("parent_title", "section", "published_at")

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Copied:
    """What need not be matched again in a part."""

    rows: npt.NDArray[np.bool_]  # of the part: True where the hits are known
    hits: pa.Table
    periods: dict[int, str]  # row of the part: last day of its running publicity period


def copied(records: Path, hits: Path, rules: str, today: date) -> Copied:
    """The known hits of a part of records, whose hits are to lie at ``hits``."""
    done = np.zeros(parts.rows(records), bool)
    tables, periods = [HITS.empty_table()], dict[int, str]()
    for origin, rows, was in _origins(records):
        earlier = hits.parent.parent / origin
        notes = parts.notes(earlier)
        source = records.parent.parent / origin
        if notes.get("rules") != rules or notes.get("records") != plan_digest(source.parent):
            continue
        if json.loads(notes.get("unmatched", "[]")):
            continue
        ends = {int(row): end for row, end in json.loads(notes.get("periods", "{}")).items()}
        same = _same_page(records, rows, source, was) & ~_ended(was, ends, today)
        done[rows[same]] = True
        tables.append(_moved(earlier, was[same], rows[same]))
        periods |= {int(row): ends[int(w)] for row, w in zip(rows[same], was[same], strict=True) if int(w) in ends}
    return Copied(done, pa.concat_tables(tables), periods)


@lru_cache(maxsize=16)
def _plan_digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def plan_digest(folder: Path) -> str:
    """Names what an archive's records were made from."""
    return _plan_digest(json.dumps(layout.read_json(folder / "plan.json"), sort_keys=True))


def _origins(records: Path) -> Iterator[tuple[str, Ints, Ints]]:
    """(earlier part, rows here, rows there) of the records that were copied."""
    members = reuse.members(records)
    origins = members["origin"].combine_chunks().dictionary_encode()
    codes = origins.indices.to_numpy()
    row, count, was = (members[name].to_numpy() for name in ("row", "rows", "origin_row"))
    for code, origin in enumerate(origins.dictionary.to_pylist()):
        if origin:
            chosen = codes == code
            yield origin, _families(row[chosen], count[chosen]), _families(was[chosen], count[chosen])


def _families(first: Ints, count: Ints) -> Ints:
    """All rows of families that begin at ``first``."""
    starts = np.cumsum(count) - count
    return np.repeat(first - starts, count) + np.arange(int(count.sum()))


def _same_page(records: Path, rows: Ints, source: Path, was: Ints) -> npt.NDArray[np.bool_]:
    """Where the linking page says the same as before."""
    here, there = _said(records), _said(source)
    if not here and not there:
        return np.ones(len(rows), bool)
    return np.array([here.get(int(r)) == there.get(int(w)) for r, w in zip(rows, was, strict=True)], bool)


@lru_cache(maxsize=4)
def _said(part: Path) -> dict[int, tuple[object, ...]]:
    path = layout.context_of(part)
    if not path.exists():
        return {}
    table = parts.columns(path, ("record_row", *FROM_PAGE))
    row, *said = (table[name].to_pylist() for name in ("record_row", *FROM_PAGE))
    return dict(zip(row, zip(*said, strict=True), strict=True))


def _ended(was: Ints, ends: dict[int, str], today: date) -> npt.NDArray[np.bool_]:
    over = [row for row, end in ends.items() if date.fromisoformat(end) < today]
    return np.isin(was, over)


def _moved(earlier: Path, was: Ints, rows: Ints) -> pa.Table:
    """The hits of the records that stood at ``was``, at their new rows."""
    table = parts.columns(earlier, HITS.names)
    stood = table["record_row"].to_numpy()
    new_row = np.full(max(int(was.max(initial=-1)), int(stood.max(initial=-1))) + 1, -1)
    new_row[was] = rows
    moved = new_row[stood]
    place = HITS.get_field_index("record_row")
    table = table.filter(pa.array(moved >= 0))
    return table.set_column(place, HITS.field(place), pa.array(moved[moved >= 0], pa.int32())).cast(HITS)
