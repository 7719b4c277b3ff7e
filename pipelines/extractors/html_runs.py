"""What a run of tags means for a page's text: one mark for all of them, and which of them need a closer look.

A site's pages share most of their runs to the letter, so each is read once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pipelines.extractors.html_layout import BREAK, CELL, CLOSE, OPEN, ROW
from pipelines.extractors.html_tags import MARKS_OF_TAGS, Special, Tag
from pipelines.extractors.html_tokens import Raw, raw_element

UNSOUND: Final = b"<"  # the mark of what is not UTF-8, or is no run of tags
_SPACES: Final = re.compile(rb"\s+")
_BESIDE: Final = re.compile(rf" ?({BREAK}|[{CELL}{ROW}{OPEN}{CLOSE}])(?: |(?<={BREAK}){BREAK})*".encode())
_MAX_CACHED: Final = 800  # bytes of a run: longer ones hold data, and do not come again
_CACHE: Final = 10_000  # runs


class Place(NamedTuple):
    """A tag that needs a closer look, and where in its run it begins and ends."""

    begin: int
    end: int
    tag: Tag


class Telling(bytes):
    """The mark of a run that says more than the mark does."""

    places: tuple[Place, ...] = ()
    raw: Raw | None = None  # the run is this comment, script, …


class _Marks(dict[bytes, bytes]):
    def __missing__(self, run: bytes) -> bytes:
        mark = _mark(run)
        if len(run) <= _MAX_CACHED:
            if len(self) >= _CACHE:
                self.clear()
            self[run] = mark
        return mark


MARKS_OF_RUNS: Final = _Marks()


def mark_of_tag(tag: bytes) -> bytes:
    """The mark of a run that is known to be a single tag, whatever stands in its quotes."""
    mark = MARKS_OF_TAGS[tag[1:-1]] if tag else b""
    return _telling(mark, [Place(0, len(tag), mark.tag)]) if isinstance(mark, Special) else mark


def mark_in_lines(run: bytes) -> bytes:
    """The mark of a run where line breaks count."""
    parts = _parts(run)
    parts[1::2] = map(MARKS_OF_TAGS.__getitem__, parts[1::2])
    return b"".join(parts).replace(b"\n", BREAK.encode())


def _mark(run: bytes) -> bytes:
    if not _is_utf8(run):
        return UNSOUND
    raw = raw_element(run)
    if raw is not None:
        return _of_raw(raw)
    if run.count(b"<") != run.count(b">"):
        return UNSOUND
    parts = _parts(run)
    marks = list(map(MARKS_OF_TAGS.__getitem__, parts[1::2]))
    places = list(_places(parts, marks)) if Special in map(type, marks) else []
    parts[1::2] = marks
    mark = _BESIDE.sub(rb"\1", _SPACES.sub(b" ", b"".join(parts)))
    return _telling(mark, places) if places else mark


def _parts(run: bytes) -> list[bytes]:
    """White space, tag, white space, …, white space."""
    return run.replace(b">", b"<").split(b"<")


def _places(parts: list[bytes], marks: list[bytes]) -> Iterator[Place]:
    begin = 0
    for space, tag, mark in zip(parts[::2], parts[1::2], marks, strict=False):  # one space too many
        begin += len(space)
        if isinstance(mark, Special):
            yield Place(begin, begin + len(tag) + 2, mark.tag)
        begin += len(tag) + 2


def _is_utf8(run: bytes) -> bool:
    try:
        return run.isascii() or bool(run.decode())
    except UnicodeDecodeError:
        return False


def _of_raw(raw: Raw) -> bytes:
    if raw[0] in (b"", b"textarea"):
        return UNSOUND
    telling = Telling()
    telling.raw = raw
    return telling


def _telling(mark: bytes, places: Iterable[Place]) -> Telling:
    telling = Telling(mark)
    telling.places = tuple(places)
    return telling
