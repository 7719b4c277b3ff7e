"""STUB while the core is being written: the interface is final, the engine is two regular expressions."""

from __future__ import annotations

import hmac
import re
from datetime import date

import pyarrow as pa

from patterns.schema import HITS

_RULES = (
    ("RESIDENT_ID", "resident_id.18", re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)"), 4),
    ("MOBILE", "mobile", re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), 3),
)


class Matcher:
    """Finds personal information in record batches. One per process; ``match`` may be called any number of times.

    key: secret of the workspace, any length > 0; fingerprints are HMAC-SHA256 under it, cut to 128 bits.
    today: the date the scan counts as (ages, publicity periods); default: the system's.
    everything: also report supporting hits (Severity.SUPPORTING), such as a name alone.
    """

    def __init__(self, key: bytes, *, today: date | None = None, everything: bool = False) -> None:
        self._key, self._today, self._everything = key, today, everything

    def match(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """One batch of records (columns of MATCH_INPUT, others ignored) in, one batch of hits (HITS) out.

        ``record_row`` of a hit is the row in this batch. Never raises on any text.
        """
        rows = []
        for row, (doc, text) in enumerate(zip(batch["doc_id"].to_pylist(), batch["text"].to_pylist(), strict=True)):
            for entity, rule, pattern, severity in _RULES:
                for m in pattern.finditer(text):
                    rows.append(
                        {
                            "doc_id": doc, "record_row": row, "entity_type": entity, "rule_id": rule,
                            "start": m.start(), "end": m.end(), "segment": "body", "place": "",
                            "row": text.count("\n", 0, m.start()) + 1, "col": 0, "hidden": False,
                            "masked": m[0][:2] + "*" * (len(m[0]) - 4) + m[0][-2:],
                            "fingerprint": hmac.digest(self._key, m[0].encode(), "sha256").hex()[:32],
                            "validation": "stub", "score": 0.9, "severity": severity, "severity_rule": "stub",
                            "signals": [],
                        }
                    )
        return pa.RecordBatch.from_pylist(rows, schema=HITS)
