"""What is known of one case, and what people write beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from scanner.review.models import Event, Note
from scanner.store.connection import Connection

_FINDING: Final = (
    "finding_id", "entity_type", "rule_id", "masked", "severity", "severity_rule", "signals", "segment", "place",
    "row", "col", "hidden", "places", "fingerprint", "start", "end", "part", "record_row", "doc_id",
)  # fmt: skip
_COLUMNS: Final = ", ".join(f'f."{name}"' for name in _FINDING)
_MOVED: Final = "(SELECT coalesce(list(m.doc_id), []) FROM moves AS m WHERE m.case_id = f.doc_id)"
_SUPPRESSED: Final = """
EXISTS (FROM live_suppressions AS p
        WHERE p.kind = 'value' AND p.rule_id = f.rule_id AND p.key = f.fingerprint)
"""
_ORDER: Final = 'ORDER BY f.hidden DESC, f.segment, f.place, f."row", f.col, f."start", f.finding_id'


@dataclass(frozen=True, slots=True)
class Stored:
    """A finding as it lies in the database, with its place in records/."""

    finding_id: str
    entity_type: str
    rule_id: str
    masked: str
    severity: int
    severity_rule: str
    signals: list[str]
    segment: str
    place: str
    row: int
    col: int
    hidden: bool
    places: int
    fingerprint: str
    start: int
    end: int
    part: str
    record_row: int
    doc_id: str
    suppressed: bool
    moved: list[str]  # further documents that are its case at another address


@dataclass(frozen=True, slots=True)
class Details:
    """What a CaseView says beyond its row."""

    location: str
    archive: str
    index_no: str
    parent_title: str
    parent_url: str
    severity_rule: str
    adjusted: list[str]
    found: date  # when its first run began


def details(connection: Connection, doc_ids: Sequence[str]) -> dict[str, Details]:
    rows = connection.execute(
        "SELECT doc_id, location, archive, index_no, parent_title, parent_url, severity_rule, adjusted, "
        "started_at::DATE FROM cases JOIN runs ON run_id = first_seen_run WHERE doc_id IN (SELECT unnest($ids))",
        {"ids": list(doc_ids)},
    ).fetchall()
    return {row[0]: Details(*row[1:]) for row in rows}


def findings(connection: Connection, doc_ids: Sequence[str]) -> dict[str, list[Stored]]:
    """All that stands in some documents now, in the order it stands there, what is hidden first."""
    # One by one: only an equation lets DuckDB skip the row groups in which a document cannot stand.
    sql = (
        f"SELECT {_COLUMNS}, {_SUPPRESSED}, {_MOVED} FROM findings AS f "
        f"WHERE f.doc_id = $doc AND f.gone_run IS NULL {_ORDER}"
    )
    return {doc_id: [Stored(*row) for row in connection.execute(sql, {"doc": doc_id}).fetchall()] for doc_id in doc_ids}


def finding(connection: Connection, finding_id: str) -> Stored | None:
    row = connection.execute(
        f"SELECT {_COLUMNS}, {_SUPPRESSED}, {_MOVED} FROM findings AS f WHERE f.finding_id = $id", {"id": finding_id}
    ).fetchone()
    return Stored(*row) if row else None


def events(connection: Connection, doc_ids: Sequence[str]) -> dict[str, list[Event]]:
    """The history of some cases, oldest first."""
    return _by_document(
        connection, doc_ids, Event,
        "SELECT doc_id, event_id, happened_at, actor, step, from_state, to_state, reason, note, run_id FROM events "
        "WHERE doc_id IN (SELECT unnest($ids)) ORDER BY event_id",
    )  # fmt: skip


def notes(connection: Connection, doc_ids: Sequence[str]) -> dict[str, list[Note]]:
    return _by_document(
        connection, doc_ids, Note,
        "SELECT doc_id, happened_at, actor, text FROM notes WHERE doc_id IN (SELECT unnest($ids)) ORDER BY happened_at",
    )  # fmt: skip


def _by_document(connection: Connection, doc_ids: Sequence[str], kind: type[Any], sql: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {doc_id: [] for doc_id in doc_ids}
    for row in connection.execute(sql, {"ids": list(doc_ids)}).fetchall():
        found[row[0]].append(kind(*row[1:]))
    return found


def add_note(connection: Connection, doc_id: str, actor: str, text: str, now: datetime) -> None:
    connection.execute(
        "INSERT INTO notes VALUES ($now, $doc, $actor, $text)",
        {"now": now, "doc": doc_id, "actor": actor, "text": text},
    )


def assign(connection: Connection, doc_id: str, actor: str, assignee: str, now: datetime) -> None:
    connection.execute(
        "INSERT INTO assignments VALUES (nextval('assignment_ids'), $now, $doc, $actor, $assignee)",
        {"now": now, "doc": doc_id, "actor": actor, "assignee": assignee},
    )


def add_reveal(connection: Connection, finding_id: str, doc_id: str, reviewer: str, now: datetime) -> None:
    connection.execute(
        "INSERT INTO reveals VALUES ($now, $reviewer, $finding, $doc)",
        {"now": now, "reviewer": reviewer, "finding": finding_id, "doc": doc_id},
    )


def reveals(connection: Connection) -> list[tuple[datetime, str, int, str, str]]:
    """(when, who, case, type of value, masked value) of every reveal, newest first."""
    return connection.execute(
        "SELECT happened_at, reviewer, coalesce(case_no, 0), coalesce(entity_type, ''), coalesce(masked, '') "
        "FROM reveals LEFT JOIN cases USING (doc_id) LEFT JOIN findings USING (finding_id) ORDER BY happened_at DESC"
    ).fetchall()


def last_decision(connection: Connection, actor: str) -> tuple[int, list[str]] | None:
    """A reviewer's last decision that still stands, and the cases it stands in."""
    rows = connection.execute(
        """
        WITH latest AS (SELECT doc_id, max(event_id) AS event_id FROM events GROUP BY doc_id),
        own AS (
            SELECT e.decision, e.doc_id FROM events AS e JOIN latest USING (event_id)
            WHERE e.actor = $actor AND e.step IN ('confirm', 'dismiss') AND e.decision IS NOT NULL
        )
        SELECT decision, doc_id FROM own WHERE decision = (SELECT max(decision) FROM own)
        """,
        {"actor": actor},
    ).fetchall()
    return (rows[0][0], [doc_id for _decision, doc_id in rows]) if rows else None
