"""The database's shape, as numbered steps that are never edited once released: a change is a new step."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from scanner.errors import StoreError
from scanner.i18n import N_

# findings has no primary key: DuckDB checks one too eagerly when a MERGE rewrites a row that holds a list. The merge
# itself keeps finding_id unique, and a test asserts it.
_FIRST: Final = """
CREATE SEQUENCE run_ids;
CREATE SEQUENCE event_ids;

CREATE TABLE runs (
    run_id      BIGINT PRIMARY KEY,
    kind        VARCHAR NOT NULL,       -- scan
    state       VARCHAR NOT NULL,       -- running | done | stopped
    started_at  TIMESTAMP NOT NULL,     -- UTC
    ended_at    TIMESTAMP,
    archives    VARCHAR[] NOT NULL,     -- file names
    members     BIGINT,
    unread      BIGINT,
    hits        BIGINT,
    new_findings BIGINT,
    new_cases   BIGINT
);

CREATE TABLE run_members (              -- what became of every archive member, counted
    run_id  BIGINT NOT NULL,
    archive VARCHAR NOT NULL,
    site    VARCHAR NOT NULL,
    unit    VARCHAR NOT NULL,
    status  VARCHAR NOT NULL,
    members BIGINT NOT NULL
);

CREATE TABLE findings (
    finding_id    VARCHAR NOT NULL,     -- 32 hex: md5 of document, rule and fingerprint; no offset, so edits keep it
    doc_id        VARCHAR NOT NULL,
    entity_type   VARCHAR NOT NULL,
    rule_id       VARCHAR NOT NULL,
    fingerprint   VARCHAR NOT NULL,     -- keyed: equal values can be counted, not read
    masked        VARCHAR NOT NULL,
    severity      TINYINT NOT NULL,
    severity_rule VARCHAR NOT NULL,
    signals       VARCHAR[] NOT NULL,
    score         FLOAT NOT NULL,
    validation    VARCHAR NOT NULL,
    places        INTEGER NOT NULL,     -- how often the value stands in the document; the best place follows
    segment       VARCHAR NOT NULL,
    place         VARCHAR NOT NULL,
    "row"         INTEGER NOT NULL,
    col           INTEGER NOT NULL,
    hidden        BOOLEAN NOT NULL,
    "start"       INTEGER NOT NULL,     -- code points into the record's text
    "end"         INTEGER NOT NULL,
    part          VARCHAR NOT NULL,     -- file under records/ that holds the record, and its row there
    record_row    INTEGER NOT NULL,
    first_seen_run BIGINT NOT NULL,
    last_seen_run  BIGINT NOT NULL
);

CREATE TABLE cases (                    -- one document with at least one finding; its state is what events say
    doc_id       VARCHAR PRIMARY KEY,
    case_no      BIGINT NOT NULL,       -- the number people use
    severity     TINYINT NOT NULL,
    findings     INTEGER NOT NULL,
    people       INTEGER NOT NULL,
    entities     JSON NOT NULL,         -- {"RESIDENT_ID": 12, …}: different values per type
    hidden       BOOLEAN NOT NULL,      -- some of it stands where a reader does not look
    site         VARCHAR NOT NULL,
    unit         VARCHAR NOT NULL,
    section      VARCHAR NOT NULL,
    title        VARCHAR NOT NULL,
    url          VARCHAR NOT NULL,
    location     VARCHAR NOT NULL,
    archive      VARCHAR NOT NULL,
    member       VARCHAR NOT NULL,
    kind         VARCHAR NOT NULL,
    index_no     VARCHAR NOT NULL,
    published_at DATE,
    parent_title VARCHAR NOT NULL,      -- of the page that links an attachment, or ''; so is its address
    parent_url   VARCHAR NOT NULL,
    first_seen_run BIGINT NOT NULL,
    last_seen_run  BIGINT NOT NULL
);

CREATE TABLE events (                   -- only ever added to
    event_id   BIGINT NOT NULL,
    happened_at TIMESTAMP NOT NULL,     -- UTC
    doc_id     VARCHAR NOT NULL,
    actor      VARCHAR NOT NULL,
    from_state VARCHAR NOT NULL,
    to_state   VARCHAR NOT NULL,
    reason     VARCHAR NOT NULL,
    note       VARCHAR NOT NULL,
    run_id     BIGINT
);

CREATE VIEW case_states AS
    SELECT doc_id, arg_max(to_state, event_id) AS state FROM events GROUP BY doc_id;

CREATE TABLE secrets (                  -- signs of state secrets: where and a fingerprint, nothing that could be read
    doc_id      VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    location    VARCHAR NOT NULL,
    first_seen_run BIGINT NOT NULL,
    last_seen_run  BIGINT NOT NULL
);
"""

# The ledger: one row a member, of the newest reading of each export. See scanner.store.ledger.
_LEDGER: Final = """
CREATE TABLE ledger (
    run_id     BIGINT NOT NULL,
    export     VARCHAR NOT NULL,        -- the archive's name without date and suffix: a newer one takes its place
    archive    VARCHAR NOT NULL,
    member     VARCHAR NOT NULL,        -- '' for the archive itself
    url        VARCHAR NOT NULL,
    site       VARCHAR NOT NULL,
    unit       VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,        -- by content
    extractor  VARCHAR NOT NULL,        -- what read it
    size       BIGINT NOT NULL,
    elapsed_ms BIGINT NOT NULL,
    status     VARCHAR NOT NULL,        -- pipelines.schema.Status, or unmatched
    reason     VARCHAR NOT NULL         -- nothing that quotes a document
);
"""

_REVIEW: Final = """
ALTER TABLE events ADD COLUMN step VARCHAR DEFAULT '';  -- a name of scanner.cases.TABLE; '' before there were any
ALTER TABLE events ADD COLUMN decision BIGINT;          -- one number for all events of one decision; NULL of scans
ALTER TABLE events ADD COLUMN seconds FLOAT;            -- from opening the case to deciding; NULL: not measured
CREATE SEQUENCE decision_ids;

CREATE TABLE notes (                    -- remarks beside a case, masked; only ever added to
    happened_at TIMESTAMP NOT NULL,
    doc_id      VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    text        VARCHAR NOT NULL
);

CREATE SEQUENCE assignment_ids;
CREATE TABLE assignments (              -- the last one counts; '' takes it back
    assignment_id BIGINT NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    doc_id      VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    assignee    VARCHAR NOT NULL
);
CREATE VIEW assigned AS
    SELECT doc_id, arg_max(assignee, assignment_id) AS assignee FROM assignments GROUP BY doc_id;

CREATE TABLE leases (                   -- who has a case open; one row a case, none when nobody has
    doc_id   VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    until    TIMESTAMP NOT NULL         -- UTC; later than this the case is anyone's
);

CREATE SEQUENCE suppression_ids;
CREATE TABLE suppressions (             -- what a group dismissal leaves: findings like it are hidden until it ends
    suppression_id BIGINT NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    kind        VARCHAR NOT NULL,       -- value: rule_id and fingerprint; text: all values of a document together
    key         VARCHAR NOT NULL,
    rule_id     VARCHAR NOT NULL,
    entity_type VARCHAR NOT NULL,
    masked      VARCHAR NOT NULL,
    reason      VARCHAR NOT NULL,       -- D01 … D14
    note        VARCHAR NOT NULL,
    reviewer    VARCHAR NOT NULL,
    expires     DATE NOT NULL,          -- the last day it counts
    ended_at    TIMESTAMP,              -- by a person, before it expired
    ended_by    VARCHAR NOT NULL,
    decision    BIGINT NOT NULL
);

CREATE TABLE reveals (                  -- who saw a raw value, and when; only ever added to, before the value is shown
    happened_at TIMESTAMP NOT NULL,
    reviewer    VARCHAR NOT NULL,
    finding_id  VARCHAR NOT NULL,
    doc_id      VARCHAR NOT NULL
);

CREATE TABLE notices (                  -- one rectification notice covers cases of one unit
    notice_no   VARCHAR NOT NULL,       -- as printed: 2017-0001
    happened_at TIMESTAMP NOT NULL,
    unit        VARCHAR NOT NULL,
    actor       VARCHAR NOT NULL,
    contact     VARCHAR NOT NULL,       -- the role or name that sites.toml gives
    note        VARCHAR NOT NULL
);

CREATE SEQUENCE deadline_ids;
CREATE TABLE deadlines (                -- the last one of a case counts; only ever added to
    deadline_id BIGINT NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    doc_id      VARCHAR NOT NULL,
    notice_no   VARCHAR NOT NULL,
    deadline    TIMESTAMP NOT NULL,     -- UTC
    actor       VARCHAR NOT NULL,
    reason      VARCHAR NOT NULL        -- of an extension; '' of the notice itself
);
CREATE VIEW due AS
    SELECT doc_id, arg_max(deadline, deadline_id) AS deadline, arg_max(notice_no, deadline_id) AS notice_no,
           count(*) FILTER (reason <> '') AS extensions
    FROM deadlines GROUP BY doc_id;
"""

# What an ID number beside a name shows, comparable under the workspace's key and not readable (patterns.sketches).
_SHOWN: Final = "ALTER TABLE findings ADD COLUMN shown VARCHAR DEFAULT ''"

# What the queue asks of every case, kept by the merge so that it need not look into five million findings.
# Steps of their own: of a table with a primary key and rows, DuckDB 1.5 changes one column a transaction.
_QUEUE: Final = (
    "ALTER TABLE cases ADD COLUMN minors BOOLEAN DEFAULT false",
    "ALTER TABLE cases ADD COLUMN rule_id VARCHAR DEFAULT ''",  # of its worst finding; so are the next two
    "ALTER TABLE cases ADD COLUMN severity_rule VARCHAR DEFAULT ''",
    "ALTER TABLE cases ADD COLUMN adjusted VARCHAR[] DEFAULT []",  # signals that moved its level: up:minor, …
)
_QUEUE_FILLED: Final = """
UPDATE cases SET minors = w.minors, rule_id = w.rule_id, severity_rule = w.severity_rule, adjusted = w.adjusted
FROM (
    SELECT doc_id, bool_or(list_has_any(signals, ['up:minor', 'minor'])) AS minors,
           arg_max(rule_id, (severity, score)) AS rule_id, arg_max(severity_rule, (severity, score)) AS severity_rule,
           arg_max(list_filter(signals, lambda s: s LIKE 'up:%' OR s LIKE 'down:%'), (severity, score)) AS adjusted
    FROM findings GROUP BY doc_id
) AS w WHERE cases.doc_id = w.doc_id;

-- Suppressions that count today.
CREATE OR REPLACE VIEW live_suppressions AS
    SELECT * FROM suppressions WHERE ended_at IS NULL AND expires >= current_date;

-- Decisions that still stand, by the rule that set the case's level: what share was a leak.
CREATE OR REPLACE VIEW rule_labels AS
    SELECT c.rule_id, count(*) FILTER (s.state <> 'dismissed') AS confirmed,
           count(*) FILTER (s.state = 'dismissed') AS dismissed
    FROM cases AS c JOIN (
        SELECT doc_id, arg_max(to_state, event_id) AS state FROM events WHERE from_state <> '' GROUP BY doc_id
    ) AS s USING (doc_id)
    WHERE s.state NOT IN ('to_review', 'reopened')
    GROUP BY c.rule_id;
"""

_RESCANS: Final = """
ALTER TABLE findings ADD COLUMN gone_run BIGINT;  -- the rescan that proved it gone; NULL: there as far as is known

CREATE TABLE site_exports (             -- what each run took for the newest export of a site
    run_id  BIGINT NOT NULL,
    grp     VARCHAR NOT NULL,           -- all exports of one site, whatever their dates
    archive VARCHAR NOT NULL,           -- file name
    archive_id VARCHAR NOT NULL,        -- folder under records/, or ''
    made_with VARCHAR NOT NULL,         -- rules and key its hits were found with
    whole   BOOLEAN NOT NULL,           -- read to its end: what is not in it is not on the site
    why     VARCHAR NOT NULL,           -- why it is not
    records BIGINT NOT NULL
);

CREATE TABLE moves (                    -- documents that are another address of a case
    doc_id  VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,           -- doc_id of the case
    run_id  BIGINT NOT NULL
);

CREATE TABLE case_documents (           -- the bytes a leak was last read in
    doc_id  VARCHAR NOT NULL,           -- of the case
    digest  VARCHAR NOT NULL
);

CREATE TABLE verdicts (                 -- what rescans proved of a case, noted when it changes; only ever added to
    run_id  BIGINT NOT NULL,
    doc_id  VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,           -- scanner.verdicts
    leaks   INTEGER NOT NULL,
    people  INTEGER NOT NULL,
    severity TINYINT NOT NULL
);

CREATE VIEW last_verdicts AS
    SELECT doc_id, arg_max(verdict, run_id) AS verdict, arg_max(leaks, run_id) AS leaks,
           arg_max(people, run_id) AS people, arg_max(severity, run_id) AS severity
    FROM verdicts GROUP BY doc_id;

CREATE TABLE outcomes (                 -- what became of each case in a rescan, where something did
    run_id  BIGINT NOT NULL,
    doc_id  VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL            -- new | worse | fixed | reopened | returned
);
"""

# Where a member's record lies: a rescan finds by that what has not changed. -1: entered by an older version, or none.
_PLACED: Final = """
ALTER TABLE ledger ADD COLUMN part INTEGER DEFAULT -1;        -- ordinal of the export's part of records
ALTER TABLE ledger ADD COLUMN record_row INTEGER DEFAULT -1;
"""

_KEY_MARK: Final = """
CREATE TABLE key_mark (mark VARCHAR NOT NULL);  -- tells the workspace's key from another one, and nothing of it
"""

MIGRATIONS: Final = (_FIRST, _LEDGER, _REVIEW, _SHOWN, *_QUEUE, _QUEUE_FILLED, _RESCANS, _PLACED, _KEY_MARK)
LATEST: Final = len(MIGRATIONS)


def version(connection: duckdb.DuckDBPyConnection) -> int:
    """How many steps this database has seen; 0 for a new one."""
    try:
        row = connection.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()
    except duckdb.CatalogException:  # asking whether the table is there costs more than all else a reviewer waits for
        return 0
    return int(row[0]) if row else 0


def migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Bring the database to LATEST, each step in a transaction of its own. Raises StoreError for a newer one."""
    current = version(connection)
    if current > LATEST:
        todo = N_("Use that version of scan, or a newer one.")
        raise StoreError(N_("The findings database was made by a newer version"), path, todo)
    for number, step in enumerate(MIGRATIONS[current:], start=current + 1):
        connection.begin()
        connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL, applied_at TIMESTAMP)")
        connection.execute(step)
        connection.execute("INSERT INTO schema_version VALUES (?, now()::TIMESTAMP)", [number])
        connection.commit()
