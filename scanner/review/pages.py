"""A list of any length: only the lines on the screen are drawn, and the next ones are asked for when they come near."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final, Generic, TypeVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

T = TypeVar("T")
_NEAR: Final = 50  # lines before the end at which more are asked for
_MARK: Final = "▸ "


class Pages(ScrollView, Generic[T], can_focus=True):
    """One line an item, one of them under the cursor. ``draw`` makes an item's line for so many columns."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    class More(Message):
        """The end of what is known comes near."""

    class Moved(Message):
        """Another item is under the cursor."""

    class Chosen(Message):
        """Enter, or a click on the item under the cursor."""

    def __init__(self, draw: Callable[[T, int], Text], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.items: list[T] = []
        self.cursor = 0
        self._draw = draw
        self._more = self._asked = False

    @property
    def current(self) -> T | None:
        return self.items[self.cursor] if self.items else None

    def fill(self, items: Sequence[T], more: bool, cursor: int = 0) -> None:
        """Show other items."""
        self.items, self.cursor = [], 0
        self.extend(items, more)
        self._go(cursor)

    def extend(self, items: Sequence[T], more: bool) -> None:
        """The next items; ``more``: they are not the last."""
        self.items += items
        self._more, self._asked = more, False
        self.virtual_size = Size(self.size.width, len(self.items))
        self.refresh()

    def change(self, items: Sequence[T], more: bool) -> None:
        """The same items with others after them, or with more in them; the mark stays."""
        self.items = list(items)
        self.extend([], more)

    def render_line(self, y: int) -> Strip:
        index, columns = self.scroll_offset.y + y, self.scrollable_content_region.width
        if index >= len(self.items):
            return Strip.blank(columns, self.rich_style)
        here = index == self.cursor
        line = Text(_MARK if here else "  ")
        line.append_text(self._draw(self.items[index], columns - len(_MARK)))
        line.append(" " * (columns - line.cell_len))
        if here:
            line.stylize("bold underline" if self.app.no_color else "bold on #1f3a5f")
        strip = Strip(line.render(self.app.console))
        return strip.adjust_cell_length(columns).apply_style(self.rich_style)

    def action_move(self, step: int) -> None:
        self._go(self.cursor + step)

    def action_page(self, step: int) -> None:
        self._go(self.cursor + step * max(self.size.height - 1, 1))

    def action_edge(self, end: int) -> None:
        self._go(len(self.items) - 1 if end else 0)

    def action_choose(self) -> None:
        if self.items:
            self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        index = int(self.scroll_offset.y) + event.y
        if index == self.cursor:
            self.action_choose()
        elif index < len(self.items):
            self._go(index)

    def on_resize(self, _event: events.Resize) -> None:
        self.virtual_size = Size(self.size.width, len(self.items))
        self._go(self.cursor)

    def _go(self, index: int) -> None:
        before = self.cursor
        self.cursor = max(0, min(index, len(self.items) - 1))
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)
        self.refresh()
        if self.cursor != before:
            self.post_message(self.Moved())
        if self._more and not self._asked and self.cursor >= len(self.items) - _NEAR:
            self._asked = True
            self.post_message(self.More())
