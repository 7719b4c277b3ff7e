"""Small questions: one of several, a line of text, one of many names. Escape always means: nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from scanner.i18n import N_, _
from scanner.review.looks import KEY, QUIET, fit
from scanner.review.pages import Pages
from scanner.widths import visible

_ESCAPE: Final[list[BindingType]] = [Binding("escape", "nothing", show=False)]
_TYPED: Final = N_("↵ done   Esc nothing")
_CHOSEN: Final = N_("the key on the left, or ↑ ↓ and ↵   Esc nothing")
CHOICE_KEYS: Final = "123456789qwert"  # one a choice, all under the left hand
_LONGEST: Final = 500  # characters of a note


class Choose(ModalScreen[int | None]):
    """One of several, by its key or with the arrows; the number of what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*_ESCAPE]

    def __init__(self, title: str, options: Sequence[str], keys: str = CHOICE_KEYS) -> None:
        super().__init__()
        self._title, self._options, self._keys = title, options, keys

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Text(self._title, style="bold"), classes="title")
            yield Pages[int](self._line, id="options")
            yield Static(Text(_(_CHOSEN), style=QUIET))

    def on_mount(self) -> None:
        pages = self.query_one("#options", Pages)
        pages.styles.height = len(self._options)
        pages.fill(range(len(self._options)), more=False)
        pages.focus()

    def on_key(self, event: events.Key) -> None:
        at = self._keys.find(event.character) if event.character else -1
        if 0 <= at < len(self._options):
            event.stop()
            self.dismiss(at)

    @on(Pages.Chosen)
    def _chosen(self) -> None:
        self.dismiss(self.query_one("#options", Pages).current)

    def action_nothing(self) -> None:
        self.dismiss(None)

    def _line(self, number: int, columns: int) -> Text:
        key = self._keys[number] if number < len(self._keys) else " "
        return Text().append(f"{key}  ", style=KEY).append(fit(self._options[number], columns - 3))


class Ask(ModalScreen[str | None]):
    """A line of text. Each change goes to ``keep``, so that nothing typed is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [*_ESCAPE]

    def __init__(
        self, title: str, typed: str = "", *, keep: Callable[[str], None] = lambda _text: None,
        check: Callable[[str], str] = lambda _text: "",
    ) -> None:  # fmt: skip
        """check: what is wrong with a text, in words, or ""."""
        super().__init__()
        self._title, self._typed, self._keep, self._check = title, typed, keep, check

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Text(self._title, style="bold"), classes="title")
            yield Input(self._typed, max_length=_LONGEST, select_on_focus=False)
            yield Static("", id="wrong")
            yield Static(Text(_(_TYPED), style=QUIET))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._keep(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if wrong := self._check(event.value.strip()):
            self.query_one("#wrong", Static).update(Text(wrong))
        else:
            self.dismiss(event.value.strip())

    def action_nothing(self) -> None:
        self.dismiss(None)


class Name(ModalScreen[str | None]):
    """One of many names: typing narrows them, and a name that is not among them is taken as typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *_ESCAPE,
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
    ]

    def __init__(self, title: str, names: Sequence[str]) -> None:
        super().__init__()
        self._title, self._names = title, names

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Text(self._title, style="bold"), classes="title")
            yield Input(max_length=_LONGEST)
            yield Pages[str](lambda name, columns: Text(fit(name, columns)), id="names")
            yield Static(Text(_("type a part of the name, ↑ ↓ and ↵   Esc nothing"), style=QUIET))

    def on_mount(self) -> None:
        self._narrow("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._narrow(event.value.strip())

    @on(Input.Submitted)
    @on(Pages.Chosen)
    def _submitted(self) -> None:
        if name := self.query_one("#names", Pages).current:
            self.dismiss(name)

    def action_move(self, step: int) -> None:
        self.query_one("#names", Pages).action_move(step)

    def action_nothing(self) -> None:
        self.dismiss(None)

    def _narrow(self, typed: str) -> None:
        found = [name for name in self._names if typed.lower() in name.lower()]
        if typed and typed not in found:
            found.append(typed)
        self.query_one("#names", Pages).fill(found, more=False)


class Said(ModalScreen[int | None]):
    """Something that must be read before going on; one of the answers, each with its key."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "answer(0)", show=False)]

    def __init__(self, title: str, words: str, answers: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._title, self._words = title, words
        self._answers = answers

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Text(self._title, style="bold"), classes="title")
            yield Static(Text(visible(self._words)), classes="words")
            line = Text().append("↵ ", style=KEY).append(_("go on"))
            for key, words in self._answers:
                line.append(f"   {key} ", style=KEY).append(words)
            yield Static(line)

    def on_key(self, event: events.Key) -> None:
        for number, (key, _words) in enumerate(self._answers, start=1):
            if event.character == key:
                event.stop()
                self.dismiss(number)

    def action_answer(self, number: int) -> None:
        self.dismiss(number)
