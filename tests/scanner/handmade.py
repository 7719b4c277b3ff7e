"""Hand-made records and hits, laid out as pipelines do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from patterns.schema import Severity
from pipelines.exports import ROWS, rows_of
from pipelines.found import FOUND, file_of
from pipelines.locations import doc_id
from pipelines.schema import RECORDS

KEY = b"k" * 32


def record(location: str, **changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {f.name: "" for f in RECORDS if pa.types.is_string(f.type)}
    row |= dict.fromkeys(("published_at", "written_at", "effective_at", "expires_at", "fetched_at"))
    row |= {"size": 1, "elapsed_ms": 1, "links": [], "segments": [], "status": "extracted", "kind": "page"}
    row |= {"doc_id": doc_id(location), "location": location, "url": "http://" + location, "text": "text"}
    return row | changes


def hit(location: str, fingerprint: str, **changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "doc_id": doc_id(location), "record_row": 0, "entity_type": "RESIDENT_ID", "rule_id": "resident_id.18",
        "start": 5, "end": 23, "segment": "body", "place": "", "row": 1, "col": 0, "hidden": False,
        "masked": "34**************2X", "fingerprint": fingerprint, "validation": "checksum", "score": 0.9,
        "severity": int(Severity.HIGH), "severity_rule": "full_id", "signals": ["s"], "shown": "",
    }  # fmt: skip
    return row | changes


def write_parts(
    folder: Path, archive_id: str, records: list[dict[str, Any]], hits: list[dict[str, Any]]
) -> tuple[Path, Path]:
    """(hits, rows) of an export as pipelines lay them out: all its records in one part."""
    files = file_of(folder / "hits" / archive_id), rows_of(folder / "records" / archive_id)
    placed = [row | {"part": 0, "row": number} for number, row in enumerate(records)]
    found = [row | {"part": 0} for row in hits]
    for path, rows, schema in zip(files, (found, placed), (FOUND, ROWS), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return files
