"""A seeded Parquet corpus for the matcher alone: ``python -m benchmarks.corpus --records 1150000 --seed 1 --out DIR``.

Two in a hundred records leak (templates of ``tune``); of the clean ones ``--prose`` (two thirds) are running text, the
others number-heavy pages: together some 18,000 runs of digits a megabyte of text, twice what real pages have
(``benchmarks.prose_pages``); ``--prose 0`` is the hardest case, 44,000. ``records-*.parquet`` has the columns of
MATCH_INPUT; ``gold.parquet`` each planted value, ``cases.parquet`` each leaking record's least severity.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import prose_pages, templates_tune
from benchmarks.documents import Doc, clean_doc, from_template
from patterns.schema import MATCH_INPUT, SEGMENT
from pipelines import parts
from scanner.synthetic.clean_pages import Pools, skeletons
from scanner.synthetic.filling import Filler

GOLD: Final = pa.schema(
    [
        pa.field("doc_id", pa.string()),
        pa.field("entity_type", pa.string()),
        pa.field("start", pa.int32()),  # code points
        pa.field("end", pa.int32()),
        pa.field("form", pa.string()),  # how it is written: forms.ID_FORMS and so on
        pa.field("required", pa.bool_()),  # False: finding it is neither demanded nor wrong
    ]
)
CASES: Final = pa.schema(
    [
        pa.field("doc_id", pa.string()),
        pa.field("template", pa.string()),
        pa.field("min_severity", pa.int8()),  # null: open
    ]
)
PROSE: Final = 0.67  # share of the clean pages that is running text
_PROSE_LENGTH: Final = (500, 1900)  # characters
_EVERY: Final = 50  # one record in fifty leaks
_GROUP: Final = parts.ROWS  # records to a row group
_FILE: Final = 32  # row groups to a file


def documents(records: int, seed: int, prose: float = PROSE) -> Iterator[Doc]:
    """The corpus' documents in order; nothing is kept."""
    rng, pools = Random(seed), Pools(seed)
    pages = skeletons(rng, 3000)
    filler, around = Filler(seed + 1), Pools(seed + 2, 499)
    leaking = [t for t in templates_tune.LEAKING if t.expect is not None]
    for number in range(records):
        if number % _EVERY == _EVERY // 2:
            yield from_template(leaking[number // _EVERY % len(leaking)], filler, around, number)
        elif rng.random() < prose:
            yield prose_pages.page(number, rng, rng.randrange(*_PROSE_LENGTH))
        else:
            yield clean_doc(pages[rng.randrange(len(pages))], pools, number, rng)


def write(out: Path, records: int, seed: int, prose: float = PROSE) -> tuple[int, int]:
    """Writes the corpus; returns the bytes of its text and the number of planted values."""
    out.mkdir(parents=True, exist_ok=True)
    docs, size, gold_rows = documents(records, seed, prose), 0, 0
    number, writer = 0, None
    with pq.ParquetWriter(out / "gold.parquet", GOLD) as gold, pq.ParquetWriter(out / "cases.parquet", CASES) as cases:
        while group := list(islice(docs, _GROUP)):
            if number % _FILE == 0:
                writer = _next(writer, out / f"records-{number // _FILE:04d}.parquet")
            assert writer is not None
            batch = columns(group)
            writer.write_batch(batch)
            number += 1
            size += batch["text"].nbytes
            gold_rows += _answers(group, gold, cases)
    if writer is not None:
        writer.close()
    return size, gold_rows


def _next(writer: pq.ParquetWriter | None, path: Path) -> pq.ParquetWriter:
    if writer is not None:
        writer.close()
    return pq.ParquetWriter(path, MATCH_INPUT, compression="zstd", use_dictionary=False)  # as pipelines.parts does


def columns(docs: Sequence[Doc]) -> pa.RecordBatch:
    """A record batch built column by column: rows of dicts would take longer than the pages themselves."""
    segments = [segment for doc in docs for segment in doc.segments]
    offsets = [0]
    for doc in docs:
        offsets.append(offsets[-1] + len(doc.segments))
    children = [pa.array([s[field.name] for s in segments], field.type) for field in SEGMENT]
    struct = pa.StructArray.from_arrays(children, fields=list(SEGMENT))
    listed = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), struct, type=MATCH_INPUT.field("segments").type)
    arrays = {
        name: pa.array([getattr(doc, name) for doc in docs], MATCH_INPUT.field(name).type)
        for name in MATCH_INPUT.names
        if name != "segments"
    }
    return pa.RecordBatch.from_arrays([arrays.get(name, listed) for name in MATCH_INPUT.names], schema=MATCH_INPUT)


def _answers(docs: Sequence[Doc], gold: pq.ParquetWriter, cases: pq.ParquetWriter) -> int:
    leaking = [doc for doc in docs if doc.template != "clean"]
    rows = [(doc.doc_id, g.entity, g.start, g.end, g.form, g.required) for doc in leaking for g in doc.gold]
    gold.write_batch(_batch(rows, GOLD))
    cases.write_batch(_batch([(doc.doc_id, doc.template, doc.expect) for doc in leaking], CASES))
    return len(rows)


def _batch(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema=schema)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prose", type=float, default=PROSE)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    began = time.perf_counter()
    size, planted = write(args.out, args.records, args.seed, args.prose)
    seconds = time.perf_counter() - began
    mean = size / max(args.records, 1)
    print(f"{args.records} records, {size / 1e6:.0f} MB of text ({mean:.0f} bytes each)")
    print(f"{planted} planted values; {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
