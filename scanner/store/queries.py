"""What commands ask the database. Every answer is masked; signs of state secrets are never in an ordinary one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

from scanner.store.connection import Connection

_JOINED: Final = "findings AS f JOIN cases AS c USING (doc_id) JOIN case_states AS s USING (doc_id)"
_ORDER: Final = 'ORDER BY f.severity DESC, c.case_no, f.place, f."row", f.col, f."start", f.finding_id'
_BATCH: Final = 10_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of ``scan findings`` and ``scan export``."""

    finding_id: str
    case_no: int
    state: str
    severity: int
    entity_type: str
    rule_id: str
    masked: str
    fingerprint: str
    places: int
    segment: str
    place: str
    row: int
    col: int
    hidden: bool
    site: str
    unit: str
    section: str
    title: str
    url: str
    archive: str
    member: str
    index_no: str
    parent_title: str
    parent_url: str
    published_at: date | None
    severity_rule: str
    signals: list[str]
    validation: str
    score: float
    first_seen_run: int
    last_seen_run: int


_OF_CASE: Final = (
    "case_no", "site", "unit", "section", "title", "url", "archive", "member", "index_no", "parent_title", "parent_url",
    "published_at",
)  # fmt: skip
_OWNER: Final = dict.fromkeys(_OF_CASE, "c") | {"state": "s"}
_SELECT: Final = ", ".join(f'{_OWNER.get(field.name, "f")}."{field.name}"' for field in fields(Finding))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings; an empty field asks nothing."""

    severity: int = 0  # at least this
    site: str = ""  # the name, or a part of it; so are the next two
    unit: str = ""
    entity_type: str = ""


def _where(wanted: Filter) -> tuple[str, dict[str, object]]:
    clauses = {
        "f.severity >= $severity": wanted.severity,
        "contains(c.site, $site)": wanted.site,
        "contains(c.unit, $unit)": wanted.unit,
        "f.entity_type = $entity_type": wanted.entity_type,
    }
    asked = {clause: value for clause, value in clauses.items() if value}
    values: dict[str, object] = {clause.rpartition("$")[2].rstrip(")"): value for clause, value in asked.items()}
    return " AND ".join(asked) or "true", values


def count_findings(connection: Connection, wanted: Filter) -> int:
    clause, values = _where(wanted)
    row = connection.execute(f"SELECT count(*) FROM {_JOINED} WHERE {clause}", values).fetchone()
    return int(row[0]) if row else 0


def findings(connection: Connection, wanted: Filter, limit: int | None) -> Iterator[Finding]:
    """Findings, worst first; ``limit`` None for all of them."""
    clause, values = _where(wanted)
    cut = f"LIMIT {int(limit)}" if limit is not None else ""
    cursor = connection.execute(f"SELECT {_SELECT} FROM {_JOINED} WHERE {clause} {_ORDER} {cut}", values)
    while rows := cursor.fetchmany(_BATCH):
        for row in rows:
            yield Finding(*row)


def snapshot(connection: Connection, wanted: Filter, path: Path) -> None:
    """Write findings to a Parquet file, so that a slow reader does not hold the database."""
    clause, values = _where(wanted)
    connection.execute(
        f"COPY (SELECT {_SELECT} FROM {_JOINED} WHERE {clause} {_ORDER}) TO '{_quoted(path)}' "
        "(FORMAT parquet, COMPRESSION zstd)",
        values,
    )


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases, of one site, unit and severity."""

    site: str
    unit: str
    severity: int
    cases: int
    findings: int
    people: int


def tallies(connection: Connection, run_id: int | None = None) -> list[Tally]:
    """Cases by site, unit and severity, worst first; of one run, or all."""
    clause = "last_seen_run = $run" if run_id is not None else "true"
    rows = connection.execute(
        "SELECT site, unit, severity, count(*), sum(findings)::BIGINT, sum(people)::BIGINT FROM cases "
        f"WHERE {clause} GROUP BY ALL ORDER BY severity DESC, 4 DESC, site, unit",
        {"run": run_id} if run_id is not None else {},
    ).fetchall()
    return [Tally(*row) for row in rows]


def cases_by_state(connection: Connection) -> list[tuple[str, int, int]]:
    """(state, severity, cases), worst first."""
    return connection.execute(
        "SELECT state, severity, count(*) FROM cases JOIN case_states USING (doc_id) "
        "GROUP BY ALL ORDER BY state, severity DESC"
    ).fetchall()


def unread(connection: Connection, run_id: int | None = None) -> list[tuple[str, str, int]]:
    """(status, reason, files) of what was not wholly read of the newest exports; of those a run read, or all."""
    clause = "run_id = $run" if run_id is not None else "true"
    return connection.execute(
        f"SELECT status, reason, count(*) FROM ledger WHERE status <> 'extracted' AND {clause} GROUP BY ALL",
        {"run": run_id} if run_id is not None else {},
    ).fetchall()


def unread_by_site(connection: Connection, run_id: int) -> dict[tuple[str, str], int]:
    """How many members of a run were not (wholly) read, by site and unit."""
    rows = connection.execute(
        "SELECT site, unit, sum(members)::BIGINT FROM run_members "
        "WHERE run_id = $run AND status <> 'extracted' GROUP BY ALL",
        {"run": run_id},
    ).fetchall()
    return {(site, unit): count for site, unit, count in rows}


def secrets(connection: Connection) -> list[tuple[str, str]]:
    """The channel of its own: (location, fingerprint) of documents that bear a sign of a state secret."""
    return connection.execute("SELECT location, fingerprint FROM secrets ORDER BY location, fingerprint").fetchall()
