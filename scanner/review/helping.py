"""Help: everything a reviewer needs to know, on one page that scrolls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from scanner.i18n import N_, _
from scanner.review import keys
from scanner.review.dialogs import CHOICE_KEYS
from scanner.review.keys import Key, KeyBar, bindings, face
from scanner.review.looks import KEY
from scanner.review.pages import Pages
from scanner.review.why import options
from scanner.widths import width, wrap

_ABOUT: Final = (
    N_("A case is one document: a page, an attachment. Decide whether what is on the list may stay public. "
       "All its values are judged together: a list of 5,000 people is one decision."),
    N_("The queue has the worst first, of equals the oldest. A name in brackets before a title: that colleague has the "
       "case open. A search or a filter is said in the second line; x ends it."),
    N_("Shown values are masked. What is marked “hid” stands where a reader does not look: a hidden column, a comment, "
       "covered text. The text around a value comes from the web as it is; signs that cannot be seen are written out."),
    N_("Confirm: the unit has to remove it. Dismiss: it is no leak; your reason stays with it. Skip: later. "
       "Every decision can be undone with u, and each is kept with your name and the time."),
    N_("A case you open is yours: others get other cases. When you stay away too long it becomes free again; "
       "if someone else has decided meanwhile you are told, and nothing you typed is lost."),
    N_("The same office phone in 8,000 footers is one decision too: press g. Such a decision ends on a date you "
       "choose; what it hides stays counted, and `scan suppressions` lists and ends it."),
    N_("While the database is busy with a scan, the first line says so; what you decide is written as soon as it "
       "is free. You can go on."),
)  # fmt: skip
_LEFT: Final = 12


class Help(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = bindings([*keys.READING, keys.HELP])

    def compose(self) -> ComposeResult:
        yield Static(Text(_("How to judge cases"), style="bold"), classes="title")
        yield Pages[Text](lambda line, _columns: line.copy(), id="reading")
        yield KeyBar(keys.READING)

    def on_mount(self) -> None:
        self.query_one("#reading").focus()

    def on_resize(self) -> None:
        self.query_one("#reading", Pages).fill(list(page(max(self.size.width - 6, 20))), more=False)

    def action_back(self) -> None:
        self.dismiss()

    def action_help(self) -> None:
        self.dismiss()


def page(columns: int) -> Iterator[Text]:
    """All of help, in lines."""
    for paragraph in _ABOUT:
        yield from (Text(line) for line in wrap(_(paragraph), columns))
        yield Text()
    for title, of_screen in (
        (N_("In a case"), keys.CASE),
        (N_("In the queue"), keys.QUEUE),
        (N_("In the list of alike"), keys.ALIKE),
    ):
        yield Text(_(title), style="bold")
        yield from _keys(of_screen, columns)
        yield Text()
    yield Text(_("In every list"), style="bold")
    for shown, words in keys.MOVING:
        yield from _entry(shown, _(words), columns)
    yield Text()
    yield Text(_("Reasons to dismiss: press d, then the key"), style="bold")
    for key, reason in zip(CHOICE_KEYS, options(), strict=True):
        yield from _entry(key, reason, columns)


def _keys(of_screen: tuple[Key, ...], columns: int) -> Iterator[Text]:
    for key in of_screen:
        yield from _entry(f"{face(key)}  {_(key.label)}", _(key.help), columns)


def _entry(left: str, words: str, columns: int) -> Iterator[Text]:
    for number, line in enumerate(wrap(words, columns - _LEFT - 2)):
        head = left if number == 0 else ""
        gap = " " * max(_LEFT + 2 - width(head), 1)
        yield Text().append(head, style=KEY).append(gap + line)
