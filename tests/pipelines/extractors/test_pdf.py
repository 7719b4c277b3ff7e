from __future__ import annotations

import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract
from pipelines.schema import SegmentKind, Status
from tests.pipelines.extractors.pdf_writer import Placed, pdf

COLUMNS = (50, 80, 140, 170, 290)
LIST = [
    ("1", "张三", "男性", "34030219780615042X", "13812345678"),
    ("2", "欧阳娜娜", "女性", "340302197806150411", "13900000000"),
]


def table(rows: list[tuple[str, ...]], top: float = 780) -> list[Placed]:
    return [(x, top - 20 * y, text) for y, row in enumerate(rows) for x, text in zip(COLUMNS, row, strict=True)]


def read(data: bytes) -> Document:
    return extract(Member("a.pdf", data))


def test_a_page_is_a_segment_and_wide_gaps_part_cells() -> None:
    document = read(pdf([[(50, 800, "公示名单 共 2 人"), *table(LIST)], [(50, 800, "第二页")]]))
    assert document.text == "公示名单 共 2 人\n" + "\n".join("\t".join(row) for row in LIST) + "\n第二页"
    assert [(s.kind, s.place) for s in document.segments] == [(SegmentKind.PAGE, "1"), (SegmentKind.PAGE, "2")]
    assert document.status == Status.EXTRACTED


def test_single_characters_of_a_font_that_is_not_there_are_read() -> None:
    title: Placed = (50, 820, "二〇一七年某某街道临时救助对象公示名单")
    row: list[Placed] = [(50, 800, "张"), (60, 800, "三"), (70, 800, "丰"), (140, 800, "男"), (200, 800, "城北社区")]
    assert read(pdf([[title, *row]])).text == f"{title[2]}\n张三丰\t男\t城北社区"


def test_rows_of_a_page_that_is_nothing_but_a_table() -> None:
    rows = [("姓名", "性别", "住址"), ("张三丰", "男", "城北社区一组"), ("李四", "女", "城北社区二组")]
    placed = [
        (x, 800 - 20 * y, text) for y, row in enumerate(rows) for x, text in zip((50, 140, 240), row, strict=True)
    ]
    assert read(pdf([placed])).text == "\n".join("\t".join(row) for row in rows)


def test_close_words_are_one_cell() -> None:
    assert read(pdf([[(50, 800, "姓名:"), (79, 800, "张三丰")]])).text == "姓名: 张三丰"


DRAWN = b"10 10 100 100 re f\n"


@pytest.mark.parametrize(
    ("name", "data", "status", "reason"),
    [
        ("a drawing", pdf([[]], extra=DRAWN), Status.UNSUPPORTED, "no text layer: 1 pages"),
        (
            "a drawing among text",
            pdf([[(50, 800, "张三")], []], extra=DRAWN),
            Status.PARTIAL,
            "no text layer: 1 of 2 pages (2)",
        ),
        ("a blank page among text", pdf([[(50, 800, "张三")], []]), Status.EXTRACTED, ""),
        ("cut in half", pdf([[(50, 800, "张三")]])[:300], Status.CORRUPT, "pdf: "),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_status(name: str, data: bytes, status: str, reason: str) -> None:
    document = read(data)
    assert document.status == status
    assert document.reason.startswith(reason)


def test_glyphs_without_unicode_are_measured() -> None:
    private = "".join(chr(0xE000 + n) for n in range(10))
    document = read(pdf([[(50, 800, private), (50, 780, "张三丰" * 10)]]))
    assert document.status == Status.PARTIAL
    assert document.reason == "glyphs without Unicode: 24% on page 1"


def spans(document: Document) -> list[tuple[str, str, str, bool]]:
    return [(s.kind, s.place, document.text[s.start : s.end], s.hidden) for s in document.segments]


COVERED = SegmentKind.COVERED
LINE = "张三: 34030219780615042X"  # at 50,800 in 10 points; the number begins at 85


@pytest.mark.parametrize(
    ("name", "extra", "shown", "covered"),
    [
        ("over the number", b"0 g 84 795 200 16 re f", "张三:", "34030219780615042X"),
        ("over a part of it", b"0 g 84 795 40 16 re f", "张三:", "34030219780615042X"),
        ("beside it", b"0 g 300 795 200 16 re f", LINE, ""),
        ("only a frame", b"0 g 84 795 200 16 re S", LINE, ""),
        ("a line through it", b"0 g 50 803 200 1 re f", LINE, ""),
        ("no box", b"0 g 40 780 m 300 780 l 300 820 500 820 40 820 c f", LINE, ""),
    ],
)
def test_boxes_over_text(name: str, extra: bytes, shown: str, covered: str) -> None:
    page = (SegmentKind.PAGE, "1", shown, False)
    expected = [page, (COVERED, "page 1: covered", covered, True)] if covered else [page]
    assert spans(read(pdf([[(50, 800, LINE)]], extra=extra))) == expected


def test_a_box_drawn_before_the_text_is_its_ground() -> None:
    data = pdf([[(50, 800, LINE)]]).replace(b"BT /F1 10 Tf", b"0 g 40 790 300 25 re f BT /F1 10 Tf", 1)
    assert spans(read(data)) == [(SegmentKind.PAGE, "1", LINE, False)]


def test_a_thin_character_is_not_tiny() -> None:
    assert spans(read(pdf([[(50, 800, "一")]]))) == [(SegmentKind.PAGE, "1", "一", False)]


def test_the_same_text_in_an_earlier_revision_is_not_said_twice() -> None:
    data = pdf([[(50, 800, LINE)]])
    assert spans(read(data + b"%comment\n%%EOF\n")) == [(SegmentKind.PAGE, "1", LINE, False)]
