"""The queue of cases: what is left, in which order, and who holds what."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

import pyarrow as pa

from scanner.cases import TO_REVIEW
from scanner.review.models import CaseRow, View
from scanner.store.connection import Connection

# A case that took no step since it was found is to be reviewed: most are, and their events need not be looked at.
_COUNTED: Final = """
cases AS c LEFT JOIN (
    SELECT doc_id, arg_max(to_state, event_id) AS latest FROM events WHERE from_state <> '' GROUP BY doc_id
) AS e USING (doc_id)
LEFT JOIN assigned AS a USING (doc_id)
"""
_STATE: Final = f"coalesce(e.latest, '{TO_REVIEW}')"
_FROM: Final = f"""
{_COUNTED}
LEFT JOIN (SELECT doc_id, reviewer, until FROM leases WHERE until > $now) AS l USING (doc_id)
LEFT JOIN rule_labels AS r ON r.rule_id = c.rule_id
"""
_COLUMNS: Final = f"""
c.case_no, c.doc_id, {_STATE}, c.severity, c.findings, c.people, c.entities, c.hidden, c.site, c.unit, c.section,
c.title, c.member, c.url, c.published_at, c.first_seen_run, coalesce(a.assignee, ''), coalesce(l.reviewer, '')
"""
_ENTITIES: Final = 6  # the column of JSON
# Worst first; of equals, rules that reviewers dismiss nine times in ten come later; then the oldest first. Labels only
# order: no case is left out for them.
_DOUBTFUL: Final = (
    "coalesce(r.confirmed + r.dismissed >= 20 AND r.confirmed < 0.1 * (r.confirmed + r.dismissed), false)"
)
_ORDER: Final = f"c.severity DESC, {_DOUBTFUL}, c.first_seen_run, c.case_no"

_CLAUSES: Final = {
    "severity": "c.severity >= $severity",
    "unit": "contains(c.unit, $unit)",
    "site": "contains(c.site, $site)",
    "section": "contains(c.section, $section)",
    "entity_type": "contains(c.entities::VARCHAR, '\"' || $entity_type || '\":')",
    "hidden": "c.hidden = $hidden",
    "minors": "c.minors = $minors",
    "since_run": "c.first_seen_run >= $since_run",
    "search": "(contains(lower(c.title || ' ' || c.parent_title || ' ' || c.url || ' ' || c.index_no), lower($search))"
    " OR c.case_no::VARCHAR = $search)",
    "assignee": "a.assignee = $assignee",
}


def _where(view: View) -> tuple[str, dict[str, Any]]:
    asked = {name: getattr(view, name) for name in _CLAUSES if getattr(view, name)}
    clauses = [f"list_contains($states, {_STATE})", *(_CLAUSES[name] for name in asked)]
    return " AND ".join(clauses), asked | {"states": list(view.states)}


def counts(connection: Connection, view: View) -> dict[int, int]:
    """Cases of a view by severity, worst first."""
    clause, values = _where(view)
    sql = f"SELECT c.severity, count(*) FROM {_COUNTED} WHERE {clause} GROUP BY ALL ORDER BY 1 DESC"
    return dict(connection.execute(sql, values).fetchall())


def rows(connection: Connection, view: View, now: datetime, after: int, limit: int) -> list[CaseRow]:
    clause, values = _where(view)
    sql = f"SELECT {_COLUMNS} FROM {_FROM} WHERE {clause} ORDER BY {_ORDER} LIMIT {int(limit)} OFFSET {int(after)}"
    return [_row(found) for found in connection.execute(sql, values | {"now": now}).fetchall()]


def document(connection: Connection, case_no: int) -> str | None:
    """The document of a case number."""
    row = connection.execute("SELECT doc_id FROM cases WHERE case_no = $number", {"number": case_no}).fetchone()
    return row[0] if row else None


def numbers(connection: Connection, doc_ids: Sequence[str]) -> tuple[int, ...]:
    """The case numbers of some documents, in order."""
    connection.register("numbered", pa.table({"doc_id": pa.array(doc_ids, pa.string())}))
    rows = connection.execute("SELECT case_no FROM cases SEMI JOIN numbered USING (doc_id) ORDER BY 1").fetchall()
    connection.unregister("numbered")
    return tuple(number for (number,) in rows)


def of_documents(connection: Connection, doc_ids: Sequence[str], now: datetime) -> list[CaseRow]:
    """The cases of these documents, in whatever state; only their rows of the other tables are looked at."""
    sql = f"""
    WITH wanted AS (SELECT unnest($ids) AS doc_id),
    latest AS (SELECT doc_id, arg_max(to_state, event_id) AS latest
               FROM events WHERE doc_id IN (FROM wanted) GROUP BY doc_id),
    assigned AS (SELECT doc_id, arg_max(assignee, assignment_id) AS assignee
                 FROM assignments WHERE doc_id IN (FROM wanted) GROUP BY doc_id)
    SELECT {_COLUMNS} FROM cases AS c JOIN latest AS e USING (doc_id) LEFT JOIN assigned AS a USING (doc_id)
    LEFT JOIN (SELECT doc_id, reviewer, until FROM leases WHERE until > $now) AS l USING (doc_id)
    WHERE c.doc_id IN (FROM wanted)
    """
    return [_row(found) for found in connection.execute(sql, {"ids": list(doc_ids), "now": now}).fetchall()]


def claim(
    connection: Connection, view: View, reviewer: str, skipped: Collection[str], now: datetime, until: datetime,
    count: int,
) -> list[CaseRow]:  # fmt: skip
    """Lease the next ``count`` cases of a view that nobody else holds, and that are assigned to nobody else."""
    clause, values = _where(view)
    sql = f"""
    SELECT {_COLUMNS} FROM {_FROM}
    WHERE {clause} AND l.reviewer IS NULL AND coalesce(a.assignee, '') IN ('', $reviewer)
          AND c.doc_id NOT IN (SELECT unnest($skipped::VARCHAR[]))
    ORDER BY c.severity DESC, coalesce(a.assignee, '') = '', {_ORDER} LIMIT {int(count)}
    """
    found = connection.execute(sql, values | {"now": now, "reviewer": reviewer, "skipped": list(skipped)}).fetchall()
    claimed = [_row(row) for row in found]
    lease(connection, [row.doc_id for row in claimed], reviewer, until)
    return claimed


def lease(connection: Connection, doc_ids: Sequence[str], reviewer: str, until: datetime) -> None:
    """Write leases, in place of any there are: the caller knows that nobody else holds these cases."""
    if doc_ids:
        free(connection, doc_ids)
        connection.execute(
            "INSERT INTO leases SELECT unnest($ids), $reviewer, $until",
            {"ids": list(doc_ids), "reviewer": reviewer, "until": until},
        )


def renew(connection: Connection, reviewer: str, doc_ids: Sequence[str], until: datetime) -> None:
    """Lengthen the leases that still are this reviewer's."""
    connection.execute(
        "UPDATE leases SET until = $until WHERE reviewer = $reviewer AND doc_id IN (SELECT unnest($ids))",
        {"ids": list(doc_ids), "reviewer": reviewer, "until": until},
    )


def free(connection: Connection, doc_ids: Sequence[str], reviewer: str = "") -> None:
    """End leases: of ``reviewer`` only, or anybody's."""
    known = connection.execute("SELECT doc_id FROM leases WHERE $reviewer IN ('', reviewer)", {"reviewer": reviewer})
    ending = list({doc_id for (doc_id,) in known.fetchall()} & set(doc_ids))  # a few: nobody holds thousands
    if ending:
        connection.execute("DELETE FROM leases WHERE doc_id IN (SELECT unnest($ids))", {"ids": ending})


def holder(connection: Connection, doc_id: str, now: datetime) -> tuple[str, datetime] | None:
    """Who holds a case, and until when."""
    return connection.execute(
        "SELECT reviewer, until FROM leases WHERE doc_id = $doc AND until > $now", {"doc": doc_id, "now": now}
    ).fetchone()


def _row(found: tuple[Any, ...]) -> CaseRow:
    return CaseRow(*(json.loads(value) if number == _ENTITIES else value for number, value in enumerate(found)))
