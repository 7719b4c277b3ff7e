"""What runs came to: the summary of a rescan, the list of runs, and what differs between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from scanner.cases import WITH_UNIT
from scanner.store.connection import Connection

_COUNTS = """
SELECT c.site, c.unit, count(*) FILTER (o.outcome = 'new'), count(*) FILTER (o.outcome = 'worse'),
       count(*) FILTER (o.outcome = 'fixed'), count(*) FILTER (o.outcome = 'reopened'),
       count(*) FILTER (o.outcome = 'returned')
FROM outcomes AS o JOIN cases AS c USING (doc_id) WHERE o.run_id = $run GROUP BY ALL
"""


@dataclass(slots=True)
class UnitCounts:
    """One line of a rescan's summary."""

    site: str
    unit: str
    new: int = 0
    worse: int = 0
    fixed: int = 0
    reopened: int = 0
    returned: int = 0  # reported as fixed, and found still leaking
    overdue: int = 0
    unread: int = 0

    def rank(self) -> tuple[int, ...]:
        """Sorts what needs somebody first."""
        return -self.reopened, -self.new, -self.worse, -self.returned, -self.overdue, -self.unread, -self.fixed


_OVERDUE = """
SELECT c.site, c.unit, count(*) FROM cases AS c JOIN case_states AS s USING (doc_id) JOIN due AS d USING (doc_id)
WHERE list_contains($states, s.state) AND d.deadline < $now GROUP BY ALL
"""
_UNREAD: Final = """
SELECT site, unit, count(*) FROM ledger
WHERE status <> 'extracted' AND archive IN (SELECT unnest(archives) FROM runs WHERE run_id = $run) GROUP BY ALL
"""


def counts(connection: Connection, run_id: int, now: datetime) -> list[UnitCounts]:
    """New, worse, fixed and reopened cases of a rescan, by site and unit; what is overdue now; and the files of its
    exports that were not wholly read, whichever run read them."""
    rows = {row[:2]: UnitCounts(*row) for row in connection.execute(_COUNTS, {"run": run_id}).fetchall()}
    for site, unit, files in connection.execute(_UNREAD, {"run": run_id}).fetchall():
        rows.setdefault((site, unit), UnitCounts(site, unit)).unread = files
    late = connection.execute(_OVERDUE, {"states": list(WITH_UNIT), "now": now}).fetchall()
    for site, unit, cases in late:
        rows.setdefault((site, unit), UnitCounts(site, unit)).overdue = cases
    return sorted(rows.values(), key=lambda row: (row.rank(), row.site, row.unit))


@dataclass(frozen=True, slots=True)
class RunRow:
    """One line of ``scan history``; the counts are None until the run is done."""

    run_id: int
    kind: str  # scan | rescan
    state: str  # running | done | stopped
    started_at: datetime  # UTC, without a zone
    ended_at: datetime | None
    archives: int
    members: int | None
    unread: int | None
    hits: int | None
    new: int
    worse: int
    fixed: int
    reopened: int


_HISTORY = """
WITH counted AS (
    SELECT run_id, count(*) FILTER (outcome = 'new') AS new, count(*) FILTER (outcome = 'worse') AS worse,
           count(*) FILTER (outcome = 'fixed') AS fixed, count(*) FILTER (outcome = 'reopened') AS reopened
    FROM outcomes GROUP BY run_id
)
SELECT r.run_id, r.kind, r.state, r.started_at, r.ended_at, len(r.archives), r.members, r.unread, r.hits,
       CASE WHEN r.kind = 'rescan' THEN coalesce(c.new, 0) ELSE coalesce(r.new_cases, 0) END, coalesce(c.worse, 0),
       coalesce(c.fixed, 0), coalesce(c.reopened, 0)
FROM runs AS r LEFT JOIN counted AS c ON c.run_id = r.run_id ORDER BY r.run_id DESC LIMIT $limit
"""


def history(connection: Connection, limit: int) -> list[RunRow]:
    """The last runs, newest first."""
    return [RunRow(*row) for row in connection.execute(_HISTORY, {"limit": limit}).fetchall()]


def run_kind(connection: Connection, run_id: int) -> str | None:
    """What kind of run a number is; None when there is no such run, or it was not finished."""
    row = connection.execute("SELECT kind FROM runs WHERE run_id = $run AND state = 'done'", {"run": run_id}).fetchone()
    return str(row[0]) if row else None


def last_done(connection: Connection, count: int) -> list[int]:
    """The numbers of the last finished runs, the newest first."""
    rows = connection.execute(
        "SELECT run_id FROM runs WHERE state = 'done' ORDER BY run_id DESC LIMIT $limit", {"limit": count}
    ).fetchall()
    return [int(run_id) for (run_id,) in rows]


@dataclass(frozen=True, slots=True)
class Difference:
    """How many findings and cases of a unit appeared or went between two runs."""

    site: str
    unit: str
    appeared: int  # findings
    went: int
    cases_appeared: int
    cases_went: int


_APPEARED = """
f.first_seen_run > $first AND f.first_seen_run <= $second AND (f.gone_run IS NULL OR f.gone_run > $second)
"""
_WENT = """
f.first_seen_run <= $first AND f.gone_run > $first AND f.gone_run <= $second
"""
_DIFFERENCE = f"""
SELECT c.site, c.unit, count(*) FILTER ({_APPEARED}), count(*) FILTER ({_WENT}),
       count(DISTINCT c.doc_id) FILTER ({_APPEARED}), count(DISTINCT c.doc_id) FILTER ({_WENT})
FROM findings AS f JOIN cases AS c USING (doc_id) WHERE ({_APPEARED}) OR ({_WENT})
GROUP BY ALL ORDER BY 3 DESC, 4 DESC, 1, 2
"""


def difference(connection: Connection, first: int, second: int) -> list[Difference]:
    """What appeared and what went after run ``first`` up to run ``second``, by site and unit."""
    values = {"first": first, "second": second}
    return [Difference(*row) for row in connection.execute(_DIFFERENCE, values).fetchall()]


@dataclass(frozen=True, slots=True)
class ChangedCase:
    case_no: int
    site: str
    unit: str
    title: str
    url: str
    severity: int
    appeared: int
    went: int


_CHANGED = f"""
SELECT c.case_no, c.site, c.unit, c.title, c.url, c.severity, count(*) FILTER ({_APPEARED}), count(*) FILTER ({_WENT})
FROM findings AS f JOIN cases AS c USING (doc_id) WHERE ({_APPEARED}) OR ({_WENT})
GROUP BY ALL ORDER BY c.severity DESC, c.case_no LIMIT $limit
"""


def changed_cases(connection: Connection, first: int, second: int, limit: int) -> list[ChangedCase]:
    """The cases of a difference, worst first."""
    values = {"first": first, "second": second, "limit": limit}
    return [ChangedCase(*row) for row in connection.execute(_CHANGED, values).fetchall()]


def last_rescan(connection: Connection) -> int | None:
    """The number of the last rescan that was finished."""
    row = connection.execute("SELECT max(run_id) FROM runs WHERE kind = 'rescan' AND state = 'done'").fetchone()
    return int(row[0]) if row and row[0] is not None else None


def exports_of(connection: Connection, run_id: int) -> int:
    """How many exports a run had before it."""
    row = connection.execute("SELECT len(archives) FROM runs WHERE run_id = $run", {"run": run_id}).fetchone()
    return int(row[0]) if row else 0


def last_finished_rescan(connection: Connection) -> datetime | None:
    """When the last rescan that was finished began; UTC, without a zone."""
    row = connection.execute("SELECT max(started_at) FROM runs WHERE kind = 'rescan' AND state = 'done'").fetchone()
    return row[0] if row else None


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    case_no: int
    outcome: str
    unit: str
    title: str
    url: str


def cases_of(connection: Connection, run_id: int, limit: int) -> list[CaseOutcome]:
    """The cases something became of in a rescan, what needs somebody first."""
    rows = connection.execute(
        "SELECT case_no, outcome, unit, title, coalesce(nullif(url, ''), location) FROM outcomes "
        "JOIN cases USING (doc_id) WHERE run_id = $run "
        "ORDER BY list_position(['reopened', 'new', 'worse', 'returned', 'fixed'], outcome), severity DESC, case_no "
        "LIMIT $limit",
        {"run": run_id, "limit": limit},
    ).fetchall()
    return [CaseOutcome(*row) for row in rows]


def problems_of(connection: Connection, run_id: int) -> list[tuple[str, str]]:
    """(export or site, why) of what was not read to its end in a rescan."""
    return connection.execute(
        "SELECT coalesce(nullif(archive, ''), grp), why FROM site_exports "
        "WHERE run_id = $run AND why <> '' ORDER BY ALL",
        {"run": run_id},
    ).fetchall()
