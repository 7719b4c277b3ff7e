"""Findings as files: CSV for Excel, JSONL and Parquet for other programs. Masked values only.

The codes of a CSV are the same in every language. Where they are not the reader's language, columns in words stand
before them."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final

import pyarrow.parquet as pq

from scanner import severities
from scanner.i18n import _, language
from scanner.output import json_line
from scanner.places import Spot, file_name, where

FORMATS: Final = ("csv", "jsonl", "parquet")
_NO_NAMES: Final = MappingProxyType[str, str]({})
_CHUNK: Final = 1 << 16  # characters written at once
_BOM: Final = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as GBK
# A cell that begins with one of these is a formula to a spreadsheet program.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(snapshot: Path, kind: str, stream: BinaryIO, sites: Mapping[str, str] = _NO_NAMES) -> None:
    """Copy a snapshot (store.queries.snapshot) to ``stream`` in the format ``kind``; ``sites``: the names of ids."""
    if kind == "parquet":
        with snapshot.open("rb") as source:
            shutil.copyfileobj(source, stream)
    elif kind == "jsonl":
        for row in rows(snapshot):
            stream.write(json_line(row))
    else:
        _csv(snapshot, stream, sites)


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


def _csv(snapshot: Path, stream: BinaryIO, sites: Mapping[str, str]) -> None:
    names = [*pq.read_schema(snapshot).names, "where"]
    if not translates():
        _lines(names, rows(snapshot), stream)
        return
    lines = ({**_in_words(row, sites), **row} for row in rows(snapshot))
    _lines([*_headers(), *names], lines, stream)


def translates() -> bool:
    """Whether a CSV needs columns in words: its codes are English words already."""
    return language() != "en"


def _headers() -> list[str]:
    return [
        _("no."), _("severity"), _("state"), _("what"), _("masked value"), _("where"), _("document"), _("site"),
        _("unit"), _("section"), _("address"), _("published"), _("why"),
    ]  # fmt: skip


def _in_words(row: Mapping[str, Any], sites: Mapping[str, str]) -> dict[str, Any]:
    """A row of ``rows`` as a person reads it, under the headings of ``_headers``."""
    from patterns.reasons import entity_name, reason, severity_name
    from scanner.cases import state_name

    kind, site, lang = row["entity_type"], row["site"], language()
    level = severity_name(severities.coded(row["severity"]), lang)
    cells = (
        row["case_no"], level, state_name(row["state"]), entity_name(kind, lang), row["masked"],
        row["where"], row["title"] or row["member"], sites.get(site, site), row["unit"], row["section"], row["url"],
        row["published_at"], reason(kind, row["severity_rule"], row["signals"], lang),
    )  # fmt: skip
    return dict(zip(_headers(), cells, strict=True))


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
