"""Findings as files for other programs: CSV for Excel, JSONL, Parquet. Masked values only."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow.parquet as pq

from scanner import severities
from scanner.output import json_line
from scanner.places import Spot, file_name, where

FORMATS: Final = ("csv", "jsonl", "parquet")
_CHUNK: Final = 1 << 16  # characters written at once
_BOM: Final = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as GBK
# A cell that begins with one of these is a formula to a spreadsheet program.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(snapshot: Path, kind: str, stream: BinaryIO) -> None:
    """Copy a snapshot (store.queries.snapshot) to ``stream`` in the format ``kind``."""
    if kind == "parquet":
        with snapshot.open("rb") as source:
            shutil.copyfileobj(source, stream)
    elif kind == "jsonl":
        for row in rows(snapshot):
            stream.write(json_line(row))
    else:
        _csv(snapshot, stream)


def rows(snapshot: Path) -> Iterator[dict[str, Any]]:
    """A snapshot's rows, as JSON can hold them, with ``where`` in words."""
    with pq.ParquetFile(snapshot) as parquet:
        for batch in parquet.iter_batches(batch_size=10_000):
            for row in batch.to_pylist():
                yield readable(row)


def readable(row: Mapping[str, Any]) -> dict[str, Any]:
    """One finding with its severity as a word, its date as text and its place in words."""
    spot = Spot(row["segment"], row["place"], row["row"], row["col"], row["hidden"])
    published = row["published_at"]
    return {
        **row,
        "severity": severities.name(row["severity"]),
        "where": where(spot, file_name(row["member"])),
        "published_at": published.isoformat() if published else None,
        "score": round(row["score"], 3),
    }


def safe_cell(value: object) -> str:
    """A value as a spreadsheet shows it and does not run it.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell(-1), safe_cell(None)
    ("'=HYPERLINK(1)", '-1', '')
    """
    if isinstance(value, list):
        return safe_cell(",".join(map(str, value)))
    if value is None:
        return ""
    text = str(value).replace("\x00", "")
    runs = isinstance(value, str) and (text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA))
    return "'" + text if runs else text


def _csv(snapshot: Path, stream: BinaryIO) -> None:
    _lines([*pq.read_schema(snapshot).names, "where"], rows(snapshot), stream)


def write_csv(rows: Iterable[Mapping[str, Any]], stream: BinaryIO) -> None:
    """Rows of the same keys as CSV that Excel opens; the keys are its first line, when there is a row."""
    ahead = iter(rows)
    first = next(ahead, None)
    if first is not None:
        _lines(list(first), chain([first], ahead), stream)


def _lines(names: Sequence[str], rows: Iterable[Mapping[str, Any]], stream: BinaryIO) -> None:
    stream.write(_BOM)
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    writer.writerow(names)
    for row in rows:
        writer.writerow([safe_cell(row[name]) for name in names])
        if line.tell() > _CHUNK:
            _flush(line, stream)
    _flush(line, stream)


def _flush(text: io.StringIO, stream: BinaryIO) -> None:
    stream.write(text.getvalue().encode("utf-8", "backslashreplace"))
    text.seek(0)
    text.truncate()
