"""The review screen on the real desk: a small city's cases are judged by keys, and the database says so."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from scanner import i18n
from scanner.cli import main
from scanner.errors import Exit
from scanner.review.app import ReviewApp
from scanner.review.desk import Desk
from scanner.review.models import View
from scanner.workspace import Workspace
from tests.scanner.review.conftest import PEOPLE, PHONE
from tests.scanner.review.test_screen import Play, Screen


def play(work: Workspace, what: Play, reviewer: str = "王敏", view: View | None = None) -> None:
    async def run() -> None:
        app = ReviewApp(Desk(work, reviewer, patience=2), view or View(), reviewer)
        async with app.run_test(size=(100, 30)) as pilot:
            screen = Screen(app, pilot)
            await screen.settle()
            await what(screen)

    asyncio.run(run())


def states(work: Workspace) -> Counter[str]:
    desk = Desk(work, "x")
    view = View(states=("to_review", "reopened", "dismissed", "to_issue"))
    return Counter(row.state for row in desk.queue(view, limit=1000))


def raw() -> list[str]:
    return [value for person in PEOPLE for value in (person.resident_id, person.mobile, person.name)]


def test_the_whole_queue_is_judged_and_no_value_is_ever_shown(work: Workspace) -> None:
    async def judge(screen: Screen) -> None:
        await screen.press("n")
        for number in range(13):
            assert not any(value in screen.text for value in raw())
            await screen.press(*("c" if number % 2 else "d1"))
        assert "1 case left" in screen.lines[0] and "13 judged" in screen.lines[0]
        await screen.press("u")
        assert "2 cases left" in screen.lines[0] and "12 judged" in screen.lines[0]

    play(work, judge)
    assert states(work) == {"dismissed": 6, "to_issue": 6, "to_review": 2}


def test_rows_of_a_table_stand_under_its_header(work: Workspace) -> None:
    async def look(screen: Screen) -> None:
        await screen.press("n")
        header = next(line for line in screen.lines if "序号" in line)
        assert all(word in header for word in ("姓名", "身份证号", "手机"))
        assert "困难补助名单公示" in screen.text and "← 1/3 →" in screen.text
        await screen.press("o")
        assert screen.text.count(" │ ") >= 15 and not any(value in screen.text for value in raw())

    play(work, look)


def test_reveal_is_on_record_before_it_is_seen(work: Workspace) -> None:
    async def look(screen: Screen) -> None:
        await screen.press("n", "right", "r")
        assert sum(value in screen.text for value in raw()) == 1
        await screen.press("down")
        assert not any(value in screen.text for value in raw())

    play(work, look)
    from scanner.store.connection import reading

    with reading(work.database) as connection:
        (row,) = connection.execute("SELECT * FROM reveals").fetchall()
    assert "王敏" in row and not any(value in str(row) for value in raw())


def test_the_clerks_phone_on_eight_pages_is_one_decision(work: Workspace) -> None:
    async def judge(screen: Screen) -> None:
        await screen.press("slash", *"8", "enter", "x", "end", "enter", "g")
        assert "on 8 pages" in screen.text and "copied text" in screen.text
        await screen.press("end", "enter")
        assert "judge them one by one" in screen.toasts
        await screen.press("home")
        await screen.press("enter", "1", "3")
        assert "6 cases left" in screen.lines[0] and "8 judged" in screen.lines[0]
        assert PHONE not in screen.text
        await screen.press("u")
        assert "14 cases left" in screen.lines[0] and "judged" not in screen.lines[0]
        await screen.press("b", "end", "enter", "g", "enter", "1", "3")

    play(work, judge)
    left, ended = Desk(work, "x").suppressions()
    assert left.ended_at is None and ended.ended_at is not None
    assert (left.reason, left.cases, left.reviewer) == ("D01", 8, "王敏")
    assert states(work)["dismissed"] == 8


def test_two_reviewers_get_different_cases_and_are_told_of_each_other(work: Workspace) -> None:
    other = Desk(work, "李强")
    held = other.take()
    assert held is not None

    async def look(screen: Screen) -> None:
        await screen.press("n")
        assert screen.app._case and screen.app._case.case
        assert screen.app._case.case.row.case_no != held.row.case_no
        await screen.press("b")
        assert "[李强]" in screen.text
        await screen.press("home", "enter")
        assert "李强 has this case" in screen.text
        await screen.press("c")

    play(work, look)
    assert states(work) == {"to_review": 14}
    assert other.confirm(held.row.case_no).state == "to_issue"


def test_a_lost_lease_is_said_and_what_was_typed_is_kept(work: Workspace) -> None:
    async def look(screen: Screen) -> None:
        await screen.press("n")
        assert screen.app._case and screen.app._case.case
        case_no = screen.app._case.case.row.case_no
        screen.app.flow.desk.release()  # as if the reviewer had been away too long
        assert Desk(work, "李强").open(case_no, hold=True)
        await screen.press("d", "4", *"law 5", "enter")
        assert f"Not recorded: case {case_no}" in screen.text
        assert "李强 has this case open" in screen.words and "You wrote: law 5" in screen.text

    play(work, look)
    assert states(work) == {"to_review": 14}


def test_without_a_terminal_it_says_so(work: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    i18n.activate("en")
    assert main(["review", "-w", str(work.root), "--lang", "en"]) == Exit.INPUT
    assert "needs a terminal" in capsys.readouterr().err


def test_what_is_there_no_more_is_said(work: Workspace) -> None:
    for part in Path(work.records).rglob("*.parquet"):
        part.unlink()

    async def look(screen: Screen) -> None:
        await screen.press("n")
        assert "困难补助名单公示" in screen.text
        await screen.press("o")
        assert "This did not work" in screen.text
        await screen.press("enter", "r")
        assert "This did not work" in screen.text

    play(work, look)
