"""From a confirmed case to its removal: notices, deadlines, extensions, verification, who is late."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from patterns.schema import Severity
from scanner import cases, clock
from scanner.cli import main
from scanner.deadlines import Deadlines, working_days_later
from scanner.errors import InputError, Refused
from scanner.review.desk import Desk
from scanner.store.connection import reading
from scanner.takedown import Takedown
from scanner.workspace import Workspace
from tests.scanner.review.conftest import PHONE, scanned, work  # noqa: F401


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        # weekends, a week off with a make-up Saturday before it, and New Year
        ("2017-12-08 10:00", 1, "2017-12-11 23:59"),
        ("2017-09-29 10:00", 1, "2017-09-30 23:59"),
        ("2017-09-30 10:00", 3, "2017-10-11 23:59"),
        ("2017-12-29 10:00", 1, "2018-01-02 23:59"),
        ("2017-12-08 10:00", 0, "2017-12-08 23:59"),
    ],
)
def test_working_days(start: str, days: int, end: str) -> None:
    assert working_days_later(datetime.fromisoformat(start), days) == datetime.fromisoformat(end)


def test_a_year_nobody_knows_is_said() -> None:
    with pytest.raises(Refused):
        Deadlines().due(Severity.LOW, datetime(2998, 12, 28))
    assert Deadlines().due(Severity.CRITICAL, datetime(2998, 12, 31, 12)) == datetime(2999, 1, 1, 12)


def confirmed(place: Workspace, *numbers: int) -> Takedown:
    desk = Desk(place, "li")
    for number in numbers:
        desk.confirm(number)
    return Takedown(place, "office")


def test_a_notice_covers_a_units_cases(work: Workspace) -> None:  # noqa: F811
    office = confirmed(work, 1, 2, 7)
    (issued,) = office.issue(deadline=clock_day(5))
    assert [order.case_no for order in issued.orders] == [1, 2, 7]
    assert issued.notice_no == f"{datetime.now().year}-0001"
    assert {order.state for order in office.orders()} == {cases.ISSUED}
    assert office.issue() == []
    with pytest.raises(Refused):
        office.issue(numbers=[1])
    with pytest.raises(InputError):
        office.issue(numbers=[99])


def clock_day(days: int) -> datetime:
    return datetime.now() + timedelta(days=days)


def test_until_it_is_closed_and_back(work: Workspace) -> None:  # noqa: F811
    office = confirmed(work, 1, 2)
    (issued,) = office.issue(deadline=clock_day(5))
    for step in ("receive", "fix", "report"):
        office.step(step, [], issued.notice_no, f"打电话 {PHONE}")
    with pytest.raises(Refused, match="Not possible"):
        office.step("fix", [1])
    office.verify([1], "", True, "")
    office.verify([2], "", False, "附件还在")
    with reading(work.database) as connection:
        states = dict(
            connection.execute(
                "SELECT case_no, state FROM cases JOIN case_states USING (doc_id) WHERE case_no < 3"
            ).fetchall()
        )
        notes = str(connection.execute("SELECT note FROM events").fetchall())
    assert states == {1: cases.CLOSED, 2: cases.RETURNED}
    assert PHONE not in notes
    assert "打电话" in notes
    (again,) = office.issue(numbers=[2], deadline=clock_day(6))
    assert again.notice_no.endswith("-0002")


def test_extensions_and_who_is_late(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    office = confirmed(work, 1, 7)
    office.issue(deadline=clock_day(5))
    assert office.overdue() == {}
    with pytest.raises(InputError):
        office.extend(1, clock_day(4), "太早")
    with pytest.raises(InputError):
        office.extend(1, clock_day(9), " ")
    with pytest.raises(Refused):
        office.extend(2, clock_day(9), "没有下发")
    office.extend(1, clock_day(20), "需要上级批准")
    later = clock.now() + timedelta(days=10)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert [order.case_no for orders in office.overdue().values() for order in orders] == [7]
    office.step("receive", [7])
    office.step("report", [7])
    assert office.overdue() == {}
    assert {order.case_no: order.extensions for order in office.orders()} == {1: 1, 7: 0}


def test_contacts(work: Workspace) -> None:  # noqa: F811
    sites = work.root / "sites.toml"
    sites.write_text('[[unit]]\nname = "教育局"\ncontact = "办公室"\nnotify = false\n', encoding="utf-8")
    assert work.contacts["教育局"].name == "办公室"
    assert not work.contacts["教育局"].notify
    sites.write_text('[[unit]]\nname = "教育局"\ncontcat = "x"\n', encoding="utf-8")
    confirmed(work, 1)
    assert main(["takedown", "issue", "--all", "-w", str(work.root)]) == 4
    assert Takedown(work, "office").orders(states=(cases.ISSUED,)) == []


def test_the_command_line(work: Workspace, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    place = ["-w", str(work.root), "--reviewer", "li"]
    where = ["-w", str(work.root)]
    commands = [
        (["case", "list", *where], 0), (["case", "list", "--format", "jsonl", *where], 0),
        (["case", "list", "--state", "nope", *where], 6), (["case", "show", "1", *where], 0),
        (["case", "show", "1", "--text", *where], 0), (["case", "show", "1", "--format", "jsonl", *where], 0),
        (["case", "show", "99", *where], 6), (["case", "confirm", "1", "2", *place], 0),
        (["case", "confirm", "1", *place], 8), (["case", "dismiss", "3", "--reason", "9", *place], 0),
        (["case", "dismiss", "4", "--reason", "D99", *place], 6), (["case", "undo", *place], 0),
        (["case", "dismiss", "3", "--reason", "D09", *place], 0), (["case", "reconsider", "3", *place], 0),
        (["case", "assign", "4", "wang", *place], 0), (["case", "note", "4", "看看", *place], 0),
        (["case", "history", "3", *where], 0), (["case", "reasons"], 0), (["case", "alike", "7", *where], 0),
        (["case", "alike", "7", "--dismiss", "1", "--reason", "D01", *place], 6),
        (["case", "alike", "7", "--dismiss", "1", "--reason", "D01", "--until", "2999-01-01", *place], 0),
        (["suppressions", "list", *where], 0), (["suppressions", "test", "1", *where], 0),
        (["suppressions", "end", "1", "--reopen", *place], 0), (["suppressions", "end", "1", *place], 6),
        (["takedown", "issue", *place], 6), (["takedown", "issue", "--all", *place], 0),
        (["takedown", "list", *where], 0), (["takedown", "receive", "1", *place], 0),
        (["takedown", "receive", *place], 6), (["takedown", "fix", "2017-0001", *place], 2),
        (["takedown", "fix", "1", *place], 0),
        (["takedown", "report", "1", *place], 0), (["takedown", "verify", "1", *place], 6),
        (["takedown", "verify", "1", "--clean", *place], 0),
        (["takedown", "extend", "2", "--deadline", "2999-01-01", "--reason", "x", *place], 0),
        (["takedown", "overdue", *where], 0), (["takedown", "notices", *where], 0),
        (["stats", *where], 0), (["audit", *where], 0), (["case", "reveal", "0" * 32, *place], 6),
    ]  # fmt: skip
    for command, code in commands:
        assert main(command) == code, (command, capsys.readouterr())
        output = capsys.readouterr()
        assert PHONE not in output.out + output.err
