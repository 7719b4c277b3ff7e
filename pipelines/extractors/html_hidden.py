"""What a page holds without showing it: hidden elements, comments, attributes, strings in its scripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pipelines.extractors.assembly import Assembly
from pipelines.extractors.html_attributes import Note, says_something
from pipelines.extractors.html_layout import add_marked_text, flat_text
from pipelines.extractors.html_page import read_page
from pipelines.extractors.html_tokens import Raw
from pipelines.extractors.script import script_text
from pipelines.schema import SegmentKind

_READ: Final = (b"!--", b"script")
_DIGITS: Final = bytes(48 if 48 <= c <= 57 else 32 for c in range(256))
# Each with its first character, which is looked for ten times as fast.
_ESCAPES: Final = ((b"&", b"&#"), (b"\\", b"\\u"), (b"%", b"%u"), (b"%", b"%E"), (b"%", b"%e"))


class Unseen(NamedTuple):
    notes: Sequence[tuple[Note, bytes]]  # each with the words after its tag
    raws: Sequence[Raw]  # comments, scripts, …
    hidden: Sequence[tuple[str, str]]  # how it is hidden, and its marked text


def add_unseen(assembly: Assembly, unseen: Unseen) -> None:
    """Append it all, a segment for each place. What the page shows as well is left out: it would only be said twice."""
    for how, text in unseen.hidden:
        add_marked_text(assembly, text, place=how, hidden=True)
    raws = [(name, content) for name, content in unseen.raws if name in _READ and _may_say(content)]
    if not raws and not unseen.notes:
        return
    shown = set(assembly.text.split("\n"))
    _add_notes(assembly, unseen.notes, shown)
    comments = [line for name, content in raws if name == b"!--" for line in _comment(content)]
    assembly.add(SegmentKind.COMMENT, "", _lines(comments, shown), hidden=True)
    scripts = [line for name, content in raws if name == b"script" for line in _script(content)]
    assembly.add(SegmentKind.ATTRIBUTE, "script", _lines(scripts, shown), hidden=True)


def _add_notes(assembly: Assembly, notes: Iterable[tuple[Note, bytes]], shown: set[str]) -> None:
    places: dict[tuple[str, str, bool], list[str]] = {}
    for note, after in notes:
        if note.text.encode() != after.strip():  # a link's title that repeats the link
            places.setdefault((note.kind, note.place, note.hidden), []).append(note.text)
    for (kind, place, hidden), texts in places.items():
        assembly.add(kind, place, _lines(texts, shown), hidden=hidden)


def _may_say(content: bytes) -> bool:
    """A quick look: Chinese characters, seven digits, or something escaped?"""
    return (
        not content.isascii()
        or b"0000000" in content.translate(_DIGITS)
        or any(sign in content and escape in content for sign, escape in _ESCAPES)
    )


def _lines(texts: Iterable[str], shown: set[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text not in shown))


def _comment(content: bytes) -> list[str]:
    """The lines of a comment, which may be a piece of a page, with scripts of its own."""
    page = read_page(content.replace(b"<!--", b" "))
    lines = flat_text(page.marked()).split("\n")
    lines += [line for name, inner in page.raws if name == b"script" for line in _script(inner)]
    return lines if any(map(says_something, lines)) else []


def _script(content: bytes) -> list[str]:
    return script_text(content.decode("utf-8", "replace")).split("\n")
