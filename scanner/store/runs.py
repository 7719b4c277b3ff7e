"""The row each run leaves behind: when, over which archives, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

import pyarrow as pa

from scanner.store.connection import Connection

_COLUMNS = "run_id, kind, state, started_at, ended_at, archives, members, unread, hits, new_findings, new_cases"


@dataclass(frozen=True, slots=True)
class Run:
    run_id: int
    kind: str  # scan | rescan
    state: str  # running | done | stopped
    started_at: datetime  # UTC, without a zone
    ended_at: datetime | None
    archives: tuple[str, ...]
    members: int | None  # the counts are None until the run is done
    unread: int | None
    hits: int | None
    new_findings: int | None
    new_cases: int | None


def key_fits(connection: Connection, key: bytes) -> bool:
    """Whether this is the key of the runs before; the first run that asks makes it so."""
    mark = blake2b(b"scan: a workspace's key", key=key, digest_size=8).hexdigest()
    known = connection.execute("SELECT mark FROM key_mark").fetchone()
    if known is None:
        connection.execute("INSERT INTO key_mark VALUES ($mark)", {"mark": mark})
    return known is None or known[0] == mark


def begin(connection: Connection, archives: Sequence[str], now: datetime, kind: str = "scan") -> int:
    """A new run's number. Runs that were killed before are marked as stopped: only one runs at a time."""
    stop(connection, now)
    row = connection.execute(
        "INSERT INTO runs (run_id, kind, state, started_at, archives) "
        "VALUES (nextval('run_ids'), $kind, 'running', $now, $archives) RETURNING run_id",
        {"now": now, "archives": list(archives), "kind": kind},
    ).fetchone()
    assert row
    return int(row[0])


def stop(connection: Connection, now: datetime) -> None:
    """Mark the run that did not end as stopped."""
    connection.execute("UPDATE runs SET state = 'stopped', ended_at = $now WHERE state = 'running'", {"now": now})


def discard(connection: Connection, run_id: int) -> None:
    """Forget a run in which nothing could be read: there is nothing to go on with."""
    connection.execute("DELETE FROM runs WHERE run_id = $run", {"run": run_id})


def finish(
    connection: Connection, run_id: int, now: datetime, members: int, unread: int, hits: int, new: tuple[int, int]
) -> None:
    """Mark a run as done, with its counts; ``new`` is (findings, cases)."""
    connection.execute(
        "UPDATE runs SET state = 'done', ended_at = $now, members = $members, unread = $unread, hits = $hits, "
        "new_findings = $findings, new_cases = $cases WHERE run_id = $run",
        {"now": now, "members": members, "unread": unread, "hits": hits, "findings": new[0], "cases": new[1],
         "run": run_id},
    )  # fmt: skip


def last(connection: Connection) -> Run | None:
    """The newest run, or None before the first."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM runs ORDER BY run_id DESC LIMIT 1").fetchone()
    if row is None:
        return None
    run_id, kind, state, started, ended, archives, members, unread, hits, findings, cases = row
    return Run(run_id, kind, state, started, ended, tuple(archives), members, unread, hits, findings, cases)


def insert(
    connection: Connection, table: str, run_id: int, rows: Sequence[tuple[object, ...]], columns: Sequence[str]
) -> None:
    """Adds rows to a table whose first column is the run."""
    if rows:
        content = {name: list(column) for name, column in zip(columns, zip(*rows, strict=True), strict=True)}
        connection.register("noted", pa.table(content))
        connection.execute(f"INSERT INTO {table} SELECT $run, * FROM noted", {"run": run_id})
        connection.unregister("noted")
