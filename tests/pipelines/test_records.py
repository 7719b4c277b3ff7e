"""Rows of members and of the files embedded in them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipelines import records
from pipelines.documents import Document, Link, Member, Metadata, Segment, body
from pipelines.isolation import Limits, Verdict
from pipelines.records import Row, RowMaker, to_batch
from pipelines.schema import RECORDS, Status
from pipelines.sites import Site, SiteMap

SITES = SiteMap((Site("edu", domains=("edu.example.gov.cn",), unit="市教育局"),))
URL = "http://edu.example.gov.cn/tz/1.html"


def rows(member: Member, document: Document | None = None, limits: Limits | None = None) -> list[Row]:
    def extract(of: Member) -> Document:
        return document if document and of is member else Document(text="inner", media_type="text/plain")

    return RowMaker("edu-20171109.zip", SITES, limits or Limits(), extract).rows(member)


def test_a_page() -> None:
    metadata = Metadata(
        title="名单", publisher="某小学", published_at=date(2017, 11, 9), breadcrumbs="首页 > 公示 > 正文"
    )
    document = Document(
        "张三", body("张三"), "text/html", "html", metadata, (Link("a.doc", "附件"), Link("a.doc", "又"), Link("#", ""))
    )
    (row,) = rows(Member("tz/1.html", b"<p>", URL, fetched_at=datetime(2017, 12, 1, tzinfo=UTC)), document)
    assert (row["location"], row["kind"], row["site"], row["unit"]) == (
        "edu.example.gov.cn/tz/1.html",
        "page",
        "edu",
        "某小学",
    )
    assert (row["section"], row["title"], row["size"]) == ("公示", "名单", 3)
    assert row["links"] == [("edu.example.gov.cn/tz/a.doc", "附件")]
    batch = to_batch([row])
    assert batch.schema.equals(RECORDS) and batch["segments"][0].as_py()[0]["end"] == 2


def test_fields_of_an_export_row_win() -> None:
    fields = {"title": "从导出", "published_at": "2017-11-09 10:00", "section": "栏目", "index_no": ""}
    document = Document(
        media_type="text/html", metadata=Metadata("从页面", index_no="003/2017", published_at=date(2000, 1, 1))
    )
    (row,) = rows(Member("3", b"x", URL, fields=fields), document)
    assert (row["kind"], row["title"], row["published_at"]) == ("row", "从导出", date(2017, 11, 9))
    assert (row["section"], row["index_no"]) == ("栏目", "003/2017")


def test_a_page_that_names_no_day_of_publication_counts_from_the_day_it_was_written() -> None:
    for published, expected in ((None, date(2017, 11, 9)), (date(2017, 11, 10), date(2017, 11, 10))):
        metadata = Metadata(published_at=published, written_at=date(2017, 11, 9))
        (row,) = rows(Member("3", b"x", URL), Document(media_type="text/html", metadata=metadata))
        assert (row["published_at"], row["written_at"]) == (expected, date(2017, 11, 9))


def test_a_member_without_url_is_called_the_same_in_every_export() -> None:
    (row,) = rows(Member("a/名单.xlsx", b"x"), Document(media_type="application/zip"))
    assert (row["location"], row["kind"], row["title"]) == ("edu:a/名单.xlsx", "attachment", "名单.xlsx")


def test_an_unreadable_member_is_a_row() -> None:
    (row,) = rows(Member("a.zip", None, status=Status.ENCRYPTED, reason="password"))
    assert (row["status"], row["reason"], row["size"], row["digest"]) == (Status.ENCRYPTED, "password", 0, "")


def test_embedded_files() -> None:
    children = (Member("in.xlsx", b"1"), Member("a.docx!/x/in2.xlsx", b"2"))
    outer, first, second = rows(Member("a.docx", b"x"), Document(media_type="x", children=children))
    assert (outer["kind"], first["kind"], second["title"]) == ("attachment", "embedded", "in2.xlsx")
    assert first["location"] == outer["location"] + "!/in.xlsx" and second["location"].endswith("a.docx!/x/in2.xlsx")
    assert len({row["doc_id"] for row in (outer, first, second)}) == 3


@pytest.mark.parametrize(
    ("limits", "count", "reason"),
    [
        (Limits(children=2), 3, "more than 2 files inside: 3 not read"),
        (Limits(depth=0), 1, "nested deeper than 0: 5 files inside not read"),
        (Limits(), 6, ""),
    ],
)
def test_files_left_out_are_said(limits: Limits, count: int, reason: str) -> None:
    found = rows(Member("a", b""), Document(children=tuple(Member(str(n), b"") for n in range(5))), limits)
    assert (len(found), found[0]["reason"], found[0]["status"] == Status.PARTIAL) == (count, reason, bool(reason))


def test_a_file_that_holds_itself_ends() -> None:
    member = Member("a.zip", b"x")
    maker = RowMaker(
        "a.zip", SITES, Limits(depth=3, children=50), lambda m: Document(children=(member, member, member))
    )
    found = maker.rows(member)
    assert len(found) <= 51 and any("nested deeper" in row["reason"] for row in found)


def test_long_text_is_cut_and_said() -> None:
    segments = (Segment("body", "", 0, 4), Segment("body", "", 4, 8), Segment("body", "", 8, 10))
    (row,) = rows(Member("a", b""), Document("0123456789", segments), Limits(text=6))
    assert (row["text"], row["status"], [(s.start, s.end) for s in row["segments"]]) == (
        "012345",
        "partial",
        [(0, 4), (4, 6)],
    )


def test_lone_surrogates_keep_offsets() -> None:
    document = Document(
        "a\ud800b", (Segment("sheet", "x\udc00", 1, 3),), "text/html", links=(Link("\ud800.doc", "\ud800"),)
    )
    (row,) = rows(Member("\udcff", b""), document)
    batch = to_batch([row, row | {"text": "fine"}])
    assert batch["text"].to_pylist() == ["a\ufffdb", "fine"]


def test_memory_that_ran_out_is_left_to_isolation() -> None:
    with pytest.raises(MemoryError):
        rows(Member("a", b"x"), Document(status=Status.TOO_LARGE, reason="memory"))


def test_condemned() -> None:
    maker = RowMaker("a.zip", SITES, Limits(), lambda m: Document())
    (row,) = maker.condemned(Member("a", b"x"), Verdict(Status.TIMED_OUT, "time limit: 60 s"))
    assert (row["status"], row["reason"], row["size"]) == (Status.TIMED_OUT, "time limit: 60 s", 1)


DATES = [
    ("2017-1-9", date(2017, 1, 9)),
    ("发布:2017年01月09日", date(2017, 1, 9)),
    ("2017/01/09T00:00", date(2017, 1, 9)),
    ("20170109", date(2017, 1, 9)),
    ("", None),
    ("2017-02-30", None),
    ("昨天", None),
]


@pytest.mark.parametrize(("words", "expected"), DATES)
def test_parse_date(words: str, expected: date | None) -> None:
    assert records.parse_date(words) == expected


def test_every_column_of_records_is_filled() -> None:
    (row,) = rows(Member("a", b"x"))
    assert set(row) == set(RECORDS.names)
