"""What a rescan sees of the cases: which documents are there, which moved, which findings are gone, what that proves.

All of it happens in the transaction of the rescan's merge. Guarantees: a finding is marked gone only when every
document of its case was read to its end, or is missing from an export that was; doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import pyarrow as pa

from patterns.schema import Severity
from pipelines import locations
from scanner.store import runs, site_exports
from scanner.store.connection import Connection
from scanner.store.merge import ROLL_UP

_LEAK: Final = f"severity BETWEEN {int(Severity.LOW)} AND {int(Severity.CRITICAL)}"
# What names and birth dates of different people have in common proves nothing.
_TELLING: Final = "entity_type NOT IN ('PERSON_NAME', 'BIRTH_DATE')"
_WHOLE: Final = f"{_TELLING} AND NOT starts_with(rule_id, 'masked.')"

_BEFORE: Final = f"""
CREATE TEMP TABLE before AS
SELECT c.doc_id, c.severity, c.people,
       (SELECT count(*) FROM findings AS f WHERE f.doc_id = c.doc_id AND gone_run IS NULL AND f.{_LEAK}) AS leaks
FROM cases AS c
"""
# The documents that leak or are of a case, not all there are.
_PRESENT: Final = """
CREATE TEMP TABLE present AS
WITH wanted AS (
    SELECT doc_id FROM leaks_now UNION SELECT doc_id FROM cases UNION SELECT doc_id FROM moves
)
SELECT doc_id, bool_and(status = 'extracted') AS read, min(digest) AS digest, min(site) AS site
FROM read_parquet($records) SEMI JOIN wanted USING (doc_id) GROUP BY doc_id
"""
_NO_PRESENT: Final = "CREATE TEMP TABLE present (doc_id VARCHAR, read BOOLEAN, digest VARCHAR, site VARCHAR)"
_UNMATCHED: Final = "UPDATE present SET read = false WHERE list_contains($unmatched, doc_id)"
_UNREAD: Final = """
CREATE TEMP TABLE unread_places AS SELECT DISTINCT location FROM read_parquet($records) WHERE status <> 'extracted'
"""
_LEAKS: Final = f"""
CREATE TEMP TABLE leaks_now AS SELECT DISTINCT doc_id FROM read_parquet($hits) WHERE {_LEAK}
"""
_NO_LEAKS: Final = "CREATE TEMP TABLE leaks_now (doc_id VARCHAR)"
_FRESH: Final = """
CREATE TEMP TABLE fresh AS
SELECT p.doc_id, p.site, p.digest FROM leaks_now AS n JOIN present AS p USING (doc_id)
WHERE n.doc_id NOT IN (SELECT doc_id FROM cases) AND n.doc_id NOT IN (SELECT doc_id FROM moves)
"""
_VALUES: Final = f"""
CREATE TEMP TABLE values_now AS
SELECT DISTINCT doc_id, fingerprint FROM read_parquet($hits) AS h SEMI JOIN fresh USING (doc_id)
WHERE {_LEAK} AND {_TELLING}
"""

# A document without a case that holds most of what a case held, on the same site, when that case's own documents are
# gone or the case was closed.
_MOVES: Final = f"""
INSERT INTO moves
WITH documents AS (
    SELECT doc_id AS case_id, doc_id FROM cases UNION ALL SELECT case_id, doc_id FROM moves
),
left_behind AS (
    SELECT c.doc_id, c.case_no, c.site, max(d.digest) AS digest
    FROM cases AS c JOIN case_states AS s USING (doc_id) JOIN case_groups AS g ON g.archive = c.archive
    LEFT JOIN case_documents AS d ON d.doc_id = c.doc_id
    WHERE list_contains($closed, s.state) OR (g.whole AND NOT EXISTS (
        SELECT 1 FROM documents AS x JOIN present AS p ON p.doc_id = x.doc_id WHERE x.case_id = c.doc_id
    ))
    GROUP BY ALL
),
values_then AS (
    SELECT DISTINCT f.doc_id, f.fingerprint FROM findings AS f JOIN left_behind USING (doc_id)
    WHERE f.{_LEAK} AND f.{_TELLING}
),
shared AS (
    SELECT n.doc_id, t.doc_id AS case_id, count(*) AS shared
    FROM values_now AS n JOIN values_then AS t USING (fingerprint) GROUP BY ALL
),
counted AS (
    SELECT s.*, (SELECT count(*) FROM values_now AS n WHERE n.doc_id = s.doc_id) AS here,
           (SELECT count(*) FROM values_then AS t WHERE t.doc_id = s.case_id) AS there
    FROM shared AS s
),
alike AS (
    SELECT doc_id, case_id, shared FROM counted WHERE 2 * shared >= least(here, there)
    UNION ALL
    SELECT f.doc_id, l.doc_id, 1 << 30 FROM fresh AS f JOIN left_behind AS l ON l.digest = f.digest AND l.digest <> ''
)
SELECT a.doc_id, a.case_id, $run
FROM alike AS a JOIN fresh AS f USING (doc_id) JOIN left_behind AS l ON l.doc_id = a.case_id AND l.site = f.site
QUALIFY row_number() OVER (PARTITION BY a.doc_id ORDER BY a.shared DESC, l.case_no) = 1
"""

# The cases of which a finding that is not seen now is surely gone.
_SETTLED: Final = """
CREATE TEMP TABLE settled AS
WITH documents AS (
    SELECT doc_id AS case_id, doc_id FROM cases UNION ALL SELECT case_id, doc_id FROM moves
),
of_documents AS (
    SELECT d.case_id, bool_or(p.doc_id IS NOT NULL) AS present, bool_and(coalesce(p.read, true)) AS read,
           bool_and(p.doc_id IS NOT NULL) AS all_present
    FROM documents AS d LEFT JOIN present AS p USING (doc_id) GROUP BY d.case_id
)
SELECT c.doc_id, o.read AND (o.present OR split_part(c.location, '!/', 1) NOT IN (SELECT location FROM unread_places))
       AS read, (o.all_present OR g.whole) AS known
FROM cases AS c JOIN case_groups AS g ON g.archive = c.archive JOIN of_documents AS o ON o.case_id = c.doc_id
"""
_PAGES: Final = """
CREATE TEMP TABLE pages_of_cases AS
SELECT url, doc_id IN (SELECT doc_id FROM read_parquet($records) SEMI JOIN case_pages USING (doc_id)) AS present
FROM case_pages
"""
_NO_PAGES: Final = "CREATE TEMP TABLE pages_of_cases AS SELECT url, false AS present FROM case_pages"
_SEEN: Final = f"""
CREATE TEMP TABLE seen AS
WITH documents AS (
    SELECT doc_id AS case_id, doc_id, false AS new FROM cases
    UNION ALL SELECT case_id, doc_id, run_id = $run FROM moves
),
of_documents AS (
    SELECT d.case_id, bool_or(p.doc_id IS NOT NULL) AS present, bool_and(coalesce(p.read, true)) AS read,
           bool_or(d.new) AS moved,
           bool_or(p.doc_id IS NOT NULL AND NOT d.new) AS stayed
    FROM documents AS d LEFT JOIN present AS p USING (doc_id) GROUP BY d.case_id
),
leaking AS (
    SELECT coalesce(m.case_id, n.doc_id) AS case_id,
           array_to_string(list_sort(list_distinct(list(p.digest))), ' ') AS digest
    FROM leaks_now AS n LEFT JOIN moves AS m USING (doc_id) JOIN present AS p USING (doc_id) GROUP BY ALL
),
of_findings AS (
    SELECT doc_id, count(*) FILTER (last_seen_run = $run) AS leaks,
           count(*) FILTER (first_seen_run = $run) AS fresh,
           count(*) FILTER (last_seen_run = $run AND {_WHOLE}) AS whole_values,
           count(*) FILTER (last_seen_run < $run AND {_WHOLE}) AS lost_values
    FROM findings WHERE {_LEAK} GROUP BY doc_id
)
SELECT c.doc_id, g.whole, g.written, o.present, o.moved AND NOT o.stayed AS moved,
       coalesce(t.read, o.read) AS read,
       coalesce(f.leaks, 0) AS leaks, coalesce(f.fresh, 0) AS fresh, coalesce(l.digest, '') AS digest,
       l.digest IS DISTINCT FROM (SELECT max(d.digest) FROM case_documents AS d WHERE d.doc_id = c.doc_id) AS changed,
       f.whole_values = 0 AND f.lost_values > 0 AS masked,
       g.whole AND NOT coalesce(q.present, true) AS page_gone
FROM cases AS c JOIN case_groups AS g ON g.archive = c.archive JOIN of_documents AS o ON o.case_id = c.doc_id
LEFT JOIN settled AS t ON t.doc_id = c.doc_id
LEFT JOIN of_findings AS f ON f.doc_id = c.doc_id LEFT JOIN leaking AS l ON l.case_id = c.doc_id
LEFT JOIN pages_of_cases AS q ON q.url = CASE WHEN c.kind <> 'page' THEN nullif(c.parent_url, '') END
"""  # one equation: with further conditions beside it DuckDB would compare every case with every page
_GONE: Final = """
UPDATE findings SET gone_run = $run
WHERE gone_run IS NULL AND last_seen_run < $run
  AND doc_id IN (SELECT doc_id FROM settled WHERE read AND known)
"""
_SPOTTED: Final = "CREATE TEMP TABLE spotted AS SELECT DISTINCT doc_id FROM findings WHERE gone_run = $run"
_REROLL: Final = f"""
UPDATE cases SET severity = r.severity, findings = r.findings, people = r.people, entities = r.entities,
                 hidden = r.hidden, minors = r.minors, rule_id = r.rule_id, severity_rule = r.severity_rule,
                 adjusted = r.adjusted
FROM ({ROLL_UP}) AS r WHERE cases.doc_id = r.doc_id
"""
_RESULT: Final = """
SELECT s.doc_id, t.state, s.present, s.leaks, s.read, s.whole, s.changed, coalesce(s.masked, false), s.moved,
       s.page_gone, s.fresh, coalesce(b.leaks, 0), c.severity, coalesce(b.severity, 0), c.people, coalesce(b.people, 0),
       v.verdict, (SELECT max(happened_at) FROM events AS e WHERE e.doc_id = s.doc_id) > s.written
FROM seen AS s JOIN cases AS c USING (doc_id) JOIN case_states AS t USING (doc_id) LEFT JOIN before AS b USING (doc_id)
LEFT JOIN last_verdicts AS v USING (doc_id) ORDER BY c.case_no
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rescan saw of one case; leaks, severity and people as they were before and are now."""

    doc_id: str
    state: str
    present: bool
    leaks: int
    read: bool
    whole: bool
    changed: bool
    masked: bool
    moved: bool
    page_gone: bool
    fresh: int  # leaks first seen in this run
    leaks_before: int
    severity: int
    severity_before: int
    people: int
    people_before: int
    verdict: str | None  # the last one
    outdated: bool  # the export was written before the case's last step

    @property
    def first(self) -> bool:
        """Whether it never leaked before."""
        return not self.leaks_before and self.verdict is None


@dataclass(frozen=True, slots=True)
class Group:
    """The exports of one site: whether the newest was read to its end in this run."""

    name: str
    whole: bool
    written: datetime  # UTC, without a zone


def prepare(
    connection: Connection, run_id: int, hits: Sequence[Path], records: Sequence[Path], unmatched: Sequence[str],
    groups: Sequence[Group], group_of: Callable[[str], str], closed: Sequence[str],
) -> None:  # fmt: skip
    """Before the merge: what is there now, and which documents are a case that moved.

    Only cases whose archive belongs to one of ``groups`` are looked at."""
    connection.execute(_BEFORE)
    of_records, of_hits = ({name: [str(p) for p in paths]} for name, paths in (("records", records), ("hits", hits)))
    connection.execute(*((_LEAKS, of_hits) if hits else (_NO_LEAKS, {})))
    if records:
        connection.execute(_PRESENT, of_records)
        connection.execute(_UNMATCHED, {"unmatched": list(unmatched)})
        connection.execute(_UNREAD, of_records)
    else:
        connection.execute(_NO_PRESENT)
        connection.execute("CREATE TEMP TABLE unread_places (location VARCHAR)")
    _register_groups(connection, groups, group_of)
    if hits:
        connection.execute(_FRESH)
        connection.execute(_VALUES, of_hits)
        connection.execute(_MOVES, {"run": run_id, "closed": list(closed)})
        for table in ("fresh", "values_now"):
            connection.execute(f"DROP TABLE {table}")
    connection.execute(_SETTLED)
    connection.unregister("case_groups")


def mark_gone(connection: Connection, run_id: int) -> None:
    """When the findings of this run are merged: those of settled cases that are not among them are gone."""
    connection.execute(_GONE, {"run": run_id})


def _register_groups(connection: Connection, groups: Sequence[Group], group_of: Callable[[str], str]) -> None:
    """``case_groups``: archive → whether its group is whole in this run; archives of other groups are not in it."""
    by_name = {group.name: group for group in groups}
    archives = [name for (name,) in connection.execute("SELECT DISTINCT archive FROM cases").fetchall()]
    of = site_exports.groups_of(connection, archives, group_of)
    rows = [(archive, by_name[group]) for archive, group in of.items() if group in by_name]
    content = {
        "archive": pa.array([archive for archive, _ in rows], pa.string()),
        "whole": pa.array([group.whole for _, group in rows], pa.bool_()),
        "written": pa.array([group.written for _, group in rows], pa.timestamp("us")),
    }
    connection.register("case_groups", pa.table(content))


def observe(
    connection: Connection, run_id: int, records: Sequence[Path], groups: Sequence[Group],
    group_of: Callable[[str], str],
) -> list[Seen]:  # fmt: skip
    """After the merge: what it proves of each case of ``groups``."""
    _register_groups(connection, groups, group_of)
    urls = [u for (u,) in connection.execute("SELECT DISTINCT parent_url FROM cases WHERE kind <> 'page'").fetchall()]
    pages = {"url": pa.array(urls, pa.string()), "doc_id": pa.array(map(_doc_id, urls), pa.string())}
    connection.register("case_pages", pa.table(pages))
    named = {"records": [str(path) for path in records]}
    connection.execute(*((_PAGES, named) if records else (_NO_PAGES, {})))
    connection.execute(_SEEN, {"run": run_id})
    connection.execute(_SPOTTED, {"run": run_id})
    connection.execute(_REROLL, {"linked": []})
    found = [Seen(*row) for row in connection.execute(_RESULT).fetchall()]
    connection.execute("DELETE FROM case_documents WHERE doc_id IN (SELECT doc_id FROM seen WHERE leaks > 0)")
    connection.execute("INSERT INTO case_documents SELECT doc_id, digest FROM seen WHERE leaks > 0")
    for table in ("before", "present", "unread_places", "leaks_now", "settled", "seen", "spotted", "pages_of_cases"):
        connection.execute(f"DROP TABLE {table}")
    for view in ("case_groups", "case_pages"):
        connection.unregister(view)
    return found


def _doc_id(url: str) -> str:
    """Of a page, by its address or, where it has none, its place in the archive."""
    return locations.doc_id(locations.canonical(url) if "://" in url else url)


def note_verdicts(connection: Connection, run_id: int, rows: Sequence[tuple[str, str, int, int, int]]) -> None:
    """Rows of (case, verdict, leaks, people, severity)."""
    runs.insert(connection, "verdicts", run_id, rows, ("doc_id", "verdict", "leaks", "people", "severity"))


def note_outcomes(connection: Connection, run_id: int, rows: Sequence[tuple[str, str]]) -> None:
    """Rows of (case, outcome)."""
    runs.insert(connection, "outcomes", run_id, rows, ("doc_id", "outcome"))


def addresses(connection: Connection, numbers: Sequence[int], notice: str) -> list[tuple[str, int, str, str]]:
    """(case, its number, its document's address, the linking page's) of some cases, or of a notice's."""
    return connection.execute(
        "SELECT doc_id, case_no, split_part(c.url, '!/', 1), CASE WHEN c.parent_url LIKE '%://%' THEN c.parent_url "
        "ELSE '' END FROM cases AS c LEFT JOIN due AS d USING (doc_id) "
        "WHERE case_no IN (SELECT unnest($numbers)) OR ($notice <> '' AND d.notice_no = $notice) ORDER BY case_no",
        {"numbers": list(numbers), "notice": notice},
    ).fetchall()
