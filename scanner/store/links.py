"""One person masked in one document and shown otherwise in another: what both show together (notes on splicing masks).

Findings hold no digits, only keyed sketches of which places they show (patterns.sketches); those of one name are
compared. A masked number that leaves at most a hundred people when joined is 高, whatever its own document says.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Final

import pyarrow as pa

from patterns.schema import Severity
from patterns.sketches import NAME, linked
from scanner.store.connection import Connection

RULE: Final = "S43"

# Findings under the names that stand beside a masked number of this run or whose masked number this run may explain.
_ALIKE: Final = f"""
SELECT DISTINCT left(shown, {NAME}) AS name, doc_id, shown, entity_type = 'MASKED_ID' AS masked
FROM findings
WHERE shown <> '' AND gone_run IS NULL
  AND left(shown, {NAME}) IN (SELECT left(shown, {NAME}) FROM findings WHERE entity_type = 'MASKED_ID' AND shown <> '')
  AND left(shown, {NAME}) IN (SELECT left(shown, {NAME}) FROM spotted WHERE shown <> '')
ORDER BY ALL
"""
_RAISE: Final = f"""
UPDATE findings AS f SET
    severity = greatest(f.severity, {int(Severity.HIGH)}),
    severity_rule = CASE WHEN f.severity < {int(Severity.HIGH)} THEN '{RULE}' ELSE f.severity_rule END,
    signals = list_append(list_filter(f.signals, lambda s: NOT starts_with(s, 'linked:')), 'linked:' || l.left_over)
FROM links AS l WHERE f.doc_id = l.doc_id AND f.shown = l.shown AND f.entity_type = 'MASKED_ID'
"""


def link(connection: Connection, today: date) -> set[str]:
    """Raise the masked numbers that other documents explain; the documents they stand in. Needs the table ``spotted``.

    A name's findings are weighed anew whenever a run spots one of them, so the order of runs does not matter.
    """
    found = _links(connection, today)
    if not found:
        return set()
    columns = zip(*found, strict=True)
    connection.register("links", pa.table(dict(zip(("doc_id", "shown", "left_over"), map(list, columns), strict=True))))
    connection.execute(_RAISE)
    connection.unregister("links")
    return {doc_id for doc_id, _, _ in found}


def _links(connection: Connection, today: date) -> list[tuple[str, str, int]]:
    """(document, sketch, people left) of every masked number that others explain."""
    found = []
    for _, group in groupby(connection.execute(_ALIKE).fetchall(), key=lambda row: row[0]):
        rows = list(group)
        for _, doc_id, shown, masked in rows:
            others = [other for _, elsewhere, other, _ in rows if elsewhere != doc_id] if masked else []
            if others and (left := linked(shown, others, today)):
                found.append((doc_id, shown, left))
    return found
