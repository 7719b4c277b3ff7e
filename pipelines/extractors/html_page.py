"""A page as text and marks: its words, its links, the elements that are hidden in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pipelines.documents import Link
from pipelines.extractors.html_attributes import Note
from pipelines.extractors.html_entities import unescaped
from pipelines.extractors.html_layout import BREAK, MARKS
from pipelines.extractors.html_links import SOURCES, joined, target_of
from pipelines.extractors.html_runs import MARKS_OF_RUNS, Place, Telling, mark_in_lines, mark_of_tag
from pipelines.extractors.html_tokens import Raw, runs, tags

_DIGITS: Final = re.compile(rb"[\dXx*]+")
_LAST_DIGITS: Final = re.compile(rb"[\dXx*]+\Z")
_NEAR: Final = 6  # pieces around a hidden element in which the rest of its number may stand
_EAST_ASIAN: Final = re.compile(b"[\xe0-\xff]")  # in UTF-8, U+0800 and beyond
_NO_MARKS: Final = bytes.maketrans("".join(MARKS).encode(), b" " * len(MARKS))
# Runs from the beginning of an element to its end: a page that never ends them shall not be read anew for each.
_FAR: Final = 100
_FAR_HEADING: Final = 5000
# Elements whose end tag may be left out, and the tags before which they end at the latest.
_BLOCKS: Final = "p|div|table|ul|ol|dl|h[1-6]|form|section|article|pre|hr|blockquote"
_ENDS_EARLY: Final = {"p": f"/?(?:{_BLOCKS}|td|th|tr|li|body)", "option": "/?(?:option|optgroup|select)"}
_PRE_END: Final = re.compile(rb"</pre", re.IGNORECASE)
_NO_ANGLES: Final = bytes.maketrans(b"<>", b"__")


class Spot(NamedTuple):
    """A place in a page: a run's number, and an offset in it."""

    run: int
    at: int


_START: Final = Spot(-1, 0)


def sound_page(source: bytes) -> Page | None:
    """A page where "<" and ">" stand for nothing but tags, read as UTF-8; None for others."""
    pieces = runs(source)
    page = Page(pieces, list(map(MARKS_OF_RUNS.__getitem__, pieces[1::2])))
    return page if page.is_sound() else None


def read_page(source: bytes) -> Page:
    """Any page in UTF-8 that holds no marks of its own."""
    if page := sound_page(source):
        return page
    pieces, raws = tags(source)
    marks = [mark_of_tag(tag) for tag in pieces[1::2]]
    pieces[1::2] = [b"<%b>" % tag[1:-1].translate(_NO_ANGLES) for tag in pieces[1::2]]  # others in quotes are no tags
    return Page(pieces, marks, raws)


class Page:
    """``pieces``: text and runs by turns, as html_tokens cuts them; ``marks``: those of the runs."""

    def __init__(self, pieces: list[bytes], marks: list[bytes], raws: Sequence[Raw] = ()) -> None:
        self._pieces, self._runs = pieces, pieces[1::2]
        pieces[1::2] = marks
        self._text = b"".join(pieces)
        self._marked: str | None = None
        telling = list(_telling(marks))
        self._places = [(number, place) for number, mark in telling for place in mark.places]
        self.raws = list(raws)
        for number, mark in telling:
            if mark.raw is not None:
                self.raws.append(mark.raw)
                self._runs[number] = b""  # no tag in there counts
        self._keep_lines()

    def is_sound(self) -> bool:
        """Whether "<" and ">" stood for nothing but tags, and all tags were in UTF-8."""
        return b"<" not in self._text and b">" not in self._text

    def is_east_asian(self) -> bool:
        """Whether all of the text is in UTF-8, with characters that chance does not make."""
        try:
            self._marked = marked_text(self._text, "strict")
        except UnicodeDecodeError:
            return False
        return _EAST_ASIAN.search(self._text) is not None

    def marked(self) -> str:
        """The whole text with its marks."""
        return marked_text(self._text) if self._marked is None else self._marked

    def words(self, number: int, place: Place) -> str:
        """The text from a tag to its end tag."""
        end = self._end(number, place)
        text = b"".join(self._pieces[2 * number + 2 : 2 * end + 1])
        return " ".join(marked_text(text.translate(_NO_MARKS)).split())

    def heading(self) -> str:
        return next((self.words(number, place) for number, place in self._places if place.tag.name == "h1"), "")

    def links(self) -> tuple[Link, ...]:
        """Links in the page's order, each target once, as written, joined to <base href> where the page has one."""
        base, found = "", dict[str, Link]()
        for number, place in self._places:
            tag = place.tag
            if tag.name == "base":
                base = base or tag.attributes.get("href", "").strip()
            elif tag.name in SOURCES:
                title = tag.attributes.get("title", "").strip()
                words = self.words(number, place)
                target = target_of(tag.name, tag.attributes, f"{words}\n{title}")
                if target and target not in found:
                    found[target] = Link(joined(base, target), words or title)
        return tuple(found.values())

    def metas(self) -> dict[str, str]:
        metas: dict[str, str] = {}
        for _, (_, _, tag) in self._places:
            if tag.name == "meta" and tag.attributes.get("name") and tag.attributes.get("content"):
                metas.setdefault(tag.attributes["name"].lower(), " ".join(tag.attributes["content"].split()))
        return metas

    def notes(self) -> list[tuple[Note, bytes]]:
        """What attributes say, each beside the words that follow its tag."""
        return [
            (note, b"" if self._runs[number].find(b"<", place.end) >= 0 else self._pieces[2 * number + 2])
            for number, place in self._places
            for note in place.tag.notes
        ]

    def take_hidden(self) -> list[tuple[str, str]]:
        """How each hidden element is hidden, and its marked text, which is taken out of the page."""
        taken, kept, done = [], [], _START
        for begin, end, how in self._hidden_parts():
            inside = b"".join(self._between(begin, end))
            kept += self._between(done, begin)
            taken.append((how, marked_text(self._whole_number(begin, end, inside))))
            self._pieces[2 * begin.run + 2 : 2 * end.run + 1] = [b""] * max(0, 2 * (end.run - begin.run) - 1)
            done = end
        if taken:
            self._set(kept + self._between(done, Spot(len(self._runs), 0)))
        return taken

    def _whole_number(self, begin: Spot, end: Spot, text: bytes) -> bytes:
        """Digits that are hidden within a number, with the rest of it: else neither part is known for what it is."""
        if not _DIGITS.fullmatch(text):
            return text
        before = b"".join(self._between(Spot(max(-1, begin.run - _NEAR // 2), 0), begin))
        after = b"".join(self._between(end, Spot(min(len(self._runs), end.run + _NEAR // 2), 0)))
        first, last = _LAST_DIGITS.search(before), _DIGITS.match(after)
        return (first[0] if first else b"") + text + (last[0] if last else b"")

    def _hidden_parts(self) -> Iterator[tuple[Spot, Spot, str]]:
        """Where each hidden element that is not inside another one begins and ends, and how it is hidden."""
        done = _START
        for number, place in self._places:
            begin = Spot(number, place.begin)
            if place.tag.hidden and begin >= done:
                done = self._end_of_element(number, place)
                yield begin, done, place.tag.hidden

    def _end_of_element(self, number: int, place: Place) -> Spot:
        """An element that is never closed ends with the page."""
        depth, tag, at = 1, _ends(place.tag.name), place.end
        for later in range(number, len(self._runs)):
            for found in tag.finditer(self._runs[later], at):
                depth += 0 if found[2] is None else -1 if found[2] else 1
                if not depth:
                    return Spot(later, found.end())
                if found[1]:
                    return Spot(later, found.start())
            at = 0
        return Spot(len(self._runs), 0)

    def _between(self, begin: Spot, end: Spot) -> list[bytes]:
        if begin.run == end.run:
            return [self._mark(begin.run, begin.at, end.at)]
        first, last = self._mark(begin.run, begin.at), self._mark(end.run, 0, end.at)
        return [first, *self._pieces[2 * begin.run + 2 : 2 * end.run + 1], last]

    def _mark(self, number: int, begin: int, end: int | None = None) -> bytes:
        """The mark of a run's part."""
        if not 0 <= number < len(self._runs):
            return b""
        part = self._runs[number][begin:end]
        return self._pieces[2 * number + 1] if part == self._runs[number] else MARKS_OF_RUNS[part]

    def _keep_lines(self) -> None:
        """Line breaks within <pre> are lines."""
        end, ends = _START, self._ends_of_pre()
        for number, place in self._places:
            if place.tag.name == "pre" and (begin := Spot(number, place.end)) > end:
                end = next((later for later in ends if later > begin), begin)
                for inside in range(number + 1, end.run + 1):
                    self._pieces[2 * inside] = self._pieces[2 * inside].replace(b"\n", BREAK.encode())
                    if inside < end.run:
                        self._pieces[2 * inside + 1] = mark_in_lines(self._runs[inside])
        if end > _START:
            self._set(self._pieces)

    def _ends_of_pre(self) -> Iterator[Spot]:
        """In their order, looked for as they are asked for."""
        for number, run in enumerate(self._runs):
            for found in _PRE_END.finditer(run):
                yield Spot(number, found.start())

    def _set(self, pieces: list[bytes]) -> None:
        self._text, self._marked = b"".join(pieces), None

    def _end(self, number: int, place: Place) -> int:
        """The run in which an element ends, a link at the next link; its own when that is not nearby."""
        name, at = place.tag.name, place.end
        far = _FAR_HEADING if name == "h1" else _FAR
        end = _end_tag(name, far)
        for later in range(number, min(number + far, len(self._runs))):
            if end.match(self._runs[later], at):
                return later
            at = 0
        return number


@lru_cache(100)
def _end_tag(name: str, far: int) -> re.Pattern[bytes]:
    """A run's tags up to the first that ends an element, of which it is not far away."""
    ends = b"/a|a\\s" if name == "a" else b"/%b" % re.escape(name.encode())
    return re.compile(rb"(?:\s*+<(?!%b)[^>]*+>){0,%d}+\s*+<(?:%b)" % (ends, far, ends), re.IGNORECASE)


@lru_cache(100)
def _ends(name: str) -> re.Pattern[bytes]:
    """Any tag: group 1 is there when it ends the element early, 2 when it has its name, with a "/" or without."""
    early, same = _ENDS_EARLY.get(name, "(?!)").encode(), re.escape(name.encode())
    return re.compile(rb"<(?:(?=(%b)[\s/>])|)(?:(/?)%b(?=[\s/>])|)[^>]*+>" % (early, same), re.IGNORECASE)


def marked_text(text: bytes, errors: str = "replace") -> str:
    """Text and marks, each run of HTML's white space a space, as a browser shows it."""
    return unescaped(b" ".join(text.split()).decode("utf-8", errors))


def _telling(marks: list[bytes]) -> Iterator[tuple[int, Telling]]:
    """The few marks that say more, and their numbers."""
    kinds, at = list(map(type, marks)), -1
    for _ in range(kinds.count(Telling)):
        at = kinds.index(Telling, at + 1)
        mark = marks[at]
        if isinstance(mark, Telling):
            yield at, mark
