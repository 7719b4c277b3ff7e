"""The review screen, driven by its keys on a desk in memory: what is shown, what the desk is told, what never shows."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from scanner import i18n
from scanner.review import case, flow
from scanner.review.app import ReviewApp
from scanner.review.models import View
from scanner.review.pages import Pages
from scanner.review.rows import Entry
from scanner.widths import width
from tests.scanner.review.fake_desk import FakeDesk, a_case, a_desk, a_page

Play = Callable[["Screen"], Awaitable[None]]


class Screen:
    """An app under test with its desk."""

    def __init__(self, app: ReviewApp, pilot: Pilot[None]) -> None:
        self.app, self._pilot = app, pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self._pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Until nothing is asked of the desk any more."""
        for _turn in range(3000):  # building the matcher takes seconds
            await self._pilot.pause()
            if not self.app.flow.waiting:
                break
            await asyncio.sleep(0.005)
        await self._pilot.pause()

    @property
    def lines(self) -> list[str]:
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def words(self) -> str:
        """The same, whatever its lines."""
        return " ".join(self.text.split())

    @property
    def entries(self) -> list[Entry]:
        return list(self.app.screen.query_one("#lines", Pages).items)

    @property
    def toasts(self) -> str:
        return "\n".join(toast.message for toast in self.app._notifications)


def play(desk: FakeDesk, what: Play, size: tuple[int, int] = (80, 24), view: View | None = None) -> FakeDesk:
    async def run() -> None:
        app = ReviewApp(desk, view or View(), desk.reviewer)  # type: ignore[arg-type]
        async with app.run_test(size=size) as pilot:
            screen = Screen(app, pilot)
            await screen.settle()
            await what(screen)

    asyncio.run(run())
    return desk


def test_the_queue_shows_the_worst_first_and_what_is_left() -> None:
    async def look(screen: Screen) -> None:
        assert "100 cases left  critical 25  high 25  medium 25  low 25" in screen.lines[0]
        assert screen.lines[3].startswith("▸ critical 28")
        assert "Loading" not in screen.text

    play(a_desk(), look)


def test_a_hundred_cases_are_judged_with_one_key_each() -> None:
    async def judge(screen: Screen) -> None:
        await screen.press("n")
        for number in range(100):
            await screen.press(*("c" if number % 10 else "d1"))
        assert "Nothing is left to judge." in screen.text
        assert "100 judged" in screen.lines[0]

    desk = play(a_desk(), judge)
    assert sorted(entry[1] for entry in desk.log if entry[0] in ("to_issue", "dismissed")) == list(range(1, 101))
    assert sum(entry[0] == "dismissed" and entry[2] == "D01" for entry in desk.log) == 10
    assert desk.held == set()


def test_desk_calls_never_run_in_the_screens_thread() -> None:
    async def work(screen: Screen) -> None:
        await screen.press("n", "c", "s", "b")

    desk = play(a_desk(5), work)
    assert threading.get_ident() not in desk.threads and len(desk.threads) == 2


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_case_fits_its_terminal(size: tuple[int, int], lang: str) -> None:
    i18n.activate(lang)

    async def look(screen: Screen) -> None:
        await screen.press("n")
        assert len(screen.lines) == size[1]
        assert all(width(line) == size[0] for line in screen.lines)
        text = screen.text
        for shown in ("2017年第28批", "关于发放低保金的公示", "教育局", "社会救助", "http://example.gov.cn/content/28.html",
                      "2017-12-01", "2,928", "任何人都能对上是谁", "身份证号", "补", "1,200"):  # fmt: skip
            assert shown in text, shown
        for key in keys_of_a_case():
            assert key in text, key

    play(a_desk(), look, size)


def keys_of_a_case() -> list[str]:
    from scanner.review.keys import CASE, face

    return [f"{face(key)} {i18n._(key.label)}" for key in CASE]


def test_values_of_one_row_are_one_line_under_the_tables_header() -> None:
    async def look(screen: Screen) -> None:
        await screen.press("n")
        rows = [line for line in screen.lines if "1,200" in line]
        assert len(rows) == 3
        header = next(line for line in screen.lines if "补助金额" in line)
        at = width(header[: header.index("补助金额")])
        assert {width(line[: line.index("1,200")]) for line in rows} == {at}
        assert [line.strip("▸ ").startswith("hid") for line in rows] == [False, True, False]
        assert "← 1/2 →" in screen.text
        await screen.press("right")
        assert "← 2/2 →" in screen.text and "mobile number" in screen.lines[-3]

    play(a_desk(), look)


def test_a_list_of_5000_people_is_loaded_by_pages_and_is_one_decision() -> None:
    async def judge(screen: Screen) -> None:
        await screen.press("n")
        assert "10,000 values, 5,000 people" in screen.text
        await screen.press(*["end"] * 3)
        shown = [entry.findings[0].row for entry in screen.entries]
        assert shown == sorted(set(shown)) and len(shown) > 300
        await screen.press("c")

    desk = a_desk(1, people=5000)
    play(desk, judge)
    asked = [entry for entry in desk.log if entry[0] == "findings"]
    assert 0 < len(asked) <= 4 and desk.state == {1: "to_issue"}


def test_values_of_one_row_that_come_on_different_pages_are_still_one_line() -> None:
    async def look(screen: Screen) -> None:
        await screen.press("n")
        rows = [(entry.findings[0].row, len(entry.findings)) for entry in screen.entries]
        assert rows == [(row, 2) for row in range(2, 62)]

    play(a_desk(1, people=60), look)


def test_reveal_is_one_value_for_a_few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case, "REVEALED", 1)
    desk = a_desk(3)
    values = desk.cases[1].values

    async def look(screen: Screen) -> None:
        await screen.press("n")
        finding_id, value = next(iter(values.items()))
        assert not any(raw in screen.text for raw in values.values())
        await screen.press("r")
        assert value in screen.text and sum(raw in screen.text for raw in values.values()) == 1
        assert desk.log.count(("reveal", finding_id)) == 1
        await asyncio.sleep(1.3)
        await screen.settle()
        assert value not in screen.text

    play(desk, look)


def test_a_revealed_value_goes_when_the_mark_moves_or_another_screen_comes() -> None:
    desk = a_desk(3)

    async def look(screen: Screen) -> None:
        await screen.press("n")
        for away, back in (("down", "up"), ("right", "left"), ("o", "b"), ("question_mark", "b")):
            await screen.press("r")
            assert any(raw in screen.text for raw in desk.cases[1].values.values())
            await screen.press(away)
            assert not any(raw in screen.text for raw in desk.cases[1].values.values())
            await screen.press(back)
            assert not any(raw in screen.text for raw in desk.cases[1].values.values())

    play(desk, look)


HOSTILE = "[bold red]x[/] \x1b[2J\x1b]0;t\x07\u202egnp.exe\u200b\x9b31m\r\n$(x) [@click=app.quit]q[/]"
SHOWN = r"[bold red]x[/] \x1b[2J\x1b]0;t\x07\u202egnp.exe\u200b\x9b31m"


def test_hostile_text_is_shown_and_never_obeyed() -> None:
    page = a_page(1, [(HOSTILE, "138****0000", HOSTILE, HOSTILE)], HOSTILE, unit=HOSTILE, section=HOSTILE, url=HOSTILE)
    page.view = replace(page.view, parent_title=HOSTILE, index_no=HOSTILE, sentence=HOSTILE)
    desk = FakeDesk({1: page}, groups={HOSTILE: [1, 1]})

    async def look(screen: Screen) -> None:
        async def check() -> None:
            styles = [segment.style for strip in screen.app.screen._compositor.render_strips() for segment in strip]
            assert all(style is None or not style.meta.get("@click") for style in styles)
            assert all(char.isprintable() for line in screen.lines for char in line)
            assert all(width(line) == 200 for line in screen.lines)
            assert "[bold red]x[/]" in screen.text and r"\x1b[2J" in screen.text

        await check()
        await screen.press("enter")
        await check()
        assert SHOWN in screen.text
        await screen.press("r")
        await check()
        await screen.press("o")
        await check()
        await screen.press("b", "g")
        await check()

    play(desk, look, (200, 50))


def test_undo_opens_the_case_again() -> None:
    async def work(screen: Screen) -> None:
        await screen.press("n", "c")
        assert "1 judged" in screen.lines[0]
        await screen.press("u")
        assert "2017年第4批" in screen.lines[1] and "judged" not in screen.lines[0]
        await screen.press("u")
        assert "no decision of yours" in screen.toasts

    assert play(a_desk(8), work).state == {}


def test_alike_things_are_dismissed_at_once_with_reason_and_end() -> None:
    desk = a_desk(20)
    desk.groups = {"0552-123****": list(range(4, 21))}

    async def work(screen: Screen) -> None:
        await screen.press("n", "g")
        assert "0552-123****" in screen.text and "on 17 pages, 1 stays" in screen.text
        await screen.press("enter", "1", "3")
        assert "17 cases dismissed until" in screen.toasts
        assert "3 cases left" in screen.lines[0]

    play(desk, work)
    (entry,) = [entry for entry in desk.log if entry[0] == "alike"]
    assert entry[1:3] == ("0552-123****", "D01")


def test_a_reason_that_needs_a_word_more_asks_for_it_and_escape_decides_nothing() -> None:
    desk = a_desk(4)

    async def work(screen: Screen) -> None:
        await screen.press("n", "d", "4", "enter")
        assert "needs a word more" in screen.text
        await screen.press(*"abc", "escape")
        assert desk.state == {}
        await screen.press("d", "4")
        assert "abc" in screen.text
        await screen.press("enter")

    assert ("dismissed", 4, "D04", "abc") in play(desk, work).log


def test_assign_and_note() -> None:
    async def work(screen: Screen) -> None:
        await screen.press("n", "m", *"hello", "enter")
        assert "Note by 王敏: hello" in screen.words
        assert "critical 4 2017" in screen.words
        await screen.press("a", *"Li", "enter")
        assert "critical 4 2017" not in screen.words  # the next case: this one is the colleague's

    log = play(a_desk(4), work).log
    assert ("note", 4, "hello") in log and ("assign", 4, "Li") in log


def test_a_refused_decision_is_said_with_what_was_entered() -> None:
    desk = a_desk(8)
    desk.refuse = {4}

    async def work(screen: Screen) -> None:
        await screen.press("n", "d", "4", *"law", "enter")
        assert "Not recorded: case 4" in screen.text and "You wrote: law" in screen.text
        await screen.press("o")
        assert "2017年第4批" in screen.lines[1] and "judged" not in screen.lines[0]
        desk.refuse.clear()
        await screen.press("d", "4")
        assert "law" in screen.text
        await screen.press("enter")

    assert ("dismissed", 4, "D04", "law") in play(desk, work).log


def test_a_case_of_a_colleague_is_read_only() -> None:
    desk = a_desk(8)
    desk.others = {8: "李强"}

    async def work(screen: Screen) -> None:
        assert "[李强]" in screen.text
        await screen.press("down", "enter")
        assert "李强 has this case" in screen.text
        await screen.press("c", "d")
        assert "李强 has this case at the moment." in screen.toasts

    assert play(desk, work).state == {}


def test_a_busy_database_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "_PAUSE", 0.05)
    desk = a_desk(8)

    async def work(screen: Screen) -> None:
        await screen.press("n")
        desk.busy = 12
        await screen._pilot.press("c")
        await asyncio.sleep(0.1)
        assert "busy" in screen.lines[0]
        await screen.settle()
        assert "busy" not in screen.lines[0]

    assert play(desk, work).state == {4: "to_issue"}


def test_filters_and_search() -> None:
    async def work(screen: Screen) -> None:
        await screen.press("f", "enter", "4", "b")
        assert "from level high" in screen.lines[1] and "50 cases left" in screen.lines[0]
        await screen.press("slash", *"28", "enter")
        assert "search: 28" in screen.lines[1] and "1 case left" in screen.lines[0]
        await screen.press("slash", *"zz", "enter")
        assert "No case fits" in screen.text
        await screen.press("x")
        assert "100 cases left" in screen.lines[0]

    play(a_desk(), work)


def test_skip_and_next_leave_a_case_undecided() -> None:
    async def work(screen: Screen) -> None:
        await screen.press("n", "n")
        assert "2017年第8批" in screen.lines[1]
        await screen.press("s")
        assert "judged" not in screen.lines[0]

    assert play(a_desk(12), work).state == {8: "skipped"}


def test_help_names_every_key_and_reason() -> None:
    from scanner.review.helping import page

    for lang in ("zh", "en"):
        i18n.activate(lang)
        text = "\n".join(line.plain for line in page(74))
        assert all(f"D{number:02}" in text for number in range(1, 15))
        assert all(key.replace(" ", "  ", 1) in text for key in keys_of_a_case())
        assert all(width(line) <= 80 for line in text.splitlines())


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def look(screen: Screen) -> None:
        await screen.press("n")
        for strip in screen.app.screen._compositor.render_strips():
            for segment in strip.apply_filter(screen.app._filters[0], screen.app.screen.background_colors[1]):
                assert segment.style is None or segment.style.color is None or _grey(segment.style.color.triplet)

    play(a_desk(3), look)


def _grey(colour: tuple[int, int, int] | None) -> bool:
    return colour is None or max(colour) - min(colour) <= 2


def test_a_failure_shows_no_value_and_no_local_variable(capfd: pytest.CaptureFixture[str]) -> None:
    desk = a_desk(2)
    desk.broken = True
    app = ReviewApp(desk, View(), desk.reviewer)  # type: ignore[arg-type]

    async def press(pilot: Pilot[None]) -> None:
        await pilot.press("n")
        while app.is_running:
            await asyncio.sleep(0.01)

    app.run(headless=True, auto_pilot=press)
    said = "".join(capfd.readouterr())
    assert isinstance(app.failure, RuntimeError)
    assert "Traceback" not in said and "locals" not in said
    assert not any(raw in said for made in desk.cases.values() for raw in made.values.values())


def test_people_with_the_smallest_case() -> None:
    async def look(screen: Screen) -> None:
        await screen.press("n")
        assert "Nothing of this case is left in the document." in screen.text

    play(FakeDesk({1: a_case(1, [])}), look)
