"""What a reviewer can ask and do at the desk, and what two of them cannot do to each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pyarrow.parquet as pq
import pytest

from scanner import cases, clock
from scanner.errors import InputError, Refused
from scanner.review import desk as desk_module
from scanner.review.desk import Desk
from scanner.review.models import View
from scanner.store.connection import reading, writing
from scanner.workspace import Workspace
from tests.scanner.review.conftest import PEOPLE, PHONE

LATER = clock.today() + timedelta(days=90)
VALUES = [value for p in PEOPLE for value in (p.resident_id, p.mobile)]


@pytest.fixture
def li(work: Workspace) -> Iterator[Desk]:
    yield Desk(work, "li")


@pytest.fixture
def wang(work: Workspace) -> Iterator[Desk]:
    yield Desk(work, "wang")


def states(work: Workspace) -> dict[int, str]:
    with reading(work.database) as connection:
        return dict(connection.execute("SELECT case_no, state FROM cases JOIN case_states USING (doc_id)").fetchall())


def test_the_worst_comes_first(li: Desk) -> None:
    assert li.counts() == {5: 6, 3: 8}
    assert [row.severity for row in li.queue()] == [5] * 6 + [3] * 8
    assert [row.case_no for row in li.queue(after=4, limit=3)] == [5, 6, 7]


@pytest.mark.parametrize(
    ("view", "count"),
    [
        (View(severity=4), 6), (View(search="会议通知3"), 1), (View(search="5"), 3), (View(site="example"), 14),
        (View(unit="教育局"), 0), (View(entity_type="RESIDENT_ID"), 6), (View(hidden=True), 0), (View(since_run=2), 0),
        (View(states=(cases.CLOSED,)), 0), (View(search="TZ/"), 8), (View(minors=True), 0), (View(section="x"), 0),
    ],
)  # fmt: skip
def test_views(li: Desk, view: View, count: int) -> None:
    assert sum(li.counts(view).values()) == len(li.queue(view)) == count


def test_a_table_is_one_group_and_shows_its_header(li: Desk) -> None:
    case = li.take()
    assert case is not None
    (group,) = case.groups
    assert (group.table, group.findings, group.rows) == (True, 12, 4)
    context = li.context(group.first)
    assert context.header is not None
    assert context.header.text == "序号\t姓名\t身份证号\t手机"
    assert [line.number for line in context.lines] == [2, 3, 4, 5]
    assert sum(span.mark == "this" for line in context.lines for cell in line.cells for span in cell) == 1


def test_nothing_shown_holds_a_value(li: Desk) -> None:
    for row in li.queue():
        case = li.open(row.case_no)
        shown = str(case) + str(li.source_text(row.case_no)) + str(li.findings(row.case_no, limit=100))
        shown += "".join(str(li.context(finding.finding_id)) for finding in case.findings)
        assert not [value for value in VALUES if value in shown]
        assert "**" in shown


def test_two_desks_get_other_cases(li: Desk, wang: Desk) -> None:
    taken = [case.row.case_no for desk in (li, wang) * 10 if (case := desk.take())]
    assert sorted(taken) == list(range(1, 15))


def test_a_lease_ends(li: Desk, wang: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = li.take()
    assert case is not None
    with pytest.raises(Refused, match="open"):
        wang.confirm(case.row.case_no)
    with pytest.raises(Refused):
        wang.open(case.row.case_no, hold=True)
    later = clock.now() + timedelta(seconds=desk_module.LEASE_SECONDS + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert wang.take().row.case_no == case.row.case_no  # type: ignore[union-attr]


def test_touching_renews_a_lease(li: Desk, wang: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = li.take()
    assert case is not None
    start = clock.now()
    for seconds in (400, 800, 1200):
        monkeypatch.setattr(clock, "now", lambda seconds=seconds: start + timedelta(seconds=seconds))
        li.touch()
    with pytest.raises(Refused):
        wang.confirm(case.row.case_no)


def test_the_second_of_two_decisions_is_refused(work: Workspace, li: Desk, wang: Desk) -> None:
    li.open(3)
    wang.open(3)
    li.dismiss(3, "D09")
    with pytest.raises(Refused, match="faster"):
        wang.confirm(3)
    assert states(work)[3] == cases.DISMISSED
    assert [event.actor for event in li.history(3)] == ["scan", "li"]


def test_prefetched_cases_are_the_ones_taken(li: Desk) -> None:
    li.prefetch()
    with writing(li.workspace.database):  # no database is asked: it is held
        assert [li.take().row.case_no for _ in range(2)] == [1, 2]  # type: ignore[union-attr]


def test_skipped_comes_last_and_release_gives_back(li: Desk, wang: Desk) -> None:
    first = li.take()
    assert first is not None
    li.skip(first.row.case_no)
    seen = []
    while (case := li.take()) and case.row.case_no != first.row.case_no:
        seen.append(case.row.case_no)
    assert seen == list(range(2, 15))
    assert wang.take() is None
    li.release()
    assert wang.take().row.case_no == 1  # type: ignore[union-attr]


def test_an_assigned_case_is_given_to_nobody_else(li: Desk, wang: Desk) -> None:
    li.assign(1, "wang")
    assert li.take().row.case_no == 2  # type: ignore[union-attr]
    assert wang.take().row.case_no == 1  # type: ignore[union-attr]
    assert li.queue(View(assignee="wang"))[0].assignee == "wang"


def test_undo_takes_back_ones_own_last_decision(work: Workspace, li: Desk, wang: Desk) -> None:
    li.confirm(1)
    wang.dismiss(2, "D01")
    li.dismiss(3, "D02")
    assert [li.undo().cases, li.undo().cases, li.undo()] == [(3,), (1,), None]  # type: ignore[union-attr]
    assert [states(work)[n] for n in (1, 2, 3)] == [cases.TO_REVIEW, cases.DISMISSED, cases.TO_REVIEW]
    assert [event.step for event in li.history(1)] == ["find", "confirm", "undo"]


def test_a_group_is_one_decision(work: Workspace, li: Desk, wang: Desk) -> None:
    held = wang.open(9, hold=True).row.case_no
    text = li.alike(7)[0]
    assert (text.kind, text.cases, text.decided) == ("text", 8, 8)
    done = li.dismiss_alike(text, "D01", LATER)
    assert set(done.cases) == set(range(7, 15)) - {held}
    (left,) = li.suppressions()
    assert (left.reason, left.reviewer, left.expires, left.cases) == ("D01", "li", LATER, 7)
    assert states(work)[held] == cases.TO_REVIEW
    li.undo()
    assert set(states(work).values()) == {cases.TO_REVIEW}
    assert li.suppressions()[0].ended_by == "li"


def test_values_suppressed_one_by_one_cover_a_case_in_the_end(work: Workspace, li: Desk) -> None:
    values = [group for group in li.alike(7) if group.kind == "value"]
    assert {group.entity_type for group in values} == {"MOBILE", "PERSON_NAME"}
    assert li.dismiss_alike(values[0], "D13", LATER).cases == ()
    assert [finding.suppressed for finding in li.open(7).findings].count(True) == 1
    assert len(li.dismiss_alike(values[1], "D13", LATER).cases) == 8
    assert [s.hides for s in li.suppressions()] == [8, 8]


@pytest.mark.parametrize(
    ("reason", "note"), [("D15", ""), ("", ""), ("D04", ""), ("D05", " "), ("D10", "")]
)  # fmt: skip
def test_reasons_are_checked(li: Desk, reason: str, note: str) -> None:
    with pytest.raises(InputError):
        li.dismiss(1, reason, note)


def test_past_days_and_unknown_cases(li: Desk) -> None:
    with pytest.raises(InputError):
        li.dismiss_alike(li.alike(7)[0], "D01", date(2017, 1, 1))
    for ask in (li.open, li.confirm, li.history, li.alike, li.source_text, li.skip):
        with pytest.raises(InputError):
            ask(99)  # type: ignore[operator]
    with pytest.raises(InputError):
        Desk(li.workspace, " ")


def test_notes_are_masked(li: Desk) -> None:
    li.note(1, f"打过电话 {PHONE}")
    (note,) = li.open(1).notes
    assert PHONE not in note.text
    assert note.text.startswith("打过电话")


def test_a_reveal_is_on_record_before_the_value_is_read(work: Workspace, li: Desk) -> None:
    phone = next(f for f in li.open(7).findings if f.entity_type == "MOBILE")
    revealed = li.reveal(phone.finding_id)
    assert revealed.value == PHONE
    assert PHONE not in repr(revealed)
    for part in work.records.rglob("part-*.parquet"):
        part.unlink()
    with pytest.raises(InputError):
        li.reveal(phone.finding_id)
    with reading(work.database) as connection:
        assert connection.execute("SELECT reviewer, count(*) FROM reveals GROUP BY ALL").fetchall() == [("li", 2)]


def test_without_records_everything_but_the_text_is_there(work: Workspace, li: Desk) -> None:
    for part in work.records.rglob("part-*.parquet"):
        part.unlink()
    case = li.take()
    assert case is not None
    assert case.findings
    assert li.context(case.findings[0].finding_id).missing


def test_another_record_in_the_same_place_is_not_shown(work: Workspace, li: Desk) -> None:
    (part,) = work.records.rglob("part-*.parquet")
    table = pq.read_table(part)
    pq.write_table(table.take(list(range(len(table)))[::-1]), part)
    case = li.open(1)
    assert li.context(case.findings[0].finding_id).missing
    with pytest.raises(InputError):
        li.reveal(case.findings[0].finding_id)
