"""The queue: what is left to judge, worst and oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from scanner.i18n import _
from scanner.review import keys, words
from scanner.review.dialogs import Ask
from scanner.review.filters import Filters
from scanner.review.helping import Help
from scanner.review.keys import KeyBar, bindings
from scanner.review.looks import QUIET
from scanner.review.messages import Filtered, Left, MoreQueue, Next, Opened, Undone
from scanner.review.models import CaseRow, View
from scanner.review.pages import Pages
from scanner.review.top import Top

_BESIDE: Final = 3  # columns: the mark before a line, the scroll bar behind it


class QueueScreen(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = bindings([key for key in keys.QUEUE if key.keys != "enter"])

    def __init__(self, view: View, reviewer: str) -> None:
        super().__init__()
        self._view, self._reviewer = view, reviewer

    def compose(self) -> ComposeResult:
        yield Top()
        yield Static(id="filters")
        yield Static(id="header")
        yield Pages[CaseRow](self._line, id="queue")
        yield Static(_("Loading …"), id="empty")
        yield KeyBar(keys.QUEUE)

    def on_mount(self) -> None:
        self.query_one("#queue").focus()
        self._head()

    def on_resize(self) -> None:
        self._head()

    def show(self, view: View, rows: Sequence[CaseRow], more: bool) -> None:
        """Other lines, from the top; the mark stays on its case when that is still there."""
        pages = self.query_one("#queue", Pages)
        marked = pages.current.case_no if pages.current else 0
        cursor = next((number for number, row in enumerate(rows) if row.case_no == marked), pages.cursor)
        self._view = view
        pages.fill(rows, more, cursor)
        self._head()
        everything = view == View()
        nothing = _("Nothing is left to judge.") if everything else _("No case fits. Press x to show all.")
        self._say("" if rows else nothing)

    @property
    def rows(self) -> Sequence[CaseRow]:
        """What is loaded."""
        return self.query_one("#queue", Pages).items

    def extend(self, rows: Sequence[CaseRow], more: bool) -> None:
        self.query_one("#queue", Pages).extend(rows, more)

    @on(Pages.Chosen)
    def _opened(self) -> None:
        if row := self.query_one("#queue", Pages).current:
            self.post_message(Opened(row.case_no))

    @on(Pages.More)
    def _more(self) -> None:
        self.post_message(MoreQueue())

    def action_next(self) -> None:
        self.post_message(Next())

    def action_filter(self) -> None:
        self.app.push_screen(Filters(self._view), self._filtered)

    def action_search(self) -> None:
        title = _("Search: a part of the title or address, an index number, or a case's number")
        self.app.push_screen(Ask(title, self._view.search), self._searched)

    def action_clear(self) -> None:
        self._filtered(View())

    def action_undo(self) -> None:
        self.post_message(Undone())

    def action_help(self) -> None:
        self.app.push_screen(Help())

    def action_leave(self) -> None:
        self.post_message(Left())

    def _searched(self, typed: str | None) -> None:
        if typed is not None:
            self._filtered(replace(self._view, search=typed))

    def _filtered(self, view: View | None) -> None:
        if view is not None and view != self._view:
            self.post_message(Filtered(view))

    def _head(self) -> None:
        chosen = words.filters(self._view)
        text = (
            Text(_("Shown: {what}").format(what=chosen), style="bold") if chosen else Text(_("All cases"), style=QUIET)
        )
        text.truncate(max(self.size.width, 1), overflow="ellipsis")
        self.query_one("#filters", Static).update(text)
        self.query_one("#header", Static).update(words.queue_header(self.size.width - _BESIDE))

    def _line(self, row: CaseRow, columns: int) -> Text:
        return words.queue_line(row, columns, self._reviewer)

    def _say(self, message: str) -> None:
        empty = self.query_one("#empty", Static)
        empty.update(Text(message))
        empty.display = bool(message)
