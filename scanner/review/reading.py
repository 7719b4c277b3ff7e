"""The whole document as it was read, masked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from scanner.i18n import _
from scanner.review import keys
from scanner.review.keys import KeyBar, bindings
from scanner.review.looks import WARNING
from scanner.review.models import Line
from scanner.review.pages import Pages
from scanner.widths import visible, width, wrap

_CELL: Final = " │ "


class SourceScreen(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = bindings(keys.READING)

    def __init__(self, title: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        yield Static(Text(_("Text of: {title}").format(title=visible(self._title)), style="bold"), classes="title")
        yield Pages[Text](lambda line, _columns: line.copy(), id="reading")
        yield KeyBar(keys.READING)

    def on_mount(self) -> None:
        self.query_one("#reading").focus()

    def on_resize(self) -> None:
        columns = max(self.size.width - 6, 20)
        shown = [part for line in self._lines for part in _wrapped(line, columns)]
        self.query_one("#reading", Pages).fill(shown or [Text(_("There is no text."))], more=False)

    def action_back(self) -> None:
        self.dismiss()


def _wrapped(line: Line, columns: int) -> Iterator[Text]:
    """A line with its cells told apart, and what a reader does not see marked."""
    text = _CELL.join("".join(visible(span.text) for span in cell) for cell in line.cells)
    mark = _("hid ") if line.hidden or line.hidden_cells else ""
    for number, part in enumerate(wrap(text, columns - width(mark)) or [""]):
        yield Text().append(mark if number == 0 else " " * width(mark), style=WARNING).append(part)
