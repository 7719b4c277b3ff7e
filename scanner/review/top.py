"""The first line of every screen: who judges, what is left, and whether something is waiting to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.text import Text
from textual.reactive import reactive
from textual.widgets import Static

from scanner.i18n import _, n_
from scanner.review import words
from scanner.review.looks import WARNING
from scanner.widths import visible


@dataclass(frozen=True, slots=True)
class Standing:
    """What the first line says."""

    reviewer: str = ""
    counts: Mapping[int, int] = field(default_factory=dict)
    done: int = 0
    busy: bool = False


class Top(Static):
    standing: reactive[Standing] = reactive(Standing(), layout=False)

    def on_mount(self) -> None:
        self.watch(self.app, "standing", self._stand)

    def _stand(self, standing: Standing) -> None:
        self.standing = standing

    def render(self) -> Text:
        standing = self.standing
        text = Text().append(f" {visible(standing.reviewer)}  ", style="bold")
        if standing.busy:
            text.append(_("The database is busy; waiting. Nothing is lost."), style=WARNING)
        else:
            text.append_text(words.left(standing.counts))
            if standing.done:
                done = n_("{count} judged", "{count} judged", standing.done).format(count=standing.done)
                text.append(f"  {done}")
        text.truncate(max(self.size.width, 1), overflow="ellipsis")
        return text
