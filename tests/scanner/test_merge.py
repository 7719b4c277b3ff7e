"""What a merge of hits and records makes of findings, cases, events and secrets."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from patterns.schema import Severity
from pipelines.links import CONTEXT, context_of
from pipelines.locations import doc_id
from scanner.redact import cleaner
from scanner.store import ledger, merge, queries, runs
from scanner.store.connection import reading, writing
from scanner.synthetic.people import Factory
from tests.scanner.handmade import KEY, hit, record, write_parts

NOW = datetime(2017, 12, 4, 2, 0)
PAGE = "www.example.gov.cn/1.html"
FILE = "www.example.gov.cn/files/list.xlsx"


def merged(database: Path, *parts: tuple[Path, Path]) -> merge.Merged:
    hits, records = zip(*parts, strict=True)
    with writing(database) as connection:
        run = runs.begin(connection, ["a.zip"], NOW)
        done = merge.merge(connection, run, hits, records, cleaner(KEY), NOW)
        ledger.enter(connection, run, records, [], cleaner(KEY))
        runs.finish(connection, run, NOW, 1, 0, 1, (done.new_findings, done.new_cases))
    return done


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with reading(database) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "findings.duckdb"


def test_the_same_archive_twice_adds_nothing(tmp_path: Path, database: Path) -> None:
    parts = write_parts(tmp_path, "a-1", [record(PAGE)], [hit(PAGE, "f1"), hit(PAGE, "f2", start=30, end=48)])
    assert merged(database, parts) == merge.Merged(2, 0, 1)
    before = rows(database, "SELECT * EXCLUDE (last_seen_run) FROM findings ORDER BY finding_id")
    assert merged(database, parts) == merge.Merged(0, 2, 0)
    assert rows(database, "SELECT * EXCLUDE (last_seen_run) FROM findings ORDER BY finding_id") == before
    assert rows(database, "SELECT count(*) FROM cases") == [(1,)]
    assert rows(database, "SELECT to_state FROM events") == [("to_review",)]
    assert rows(database, "SELECT DISTINCT first_seen_run, last_seen_run FROM findings") == [(1, 2)]


def test_a_document_in_two_archives_is_one_case(tmp_path: Path, database: Path) -> None:
    one = write_parts(tmp_path, "a-1", [record(PAGE)], [hit(PAGE, "f1"), hit(PAGE, "f1", start=50, end=68)])
    two = write_parts(tmp_path, "b-2", [record(PAGE)], [hit(PAGE, "f1"), hit(PAGE, "f1", start=50, end=68)])
    assert merged(database, one, two) == merge.Merged(1, 0, 1)
    assert rows(database, "SELECT places, part FROM findings") == [(2, "a-1/part-000000.parquet")]


def test_a_moved_value_is_the_same_finding(tmp_path: Path, database: Path) -> None:
    merged(database, write_parts(tmp_path, "a-1", [record(PAGE)], [hit(PAGE, "f1", start=5, end=23)]))
    done = merged(database, write_parts(tmp_path, "a-2", [record(PAGE)], [hit(PAGE, "f1", start=900, end=918)]))
    assert done == merge.Merged(0, 1, 0)
    assert rows(database, 'SELECT "start", part FROM findings') == [(900, "a-2/part-000000.parquet")]


@pytest.mark.parametrize(
    ("hits", "case"),
    [
        # (severity, findings, people, hidden, entities)
        ([hit(PAGE, "a"), hit(PAGE, "b", severity=5)], (5, 2, 2, False, '{"RESIDENT_ID":2}')),
        (
            [hit(PAGE, "a", entity_type="MOBILE", rule_id="mobile"), hit(PAGE, "b", hidden=True)],
            (4, 2, 1, True, '{"MOBILE":1,"RESIDENT_ID":1}'),
        ),
        (
            [hit(PAGE, f, entity_type="PERSON_NAME", rule_id="name", severity=2) for f in "abc"],
            (2, 3, 3, False, '{"PERSON_NAME":3}'),
        ),
        # one value by two rules is two findings of one person
        ([hit(PAGE, "a"), hit(PAGE, "a", rule_id="resident_id.15")], (4, 2, 1, False, '{"RESIDENT_ID":1}')),
        # what only supports is no finding
        ([hit(PAGE, "a"), hit(PAGE, "b", severity=0)], (4, 1, 1, False, '{"RESIDENT_ID":1}')),
    ],
)
def test_a_case_rolls_up_its_findings(
    tmp_path: Path, database: Path, hits: list[dict[str, Any]], case: tuple[Any, ...]
) -> None:
    merged(database, write_parts(tmp_path, "a-1", [record(PAGE)], hits))
    assert rows(database, "SELECT severity, findings, people, hidden, entities FROM cases") == [case]


def test_supporting_hits_alone_open_no_case(tmp_path: Path, database: Path) -> None:
    assert merged(database, write_parts(tmp_path, "a-1", [record(PAGE)], [hit(PAGE, "a", severity=0)])).new_cases == 0


def test_signs_of_state_secrets_have_a_channel_of_their_own(tmp_path: Path, database: Path) -> None:
    secret = hit(PAGE, "s", severity=int(Severity.SECRET), masked="**", entity_type="MARKING", rule_id="secret")
    parts = write_parts(tmp_path, "a-1", [record(PAGE), record(FILE)], [secret, hit(FILE, "f")])
    merged(database, parts)
    merged(database, parts)
    with reading(database) as connection:
        assert queries.secrets(connection) == [(PAGE, "s")]
        assert [f.fingerprint for f in queries.findings(connection, queries.Filter(), None)] == ["f"]
    assert rows(database, "SELECT doc_id FROM cases") == [(doc_id(FILE),)]


def test_a_decision_outlives_a_merge(tmp_path: Path, database: Path) -> None:
    parts = write_parts(tmp_path, "a-1", [record(PAGE)], [hit(PAGE, "f")])
    merged(database, parts)
    with writing(database) as connection:
        connection.execute(
            "INSERT INTO events (event_id, happened_at, doc_id, actor, from_state, to_state, reason, note) "
            "VALUES (nextval('event_ids'), now()::TIMESTAMP, ?, 'li', 'to_review', 'dismissed', '', '')",
            [doc_id(PAGE)],
        )
    merged(database, parts)
    assert rows(database, "SELECT state FROM case_states") == [("dismissed",)]


def test_an_attachment_takes_unit_section_and_date_from_its_page(tmp_path: Path, database: Path) -> None:
    attachment = record(FILE, kind="attachment", title="list.xlsx", unit="site's unit")
    hits, records = write_parts(tmp_path, "a-1", [attachment], [hit(FILE, "f")])
    page = {
        "part": 0, "record_row": 0, "doc_id": doc_id(FILE), "parent_id": doc_id(PAGE), "parent_title": "The notice",
        "parent_url": "http://" + PAGE, "unit": "Aid Centre", "section": "Aid", "published_at": date(2017, 11, 9),
        "link_text": "list",
    }  # fmt: skip
    pq.write_table(pa.Table.from_pylist([page], schema=CONTEXT), context_of(records.parent))
    merged(database, (hits, records))
    columns = "unit, section, published_at, title, parent_title, parent_url"
    expected = ("Aid Centre", "Aid", date(2017, 11, 9), "list.xlsx", "The notice", "http://" + PAGE)
    assert rows(database, f"SELECT {columns} FROM cases") == [expected]


def test_values_in_titles_addresses_and_sheet_names_are_masked(tmp_path: Path, database: Path) -> None:
    number = Factory(7).person().resident_id
    names = {"title": f"公示{number}", "url": f"http://x.cn/?id={number}", "unit": number}
    parts = write_parts(
        tmp_path, "a-1", [record(PAGE, **names)], [hit(PAGE, "f", segment="sheet", place=f"表{number}")]
    )
    merged(database, parts)
    stored = rows(database, "SELECT title, url, unit, place FROM cases JOIN findings USING (doc_id)")[0]
    assert all(number not in text and "*" in text for text in stored)
    assert stored[0].startswith("公示")


def test_members_are_counted_by_status(tmp_path: Path, database: Path) -> None:
    parts = write_parts(tmp_path, "a-1", [record(PAGE, site="s"), record(FILE, site="s", status="encrypted")], [])
    merged(database, parts)
    with reading(database) as connection:
        assert queries.unread(connection, 1) == queries.unread(connection) == [("encrypted", "", 1)]
        assert queries.unread_by_site(connection, 1) == {("s", ""): 1}
