"""Which cases are shown: a list of what can be asked, each line changed with Enter."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from patterns.reasons import entity_name, severity_name
from patterns.schema import Severity
from scanner.i18n import N_, _, language
from scanner.review import keys
from scanner.review.dialogs import Ask, Choose
from scanner.review.keys import KeyBar, bindings
from scanner.review.looks import QUIET, fit
from scanner.review.models import View
from scanner.review.pages import Pages
from scanner.widths import visible

_LEVELS: Final = (0, Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)
_KINDS: Final = (
    "", "RESIDENT_ID", "MASKED_ID", "DAMAGED_ID", "MOBILE", "LANDLINE", "BANK_CARD", "BANK_ACCOUNT", "ADDRESS",
    "PERSON_NAME", "BIRTH_DATE", "HEALTH", "DISABILITY", "FAMILY", "EMAIL", "PASSPORT", "STUDENT_NO",
)  # fmt: skip
_TITLES: Final = {
    "severity": N_("level"), "unit": N_("unit"), "site": N_("site"), "section": N_("section"),
    "entity_type": N_("kind of value"), "hidden": N_("only hidden"), "minors": N_("only minors"),
    "since_run": N_("new since run"), "assignee": N_("assigned to"), "search": N_("search"),
}  # fmt: skip
_LEFT: Final = 16
_ANY: Final = N_("any")


class Filters(ModalScreen[View | None]):
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.FILTER[1:])

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Text(_("Which cases are shown"), style="bold"), classes="title")
            yield Pages[str](self._line, id="options")
            yield KeyBar(keys.FILTER)

    def on_mount(self) -> None:
        pages = self.query_one("#options", Pages)
        pages.styles.height = len(_TITLES)
        pages.fill(list(_TITLES), more=False)
        pages.focus()

    @on(Pages.Chosen)
    def _change(self) -> None:
        name = self.query_one("#options", Pages).current
        if name in ("hidden", "minors"):
            self._set(name, not getattr(self._view, name))
        elif name == "severity":
            options = [_level(level) for level in _LEVELS]
            self.app.push_screen(Choose(_("From which level?"), options), lambda at: self._pick(name, _LEVELS, at))
        elif name == "entity_type":
            options = [_kind(kind) for kind in _KINDS]
            self.app.push_screen(Choose(_("Which kind?"), options), lambda at: self._pick(name, _KINDS, at))
        elif name == "since_run":
            question = Ask(
                _("First found in run number … or later; empty: any"), str(self._view.since_run or ""), check=_no_run
            )
            self.app.push_screen(question, lambda typed: None if typed is None else self._set(name, int(typed or 0)))
        elif name:
            question = Ask(
                _("{what}: a part of it; empty: any").format(what=_(_TITLES[name])), getattr(self._view, name)
            )
            self.app.push_screen(question, lambda typed: None if typed is None else self._set(name, typed))

    def action_clear(self) -> None:
        self._view = View()
        self.query_one("#options", Pages).refresh()

    def action_apply(self) -> None:
        self.dismiss(self._view)

    def _pick(self, name: str, values: tuple[object, ...], at: int | None) -> None:
        if at is not None:
            self._set(name, values[at])

    def _set(self, name: str, value: object) -> None:
        self._view = replace(self._view, **{name: value})  # type: ignore[arg-type]
        self.query_one("#options", Pages).refresh()

    def _line(self, name: str, columns: int) -> Text:
        value = getattr(self._view, name)
        if name == "severity":
            said = _level(value)
        elif name == "entity_type":
            said = _kind(value)
        else:
            said = _("yes") if value is True else visible(str(value)) if value else _(_ANY)
        return (
            Text()
            .append(fit(_(_TITLES[name]), _LEFT), style="bold" if value else QUIET)
            .append(fit(said, columns - _LEFT))
        )


def _level(level: int) -> str:
    return _("{level} and worse").format(level=severity_name(level, language())) if level else _(_ANY)


def _kind(kind: str) -> str:
    return entity_name(kind, language()) if kind else _(_ANY)


def _no_run(typed: str) -> str:
    return "" if not typed or (typed.isascii() and typed.isdigit()) else _("Type the number of a run, like 12.")
