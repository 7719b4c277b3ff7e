"""Parts of records to parts of hits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from patterns.schema import HITS, MATCH_INPUT
from pipelines import closing, found, layout, match_worker, parts
from pipelines.documents import Document, Link, Member, Metadata, body
from pipelines.isolation import Limits
from pipelines.match import MatcherFactory, match
from pipelines.match_worker import MatchPart
from pipelines.records import RowMaker
from pipelines.schema import RECORDS
from pipelines.sites import SiteMap
from tests.pipelines.fakes import obey

HOST = "http://www.example.gov.cn/"


class EchoMatcher:
    """One hit a record, whose ``masked`` shows what the matcher saw of it."""

    def match(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        assert batch.schema.equals(MATCH_INPUT)
        rows = []
        for number, row in enumerate(batch.to_pylist()):
            obey(row["text"], Path())
            seen = "|".join((row["text"], row["title"], row["parent_title"], row["section"]))
            rows.append(_hit(row["doc_id"], number, seen))
        return pa.RecordBatch.from_pylist(rows, schema=HITS)


def _hit(doc_id: str, row: int, seen: str) -> dict[str, Any]:
    blank = {field.name: "" if field.type == pa.string() else 0 for field in HITS}
    return blank | {"doc_id": doc_id, "record_row": row, "masked": seen, "severity": 3, "hidden": False, "signals": []}


@dataclass(frozen=True, slots=True)
class Echo(MatcherFactory):
    def __call__(self) -> Any:
        return EchoMatcher()


def write(folder: Path, ordinal: int, texts: list[str]) -> None:
    documents = {text: Document(text, body(text), "text/html", metadata=Metadata(title="t" + text)) for text in texts}
    maker = RowMaker("x.zip", SiteMap(), Limits(), lambda member: documents[member.path])
    with parts.writing(folder / layout.part_name(ordinal), RECORDS) as writer:
        records = parts.RecordsWriter(writer)
        for text in texts:
            records.add(maker.rows(Member(text, b"x", HOST + text)))
            if len(text) == 3:
                records.flush()
        records.flush()
    layout.write_json(folder / "plan.json", {"plan": 1})


def run(tmp_path: Path, *, key: bytes = b"k", ids: tuple[str, ...] = ("a",), **more: Any) -> Any:
    limits = Limits(seconds=2, memory=1 << 30)
    return match(tmp_path / "records", ids, tmp_path / "hits", matcher=Echo(key), workers=2, limits=limits, **more)


def hits(tmp_path: Path, name: str = "a") -> list[tuple[int, int, str]]:
    assert not layout.parts(tmp_path / "hits" / name)
    rows = parts.columns(found.file_of(tmp_path / "hits" / name), ("part", "record_row", "masked")).to_pylist()
    return [(row["part"], row["record_row"], row["masked"].partition("|")[0]) for row in rows]


def test_rows_are_those_of_the_part_across_row_groups(tmp_path: Path) -> None:
    write(tmp_path / "records" / "a", 0, ["a", "bbb", "c", "ddd", "e"])
    write(tmp_path / "records" / "a", 1, ["f"])
    summary = run(tmp_path)
    assert hits(tmp_path) == [(0, 0, "a"), (0, 1, "bbb"), (0, 2, "c"), (0, 3, "ddd"), (0, 4, "e"), (1, 0, "f")]
    assert (summary.records, summary.hits, summary.by_severity, summary.parts) == (6, 6, {3: 6}, 2)


@pytest.mark.parametrize("together", [0, parts.AT_ONCE])
@pytest.mark.parametrize("single", [False, True])
def test_units_know_the_rows_of_their_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int, single: bool
) -> None:
    monkeypatch.setattr(parts, "AT_ONCE", together)
    write(tmp_path, 0, ["a", "bbb", "c", "ddd", "e"])
    path, texts, sizes = tmp_path / layout.part_name(0), ["a", "bbb", "c", "ddd", "e"], []
    for wanted, expected in ((None, [0, 1, 2, 3, 4]), ((1, 2, 4), [1, 2, 4])):
        units = list(match_worker._units(MatchPart("a", path, path, {}, 5, wanted), single=single))
        assert [row for unit in units for row in unit.rows.tolist()] == expected
        assert [texts[row] for unit in units for row in unit.rows] == [
            text for unit in units for text in unit.batch["text"].to_pylist()
        ]
        sizes.append(len(units))
    assert sizes == ([5, 3] if single else [1, 1] if together else [3, 3])


def test_a_record_that_kills_the_matcher_is_named_and_the_rest_is_matched(tmp_path: Path) -> None:
    write(tmp_path / "records" / "a", 0, ["a", "bbb", "segfault", "d", "hang", "e"])
    summary = run(tmp_path)
    assert [row for _, row, _ in hits(tmp_path)] == [0, 1, 3, 5]
    assert [each.reason for each in summary.unmatched] == ["worker died: signal 11", "time limit: 2 s"]
    again = run(tmp_path)
    assert (again.parts_reused, again.unmatched) == (1, summary.unmatched)


def damaged(path: Path) -> None:
    """Spoils what is in a file, but neither its length nor its end."""
    content = bytearray(path.read_bytes())
    content[4:300] = bytes(296)
    path.write_bytes(bytes(content))


def test_what_is_matched_is_kept_when_the_time_is_up(tmp_path: Path) -> None:
    for ordinal in range(3):
        write(tmp_path / "records" / "a", ordinal, [f"t{ordinal}"])
    asked = iter([False, False, True, True, True, True])
    assert run(tmp_path, over=lambda: next(asked)).unfinished == ("a",)
    assert len(layout.parts(tmp_path / "hits" / "a")) == 2
    assert run(tmp_path).parts_reused == 2 and len(hits(tmp_path)) == 3


def test_damaged_hits_are_looked_for_again_when_they_are_needed(tmp_path: Path) -> None:
    write(tmp_path / "records" / "a", 0, ["a"])
    write(tmp_path / "records" / "a", 1, ["b"])
    run(tmp_path)
    damaged(found.file_of(tmp_path / "hits" / "a"))
    (tmp_path / "records" / "a" / layout.part_name(1)).unlink()
    assert run(tmp_path).hits == 1 and hits(tmp_path) == [(0, 0, "a")]


def test_a_part_of_records_that_cannot_be_read_is_put_away_and_said(tmp_path: Path) -> None:
    write(tmp_path / "records" / "a", 0, ["a" * 999])
    write(tmp_path / "records" / "a", 1, ["b"])
    damaged(tmp_path / "records" / "a" / layout.part_name(0))
    (lost,) = run(tmp_path).unmatched
    assert (lost.part, lost.doc_id) == (layout.part_name(0), "") and "unreadable" in lost.reason
    assert [part.name for part in layout.parts(tmp_path / "records" / "a")] == [layout.part_name(1)]


CHANGES: list[tuple[str, Callable[[Path], dict[str, Any]], int]] = [
    ("nothing", lambda path: {}, 2),
    ("the key", lambda path: {"key": b"other"}, 0),
    ("the records", lambda path: layout.write_json(path / "records/a/plan.json", {"plan": 2}) or {}, 0),
    ("lost hits", lambda path: found.file_of(path / "hits/a").unlink() or {}, 0),
    ("damaged hits", lambda path: (found.file_of(path / "hits/a").write_text("x") and {}) or {}, 0),
]


@pytest.mark.parametrize(("name", "change", "reused"), CHANGES, ids=[name for name, _, _ in CHANGES])
def test_only_what_changed_is_matched_again(
    tmp_path: Path, name: str, change: Callable[[Path], dict[str, Any]], reused: int
) -> None:
    write(tmp_path / "records" / "a", 0, ["a"])
    write(tmp_path / "records" / "a", 1, ["b"])
    run(tmp_path)
    more = change(tmp_path)
    assert run(tmp_path, **more).parts_reused == reused
    assert hits(tmp_path) == [(0, 0, "a"), (1, 0, "b")]


def test_hits_of_parts_that_are_no_more_go(tmp_path: Path) -> None:
    write(tmp_path / "records" / "a", 0, ["a"])
    write(tmp_path / "records" / "a", 1, ["b"])
    run(tmp_path)
    (tmp_path / "records" / "a" / layout.part_name(1)).unlink()
    assert run(tmp_path).hits == 1 and hits(tmp_path) == [(0, 0, "a")]


def test_an_attachment_is_matched_with_what_its_page_says(tmp_path: Path) -> None:
    folder = tmp_path / "records" / "a"
    documents = {
        "1.html": Document("p", (), "text/html", "", Metadata("公示", breadcrumbs="救助"), (Link("a.pdf", ""),)),
        "a.pdf": Document("q", (), "application/pdf"),
    }
    maker = RowMaker("x.zip", SiteMap(), Limits(), lambda member: documents[member.path])
    with parts.writing(folder / layout.part_name(0), RECORDS) as writer:
        records = parts.RecordsWriter(writer)
        for path in documents:
            records.add(maker.rows(Member(path, b"x", HOST + path)))
        records.flush()
    closing.close(folder, None)
    run(tmp_path)
    seen = parts.columns(found.file_of(tmp_path / "hits" / "a"), ["masked"])["masked"].to_pylist()
    assert seen == ["p|公示||救助", "q|a.pdf|公示|救助"]


def test_the_key_is_not_shown() -> None:
    factory = MatcherFactory(b"workspace-secret")
    assert "workspace-secret" not in repr(factory) + factory.signature
    assert factory.signature != MatcherFactory(b"other").signature


def test_nothing_to_match(tmp_path: Path) -> None:
    summary = run(tmp_path, ids=("missing",))
    assert (summary.parts, summary.hits) == (0, 0)
