"""The same value or sentence on many pages, judged at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from patterns.reasons import entity_name
from scanner import clock
from scanner.i18n import _, language, n_
from scanner.review import keys
from scanner.review.dialogs import Choose
from scanner.review.keys import KeyBar, bindings
from scanner.review.looks import VALUE, fit
from scanner.review.messages import AlikeDismissed
from scanner.review.models import Alike
from scanner.review.pages import Pages
from scanner.review.why import ask_reason
from scanner.tables import number

_DAYS: Final = (90, 180, 365, 730)  # after which such a decision is looked at again
_KIND: Final = 17  # columns
_SAMPLE: Final = 26


class AlikeScreen(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.ALIKE[1:])

    def __init__(self, case_no: int, groups: Sequence[Alike], drafts: dict[str, str]) -> None:
        super().__init__()
        self._case_no, self._groups, self._drafts = case_no, groups, drafts

    def compose(self) -> ComposeResult:
        title = _("What stands on other pages too. Choose what is no leak anywhere:")
        yield Static(Text(title, style="bold"), classes="title")
        yield Pages[Alike](_line, id="reading")
        yield KeyBar(keys.ALIKE)

    def on_mount(self) -> None:
        pages = self.query_one("#reading", Pages)
        pages.fill(self._groups, more=False)
        pages.focus()

    @on(Pages.Chosen)
    def _chosen(self) -> None:
        group: Alike | None = self.query_one("#reading", Pages).current
        if group is None:
            return
        if not group.decided:
            self.notify(_("More stands on each of these pages: judge them one by one."), markup=False)
            return
        title = n_("Why is it no leak, on {count} page?", "Why is it no leak, on {count} pages?", group.cases)
        title = title.format(count=number(group.cases))
        ask_reason(self, title, lambda code, note: self._until(group, code, note), self._drafts, f"alike {group.key}")

    def action_back(self) -> None:
        self.dismiss()

    def _until(self, group: Alike, reason: str, note: str) -> None:
        today = clock.now().date()
        ends = [today + timedelta(days=days) for days in _DAYS]
        options = [
            n_("{count} day", "{count} days", days).format(count=days) + f": {end}"
            for days, end in zip(_DAYS, ends, strict=True)
        ]

        def chosen(at: int | None) -> None:
            if at is not None:
                said = AlikeDismissed(self._case_no, group, reason, note, ends[at])
                self.app.post_message(said)
                self.dismiss()

        self.app.push_screen(Choose(_("For how long? After that it is asked again."), options), chosen)


def _line(group: Alike, columns: int) -> Text:
    cases = n_("on {count} page", "on {count} pages", group.cases).format(count=number(group.cases))
    rest = group.cases - group.decided
    stay = n_(", {count} stays: more stands in it", ", {count} stay: more stands in them", rest) if rest else ""
    copied = group.kind == "text"
    text = Text().append(fit(_("copied text") if copied else entity_name(group.entity_type, language()), _KIND))
    text.append(fit(_("all values of this case") if copied else group.masked, _SAMPLE), style=VALUE)
    return text.append(fit(cases + stay.format(count=number(rest)), columns - _KIND - _SAMPLE))
