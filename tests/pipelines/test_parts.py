"""Parts of records: what is read together, and that nothing of it is lost or told twice."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import parts

SCHEMA = pa.schema([pa.field("row", pa.int32()), pa.field("text", pa.string(), nullable=False)])


def write(path: Path, sizes: list[int]) -> None:
    """A row group of ten rows for each size, which is that of its text."""
    with pq.ParquetWriter(path, SCHEMA, use_dictionary=False, compression="none") as writer:
        for number, size in enumerate(sizes):
            rows = range(10 * number, 10 * number + 10)
            writer.write_table(pa.table({"row": list(rows), "text": ["x" * (size // 10)] * 10}, schema=SCHEMA))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 3000), max_size=12))
def test_neighbouring_groups_are_read_together_up_to_a_size(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int]
) -> None:
    path = tmp_path_factory.mktemp("parts") / "records.parquet"
    write(path, sizes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "AT_ONCE", 4000)
        batches = list(parts.batches(path, ("row",)))
        told = parts.together(pq.read_metadata(path))
        of_bytes = [[pq.read_metadata(path).row_group(group).total_byte_size for group in groups] for groups in told]
    assert [row for batch in batches for row in batch["row"].to_pylist()] == list(range(10 * len(sizes)))
    assert all(len(groups) == 1 or sum(groups) <= 4000 for groups in of_bytes)
    assert all(sum(a) + b[0] > 4000 for a, b in pairwise(of_bytes))
    assert [len(batch) for batch in batches] == [10 * len(groups) for groups in of_bytes]


def test_a_part_without_rows_has_no_batches(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", [])
    assert list(parts.batches(tmp_path / "a.parquet", ("row",))) == []


def test_a_group_without_rows_is_an_empty_batch(tmp_path: Path) -> None:
    pq.write_table(SCHEMA.empty_table(), tmp_path / "a.parquet")
    with pq.ParquetFile(tmp_path / "a.parquet") as file:
        groups = list(range(file.num_row_groups))
        batch = parts.batch_of(file, groups, ("row",))
    assert (len(batch), batch.schema.names) == (0, ["row"])
