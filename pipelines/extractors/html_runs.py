"""What a run of tags means for a page's text: one mark for all of them, and which of them need a closer look.

A site's pages share most of their runs to the letter, so each is read once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from pipelines.extractors.html_layout import BREAK, CELL, CLOSE, OPEN, ROW
from pipelines.extractors.html_tags import MARKS_OF_TAGS, Special, Tag
from pipelines.extractors.html_tokens import Raw, raw_element

UNSOUND: Final = b"<"  # the mark of what only the careful way of cutting a page up reads rightly
_PART: Final = re.compile(rb"<([^>]*+)>|\s+")
_LINES: Final = re.compile(rb"[ \t\r\f\v]*\n\s*")
_BESIDE: Final = re.compile(f" *([{BREAK}{CELL}{ROW}{OPEN}{CLOSE}]) *".encode())
_BREAKS: Final = re.compile(f"{BREAK}{{3,}}".encode())
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
    return b"".join(BREAK.encode() if _LINES.fullmatch(run, *at) else mark for *at, mark in _parts(run))


def _mark(run: bytes) -> bytes:
    raw = raw_element(run)
    if raw is not None:
        return _of_raw(raw)
    if run.count(b"<") != run.count(b">"):
        return UNSOUND
    parts = list(_parts(run))
    mark = _BREAKS.sub(2 * BREAK.encode(), _BESIDE.sub(rb"\1", b"".join(mark for _, _, mark in parts)))
    places = [Place(begin, end, mark.tag) for begin, end, mark in parts if isinstance(mark, Special)]
    return _telling(mark, places) if places else mark


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


def _parts(run: bytes) -> Iterable[tuple[int, int, bytes]]:
    """Each tag and each white space of a run: where it begins and ends, and its mark."""
    for part in _PART.finditer(run):
        yield part.start(), part.end(), b" " if part[1] is None else MARKS_OF_TAGS[part[1]]
