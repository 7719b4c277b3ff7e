"""RTF's tokens and groups: which text goes where, in which code page.

A group ``{…}`` keeps what is set in it to itself. A destination (a header, a note, a property) is a group whose first
word says so; one marked ``\\*`` is ignored by readers that do not know it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from typing import Any, Final

from pipelines.extractors.rtf_look import SIZE, Look, Picture, State, Story
from pipelines.extractors.rtf_words import CHARSETS, DEAD, DESTINATIONS, PICTURES, SKIPPED, SYMBOLS
from pipelines.schema import SegmentKind

_TOKEN: Final = re.compile(
    rb"\\([A-Za-z]{1,40})(-?\d{1,10})? ?|((?:\\'[0-9A-Fa-f]{2})+)|\\([^A-Za-z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_MAX_DEPTH: Final = 5_000  # groups inside groups; Word writes under a hundred
_GB, _LATIN = "gb18030", "cp1252"


class Reader:
    """Reads a whole RTF. ``main`` and ``stories`` hold its text, ``objects`` the digits of embedded objects."""

    def __init__(self, data: bytes) -> None:
        self.main = Story(SegmentKind.BODY)
        self.stories: list[Story] = []
        self.objects: list[bytearray] = []
        self.pictures: list[Picture] = []
        self.notes: list[str] = []
        self._data = data
        self._state = State(self.main)
        self._stack: list[State] = []
        self._raw = bytearray()  # characters in a code page, not decoded yet
        self._codec = _LATIN  # of the document
        self._fonts: dict[int, str] = {}
        self._font = 0  # the one that the font table is describing
        self._look = Look()
        self._to_skip = 0
        self._starred = self._opened = False
        self._hidden: Story | None = None
        self._actions: dict[bytes, Callable[[int | None], None]] = {
            b"par": lambda _: self._mark("\r"), b"sect": lambda _: self._mark("\r"),
            b"cell": lambda _: self._mark("\x07"), b"row": lambda _: self._row(),
            b"nestcell": lambda _: self._put(" "), b"nestrow": lambda _: self._put(" "),
            b"intbl": lambda _: self._table(True), b"pard": lambda _: self._table(False),
            b"ansicpg": self._ansi, b"f": self._use_font, b"fcharset": self._charset, b"uc": self._set_skip,
            b"u": self._unicode, b"v": lambda n: self._hide(SegmentKind.BODY, n),
            b"deleted": lambda n: self._hide(SegmentKind.DELETION, n), b"plain": lambda _: self._plain(),
            b"cf": lambda n: self._set("color", n or 0), b"fs": lambda n: self._set("size", SIZE if n is None else n),
            b"red": lambda n: self._look.mix(0, n), b"green": lambda n: self._look.mix(1, n),
            b"blue": lambda n: self._look.mix(2, n),
            **dict.fromkeys((b"cb", b"chcbpat", b"highlight"), lambda n: self._ground(0, n)),
            b"cbpat": lambda n: self._ground(1, n), b"clcbpat": self._look.shade_row,
            b"trowd": lambda _: setattr(self._look, "row_shaded", False),
        }  # fmt: skip

    def read(self) -> None:
        at: int | None = 0
        while at is not None:
            at = self._read_from(at)
        self._flush()
        if self._stack:
            self.notes.append("truncated: groups are left open")

    def _read_from(self, start: int) -> int | None:
        """Reads on to binary data, behind which it returns the place; None at the end."""
        for token in _TOKEN.finditer(self._data, start):
            word, number, escaped, symbol, brace, text = token.groups()
            if text is not None:
                self._text(text)
            elif word is not None:
                if word == b"bin" and number:
                    return self._binary(token.end(), max(0, int(number)))
                self._word(word, int(number) if number else None)
            elif escaped is not None:
                self._text(bytes.fromhex(escaped.replace(b"\\'", b"").decode("ascii")))
            elif brace is not None:
                if not self._brace(brace):
                    return None
            elif symbol is not None:
                self._symbol(symbol)
        return None

    def _binary(self, start: int, size: int) -> int:
        """Bytes of an object or a picture as they are; returns the place behind them."""
        if self._state.digits is not None:
            self._state.digits += self._data[start : start + size].hex().encode("ascii")
        return start + size

    def _brace(self, brace: bytes) -> bool:
        """False when reading ends here. Characters of two bytes may be torn by a group that changes nothing."""
        self._starred, self._to_skip, self._opened = False, 0, brace == b"{"
        state = self._state
        if brace == b"{":
            self._stack.append(state)
            self._state = copy(state)
            if len(self._stack) > _MAX_DEPTH:
                self.notes.append(f"rtf: more than {_MAX_DEPTH} groups inside each other")
            return len(self._stack) <= _MAX_DEPTH
        outer = self._stack.pop() if self._stack else state
        if (self._raw or self._hidden) and self._changes(outer, state):
            self._flush()
            self._hidden = None
        self._state = outer
        return bool(self._stack)  # what follows the outermost group is no document

    def _changes(self, one: State, other: State) -> bool:
        """Whether text goes elsewhere, or is spelt otherwise."""
        if one.story is not other.story or one.codec != other.codec:
            return True
        return self._look.unseen(one) != self._look.unseen(other)

    def _word(self, word: bytes, number: int | None) -> None:
        if self._to_skip and word != b"u":
            self._to_skip -= 1
            self._opened = False
            return
        action = self._actions.get(word)
        if action:
            action(number)
        elif word in SYMBOLS:
            self._put(SYMBOLS[word])
        elif word in DESTINATIONS:
            self._open(*DESTINATIONS[word])
        elif word in PICTURES:
            if self.pictures:
                self.pictures[-1].suffix = PICTURES[word]
        elif word in DEAD or word in SKIPPED or self._starred or word in (b"fonttbl", b"colortbl", b"objdata"):
            self._leave_out(word)
        self._starred = self._opened = False

    def _leave_out(self, word: bytes) -> None:
        """A destination whose text no reader sees."""
        self._flush()
        state = self._state
        state.story, state.dead = None, state.dead or word in DEAD
        state.in_fonts, state.in_colors = word == b"fonttbl", word == b"colortbl"
        state.again = state.again or word == b"nonshppict"
        state.digits = None
        if word == b"objdata":
            state.digits = bytearray()
            self.objects.append(state.digits)
        elif word == b"pict":
            self.pictures.append(Picture(again=state.again))
            state.digits = self.pictures[-1].written

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = self._opened  # further on in a group it means nothing
        elif symbol in (b"\r", b"\n"):
            self._mark("\r")
        elif self._to_skip:
            self._to_skip -= 1
        elif symbol in b"{}\\":
            self._raw += symbol
        elif symbol in (b"~", b"_"):
            self._put(" " if symbol == b"~" else "-")

    def _open(self, kind: str, place: str) -> None:
        self._flush()
        if not self._state.dead:
            self._state.story = Story(kind, place)
            self._state.in_fonts, self._state.digits = False, None
            self._state.in_table = False
            self._state.hidden, self._state.in_colors = "", False
            self.stories.append(self._state.story)

    def _text(self, raw: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        self._opened = False
        if self._state.story is not None:
            self._raw += raw
        elif self._state.in_colors:
            self._look.end_colors(raw.count(b";"))
        elif self._state.digits is not None:
            self._state.digits += raw

    def _put(self, text: str) -> None:
        self._flush()
        self._add(text)

    def _add(self, text: str) -> None:
        state = self._state
        if state.story is None:
            return
        unseen = self._look.unseen(state)
        if not unseen:
            state.story.add(text)
            self._hidden = None
            return
        if self._hidden is None or (self._hidden.kind, self._hidden.place) != unseen:
            self._hidden = Story(*unseen, hidden=True)
            self.stories.append(self._hidden)
        self._hidden.add(text)

    def _mark(self, mark: str) -> None:
        self._flush()
        story = self._state.story
        if story is None:
            return
        if self._state.in_table and mark == "\r":
            story.in_table.add(story.length)
        story.add(mark)

    def _row(self) -> None:
        self._flush()
        story = self._state.story
        if story is not None:
            story.row_ends.add(story.length)
            story.add("\x07")

    def _flush(self) -> None:
        if self._raw:
            raw, self._raw = bytes(self._raw), bytearray()
            self._add(raw.decode("ascii") if raw.isascii() else self._decoded(raw))

    def _decoded(self, raw: bytes) -> str:
        """The font's code page, then the document's; a Western font in a Chinese document may well hold Chinese."""
        font = self._state.codec or self._codec
        order = (self._codec, font) if font == _LATIN and self._codec == _GB else (font, self._codec)
        for codec in dict.fromkeys(order):
            try:
                return raw.decode(codec)
            except (UnicodeDecodeError, LookupError):
                continue
        return raw.decode(_GB if _GB in order else _LATIN, "replace")

    def _table(self, within: bool) -> None:
        self._state.in_table = within
        if not within:
            self._ground(1, 0)

    def _set(self, name: str, value: Any) -> None:
        """Text is flushed only where it matters: characters of two bytes may be torn by what changes nothing."""
        before, old = self._look.unseen(self._state), getattr(self._state, name)
        setattr(self._state, name, value)
        if self._look.unseen(self._state) != before:
            setattr(self._state, name, old)
            self._flush()
            setattr(self._state, name, value)

    def _ground(self, which: int, color: int | None) -> None:
        characters, paragraph = self._state.grounds
        self._set("grounds", (color or 0, paragraph) if which == 0 else (characters, color or 0))

    def _plain(self) -> None:
        self._hide("", 0)
        for name, value in (("color", 0), ("size", SIZE), ("grounds", (0, self._state.grounds[1]))):
            self._set(name, value)

    def _ansi(self, number: int | None) -> None:
        self._codec = {936: _GB, 950: "big5hkscs", 65001: "utf-8"}.get(number or 0, f"cp{number}")

    def _use_font(self, number: int | None) -> None:
        self._flush()
        if self._state.in_fonts:
            self._font = number or 0
        else:
            self._state.codec = self._fonts.get(number or 0, "")

    def _charset(self, number: int | None) -> None:
        self._fonts[self._font] = CHARSETS.get(number or 0, "")

    def _set_skip(self, number: int | None) -> None:
        self._state.skip = max(0, min(number if number is not None else 1, 10))

    def _unicode(self, number: int | None) -> None:
        self._put(chr((number or 0) % 65536))
        self._to_skip = self._state.skip

    def _hide(self, kind: str, number: int | None) -> None:
        self._flush()
        if number != 0:
            self._state.hidden = kind
        elif not kind or self._state.hidden == kind:
            self._state.hidden = ""
