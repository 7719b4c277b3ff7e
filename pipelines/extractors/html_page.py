"""A page as text and marks: its words, its links, the elements that are hidden in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final

from pipelines.documents import Link
from pipelines.extractors.html_attributes import Note
from pipelines.extractors.html_layout import BREAK, CLOSE, MARKS, OPEN
from pipelines.extractors.html_links import SOURCES, joined, target_of
from pipelines.extractors.html_tags import MARKS_OF_TAGS, Special, Tag

_DIGITS: Final = re.compile(rb"[\dXx*]+")
_LAST_DIGITS: Final = re.compile(rb"[\dXx*]+\Z")
_NEAR: Final = 6  # pieces around a hidden element in which the rest of its number may stand
_ANY_MARK: Final = re.compile(f"[{''.join(MARKS)}]")
# Tags from the beginning of an element to its end: a page that never ends them shall not be read anew for each.
_FAR: Final = {False: 100, True: 5000}
_LONG: Final = (b"/pre", b"/h1")
# Elements whose end tag may be left out, and the tags before which they end at the latest.
_BLOCKS: Final = rb"p|div|table|ul|ol|dl|h[1-6]|form|section|article|pre|hr|blockquote"
_ENDS_EARLY: Final = {
    "p": re.compile(rb"/?(?:%b|td|th|tr|li|body)(?=[\s/]|\Z)" % _BLOCKS, re.IGNORECASE),
    "option": re.compile(rb"/?(?:option|optgroup|select)(?=[\s/]|\Z)", re.IGNORECASE),
}


def marked_text(pieces: Sequence[bytes]) -> str:
    """Pieces of text and marks as one, each run of HTML's white space a space, as a browser shows it."""
    text = b" ".join(b"".join(pieces).split()).decode("utf-8", "replace")
    if "&" in text:
        text = text.replace("&nbsp;", "\xa0")
        text = unescape(text) if "&" in text else text
    return text


def end_of_element(tags: Sequence[bytes], at: int, name: str) -> tuple[int, bool]:
    """The number of the tag that ends the element that begins with the tag ``at``, and whether it belongs to it.

    An element that is never closed ends after the page's last tag.
    """
    early = _ENDS_EARLY.get(name)
    same = re.compile(rb"(/?)%b(?=[\s/]|\Z)" % re.escape(name.encode()), re.IGNORECASE)
    depth = 1
    for number in range(at + 1, len(tags)):
        found = same.match(tags[number])
        if found:
            depth += -1 if found[1] else 1
        if not depth:
            return number, True
        if early and early.match(tags[number]):
            return number, False
    return len(tags), False


class Page:
    """``pieces``: text and tags by turns, as html_tokens cuts them."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces, self._tags = pieces, pieces[1::2]
        pieces[1::2] = marks = list(map(MARKS_OF_TAGS.__getitem__, self._tags))
        self._special = list(_special(marks))
        for at, tag in self._special:
            if tag.name == "pre":
                self._keep_lines(at)

    def marked(self) -> str:
        """The whole text with its marks. A table that is never closed ends with the page."""
        text = marked_text(self._pieces)
        return text + CLOSE * (text.count(OPEN) - text.count(CLOSE))

    def words(self, at: int, end_tag: bytes) -> str:
        """The text from a tag to its end tag."""
        end = self._end(at, end_tag)
        text = marked_text(self._pieces[2 * at + 2 : 2 * end + 1])
        return " ".join(_ANY_MARK.sub(" ", text).split())

    def heading(self) -> str:
        return next((self.words(at, b"/h1") for at, tag in self._special if tag.name == "h1"), "")

    def links(self) -> tuple[Link, ...]:
        """Links in the page's order, each target once, as written, joined to <base href> where the page has one."""
        base, found = "", dict[str, Link]()
        for at, tag in self._special:
            if tag.name == "base":
                base = base or tag.attributes.get("href", "").strip()
            elif tag.name in SOURCES:
                title = tag.attributes.get("title", "").strip()
                words = self.words(at, b"/" + tag.name.encode())
                target = target_of(tag.name, tag.attributes, f"{words}\n{title}")
                if target and target not in found:
                    found[target] = Link(joined(base, target), words or title)
        return tuple(found.values())

    def metas(self) -> dict[str, str]:
        metas: dict[str, str] = {}
        for _, tag in self._special:
            if tag.name == "meta" and tag.attributes.get("name") and tag.attributes.get("content"):
                metas.setdefault(tag.attributes["name"].lower(), " ".join(tag.attributes["content"].split()))
        return metas

    def notes(self) -> list[tuple[Note, bytes]]:
        """What attributes say, each beside the words that follow its tag."""
        return [(note, self._pieces[2 * at + 2]) for at, tag in self._special for note in tag.notes]

    def take_hidden(self) -> list[tuple[str, str]]:
        """How each hidden element is hidden, and its marked text, which is taken out of the page."""
        taken = []
        for inside, how in self._hidden_parts():
            text = b"".join(self._pieces[inside])
            taken.append((how, marked_text([self._whole_number(inside, text)])))
            self._pieces[inside] = [b""] * len(self._pieces[inside])
        return taken

    def _whole_number(self, inside: slice, text: bytes) -> bytes:
        """Digits that are hidden within a number, with the rest of it: else neither part is known for what it is."""
        if not _DIGITS.fullmatch(text):
            return text
        before = _LAST_DIGITS.search(b"".join(self._pieces[max(0, inside.start - _NEAR) : inside.start]))
        after = _DIGITS.match(b"".join(self._pieces[inside.stop : inside.stop + _NEAR]))
        return (before[0] if before else b"") + text + (after[0] if after else b"")

    def _hidden_parts(self) -> Iterator[tuple[slice, str]]:
        """The pieces of each hidden element that is not inside another one, and how it is hidden."""
        done = 0
        for at, tag in self._special:
            if tag.hidden and at >= done:
                done, own = end_of_element(self._tags, at, tag.name)
                yield slice(2 * at + 1, 2 * done + (2 if own else 1)), tag.hidden

    def _keep_lines(self, at: int) -> None:
        for place in range(2 * at + 2, 2 * self._end(at, b"/pre") + 1, 2):
            self._pieces[place] = self._pieces[place].replace(b"\n", BREAK.encode())

    def _end(self, at: int, end_tag: bytes) -> int:
        """The number of the tag that ends an element, a link at the next link; its own when there is none nearby."""
        ends = (end_tag, b"a ") if end_tag == b"/a" else (end_tag,)
        for number in range(at + 1, min(at + _FAR[end_tag in _LONG], len(self._tags))):
            if self._tags[number][:9].lower().startswith(ends):
                return number
        return at


def _special(marks: list[bytes]) -> Iterator[tuple[int, Tag]]:
    """The few marks whose tags need a closer look, and their numbers."""
    kinds, at = list(map(type, marks)), -1
    for _ in range(kinds.count(Special)):
        at = kinds.index(Special, at + 1)
        mark = marks[at]
        if isinstance(mark, Special):
            yield at, mark.tag
