"""How every extractor puts a document's text together, and how it says that it could not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pipelines.documents import Segment

# Code points. The longest honest attachment seen was under 10 million; segments count in int32.
MAX_TEXT: Final = 50_000_000


class Unreadable(Exception):
    """An extractor's word for "this member cannot be read": it becomes the document's status and reason."""

    def __init__(self, status: str, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(f"{status}: {reason}")


def within_bounds(lines: Iterable[str], most: int = MAX_TEXT) -> Iterator[str]:
    """The lines up to the one at which there are more than ``most`` code points: few bytes may stand for many lines."""
    for line in lines:
        yield line
        most -= len(line)
        if most < 0:
            return


class Assembly:
    """A document's text as its segments come in, each on lines of its own, cut at ``limit`` code points.

    ``notes`` are reasons for being less than complete; a document that has some is PARTIAL.
    """

    def __init__(self, limit: int = MAX_TEXT) -> None:
        self.limit = limit
        self.notes: list[str] = []
        self.segments: list[Segment] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def full(self) -> bool:
        return self._length >= self.limit

    @property
    def text(self) -> str:
        self._parts = ["\n".join(self._parts)] if self._parts else []
        return self._parts[0] if self._parts else ""

    def add(
        self,
        kind: str,
        place: str,
        text: str,
        *,
        row: int = 1,
        col: int = 1,
        hidden: bool = False,
        hidden_rows: tuple[int, ...] = (),
        hidden_cols: tuple[int, ...] = (),
    ) -> None:
        """Append one segment; empty text adds nothing."""
        start = self._length + 1 if self._parts else 0
        if not text or start >= self.limit:
            return
        if start + len(text) > self.limit:
            text = text[: self.limit - start]
            self.note(f"text cut at {self.limit} characters")
        self._parts.append(text)
        self._length = start + len(text)
        self.segments.append(Segment(kind, place, start, self._length, row, col, hidden, hidden_rows, hidden_cols))

    def note(self, reason: str) -> None:
        if reason not in self.notes:
            self.notes.append(reason)
