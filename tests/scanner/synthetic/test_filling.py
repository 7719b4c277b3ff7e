"""Templates become documents whose gold spans are exact, whatever the layout."""

from __future__ import annotations

import pytest

from scanner.synthetic import demo_templates
from scanner.synthetic.content import Content, Gold, Table, text_of
from scanner.synthetic.filling import Filler
from scanner.synthetic.templates import Each, Grid, Template, make
from scanner.synthetic.writers import cells

ID = "身份证号={id}"


def _made(*parts: str | Each | Grid, few: int = 6, **options: bool) -> Content:
    return make(Template("t", 5, "名单", parts, few=few, many=few, **options), Filler(11))  # type: ignore[arg-type]


def _table(content: Content) -> Table:
    return next(block for block in content.blocks if isinstance(block, Table))


def _gold(content: Content) -> list[tuple[Gold, str]]:
    text = text_of(content)
    whole = str(text)
    return [(gold, whole[gold.start : gold.end]) for gold in text.gold]


@pytest.mark.parametrize(
    "publication", (*demo_templates.LEAKS, *demo_templates.HARMLESS), ids=lambda p: p.template.name
)
def test_spans_hold_the_value(publication: demo_templates.Publication) -> None:
    for gold, span in _gold(make(publication.template, Filler(5))):
        assert span.strip() == span != ""
        assert gold.form != "plain" or span == gold.raw


def test_segments_tell_tables_from_text() -> None:
    text = text_of(_made("说明", Grid(f"姓名={{name}} {ID}"), "落款"))
    kinds = [segment["kind"] for segment in text.segments]
    table = str(text)[text.segments[2]["start"] : text.segments[2]["end"]]  # type: ignore[misc]
    assert kinds == ["body", "body", "table", "body"]
    assert table.splitlines()[0] == "姓名\t身份证号"


@pytest.mark.parametrize(
    ("grid", "first_rows"),
    [
        (Grid(f"户主/姓名={{name}} 户主/{ID} 备注="), [["户主", "", "备注"], ["姓名", "身份证号", ""]]),
        (Grid(f"姓名={{name}} {ID}", caption="花名册"), [["花名册", ""], ["姓名", "身份证号"]]),
        (Grid(f"姓名={{name}} {ID}", side=2), [["姓名", "身份证号", "姓名", "身份证号"]]),
        (Grid("姓名={name} 身份证号={id:cells} 房号={nn}"), [["姓名", "身份证号", "", "", "房号"]]),
    ],
    ids=["two_row", "caption", "side_by_side", "split"],
)
def test_headers(grid: Grid, first_rows: list[list[str]]) -> None:
    rows = [cells(row) for row in _table(_made(grid)).rows]
    assert rows[: len(first_rows)] == first_rows
    assert len(rows[-1]) == len(first_rows[0])


def test_header_repeats_and_cells_merge_downwards() -> None:
    rows = [cells(row) for row in _table(_made(Grid("户主={name} 成员={gname}", repeat=2, blank="户主"))).rows]
    assert [row[0] for row in rows].count("户主") == 3
    assert [row[0] == "" for row in rows] == [False, False, True, False, True, False, False, True, True]


def test_a_line_break_in_a_cell_is_a_space_in_the_text() -> None:
    (_, span), *_ = _gold(_made(Grid("证件号={id:newline}")))
    assert "\n" not in span
    assert " " in span


def test_running_lists_name_each_person_once() -> None:
    content = _made(Each("{name}（{id:spaced}）", "、"))
    found = [gold.entity for gold, _ in _gold(content)]
    assert found == ["PERSON_NAME", "RESIDENT_ID"] * 6


def test_officials_are_not_required() -> None:
    assert [gold.required for gold, _ in _gold(_made("联系人：{official}", few=1))] == [False]


def test_unknown_placeholders_are_refused() -> None:
    with pytest.raises(KeyError, match="nosuch"):
        _made("{nosuch}")
