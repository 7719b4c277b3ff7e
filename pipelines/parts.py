"""Parquet parts: written row group by row group, so that no part is ever held in memory whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines import layout, records

ROWS: Final = 512  # rows of a group, at most: twice as many take 50 MiB more of a run; small groups are read together
TEXT: Final = 16 << 20  # code points of text in a group, about
AT_ONCE: Final = 4 << 20  # bytes of decoded columns that neighbouring groups are read together up to


class Sink(Protocol):
    """What tables are written to: a Parquet writer, or what decides whether there is to be one."""

    def write_table(self, table: pa.Table, row_group_size: int | None = None) -> None: ...

    def add_key_value_metadata(self, key_value_metadata: dict[str, str]) -> None: ...


class RecordsWriter:
    """Gathers record rows, and tables of records, into row groups of at most ROWS rows and about TEXT code points."""

    def __init__(self, writer: Sink) -> None:
        self._writer, self._rows, self._tables = writer, list[records.Row](), list[pa.Table]()
        self._count = self._text = 0

    def add(self, rows: Sequence[records.Row]) -> None:
        for row in rows:
            self._rows.append(row)
            self._note(1, len(row["text"]))

    def add_table(self, table: pa.Table) -> None:
        """Records that are columns already; they follow what was added before."""
        self._gather()
        self._tables.append(table)
        self._note(len(table), table["text"].nbytes)

    def flush(self) -> None:
        self._gather()
        if self._tables:
            self._writer.write_table(pa.concat_tables(self._tables), row_group_size=ROWS)
        self._tables, self._count, self._text = [], 0, 0

    def _note(self, rows: int, text: int) -> None:
        self._count += rows
        self._text += text
        if self._count >= ROWS or self._text >= TEXT:
            self.flush()

    def _gather(self) -> None:
        if self._rows:
            self._tables.append(pa.Table.from_batches([records.to_batch(self._rows)]))
        self._rows = []


@contextmanager
def writing(
    path: Path, schema: pa.Schema, plain: Sequence[str] = (), *, stored: bool = True
) -> Iterator[pq.ParquetWriter]:
    """A Parquet writer whose file appears at ``path`` when the block ends without an error. ``plain``: columns written
    without a dictionary: their values hardly repeat, or zstd alone packs them as well in less time. ``stored``: columns
    read back as the schema has them; else what comes as dictionaries of strings reads back as strings."""
    encoded = [name for name in schema.names if name not in plain] or False if plain else True
    with (
        layout.replacing(path) as temporary,
        temporary.open("wb") as file,  # Python's file: its errors carry an errno
        pq.ParquetWriter(file, schema, compression="zstd", use_dictionary=encoded, store_schema=stored) as writer,
    ):
        yield writer


def notes(path: Path) -> dict[str, str]:
    """The key-value metadata of a part; empty when it is missing or no Parquet file."""
    try:
        found = pq.read_metadata(path).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return {}
    return {key.decode(): value.decode() for key, value in found.items() if not key.startswith(b"ARROW:")}


def with_dictionaries(schema: pa.Schema, names: Sequence[str]) -> pa.Schema:
    """The schema with some of its columns of strings as dictionaries."""
    return pa.schema([f.with_type(pa.dictionary(pa.int32(), f.type)) if f.name in names else f for f in schema])


def compact(table: pa.Table) -> pa.Table:
    """The table with what its rows say in its dictionaries and nothing else: a file would keep the rest, too."""
    for number, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type) and len(table):
            column = table.column(number).combine_chunks()
            column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
            used, indices = _renumbered(column.indices.to_numpy(), len(column.dictionary))
            said = pa.DictionaryArray.from_arrays(pa.array(indices), column.dictionary.take(pa.array(used)))
            table = table.set_column(number, field, said)
    return table


def _renumbered(indices: npt.NDArray[np.int32], count: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """The numbers below ``count`` that are used, and each index as its place among them."""
    used = np.flatnonzero(np.bincount(indices, minlength=count))
    place = np.zeros(count, np.int32)
    place[used] = np.arange(len(used))
    return used, place[indices]


def rows(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)


def columns(path: Path, names: Sequence[str]) -> pa.Table:
    """Some columns of a part, decoded by this thread alone."""
    with pq.ParquetFile(path) as file:
        return file.read(columns=list(names), use_threads=False)


def batches(path: Path, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Some columns of a part, one batch a row group, or one for some small neighbouring groups: what is done once for
    each batch costs as much for few rows as for many."""
    with pq.ParquetFile(path) as file:
        for groups in together(file.metadata):
            yield batch_of(file, groups, names)


def batch_of(file: pq.ParquetFile, groups: list[int], names: Sequence[str] | None = None) -> pa.RecordBatch:
    """Some columns of some row groups, or all, as one batch, decoded by this thread alone."""
    table = file.read_row_groups(groups, columns=names and list(names), use_threads=False)
    (batch,) = table.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], schema=table.schema)]
    return batch


def together(metadata: pq.FileMetaData) -> Iterator[list[int]]:
    """The numbers of the row groups, those together that hold no more than AT_ONCE."""
    groups, size = list[int](), 0
    for number in range(metadata.num_row_groups):
        more = metadata.row_group(number).total_byte_size
        if groups and size + more > AT_ONCE:
            yield groups
            groups, size = [], 0
        groups.append(number)
        size += more
    if groups:
        yield groups
