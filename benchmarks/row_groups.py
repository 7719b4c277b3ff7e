"""The matcher's corpus as files and groups of rows: written once, then shared among engines and processes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import corpus
from pipelines import parts

WARM: Final = "warm"
WARM_RECORDS: Final = 1024
_OTHER_SEED: Final = 10_007


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring row groups of a file that a scan reads together."""

    path: Path
    indices: tuple[int, ...]

    def read(self, columns: Sequence[str] | None = None) -> pa.RecordBatch:
        """Some columns, or all, decoded by this thread alone."""
        with pq.ParquetFile(self.path) as file:
            return parts.batch_of(file, list(self.indices), columns)


@contextmanager
def corpus_at(folder: Path | None, records: int, seed: int) -> Iterator[Path]:
    """A folder with the corpus in it: ``folder``, filled unless it holds one already, or a temporary one.

    Its subfolder ``warm`` holds another, small corpus: what an engine warms up on must not be what it is timed on,
    because the core remembers texts that it has seen.
    """
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(temporary)
        for path, count, number in ((place, records, seed), (place / WARM, WARM_RECORDS, seed + _OTHER_SEED)):
            if not (path / "cases.parquet").exists():
                corpus.write(path, count, number)
        yield place


def groups(folder: Path) -> list[Group]:
    """All row groups in the order of the records, those together that a scan reads together."""
    files = sorted(folder.glob("records-*.parquet"))
    return [Group(path, tuple(indices)) for path in files for indices in parts.together(pq.read_metadata(path))]


def text_buffer(batch: pa.RecordBatch) -> tuple[pa.Buffer, np.ndarray[Any, Any]]:
    """The batch's text as one buffer, and [records + 1] byte offsets into it."""
    text = batch.column("text")
    offsets = np.frombuffer(text.buffers()[1], np.int32)[text.offset : text.offset + len(text) + 1]
    return text.buffers()[2] or pa.py_buffer(b""), offsets.astype(np.int64)


def text_bytes(batch: pa.RecordBatch) -> int:
    _, offsets = text_buffer(batch)
    return int(offsets[-1] - offsets[0])
