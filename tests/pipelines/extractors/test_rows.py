"""Text and delimited files: a file's own characters, a record a row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.documents import Member
from pipelines.extractors import extract
from pipelines.extractors.cells import cell_text, row_text
from pipelines.schema import SegmentKind, Status


def test_text_is_the_files_own() -> None:
    written = "姓名:张三\r\n\r\n电话\t1\rx\n"
    document = extract(Member("a.txt", b"\xef\xbb\xbf" + written.encode()))
    assert document.text == written
    assert [(s.kind, s.start, s.end) for s in document.segments] == [(SegmentKind.BODY, 0, len(written))]


@pytest.mark.parametrize(
    ("path", "data", "text"),
    [
        ("a.csv", "姓名,电话\n张三,1\n", "姓名\t电话\n张三\t1"),
        ("a.csv", "姓名;电话\n张三;1,5\n", "姓名\t电话\n张三\t1,5"),
        ("a.csv", '姓名,住址\n"张三","一组,\n二号"\n李四,x', "姓名\t住址\n张三\t一组, 二号\n李四\tx"),
        ("a.csv", '姓名,备注\n"他说""好""",\t', '姓名\t备注\n他说"好"'),
        ("a.csv", "甲,乙\n\n\n丙,丁", "甲\t乙\n\n\n丙\t丁"),
        ("a.csv", '甲,"乙\n丙,丁\n', "甲\t乙 丙,丁"),
        ("a.csv", "只有一列\n张三", "只有一列\n张三"),
        ("a.tsv", "甲\t乙\n丙\t丁\n", "甲\t乙\n丙\t丁"),
        ("名单.xls", "姓名\t电话\r\n张三\t1\r\n", "姓名\t电话\n张三\t1"),
        ("a.csv", "甲\0,乙" + "丙" * 60, "甲\t乙" + "丙" * 60),
    ],
)
def test_delimited(path: str, data: str, text: str) -> None:
    for encoding in ("utf-8", "gb18030", "utf-8-sig"):
        document = extract(Member(path, data.encode(encoding)))
        assert (document.text, document.extractor) == (text, "delimited")
        assert (document.segments[0].kind, document.segments[0].row, document.segments[0].col) == (
            SegmentKind.SHEET,
            1,
            1,
        )


def test_a_long_gap_begins_a_segment_that_knows_its_row() -> None:
    document = extract(Member("a.csv", ("a,b\n" + "\n" * 200 + "c,d\n").encode()))
    assert document.text == "a\tb\nc\td"
    assert [(s.row, document.text[s.start : s.end]) for s in document.segments] == [(1, "a\tb"), (202, "c\td")]


def test_much_damage_is_partial_and_a_cut_last_character_is_not() -> None:
    assert extract(Member("a.txt", "王小明".encode() * 300 + b"\xe5")).status == Status.EXTRACTED
    damaged = extract(Member("a.txt", ("王小明".encode() + b"\xff\xff\xff\xff") * 300))
    assert (damaged.status, damaged.reason[:9]) == (Status.PARTIAL, "encoding:")


CELLS = st.one_of(
    st.text(max_size=6), st.sampled_from(["张三", " 李四", "王\t五", "\u3000", "", "a b"]), st.floats(), st.booleans()
)


@given(st.lists(CELLS, max_size=6))
def test_a_row_is_the_text_of_its_cells(row: list[object]) -> None:
    assert row_text(row) == "\t".join(map(cell_text, row)).rstrip("\t")
