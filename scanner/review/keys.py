"""The keys of each screen: one table makes what is bound, what is shown and what help says. One hand, no chords."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Static

from scanner.i18n import N_, _
from scanner.review.looks import KEY
from scanner.widths import width

_GAP: Final = "  "


class Key(NamedTuple):
    keys: str  # as Textual names them, the first one is shown
    action: str
    label: str  # message id: one or two words
    help: str  # message id: a sentence
    face: str = ""  # what is shown instead of the key's name


BACK: Final = Key("b,escape", "back", N_("back"), N_("Back to the screen before."))
HELP: Final = Key("question_mark,f1,h", "help", N_("help"), N_("This help."), "?")
UNDO: Final = Key("u", "undo", N_("undo"), N_("Take back your last decision and open its case; again: the one before."))

QUEUE: Final = (
    Key("enter", "open", N_("open"), N_("Open the case under the mark. It is yours until you leave it."), "↵"),
    Key("n", "next", N_("next"), N_("Open the worst case that nobody else has.")),
    Key("f", "filter", N_("filter"), N_("Show only some: by level, unit, site, section, kind, hidden, minors, run.")),
    Key("slash", "search", N_("search"), N_("Search title and address; or type an index or case number."), "/"),
    Key("x", "clear", N_("show all"), N_("No filter and no search any more.")),
    UNDO,
    HELP,
    Key("q", "leave", N_("quit"), N_("Leave. Everything you decided is kept.")),
)  # fmt: skip
CASE: Final = (
    Key("c", "confirm", N_("confirm"), N_("It is a leak: everything on the list. The unit will have to remove it.")),
    Key("d", "reject", N_("dismiss"), N_("It is none: choose one of fourteen reasons.")),
    Key("s", "skip", N_("skip"), N_("Not now: it stays in the queue for later.")),
    Key("n", "next", N_("next"), N_("The next case; this one stays undecided.")),
    Key("g", "alike", N_("alike"), N_("The same value or sentence on other pages: dismiss all of them at once.")),
    Key("a", "assign", N_("assign"), N_("Name the colleague who has to judge it: it comes to nobody else then.")),
    Key("m", "note", N_("note"), N_("Write a note to the case. Numbers of persons in it are masked.")),
    Key("r", "reveal", N_("reveal"), N_("Show the value under the mark for a few seconds. Who did it is logged.")),
    Key("o", "source", N_("text"), N_("Read the whole document, masked.")),
    UNDO,
    BACK,
    HELP,
)  # fmt: skip
ALIKE: Final = (
    Key("enter", "choose", N_("dismiss all"), N_("Dismiss all of a group, with a reason and until a date."), "↵"),
    BACK,
)
READING: Final = (BACK,)
FILTER: Final = (
    Key("enter", "change", N_("change"), N_("Change the line under the mark."), "↵"),
    Key("x", "clear", N_("show all"), N_("No filter and no search any more.")),
    Key("b,escape", "apply", N_("done"), N_("Show the cases that fit.")),
)
MOVING: Final = (
    ("↑ ↓", N_("One line up or down; also k and j.")),
    ("← →", N_("Another value of the same row.")),
    ("PgUp PgDn", N_("One page up or down; also the space bar.")),
    ("Home End", N_("First and last line that is loaded.")),
    ("Esc", N_("Ends a question without any effect.")),
)


def bindings(keys: Sequence[Key]) -> list[BindingType]:
    return [Binding(key.keys, key.action, show=False) for key in keys]


def face(key: Key) -> str:
    return key.face or key.keys.partition(",")[0]


class KeyBar(Static):
    """The keys of a screen, in as many lines as they need."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__(id="keys")
        self._keys = keys

    def render(self) -> Text:
        lines, used = Text(), 0
        for key in self._keys:
            size = width(face(key)) + 1 + width(_(key.label))
            if used and used + len(_GAP) + size > self.size.width:
                lines.append("\n")
                used = 0
            elif used:
                lines.append(_GAP)
                used += len(_GAP)
            lines.append(face(key), style=KEY).append(" " + _(key.label))
            used += size
        return lines
