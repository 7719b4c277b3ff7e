"""One MERGE per run: what exports hold (``rows.parquet``, ``hits.parquet``) becomes findings, cases and counts, in one
transaction.

Guarantees: merging the same files again adds nothing; a document that stands in two archives is one case; what people
decided is not touched, because states live in events and a merge only adds the event that opens a new case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import pyarrow as pa

from patterns.schema import Severity
from pipelines.links import context_of
from scanner.cases import TO_REVIEW
from scanner.store import links, suppressions
from scanner.store.carry import Carry, carry
from scanner.store.connection import Connection

VERSION: Final = 1  # raise it when a merge may make other findings or cases of the same hits

# The hits of this run, one row per finding: its best place, and how often the value stands in that document.
_SPOTTED: Final = f"""
CREATE TEMP TABLE spotted AS
WITH located AS (
    SELECT h.* REPLACE (
               coalesce(m.case_id, h.doc_id) AS doc_id,
               parse_path(filename)[-2] || printf('/part-%06d.parquet', h.part) AS part
           ), h.doc_id AS source_id,
           count(*) OVER (PARTITION BY h.doc_id, rule_id, fingerprint, filename, h.part, record_row) AS places
    FROM read_parquet($hits, filename = true) AS h LEFT JOIN moves AS m USING (doc_id)
    WHERE severity > {int(Severity.SUPPORTING)} {{some}}
)
SELECT md5(concat_ws(' ', doc_id, rule_id, fingerprint)) AS finding_id, *
FROM located
QUALIFY row_number() OVER (
    PARTITION BY doc_id, rule_id, fingerprint ORDER BY severity DESC, hidden, score DESC, part, record_row, "start"
) = 1
ORDER BY doc_id
"""
_TOUCHED: Final = "AND coalesce(m.case_id, h.doc_id) IN (SELECT doc_id FROM touched)"

# What is known about each document that was hit. A later export's record wins; text is never read.
_CONTEXT: Final = """
SELECT coalesce(m.case_id, r.doc_id) AS doc_id, site, unit, section, title, url, location, archive, member, kind,
       index_no, published_at
FROM read_parquet($records, filename = true, file_row_number = true) AS r LEFT JOIN moves AS m USING (doc_id)
WHERE r.doc_id IN (SELECT source_id FROM spotted)
QUALIFY row_number() OVER (
    PARTITION BY coalesce(m.case_id, r.doc_id) ORDER BY fetched_at DESC NULLS LAST, filename DESC, file_row_number
) = 1
"""
# The page that links an attachment: it knows the unit, the section and the date better than a file does.
_PARENTS: Final = """
SELECT coalesce(m.case_id, p.doc_id) AS doc_id, parent_title, parent_url, unit AS parent_unit,
       section AS parent_section, published_at AS parent_date
FROM read_parquet($pages, filename = true) AS p LEFT JOIN moves AS m USING (doc_id)
WHERE p.doc_id IN (SELECT source_id FROM spotted)
QUALIFY row_number() OVER (PARTITION BY coalesce(m.case_id, p.doc_id) ORDER BY filename DESC, part, record_row) = 1
"""
_NO_PARENTS: Final = """
SELECT '' AS doc_id, '' AS parent_title, '' AS parent_url, '' AS parent_unit, '' AS parent_section,
       NULL::DATE AS parent_date WHERE false
"""
_WITH_PARENTS: Final = """
SELECT x.* REPLACE (
           coalesce(nullif(parent_unit, ''), unit) AS unit, coalesce(nullif(parent_section, ''), section) AS section,
           coalesce(published_at, parent_date) AS published_at
       ), coalesce(parent_title, '') AS parent_title, coalesce(parent_url, '') AS parent_url
FROM records_hit AS x LEFT JOIN parents USING (doc_id)
"""

_KNOWN: Final = f"""
MERGE INTO findings AS f
USING (SELECT * FROM spotted WHERE severity < {int(Severity.SECRET)}) AS s ON f.finding_id = s.finding_id
WHEN MATCHED THEN UPDATE SET
    masked = s.masked, severity = s.severity, severity_rule = s.severity_rule, signals = s.signals, score = s.score,
    validation = s.validation, places = s.places, segment = s.segment, place = s.place, "row" = s."row", col = s.col,
    hidden = s.hidden, "start" = s."start", "end" = s."end", part = s.part, record_row = s.record_row,
    last_seen_run = $run, shown = s.shown, gone_run = NULL
"""
# In the order of their documents, which a MERGE would not keep: a case's findings then lie together, and opening it
# among five million reads one row group instead of all (3 ms instead of 300).
_NEW: Final = f"""
INSERT INTO findings BY NAME
SELECT finding_id, doc_id, entity_type, rule_id, fingerprint, masked, severity, severity_rule, signals, score,
       validation, places, segment, place, "row", col, hidden, "start", "end", part, record_row,
       $run AS first_seen_run, $run AS last_seen_run, shown
FROM spotted ANTI JOIN findings USING (finding_id)
WHERE severity < {int(Severity.SECRET)} ORDER BY doc_id
"""

_SECRETS: Final = f"""
MERGE INTO secrets AS k
USING (
    SELECT doc_id, fingerprint, any_value(location) AS location
    FROM spotted JOIN context USING (doc_id) WHERE severity = {int(Severity.SECRET)} GROUP BY ALL
) AS s ON k.doc_id = s.doc_id AND k.fingerprint = s.fingerprint
WHEN MATCHED THEN UPDATE SET location = s.location, last_seen_run = $run
WHEN NOT MATCHED THEN INSERT VALUES (s.doc_id, s.fingerprint, s.location, $run, $run)
"""

# A case is rolled up from all findings of its document that are not known to be gone, also those of earlier runs, and
# also where no archive of this run holds the document: another document's finding may have raised one of its own.
ROLL_UP: Final = """
WITH per_type AS (
    SELECT doc_id, entity_type, count(DISTINCT fingerprint) AS distinct_values, count(*) AS findings,
           max(severity) AS severity, bool_or(hidden) AS hidden,
           bool_or(list_has_any(signals, ['up:minor', 'minor'])) AS minors,
           arg_max({'rule_id': rule_id, 'severity_rule': severity_rule, 'signals': signals},
                   (severity, entity_type <> 'PERSON_NAME', score)) AS worst,
           max((severity, entity_type <> 'PERSON_NAME', score)) AS how_bad  -- of equals the number, not the name
    FROM findings
    WHERE (doc_id IN (SELECT doc_id FROM spotted) OR doc_id IN (SELECT unnest($linked))) AND gone_run IS NULL
    GROUP BY ALL
)
SELECT doc_id, max(severity) AS severity, sum(findings)::INTEGER AS findings, bool_or(hidden) AS hidden,
       coalesce(max(distinct_values) FILTER (entity_type = 'RESIDENT_ID'),
                max(distinct_values) FILTER (entity_type = 'PERSON_NAME'), 0)::INTEGER AS people,
       to_json(map_from_entries(list((entity_type, distinct_values) ORDER BY entity_type))) AS entities,
       bool_or(minors) AS minors, arg_max(worst.rule_id, how_bad) AS rule_id,
       arg_max(worst.severity_rule, how_bad) AS severity_rule,
       list_filter(arg_max(worst.signals, how_bad), lambda s: s LIKE 'up:%' OR s LIKE 'down:%') AS adjusted
FROM per_type GROUP BY doc_id
"""  # of the documents in the table ``spotted``

_CASES: Final = """
MERGE INTO cases AS c
USING (
    SELECT r.*, x.* EXCLUDE (doc_id),
           (SELECT coalesce(max(case_no), 0) FROM cases)
           + row_number() OVER (ORDER BY k.doc_id IS NOT NULL, r.severity DESC, r.people DESC, x.site, x.location)
           AS next_no
    FROM rolled_up AS r JOIN context AS x USING (doc_id) LEFT JOIN cases AS k USING (doc_id)
) AS s ON c.doc_id = s.doc_id
WHEN MATCHED THEN UPDATE SET
    severity = s.severity, findings = s.findings, people = s.people, entities = s.entities, hidden = s.hidden,
    site = s.site, unit = s.unit, section = s.section, title = s.title, url = s.url, location = s.location,
    archive = s.archive, member = s.member, kind = s.kind, index_no = s.index_no, published_at = s.published_at,
    parent_title = coalesce(nullif(s.parent_title, ''), c.parent_title),
    parent_url = coalesce(nullif(s.parent_url, ''), c.parent_url), minors = s.minors, rule_id = s.rule_id,
    severity_rule = s.severity_rule, adjusted = s.adjusted, last_seen_run = $run
WHEN NOT MATCHED THEN INSERT VALUES (
    s.doc_id, s.next_no, s.severity, s.findings, s.people, s.entities, s.hidden, s.site, s.unit, s.section, s.title,
    s.url, s.location, s.archive, s.member, s.kind, s.index_no, s.published_at, s.parent_title, s.parent_url, $run,
    $run, s.minors, s.rule_id, s.severity_rule, s.adjusted
)
"""

_RAISED_ELSEWHERE: Final = """
UPDATE cases SET severity = r.severity, rule_id = r.rule_id, severity_rule = r.severity_rule, adjusted = r.adjusted
FROM rolled_up AS r
WHERE cases.doc_id = r.doc_id AND cases.doc_id NOT IN (SELECT doc_id FROM context)
"""

_OPENED: Final = """
INSERT INTO events (event_id, happened_at, doc_id, actor, step, from_state, to_state, reason, note, run_id)
SELECT nextval('event_ids'), $now, doc_id, 'scan', 'find', '', $state, '', '', $run
FROM cases WHERE first_seen_run = $run ORDER BY case_no
"""

# A sheet may be named by a number that is a person's.
_ODD_PLACES: Final = "SELECT DISTINCT place FROM spotted WHERE regexp_matches(place, '[0-9０-９]{7}|@')"
_RENAME_PLACES: Final = "UPDATE spotted SET place = p.cleaned FROM odd_places AS p WHERE spotted.place = p.place"


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge changed."""

    new_findings: int
    known_findings: int
    new_cases: int


def merge(
    connection: Connection,
    run_id: int,
    hits: Sequence[Path],
    records: Sequence[Path],
    clean: Callable[[pa.Table], pa.Table],
    now: datetime,
    between: Callable[[], object] = lambda: None,
    carries: Sequence[Carry] = (),
) -> Merged:
    """Merge the hits (pipelines.found.FOUND) and rows (pipelines.exports.ROWS) of exports into the database, inside
    its transaction.

    ``clean`` masks values that stand in context strings (a title, a URL); nothing enters the database without it.
    ``between`` is called when findings are merged and nothing was derived from them yet. ``carries``: what need not be
    merged again; see scanner.store.carry.
    """
    if not hits:
        between()
        return Merged(0, 0, 0)
    kept = carry(connection, run_id, carries, records, clean) if carries else 0
    _load(connection, hits, records, clean, some=_TOUCHED if carries else "")
    run = {"run": run_id}
    known, new = (_changed(connection.execute(sql, run)) for sql in (_KNOWN, _NEW))
    connection.execute(_SECRETS, run)
    between()
    raised = links.link(connection, now.date())
    connection.execute(f"CREATE TEMP TABLE rolled_up AS {ROLL_UP}", {"linked": sorted(raised)})
    connection.execute(_RAISED_ELSEWHERE)
    connection.execute(_CASES, run)
    connection.execute(_OPENED, {**run, "now": now, "state": TO_REVIEW})
    suppressions.apply(connection, run_id, now)
    opened = connection.execute("SELECT count(*) FROM cases WHERE first_seen_run = $run", run).fetchone()
    for table in ("spotted", "rolled_up", "touched"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for view in ("records_hit", "parents", "context"):
        connection.unregister(view)
    return Merged(new, known + kept, opened[0] if opened else 0)


def _changed(done: Connection) -> int:
    """How many rows a statement wrote."""
    row = done.fetchone()
    return int(row[0]) if row else 0


def _load(
    connection: Connection, hits: Sequence[Path], records: Sequence[Path], clean: Callable[[pa.Table], pa.Table],
    some: str,
) -> None:  # fmt: skip
    connection.execute(_SPOTTED.format(some=some), {"hits": _names(hits)})
    connection.register("records_hit", connection.execute(_CONTEXT, {"records": _names(records)}).to_arrow_table())
    pages = [page for rows in records if (page := context_of(rows.parent)).exists()]
    query, values = (_PARENTS, {"pages": _names(pages)}) if pages else (_NO_PARENTS, {})
    connection.register("parents", connection.execute(query, values).to_arrow_table())
    connection.register("context", clean(connection.execute(_WITH_PARENTS).to_arrow_table()))
    odd = connection.execute(_ODD_PLACES).to_arrow_table()
    connection.register("odd_places", odd.append_column("cleaned", clean(odd)["place"]))
    connection.execute(_RENAME_PLACES)
    connection.unregister("odd_places")


def _names(paths: Sequence[Path]) -> list[str]:
    return [str(path) for path in paths]
