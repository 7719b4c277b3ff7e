"""Parquet: a shard is a range of rows of one row group.

A range can only be read by decoding its row group from the start, so a group is cut into few ranges; one too large for
that is decoded once, in sequence, and its shards carry their members.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.documents import Member
from pipelines.sources.base import SHARD_BYTES, SHARD_MEMBERS, FileSource, Shard, broken, numbered, pack
from pipelines.sources.fieldmap import FieldMap
from pipelines.sources.rows import member

_MOST_RANGES: Final = 8  # of one row group
_BATCH: Final = 256  # rows decoded at once
_BUFFER: Final = 1 << 20  # bytes: pages are read as they are needed, not a whole column of a row group
_FAILURES: Final = (pa.ArrowException, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class ParquetSource(FileSource):
    kind: str = "parquet"
    fields: FieldMap = field(default_factory=FieldMap)

    def shards(self) -> Iterator[Shard]:
        return numbered(self._shards())

    def _shards(self) -> Iterator[Shard]:
        with self._open() as file:
            total = max(1, sum(file.metadata.row_group(g).total_byte_size for g in range(file.num_row_groups)))
            scale = self.total_bytes() / total  # bytes on disk for one unpacked
            first = 0
            for group in range(file.num_row_groups):
                facts = file.metadata.row_group(group)
                disk = int(facts.total_byte_size * scale)
                if facts.total_byte_size > _MOST_RANGES * SHARD_BYTES:
                    for shard in pack(self._rows(file, group, first, 0, facts.num_rows), int):
                        yield replace(shard, size=disk * len(shard.members or ()) // max(1, facts.num_rows))
                else:
                    yield from _ranges(facts.num_rows, facts.total_byte_size, first, disk)
                first += facts.num_rows

    def read(self, shard: Shard) -> Iterator[Member]:
        if shard.members is not None:
            yield from shard.members
            return
        with self._open() as file:
            first = 0
            for group in range(file.num_row_groups):
                rows = file.metadata.row_group(group).num_rows
                if first <= shard.start < first + rows:
                    yield from self._rows(file, group, first, shard.start - first, shard.stop - first)
                first += rows

    def _open(self) -> pq.ParquetFile:
        return pq.ParquetFile(self.path, buffer_size=_BUFFER, pre_buffer=False)

    def _rows(self, file: pq.ParquetFile, group: int, first: int, start: int, stop: int) -> Iterator[Member]:
        """Rows ``start`` to ``stop`` of a group whose own first row is number ``first`` (0-based) of the file."""
        at = 0
        try:
            for batch in file.iter_batches(_BATCH, row_groups=[group], use_threads=False):
                part = batch.slice(max(0, start - at), max(0, min(stop, at + len(batch)) - max(start, at)))
                number = first + max(start, at)
                for row in part.to_pylist() if len(part) else ():
                    number += 1
                    yield member(f"{self.path.name}#{number}", row, self.fields, self.limit)
                at += len(batch)
                if at >= stop:
                    return
        except _FAILURES as error:
            yield broken(
                self.path, f"corrupt: rows {first + max(start, at) + 1} to {first + stop}: {type(error).__name__}"
            )


def _ranges(rows: int, raw: int, first: int, disk: int) -> Iterator[Shard]:
    """A row group of ``rows`` rows and ``raw`` bytes, cut evenly."""
    wanted = max(-(-rows // SHARD_MEMBERS), -(-raw // SHARD_BYTES))
    count = min(wanted, _MOST_RANGES)
    for number in range(count):
        start, stop = rows * number // count, rows * (number + 1) // count
        yield Shard(0, first + start, first + stop, size=disk // count, first=first + start)
