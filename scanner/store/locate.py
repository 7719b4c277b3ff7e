"""One finding by its id, with what is known of its document."""

from __future__ import annotations

from typing import Any, Final

from scanner.store.connection import Connection

_HIT: Final = (
    "entity_type", "rule_id", "masked", "fingerprint", "severity", "severity_rule", "signals", "score", "validation",
    "segment", "place", "row", "col", "hidden", "start", "end",
)  # fmt: skip
_DOCUMENT: Final = ("title", "parent_title", "section", "published_at", "url", "archive", "member")
_COLUMNS: Final = ", ".join([*(f'f."{name}"' for name in _HIT), *(f'c."{name}"' for name in _DOCUMENT)])


def finding(connection: Connection, finding_id: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """(hit, document) of a finding: columns as in patterns.schema.HITS and of its case; None when there is none."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM findings AS f JOIN cases AS c USING (doc_id) WHERE f.finding_id = $id",
        {"id": finding_id},
    ).fetchone()
    if row is None:
        return None
    return dict(zip(_HIT, row[: len(_HIT)], strict=True)), dict(zip(_DOCUMENT, row[len(_HIT) :], strict=True))
