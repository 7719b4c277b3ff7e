"""Which export of each site the runs took for its newest, and which folders of records are needed still."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scanner.store import runs
from scanner.store.connection import Connection


@dataclass(frozen=True, slots=True)
class ExportRow:
    """What a run took for the newest export of a group."""

    group: str
    archive: str
    archive_id: str
    made_with: str
    whole: bool
    why: str
    records: int
    run_id: int = field(default=0, compare=False)  # of the run that merged it


def note(connection: Connection, run_id: int, rows: Sequence[ExportRow]) -> None:
    """Notes what a run merged, and the groups of which nothing could be."""
    content = [(r.group, r.archive, r.archive_id, r.made_with, r.whole, r.why, r.records) for r in rows]
    names = ("grp", "archive", "archive_id", "made_with", "whole", "why", "records")
    runs.insert(connection, "site_exports", run_id, content, names)


def last(connection: Connection) -> dict[str, ExportRow]:
    """The export of each group that was merged last, by group."""
    rows = connection.execute(
        "SELECT grp, archive, archive_id, made_with, whole, why, records, run_id "
        "FROM site_exports JOIN runs USING (run_id) WHERE state = 'done' AND archive_id <> '' "
        "QUALIFY row_number() OVER (PARTITION BY grp ORDER BY run_id DESC) = 1"
    ).fetchall()
    return {row[0]: ExportRow(*row) for row in rows}


def groups_of(connection: Connection, archives: Sequence[str], group_of: Callable[[str], str]) -> dict[str, str]:
    """The group each archive belongs to: the one a rescan took it for, else what ``group_of`` makes of its name."""
    known = dict(
        connection.execute("SELECT archive, arg_max(grp, run_id) FROM site_exports GROUP BY archive").fetchall()
    )
    return {archive: known.get(archive) or group_of(archive) for archive in archives}


def needed_archives(connection: Connection) -> set[str]:
    """The folders under records/ that hold what is still there of cases which are not closed."""
    rows = connection.execute(
        "SELECT DISTINCT split_part(part, '/', 1) FROM findings JOIN case_states USING (doc_id) "
        "WHERE state <> 'closed' AND gone_run IS NULL"
    ).fetchall()
    return {name for (name,) in rows}
