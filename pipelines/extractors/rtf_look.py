"""What the groups of an RTF set, and how their text looks: is it seen at all?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pipelines.extractors.word_hidden import HIDDEN, TINY, WHITE
from pipelines.schema import SegmentKind

_LEAST_SIZE: Final = 4  # half points
SIZE: Final = 24  # where nothing is said


@dataclass(slots=True)
class Story:
    """A stretch of text of its own: 13 ends a paragraph, 7 a cell or a row; positions are those of such marks."""

    kind: str
    place: str = ""
    hidden: bool = False
    parts: list[str] = field(default_factory=list)
    length: int = 0
    in_table: set[int] = field(default_factory=set)
    row_ends: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


@dataclass(slots=True)
class Picture:
    written: bytearray = field(default_factory=bytearray)  # in hexadecimal
    suffix: str = ""  # of a file of its kind
    again: bool = False  # in another format, for old readers


@dataclass(slots=True)
class State:
    story: Story | None  # None: text here is for no reader
    dead: bool = False  # nor is that of the groups in it
    skip: int = 1  # fallback characters after one in Unicode
    codec: str = ""  # of the font
    hidden: str = ""  # kind of the segments that hidden or deleted text goes to
    color: int = 0  # the number of it in the table
    size: int = SIZE
    grounds: tuple[int, int] = (0, 0)  # colours behind the characters and behind the paragraph
    in_table: bool = False
    in_fonts: bool = False
    in_colors: bool = False
    digits: bytearray | None = None  # where an object's or a picture's go
    again: bool = False  # what stands here has been said in another format


@dataclass(slots=True)
class Look:
    """The table of colours, and the row of a table that is being described."""

    whites: list[bool] = field(default_factory=list)  # is it, of each colour
    row_shaded: bool = False
    _mixed: list[int] = field(default_factory=lambda: [0, 0, 0])  # the colour that the table is describing

    def mix(self, part: int, number: int | None) -> None:
        self._mixed[part] = number or 0

    def end_colors(self, count: int) -> None:
        for _ in range(count):
            self.whites.append(min(self._mixed) == 255)
            self._mixed = [0, 0, 0]

    def shade_row(self, color: int | None) -> None:
        self.row_shaded = self.row_shaded or self._is_ground(color or 0)

    def unseen(self, state: State) -> tuple[str, str] | None:
        """Kind and place of the segments that text goes to which nobody sees; None for what is seen."""
        if state.hidden:
            return state.hidden, HIDDEN if state.hidden == SegmentKind.BODY else ""
        if state.size < _LEAST_SIZE:
            return SegmentKind.BODY, TINY
        shaded = any(map(self._is_ground, state.grounds)) or (state.in_table and self.row_shaded)
        boxed = state.story is not None and state.story.kind == SegmentKind.TEXTBOX  # which may have a ground, too
        return (SegmentKind.BODY, WHITE) if self._is_white(state.color) and not shaded and not boxed else None

    def _is_white(self, color: int) -> bool:
        return 0 <= color < len(self.whites) and self.whites[color]

    def _is_ground(self, color: int) -> bool:
        return color != 0 and not self._is_white(color)
