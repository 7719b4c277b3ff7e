"""A merge looks only at what may be other than it was: the rest it carries over from the export that was merged last.

Where an export shares parts, and their hits, with the one its site's last rescan merged, the findings in them are what
they were. All that changes of them is where their text lies and when they were last seen, and that one statement says
of all of them. Guarantee: the findings and cases after it are those of a merge of all hits.

So a case is looked at (it is ``touched``) when anything may have changed that its row or its findings hang on:
one of its documents is not in a part that was carried over; the page that links it says something else; it has more
than one document, or a document several records; one of its findings lies elsewhere, as another run or another site's
export left it, or was found gone meanwhile; what it holds is weighed together with other documents; a document has
just moved to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from pipelines.carried import Carried
from pipelines.layout import part_name
from pipelines.links import context_of
from scanner.store.connection import Connection

_SAID: Final = "doc_id, parent_title, parent_url, unit, section, published_at"  # what a case takes from a page
_OTHERWISE: Final = f"""
SELECT doc_id FROM (SELECT {_SAID} FROM read_parquet($pages) EXCEPT SELECT {_SAID} FROM read_parquet($pages_before))
"""
# The records that are new or of a case.
_READ_NOW: Final = """
CREATE TEMP TABLE read_now AS
WITH documents AS (
    SELECT doc_id AS case_id, doc_id FROM cases UNION ALL SELECT case_id, doc_id FROM moves
)
SELECT r.doc_id, d.case_id, archive, member, c.part IS NULL AS new
FROM read_parquet($records, filename = true) AS r
LEFT JOIN carried_parts AS c ON c.folder = parse_path(filename)[-2] AND c.part = r.part
LEFT JOIN documents AS d USING (doc_id)
WHERE c.part IS NULL OR d.case_id IS NOT NULL
"""
_TOUCHED: Final = """
CREATE TEMP TABLE touched AS
WITH of_cases AS (
    SELECT case_id, count(*) AS records FROM read_now WHERE case_id IS NOT NULL GROUP BY case_id
),
placed AS (
    SELECT f.doc_id, c.was IS NOT NULL AS known, g.part IS NOT NULL AS gone
    FROM findings AS f LEFT JOIN carried_parts AS c ON c.was = f.part
    LEFT JOIN gone_rows AS g ON g.part = f.part AND g.record_row = f.record_row
    WHERE gone_run IS NULL
)
SELECT coalesce(m.case_id, r.doc_id) AS doc_id
FROM (SELECT doc_id FROM read_now WHERE new UNION ALL FROM said_otherwise) AS r LEFT JOIN moves AS m USING (doc_id)
UNION SELECT case_id FROM of_cases WHERE records > 1
UNION SELECT doc_id FROM placed WHERE gone OR (NOT known AND doc_id IN (SELECT case_id FROM of_cases))
UNION SELECT doc_id FROM findings WHERE gone_run > $since AND doc_id IN (SELECT case_id FROM of_cases)
UNION SELECT doc_id FROM findings
      WHERE entity_type = 'MASKED_ID' AND shown <> '' AND gone_run IS NULL
            AND list_bool_or(list_transform(signals, lambda s: starts_with(s, 'linked:')))
UNION SELECT doc_id FROM secrets
UNION SELECT case_id FROM moves WHERE run_id = $run
"""
_FINDINGS: Final = """
UPDATE findings SET last_seen_run = $run, part = c.now FROM carried_parts AS c
WHERE findings.part = c.was AND gone_run IS NULL AND last_seen_run >= c.since
      AND doc_id NOT IN (SELECT doc_id FROM touched)
"""
_STAND_NOW: Final = """
SELECT case_id AS doc_id, archive, member FROM read_now
WHERE case_id IN (SELECT doc_id FROM findings WHERE last_seen_run = $run)
"""
_CASES: Final = """
UPDATE cases SET last_seen_run = $run, archive = s.archive, member = s.member FROM stand_now AS s
WHERE cases.doc_id = s.doc_id
"""


@dataclass(frozen=True, slots=True)
class Carry:
    """``carried``: what an export has of the one that run ``since`` merged as the last of its site."""

    archive_id: str
    carried: Carried
    since: int


def carry(
    connection: Connection, run_id: int, carries: Sequence[Carry], records: Sequence[Path],
    clean: Callable[[pa.Table], pa.Table],
) -> int:  # fmt: skip
    """Fills the table ``touched`` with all cases, and documents without one, whose hits must be merged; brings the
    others up to date. How many findings that was."""
    run, names = {"run": run_id}, [str(path) for path in records]
    connection.register("carried_parts", _parts(carries))
    connection.register("gone_rows", _gone(carries))
    otherwise = _said_otherwise(connection, carries, records)
    connection.register("said_otherwise", otherwise)
    since = min(each.since for each in carries)
    connection.execute(_READ_NOW, {"records": names})
    connection.execute(_TOUCHED, {**run, "since": since})
    changed = connection.execute(_FINDINGS, run).fetchone()
    connection.register("stand_now", clean(connection.execute(_STAND_NOW, run).to_arrow_table()))
    connection.execute("DROP TABLE read_now")
    connection.execute(_CASES, run)
    for view in ("carried_parts", "gone_rows", "said_otherwise", "stand_now"):
        connection.unregister(view)
    return int(changed[0]) if changed else 0


def _said_otherwise(connection: Connection, carries: Sequence[Carry], records: Sequence[Path]) -> pa.Table:
    """The documents of which a page says what it did not say in the earlier export."""
    folders = {path.parent.name: path.parent for path in records}
    now = [context_of(folders[each.archive_id]) for each in carries]
    before = [context_of(folders[each.archive_id].with_name(each.carried.earlier)) for each in carries]
    values = {"pages": [str(path) for path in now], "pages_before": [str(path) for path in before]}
    return connection.execute(_OTHERWISE, values).to_arrow_table()


def _parts(carries: Sequence[Carry]) -> pa.Table:
    """``was`` and ``now``: as findings name them; ``folder`` and ``part``: as records do."""
    rows = [
        (f"{each.carried.earlier}/{part_name(was)}", f"{each.archive_id}/{part_name(now)}", each.archive_id, now,
         each.since)
        for each in carries for was, now in each.carried.becomes.items()
    ]  # fmt: skip
    was, now, folder, part, since = zip(*rows, strict=True)
    columns = {"was": was, "now": now, "folder": folder, "part": pa.array(part, pa.int32()), "since": since}
    return pa.table({name: pa.array(list(column)) for name, column in columns.items()})


def _gone(carries: Sequence[Carry]) -> pa.Table:
    gone = [
        (f"{each.carried.earlier}/{part_name(was)}", rows) for each in carries
        for was, rows in each.carried.gone.items()
    ]  # fmt: skip
    names = np.repeat(np.arange(len(gone)), [len(rows) for _, rows in gone])
    part = pa.array([name for name, _ in gone], pa.string()).take(pa.array(names))
    rows = np.concatenate([np.empty(0, np.int64), *(rows for _, rows in gone)])
    return pa.table({"part": part, "record_row": pa.array(rows, pa.int32())})
