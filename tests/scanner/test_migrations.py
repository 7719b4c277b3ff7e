"""A database of the first version opens, with its findings and decisions, in today's."""

from __future__ import annotations

from pathlib import Path

import duckdb

from scanner.store.connection import reading
from scanner.store.migrations import LATEST, MIGRATIONS, version

_OLD = """
CREATE TABLE schema_version (version INTEGER NOT NULL, applied_at TIMESTAMP);
INSERT INTO schema_version VALUES (1, now()::TIMESTAMP);
INSERT INTO cases VALUES ('d', 1, 5, 1, 1, '{"MOBILE": 1}', false, 's', 'u', '', 't', '', 'l', 'a', 'm', 'page', '',
                          NULL, '', '', 1, 1);
INSERT INTO findings VALUES ('f', 'd', 'MOBILE', 'mobile', 'p', '13*******84', 4, 'H03', ['up:minor'], 0.9, '', 1,
                             'body', '', 1, 0, false, 0, 11, 'a-1/part-000000.parquet', 0, 1, 1);
INSERT INTO events VALUES (1, now()::TIMESTAMP, 'd', 'scan', '', 'to_review', '', '', 1);
"""


def test_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "findings.duckdb"
    with duckdb.connect(str(path)) as old:
        old.execute(MIGRATIONS[0])
        old.execute(_OLD)
    with reading(path) as connection:
        assert version(connection) == LATEST
        case = connection.execute("SELECT minors, rule_id, severity_rule, adjusted FROM cases").fetchall()
        assert case == [(True, "mobile", "H03", ["up:minor"])]
        assert connection.execute("SELECT state FROM case_states").fetchall() == [("to_review",)]
