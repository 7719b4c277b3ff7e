"""Texts that stand in parts of records but in no export any more are erased.

An export shares parts with earlier ones, and so holds texts of documents that were changed or removed since. As long as
one of the earlier exports is kept, they are its own. When it is thrown away they go too: their rows stay, empty, so
that every other row stays where it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import exports, layout, parts
from pipelines.schema import RECORDS

_NOTE: Final = "erased"  # of a part: the rows that are empty already


@dataclass(slots=True)
class _Shared:
    """One file and the names it has in the exports that are kept."""

    rows: int
    names: list[Path] = field(default_factory=list)
    used: list[npt.NDArray[np.int64]] = field(default_factory=list)  # by each of them

    def unused(self) -> npt.NDArray[np.int64]:
        return np.setdiff1d(np.arange(self.rows), np.concatenate(self.used))


def erase(kept: Sequence[Path]) -> int:
    """Empties the rows that none of all ``kept`` exports of a workspace says are its own; how many. What cannot be read
    stays as it is. Raises StorageError."""
    count = 0
    for shared in _files(kept):
        unused = shared.unused()
        erased = json.loads(parts.notes(shared.names[0]).get(_NOTE, "[]"))
        new = np.setdiff1d(unused, erased)
        if len(new) and _emptied(shared.names[0], unused):
            for other in shared.names[1:]:
                layout.link(shared.names[0], other)
            count += len(new)
    return count


def _files(kept: Sequence[Path]) -> list[_Shared]:
    """The files of finished exports; those of unfinished ones are under names of their own, and wholly used."""
    found = dict[tuple[int, int], _Shared]()
    for folder in kept:
        if exports.is_listed(folder):
            some = exports.rows_by_part(folder)
            for part in exports.parts_of(folder):
                path = folder / layout.part_name(part.ordinal)
                if path.exists():
                    state = path.stat()
                    shared = found.setdefault((state.st_dev, state.st_ino), _Shared(part.rows))
                    shared.names.append(path)
                    shared.used.append(some.get(part.ordinal, np.arange(part.rows)))
    return list(found.values())


def _emptied(part: Path, rows: npt.NDArray[np.int64]) -> bool:
    noted, start = parts.notes(part), 0
    try:
        with pq.ParquetFile(part) as file, parts.writing(part, RECORDS, RECORDS.names) as writer:
            for group in range(file.num_row_groups):
                table = file.read_row_group(group, use_threads=False)
                here = rows[(rows >= start) & (rows < start + len(table))] - start
                writer.write_table(_without(table, here), parts.ROWS)
                start += len(table)
            writer.add_key_value_metadata(noted | {_NOTE: json.dumps(rows.tolist())})
    except (OSError, pa.ArrowException):
        return False
    return True


def _without(table: pa.Table, rows: npt.NDArray[np.int64]) -> pa.Table:
    if not len(rows):
        return table
    blank = pa.Table.from_pylist([_BLANK], schema=RECORDS)
    place = np.arange(len(table))
    place[rows] = len(table)
    return pa.concat_tables([table.cast(RECORDS), blank]).take(pa.array(place)).combine_chunks()


_BLANK: Final[dict[str, Any]] = {
    f.name: None if f.nullable else [] if pa.types.is_list(f.type) else "" if pa.types.is_string(f.type) else 0
    for f in RECORDS
}
