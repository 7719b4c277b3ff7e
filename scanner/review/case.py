"""One case: where it is, why it has its level, what was found in it; and the keys that decide it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from scanner.i18n import _, n_
from scanner.review import keys, messages, rows, words
from scanner.review.dialogs import Ask, Name
from scanner.review.flow import Prepared
from scanner.review.helping import Help
from scanner.review.keys import KeyBar, bindings
from scanner.review.looks import VALUE, WARNING
from scanner.review.models import CaseView, FindingRow, Revealed
from scanner.review.pages import Pages
from scanner.review.rows import Entry
from scanner.review.top import Top
from scanner.review.why import ask_reason
from scanner.widths import shorten, visible, width

_TALL: Final = 30  # lines from which there is room to say why a single finding has its level
_SLACK: Final = 4  # columns that may stay empty where a line breaks
REVEALED: Final = 6  # seconds a value stays on the screen


class CaseScreen(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(keys.CASE),
        Binding("left", "value(-1)", show=False),
        Binding("right", "value(1)", show=False),
    ]

    def __init__(self, drafts: dict[str, str]) -> None:
        """drafts: what was typed and not yet recorded, by document; outlives this screen."""
        super().__init__()
        self.case: CaseView | None = None
        self._holder = ""
        self._drafts = drafts
        self._value = 0  # which finding of the line under the mark
        self._widths: list[int] = []
        self._decided = False
        self._seconds = 0
        self._hiding: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Top()
        yield Static(id="case")
        yield Static(id="header")
        yield Pages[Entry](self._draw, id="lines")
        yield Static(id="detail")
        yield KeyBar(keys.CASE)

    def on_mount(self) -> None:
        self.query_one("#lines").focus()
        self.query_one("#case", Static).update(_("Loading …"))

    def on_resize(self) -> None:
        self._lay_out()

    def show(self, prepared: Prepared) -> None:
        """Another case, from its beginning."""
        self._hide()
        self.case, self._holder, self._decided, self._value = prepared.case, prepared.holder, False, 0
        self._pages.fill(prepared.entries, prepared.more)
        self._lay_out()

    def extend(self, case_no: int, found: Sequence[Entry], more: bool) -> None:
        if self.case and self.case.row.case_no == case_no:
            self._pages.change(rows.joined(self._pages.items, found), more)
            self._lay_out()

    def reveal(self, revealed: Revealed) -> None:
        """Show a value for a few seconds, while its line is under the mark."""
        finding = self._finding
        if finding is None or finding.finding_id != revealed.finding_id:
            return
        self._hide()
        self._seconds = REVEALED
        self._hiding = self.set_interval(1, lambda: self._tick(revealed))
        self._say_value(revealed)

    def again(self) -> None:
        """The decision was refused, or withdrawn: keys decide again."""
        self._decided = False

    @on(Pages.Moved)
    def _moved(self) -> None:
        self._value = 0
        self._hide()
        self._say_detail()

    @on(Pages.Chosen)
    def _entered(self) -> None:
        self.action_value(1)

    @on(Pages.More)
    def _more(self) -> None:
        if self.case:
            known = sum(len(line.findings) for line in self._pages.items)
            self.post_message(messages.MoreFindings(self.case.row.case_no, known))

    def on_screen_suspend(self) -> None:
        self._hide()

    def on_app_blur(self, _event: events.AppBlur) -> None:
        self._hide()

    def action_value(self, step: int) -> None:
        line = self._pages.current
        if line and len(line.findings) > 1:
            self._value = (self._value + step) % len(line.findings)
            self._hide()
            self._say_detail()
            self._pages.refresh()

    def action_confirm(self) -> None:
        if case := self._to_decide():
            self._decide(messages.Confirmed(case.row.case_no))

    def action_reject(self) -> None:
        if case := self._to_decide():
            ask_reason(
                self, _("Why is it no leak?"),
                lambda code, note: self._decide(messages.Dismissed(case.row.case_no, code, note)),
                self._drafts, f"reason {case.row.case_no}",
            )  # fmt: skip

    def action_skip(self) -> None:
        if case := self._to_decide():
            self._decide(messages.Skipped(case.row.case_no))

    def action_next(self) -> None:
        if not self._decided:
            self._decided = True
            self.post_message(messages.Next())

    def action_alike(self) -> None:
        if case := self._to_decide():
            self.post_message(messages.AlikeWanted(case.row.case_no))

    def action_assign(self) -> None:
        if case := self._to_decide():
            self.post_message(messages.AssigneesWanted(case.row.case_no))

    def ask_assignee(self, case_no: int, names: Sequence[str]) -> None:
        nobody = _("(nobody any more)")

        def chosen(name: str | None) -> None:
            if name:
                self.post_message(messages.Assigned(case_no, "" if name == nobody else name))

        title = _("Who has to judge case {number}?").format(number=case_no)
        self.app.push_screen(Name(title, [*names, nobody]), chosen)

    def action_note(self) -> None:
        if not (case := self._to_decide()):
            return
        key = f"note {case.row.case_no}"

        def typed(text: str | None) -> None:
            if text:
                self.post_message(messages.Noted(case.row.case_no, text))

        title = _("Note to case {number}").format(number=case.row.case_no)
        keep = lambda text: self._drafts.__setitem__(key, text)  # noqa: E731
        self.app.push_screen(Ask(title, self._drafts.get(key, ""), keep=keep), typed)

    def action_reveal(self) -> None:
        if finding := self._finding:
            self.post_message(messages.Revealed(finding.finding_id))

    def action_source(self) -> None:
        if self.case:
            self.post_message(messages.SourceWanted(self.case.row.case_no, self.case.row.title or self.case.row.member))

    def action_undo(self) -> None:
        self.post_message(messages.Undone())

    def action_back(self) -> None:
        self.post_message(messages.Left())

    def action_help(self) -> None:
        self.app.push_screen(Help())

    @property
    def _pages(self) -> Pages[Entry]:
        return self.query_one("#lines", Pages)

    @property
    def _finding(self) -> FindingRow | None:
        line = self._pages.current
        return line.findings[self._value] if line else None

    def _to_decide(self) -> CaseView | None:
        """The case, when it can be decided here and now; else why not is said."""
        if self.case is None or self._decided:
            return None
        if self._holder:
            self.notify(_("{who} has this case at the moment.").format(who=visible(self._holder)), markup=False)
            return None
        return self.case

    def _decide(self, decision: messages.Decision) -> None:
        self._decided = True
        self.post_message(decision)

    def _draw(self, line: Entry, columns: int) -> Text:
        chosen = self._value if line is self._pages.current else -1
        return rows.draw(line, columns, self._widths, chosen)

    def _lay_out(self) -> None:
        if self.case is None:
            return
        columns = max(self.size.width - 2, 20)
        self.query_one("#case", Static).update(Text("\n").join(words.case_lines(self.case, columns, self._holder)))
        self._widths = rows.column_widths(self._pages.items, columns - 4)
        self._pages.refresh()
        self._say_detail()

    def _say_detail(self) -> None:
        line = self._pages.current
        self.query_one("#header", Static).update(Text("  ").append_text(rows.header(line, self._widths)))
        self.query_one("#header").display = bool(line and line.header)
        detail = self.query_one("#detail", Static)
        if line is None or (finding := self._finding) is None:
            detail.update(_("Nothing of this case is left in the document."))
            return
        columns = max(self.size.width - 2, 20)
        text = Text(shorten(words.finding_line(finding, (self._value, len(line.findings))), columns))
        if not line.table and width("".join(span.text for span in line.spans)) > columns - rows.BESIDE:
            text.append("\n").append_text(rows.sentence(line, columns * 2 - _SLACK, self._value))
        elif self.size.height >= _TALL and finding.reason:
            text.append("\n" + shorten(visible(finding.reason), columns))
        detail.update(text)

    def _say_value(self, revealed: Revealed) -> None:
        seconds = n_("hidden again in {count} second", "hidden again in {count} seconds", self._seconds)
        text = Text().append(_("Value: "), style=WARNING).append(visible(revealed.value), style=VALUE)
        self.query_one("#detail", Static).update(text.append("  " + seconds.format(count=self._seconds)))

    def _tick(self, revealed: Revealed) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._say_value(revealed)
        else:
            self._hide()
            self._say_detail()

    def _hide(self) -> None:
        """No revealed value on the screen, nor in a timer."""
        if self._hiding is not None:
            self._hiding.stop()
            self._hiding = None
            self._say_detail()
