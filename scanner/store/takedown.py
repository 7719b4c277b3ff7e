"""What units were told, by when they must have acted, and who is late. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from scanner.cases import ORDERED, RETURNED, TO_ISSUE, WITH_UNIT
from scanner.store.connection import Connection

_COLUMNS: Final = """
c.case_no, c.doc_id, s.state, c.severity, c.unit, c.site, c.title, c.member, c.url, c.findings, d.notice_no,
d.deadline, coalesce(d.extensions, 0)
"""
_FROM: Final = "cases AS c JOIN case_states AS s USING (doc_id) LEFT JOIN due AS d USING (doc_id)"


@dataclass(frozen=True, slots=True)
class Order:
    """A case on its way to removal."""

    case_no: int
    doc_id: str
    state: str
    severity: int
    unit: str
    site: str
    title: str
    member: str
    url: str
    findings: int
    notice_no: str | None  # None before the first notice
    deadline: datetime | None  # UTC
    extensions: int

    def late(self, now: datetime) -> bool:
        """Overdue is no state: the unit has to act and its deadline is over."""
        return self.state in WITH_UNIT and self.deadline is not None and self.deadline < now


@dataclass(frozen=True, slots=True)
class Notice:
    notice_no: str
    at: datetime
    unit: str
    actor: str
    contact: str
    note: str
    cases: int
    open: int


def orders(
    connection: Connection, *, unit: str = "", states: Sequence[str] = (TO_ISSUE, *ORDERED), notice: str = "",
    numbers: Sequence[int] = (),
) -> list[Order]:  # fmt: skip
    """Cases on their way, the earliest deadline first. ``unit`` is a name or a part of it."""
    clauses = {
        "s.state IN (SELECT unnest($states))": list(states),
        "contains(c.unit, $unit)": unit,
        "d.notice_no = $notice": notice,
        "c.case_no IN (SELECT unnest($numbers))": list(numbers),
    }
    asked = {clause: value for clause, value in clauses.items() if value}
    values = {clause.partition("$")[2].rstrip(")"): value for clause, value in asked.items()}
    where = " AND ".join(asked) or "true"
    order = "d.deadline NULLS LAST, c.severity DESC, c.case_no"
    rows = connection.execute(f"SELECT {_COLUMNS} FROM {_FROM} WHERE {where} ORDER BY {order}", values).fetchall()
    return [Order(*row) for row in rows]


def to_issue(connection: Connection, unit: str, numbers: Sequence[int]) -> list[Order]:
    """Cases a notice can cover: confirmed, or returned by a verification."""
    return orders(connection, unit=unit, states=(TO_ISSUE, RETURNED), numbers=numbers)


def next_notice(connection: Connection, year: int) -> str:
    """The next number of a year: 2017-0001."""
    row = connection.execute(
        "SELECT count(*) FROM notices WHERE starts_with(notice_no, $year)", {"year": f"{year}-"}
    ).fetchone()
    return f"{year}-{(row[0] if row else 0) + 1:04d}"


def add_notice(
    connection: Connection, notice_no: str, unit: str, actor: str, contact: str, note: str, now: datetime
) -> None:
    connection.execute(
        "INSERT INTO notices VALUES ($no, $now, $unit, $actor, $contact, $note)",
        {"no": notice_no, "now": now, "unit": unit, "actor": actor, "contact": contact, "note": note},
    )


def set_deadline(
    connection: Connection, doc_id: str, notice_no: str, deadline: datetime, actor: str, reason: str, now: datetime
) -> None:
    """Of a notice (``reason`` ""), or an extension."""
    connection.execute(
        "INSERT INTO deadlines VALUES (nextval('deadline_ids'), $now, $doc, $no, $deadline, $actor, $reason)",
        {"now": now, "doc": doc_id, "no": notice_no, "deadline": deadline, "actor": actor, "reason": reason},
    )


def notices(connection: Connection) -> list[Notice]:
    """All notices, newest first, with how many of their cases are not closed."""
    rows = connection.execute(
        """
        SELECT n.notice_no, n.happened_at, n.unit, n.actor, n.contact, n.note, count(d.doc_id),
               count(*) FILTER (s.state IS NOT NULL AND s.state NOT IN ('closed', 'dismissed'))
        FROM notices AS n LEFT JOIN (SELECT DISTINCT doc_id, notice_no FROM deadlines) AS d USING (notice_no)
        LEFT JOIN case_states AS s USING (doc_id) GROUP BY ALL ORDER BY n.notice_no DESC
        """
    ).fetchall()
    return [Notice(*row) for row in rows]
