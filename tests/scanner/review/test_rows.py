"""Findings as lines: what is joined, what is asked of the desk, and how a line is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from scanner.review.looks import cut, fit
from scanner.review.models import Context, FindingRow, Line, Span
from scanner.review.rows import column_widths, draw, gather, joined, sentence
from scanner.widths import visible, width

SENTENCE = Line(7, ((Span("来信人"), Span("刘**", "this"), Span("，电话"), Span("138****0000", "other"), Span("。")),))


def finding(number: int, masked: str, row: int, col: int, segment: str = "body") -> FindingRow:
    return FindingRow(f"{number:032x}", "MOBILE", "mobile", masked, 3, "", segment, "", row, col, False, 1, False)


def table_row(number: int, cells: int = 4) -> Line:
    return Line(
        number, tuple((Span(f"cell {number}.{col}", "other" if col in (2, 3) else ""),) for col in range(1, cells + 1))
    )


def test_values_of_one_sentence_are_one_line_in_their_order() -> None:
    found = [finding(1, "138****0000", 7, 0), finding(2, "刘**", 7, 0)]
    (entry,) = gather(found, lambda _id, _lines: Context(False, None, (SENTENCE,)))
    assert [one.masked for one in entry.findings] == ["刘**", "138****0000"]
    assert sentence(entry, 80, 1).plain == "来信人刘**，电话138****0000。"


def test_a_tables_rows_are_asked_for_once() -> None:
    asked = []

    def context(finding_id: str, lines: int) -> Context:
        asked.append(finding_id)
        return Context(True, table_row(1), tuple(table_row(number) for number in range(2, 42)))

    found = [finding(col * 100 + row, "x", row, col, "sheet") for col in (2, 3) for row in range(2, 42)]
    entries = gather(found, context)
    assert len(asked) == 1
    assert [[one.col for one in entry.findings] for entry in entries] == [[2, 3]] * 40
    assert joined(entries[:7], entries[7:]) == entries


def test_what_cannot_be_read_says_why_and_stays_a_line_of_its_own() -> None:
    found = [finding(1, "138****0000", 7, 0), finding(2, "139****0000", 7, 0)]
    entries = gather(found, lambda _id, _lines: Context(False, None, (), "the records are gone"))
    assert len(entries) == 2
    assert (
        "138****0000" in draw(entries[0], 80, [], -1).plain
        and "the records are gone" in draw(entries[0], 80, [], -1).plain
    )


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_columns_of_values_are_drawn_whatever_their_number(columns: int) -> None:
    wide = Line(2, tuple((Span("名" * 12, "other" if col == 28 else ""),) for col in range(1, 31)))
    (entry,) = gather([finding(1, "x", 2, 28, "sheet")], lambda _id, _lines: Context(True, None, (wide,)))
    widths = column_widths([entry], columns)
    assert widths[27] >= 4
    assert draw(entry, columns, widths, 0).cell_len <= columns


@given(st.text(max_size=60), st.integers(1, 80))
def test_fitted_text_has_exactly_its_columns_and_nothing_that_acts(text: str, columns: int) -> None:
    made = fit(text, columns)
    assert cell_len(made) == columns  # as the screen counts
    assert visible(made) == made


@given(st.text(alphabet="ab名，", max_size=80), st.integers(12, 60), st.data())
def test_a_cut_keeps_its_place(text: str, columns: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, max(len(text) - 1, 0)))
    made, now = cut(text, columns, at)
    assert width(made) <= columns
    assert not text or made[now] in (text[at], "…")
