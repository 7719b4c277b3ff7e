"""Short sheets read by patterns are read as calamine reads them, or left to it."""

from __future__ import annotations

from random import Random

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.documents import Member
from pipelines.extractors import extract, xlsx_cells, xlsx_short
from pipelines.schema import Status
from tests.pipelines.extractors.test_xlsx_cells import (
    STRINGS,
    VALUES,
    WRITTEN,
    assert_same,
    cell,
    packed,
    saved,
    sheets,
    worksheet,
)

READ = (
    "/",
    ' s="2"/',
    "><v>7</v>",
    ' t="s"><v>0</v>',
    ' t="s"><v>7</v>',
    ' s="1"><v>13812345678</v>',
    ' s="2"><v>44000</v>',
    "><f>1+1</f><v>2</v>",
    ' t="str"><v> 甲\t&lt;乙&gt; </v>',
    ' t="inlineStr"><is><t>&#20013;&#25991;&#183;&amp;</t></is>',
    ' t="inlineStr"><is><t xml:space="preserve"> 李 四\u3000</t></is>',
    ' t="b"><v>1</v>',
)
LEFT = (
    "><v></v>",
    ' t="inlineStr"><is><t> </t></is>',
    ' t="inlineStr"><is><t>a\nb</t></is>',
    ' t="inlineStr"><is><t>a&#10;b</t></is>',
    ' t="inlineStr"><is><t>_x000D_</t></is>',
    ' t="str"><v>&nbsp;</v>',
    ' t="str"><v>\x01</v>&amp;',
    "><v>&#49;&#50;</v>",
    ' t="s"><v>999</v>',
    ' s="99"><v>1</v>',
    ' s="9"><v>1.5</v>',
)


@pytest.mark.parametrize("value", [value for value, _ in VALUES] + [*READ, *LEFT])
@pytest.mark.parametrize("beside", ["><v>1</v>", ' t="inlineStr"><is><t>&#20013;</t></is>'])
def test_each_kind_of_cell(value: str, beside: str) -> None:
    rows = f'<row r="2">{cell("B2", value)}{cell("D2", beside)}</row><row r="3">{cell("C3", value)}</row>'
    fast = assert_same(packed(worksheet(rows), "".join(STRINGS)))
    assert fast or value not in READ
    assert not fast or value not in LEFT


@pytest.mark.parametrize(
    "rows",
    [
        "",
        '<row r="1"/><row r="2"></row>',
        '<row r="3" hidden="1"><c r="B3"><v>1</v></c></row><row r="9"><c r="A9"><v>2</v></c></row>',
        '<row r="3"><c r="B3"/></row><row r="4"><c r="C4"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="900"><c r="A900"><v>2</v></c></row>',
        '<row r="1"><c r="A1"/><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"/><c r="B2"><v>2</v></c></row>',
    ],
)
def test_shapes_that_are_read(rows: str) -> None:
    assert assert_same(packed(worksheet(rows)))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="2"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1">\n<c r="A1"><v>1</v></c></row>',
        "<!-- --><row/>",
    ],
)
def test_shapes_that_are_left_to_calamine(rows: str) -> None:
    assert not assert_same(packed(worksheet(rows)))


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(sheets(), st.booleans())
def test_any_sheet_by_hand(rows: str, hides: bool) -> None:
    head = '<cols><col min="2" max="3" hidden="1"/></cols>' if hides else ""
    assert_same(packed(worksheet(rows, head), "".join(STRINGS)))


TEXTS = st.lists(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=6),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(TEXTS, st.lists(st.lists(WRITTEN, max_size=5), max_size=8)))
def test_any_sheet_by_openpyxl(rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    assert_same(saved(book))


def test_a_sheet_that_was_cut_or_changed_anywhere() -> None:
    random = Random(2017)
    rows = "".join(
        f'<row r="{row}">{cell(f"A{row}", READ[row])}{cell(f"C{row}", READ[-2])}</row>' for row in range(1, len(READ))
    )
    sheet = worksheet(rows)
    for _ in range(400):
        at, to = sorted(random.sample(range(len(sheet)), 2))
        change = random.choice(("", random.choice('<>/"= rvc12A&;'), sheet[at : at + 9]))
        assert_same(packed(sheet[:at] + change + sheet[min(to, at + 3) :], "".join(STRINGS)))


def test_a_short_list_is_read_without_calamine() -> None:
    book = openpyxl.Workbook()
    for number in range(40):
        book.worksheets[0].append([number, f"张{chr(0x4E00 + number)}", f"9999{number:014d}"])
    data = saved(book)
    assert assert_same(data)
    assert extract(Member("a.xlsx", data)).status == Status.EXTRACTED


def test_text_beyond_the_limit_is_left_to_calamine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_cells, "MAX_TEXT", 20)
    assert not assert_same(packed(worksheet('<row r="1"><c r="A1" t="str"><v>' + "甲" * 30 + "</v></c></row>")))


def test_long_gaps_are_left_to_calamine() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{0}"><c r="A{0}"><v>2</v></c></row>'
    most = xlsx_short._MOST_EMPTY + 1
    assert assert_same(packed(worksheet(rows.format(most))))
    assert not assert_same(packed(worksheet(rows.format(most + 1))))
