"""What a finished export holds: one row of ROWS a record, in the export's own order, and where its text lies.

Most records of a new export stood in an earlier one, and their part of records is the earlier export's own file under
a second name. So a part may hold rows that are no longer in the export, and what a row of it says of ``archive``,
``member`` and ``fetched_at`` is what the export said in which it was read. ``rows.parquet`` says which rows there are
and what this export says of them: all that is counted, merged or reported is taken from here, never from a part.

An export that was finished by an older version has none; all rows of all its parts are its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import layout, parts
from pipelines.schema import RECORDS

_SAID: Final = (
    "doc_id", "location", "archive", "member", "url", "kind", "media_type", "extractor", "status", "reason", "size",
    "digest", "site", "unit", "section", "title", "index_no", "published_at", "fetched_at", "elapsed_ms",
)  # fmt: skip
SAID: Final = pa.schema([RECORDS.field(name) for name in _SAID])
ROWS: Final = SAID.append(pa.field("part", pa.int32(), nullable=False)).append(
    pa.field("row", pa.int32(), nullable=False)
)
GROUP: Final = 1 << 15  # rows of a group
ENCODED: Final = parts.with_dictionaries(
    ROWS, ("archive", "kind", "media_type", "extractor", "status", "reason", "site", "unit", "section")
)  # as it is moved from one export to the next: reading and writing a few different strings costs a third
UNIQUE: Final = ("doc_id", "location", "member", "url", "digest", "title", "size", "row")  # hardly ever twice the same
Ints = npt.NDArray[np.int64]


class Part(NamedTuple):
    """One part that an export's rows lie in."""

    ordinal: int
    rows: int  # in the file, also those that are no longer the export's
    size: int  # bytes when the export was finished
    origin: int  # its ordinal in the earlier export whose file it is; -1: in none


@dataclass(frozen=True, slots=True)
class Origin:
    """The earlier export that parts were taken from: its folder's name, and what its hits say they were made from."""

    name: str
    digest: str


def rows_of(folder: Path) -> Path:
    return folder / "rows.parquet"


def notes(made: Sequence[Part], origin: Origin | None, placed: npt.NDArray[np.int32]) -> dict[str, str]:
    """What ``rows.parquet`` is to note. ``placed``: part and row of every record."""
    plain = origin is None and all(part.ordinal < layout.FIRST_TAKEN for part in made)
    digest = "" if plain else blake2b(np.ascontiguousarray(placed).tobytes(), digest_size=8).hexdigest()
    said = [origin.name, origin.digest] if origin else []
    return {"parts": json.dumps(made), "origin": json.dumps(said), "layout": digest}


@lru_cache(maxsize=64)
def _noted(path: Path, _changed: int) -> dict[str, str]:
    return parts.notes(path)


def _notes(folder: Path) -> dict[str, str]:
    """Empty for an export without ``rows.parquet``, or with a damaged one."""
    path = rows_of(folder)
    return _noted(path, path.stat().st_mtime_ns) if path.exists() else {}


def is_listed(folder: Path) -> bool:
    return "parts" in _notes(folder)


def parts_of(folder: Path) -> list[Part]:
    """The parts of a finished export, in the order of their ordinals."""
    noted = _notes(folder)
    if noted:
        return sorted(Part(*each) for each in json.loads(noted["parts"]))
    return [Part(layout.ordinal(p), parts.rows(p), p.stat().st_size, -1) for p in layout.parts(folder)]


def origin_of(folder: Path) -> Origin | None:
    said = json.loads(_notes(folder).get("origin", "[]"))
    return Origin(*said) if said else None


def digest(folder: Path) -> str:
    """Names what the records of an export were made from and where they lie: what its hits belong to."""
    plan = json.dumps(layout.read_json(folder / "plan.json"), sort_keys=True)
    return blake2b((plan + _notes(folder).get("layout", "")).encode(), digest_size=8).hexdigest()


def table(folder: Path, names: Sequence[str]) -> pa.Table:
    """Some columns of ROWS of a finished export."""
    return parts.columns(rows_of(folder), names)


def count(folder: Path) -> int:
    """How many records a finished export holds."""
    return parts.rows(rows_of(folder))


def rows_by_part(folder: Path) -> dict[int, npt.NDArray[np.int64]]:
    """The rows of each part that are the export's, sorted, each once, though an export may hold the same document under
    two paths; a part all of whose rows are is not in it."""
    return _rows_by_part(folder, rows_of(folder).stat().st_mtime_ns) if is_listed(folder) else {}


@lru_cache(maxsize=4)
def _rows_by_part(folder: Path, _changed: int) -> dict[int, npt.NDArray[np.int64]]:
    placed = table(folder, ("part", "row"))
    part, row = (placed[name].to_numpy().astype(np.int64) for name in ("part", "row"))
    place = np.sort(part << 32 | row)
    place = place[np.diff(place, prepend=-1) != 0]
    part, row = place >> 32, place & 0xFFFFFFFF
    found = dict[int, npt.NDArray[np.int64]]()
    for each in parts_of(folder):
        first, last = np.searchsorted(part, (each.ordinal, each.ordinal + 1))
        if last - first < each.rows:
            found[each.ordinal] = row[first:last]
    return found


def missing(folder: Path) -> frozenset[int]:
    """The parts of a finished export that are not there, or are cut off."""
    paths = (
        [folder / layout.part_name(p.ordinal) for p in parts_of(folder)] if is_listed(folder) else layout.parts(folder)
    )
    return frozenset(layout.ordinal(path) for path in paths if not _is_whole(path))


def _is_whole(path: Path) -> bool:
    """Whether a part is there and has its end: what is wrong within shows when it is read."""
    try:
        with path.open("rb") as file:
            file.seek(-4, 2)
            return file.read() == b"PAR1"
    except OSError:
        return False


def read(folder: Path, names: Sequence[str]) -> pa.Table:
    """Some columns of RECORDS of a finished export, in its order. All in memory: for tests and small exports."""
    said = table(folder, ROWS.names) if is_listed(folder) else None
    every = parts_of(folder)
    held = pa.concat_tables(
        [RECORDS.empty_table(), *(parts.columns(folder / layout.part_name(p.ordinal), RECORDS.names) for p in every)]
    )
    if said is None:
        return held.select(list(names))
    taken = held.take(pa.array(_Physical(every).of(said["part"].to_numpy(), said["row"].to_numpy())))
    columns: list[Any] = [said[name] if name in _SAID else taken[name] for name in names]
    return pa.table(columns, schema=pa.schema([RECORDS.field(name) for name in names]))


class _Physical:
    """Numbers all rows of some parts, also those that are no longer an export's."""

    def __init__(self, made: Sequence[Part]) -> None:
        self._ordinals = np.array([part.ordinal for part in made], np.int64)
        self._starts = np.cumsum([0, *(part.rows for part in made)], dtype=np.int64)
        self.count = int(self._starts[-1])

    def of(self, part: Ints, row: Ints) -> Ints:
        """-1 where there is no such part, or no such row in it."""
        if not len(self._ordinals):
            return np.full(len(part), -1, np.int64)
        place = np.minimum(np.searchsorted(self._ordinals, part), len(self._ordinals) - 1)
        number = self._starts[place] + row
        return np.where((self._ordinals[place] == part) & (number < self._starts[place + 1]), number, -1)


class Places:
    """Where in a finished export the records stand that lie at a place in its parts."""

    def __init__(self, folder: Path) -> None:
        placed = table(folder, ("part", "row"))
        self._physical = _Physical(parts_of(folder))
        self._number = np.full(self._physical.count + 1, -1, np.int64)  # the last: of what is nowhere
        at = self._physical.of(placed["part"].to_numpy(), placed["row"].to_numpy())
        self._number[at] = np.arange(len(at))
        self._number[-1] = -1

    def find(self, part: Ints, row: Ints) -> Ints:
        """-1: the export holds no such record."""
        return self._number[self._physical.of(part, row)]


class Taken:
    """Takes columns of ENCODED of a finished export, wherever the rows stand; holds a few row groups at most."""

    def __init__(self, folder: Path) -> None:
        repeated = [field.name for field in ENCODED if pa.types.is_dictionary(field.type)]
        self._file = pq.ParquetFile(rows_of(folder), read_dictionary=repeated)
        groups = (self._file.metadata.row_group(n).num_rows for n in range(self._file.num_row_groups))
        self._starts = np.concatenate([[0], np.cumsum(list(groups), dtype=np.int64)]).astype(np.int64)
        self._read = lru_cache(maxsize=4)(self._group)

    def _group(self, number: int, names: tuple[str, ...]) -> pa.Table:
        return self._file.read_row_group(number, columns=list(names), use_threads=False)

    def find(self, places: Ints, names: Sequence[str]) -> tuple[list[pa.Table], Ints]:
        """Tables, and where in them, one after the other, some rows stand. ``places``: numbers of rows in the export,
        in any order."""
        group = np.searchsorted(self._starts, places, side="right") - 1
        used = np.unique(group)
        tables = [self._read(int(number), tuple(names)) for number in used]
        base = np.zeros(len(self._starts), np.int64)
        base[used] = np.concatenate([[0], np.cumsum([len(t) for t in tables])])[:-1]
        return tables, base[group] + places - self._starts[group]

    def close(self) -> None:
        self._file.close()
