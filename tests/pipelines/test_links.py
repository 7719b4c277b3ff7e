"""Attachments tied to the pages that link them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines import closing, layout, links, parts
from pipelines.documents import Document, Link, Member, Metadata
from pipelines.isolation import Limits
from pipelines.records import RowMaker
from pipelines.schema import RECORDS
from pipelines.sites import SiteMap

HOST = "http://www.example.gov.cn/"
PAGE, FILE = "text/html", "application/pdf"


def page(path: str, *targets: str, title: str = "", day: int = 0, publisher: str = "") -> tuple[Member, Document]:
    metadata = Metadata(title=title or path, publisher=publisher, published_at=date(2017, 11, day) if day else None)
    linked = tuple(Link(target, f"{path}→{target}") for target in targets)
    return Member(path, b"x", HOST + path), Document(media_type=PAGE, metadata=metadata, links=linked)


def file(path: str, *inside: str) -> tuple[Member, Document]:
    return Member(path, b"x", HOST + path), Document(
        media_type=FILE, children=tuple(Member(name, b"y") for name in inside)
    )


def write(folder: Path, *contents: list[tuple[Member, Document]]) -> None:
    for ordinal, content in enumerate(contents):
        documents = {id(member): document for member, document in content}
        maker = RowMaker("x.zip", SiteMap(), Limits(), lambda m, d=documents: d.get(id(m), Document(media_type=FILE)))  # type: ignore[misc]
        with parts.writing(folder / layout.part_name(ordinal), RECORDS) as writer:
            records = parts.RecordsWriter(writer)
            for member, _ in content:
                records.add(maker.rows(member))
            records.flush()
    closing.close(folder, None)


def context(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parts.columns(links.context_of(folder), links.CONTEXT.names).to_pylist()
    return rows


# What is in each part; then (row in its part, title of its page, words of the link).
CASES = {
    "none": ([[page("1.html"), file("a.pdf")]], []),
    "empty": ([[]], []),
    "relative": ([[page("x/1.html", "../a.pdf"), file("a.pdf")]], [(1, "x/1.html", "x/1.html→../a.pdf")]),
    "other part": ([[file("a.pdf")], [page("1.html", "a.pdf")]], [(0, "1.html", "1.html→a.pdf")]),
    "first of two": (
        [[page("1.html", "a.pdf"), page("2.html", "a.pdf"), file("a.pdf")]],
        [(2, "1.html", "1.html→a.pdf")],
    ),
    "earliest": (
        [
            [page("1.html", "a.pdf", day=9), file("a.pdf")],
            [page("2.html", "b.pdf", "a.pdf", day=8)],
            [page("3.html", "a.pdf")],
        ],
        [(1, "2.html", "2.html→a.pdf")],
    ),
    "dated before undated": (
        [[page("1.html", "a.pdf"), file("a.pdf"), page("2.html", "a.pdf", day=9)]],
        [(1, "2.html", "2.html→a.pdf")],
    ),
    "one page, two files": (
        [[page("1.html", "b.pdf", "a.pdf"), file("a.pdf")], [file("b.pdf")]],
        [(1, "1.html", "1.html→a.pdf"), (0, "1.html", "1.html→b.pdf")],
    ),
    "pages are not attachments": ([[page("1.html", "2.html"), page("2.html", "1.html")]], []),
    "twice in the archive": (
        [[page("1.html", "a.pdf"), file("a.pdf"), file("a.pdf")]],
        [(1, "1.html", "1.html→a.pdf"), (2, "1.html", "1.html→a.pdf")],
    ),
    "embedded in a linked file": (
        [[file("a.pdf", "b.xlsx", "c.xlsx"), page("1.html", "a.pdf")]],
        [(row, "1.html", "1.html→a.pdf") for row in (0, 1, 2)],
    ),
    "embedded in a file without a page": ([[file("z.pdf"), file("a.pdf", "b.xlsx")]], [(2, "a.pdf", "")]),
    "elsewhere": ([[page("1.html", "http://other.cn/a.pdf", "mailto:a@b.cn", "#top"), file("a.pdf")]], []),
}


@pytest.mark.parametrize("name", CASES)
def test_context(tmp_path: Path, name: str) -> None:
    contents, expected = CASES[name]
    write(tmp_path, *contents)
    found = [(row["record_row"], row["parent_title"], row["link_text"]) for row in context(tmp_path)]
    assert found == expected


def test_what_a_page_gives_its_attachment(tmp_path: Path) -> None:
    write(tmp_path, [file("a.pdf")], [page("x/1.html", "/a.pdf", title="公示", day=9, publisher="市教育局")])
    (row,) = context(tmp_path)
    ids = [parts.columns(part, ["doc_id"])["doc_id"][0].as_py() for part in layout.parts(tmp_path)]
    assert row == {
        "part": 0, "record_row": 0, "doc_id": ids[0], "parent_id": ids[1], "parent_title": "公示",
        "parent_url": HOST + "x/1.html", "unit": "市教育局", "section": "", "published_at": date(2017, 11, 9),
        "link_text": "x/1.html→/a.pdf",
    }  # fmt: skip
