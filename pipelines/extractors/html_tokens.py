"""A page cut into text and tags, without building a tree.

A tree costs three times as much as everything else together, and little of it is needed: lines, rows and cells begin
where their tags do. Bytes, because Python copies, hashes and compares them faster than text of wide characters.

Nearly every page alternates strictly between "<" and ">", once comments, scripts and the like are taken out. Such a
page is cut by one expression into text and *runs*: tags with nothing but white space between them, of which there are
four times fewer than tags, and which come again from row to row and from page to page. Where a page does not alternate,
another expression reads quoted attributes as a browser does. What is no tag stays text, and an element that is never
closed hides nothing: rather too much is read than too little.
"""

from __future__ import annotations

import re
from typing import Final

from pipelines.extractors.html_layout import BREAK

_REST: Final = rb"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+(?:>|\Z)"""  # of a tag, after its name began
_COMMENT: Final = rb"!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))"


def _raw_element(name: str) -> bytes:
    """An element whose content is not markup, up to its end tag or the end of the page."""
    letters = "".join(f"[{c}{c.upper()}]" for c in name).encode()
    end = rb"</" + letters + rb"(?=[\s/>])"
    return rb"%b(?=[\s/>])%b[^<]*+(?:<(?!%b)[^<]*+)*+(?:%b[^>]*+(?:>|\Z)|\Z)" % (letters, _REST, end[1:], end)


_RAWS: Final = b"|".join([*map(_raw_element, ("script", "style", "title", "textarea")), _COMMENT])
_RAW: Final = re.compile(rb"(<(?=[sStT!])(?:%b))" % _RAWS)
# A tag that begins no raw element, told by its first letters. One that never ends is a run up to the page's end.
_PLAIN: Final = rb"<(?:[^sStT!>]|[sS][^cCtT>]|[tT][^iIeE>]|[sS][tT][^yY>])[^>]*+>"
_RUN: Final = re.compile(rb"(%b(?:\s*+%b)*+\s*+|<(?=[sStT!])(?:%b)|<[^>]*+>?)" % (_PLAIN, _PLAIN, _RAWS))
_TAG: Final = re.compile(rb"(<(?:[a-zA-Z/]%b|[!?][^>]*+(?:>|\Z)))" % _REST)
_ANY_TAG: Final = re.compile(b"(<[^>]*+>)")
_NO_ANGLES: Final = bytes(c for c in range(256) if c not in b"<>")
_START: Final = re.compile(rb"<(script|style|title|textarea)(?=[\s/>])%b" % _REST, re.IGNORECASE)

Raw = tuple[bytes, bytes]  # name ("!--" of a comment) and content


def runs(source: bytes) -> list[bytes]:
    """Text, run, text, …, text. A comment or a raw element is a run of its own.

    Right for a page that alternates between "<" and ">": no text holds either, and each run as many of both.
    """
    return _RUN.split(source)


def tags(source: bytes) -> tuple[list[bytes], list[Raw]]:
    """Text, tag, text, …, text of any page, and the elements and comments that were taken out."""
    raws: list[Raw] = []
    parts = _RAW.split(source)
    parts[1::2] = [_taken_out(raw, raws) for raw in parts[1::2]]
    source = b"".join(parts)
    alternates = source.translate(None, _NO_ANGLES) == b"<>" * source.count(b"<")
    pieces = (_ANY_TAG if alternates else _TAG).split(source)
    if len(pieces) > 1 and not pieces[-2].endswith(b">"):  # cut off inside a tag: its words are not
        pieces[-2:] = [b"", pieces[-2][1:]]
    return pieces, raws


def raw_element(run: bytes) -> Raw | None:
    """A comment, or an element whose content is not markup; None for tags. An element without end has no name."""
    if run.startswith(b"<!--"):
        return b"!--", run[4:-1].rstrip(b"!-") if run.endswith((b"-->", b"--!>")) else run[4:]
    found = _START.match(run)
    if found is None:
        return None
    name, end = found[1].lower(), run.rfind(b"</", found.end())
    closed = end >= 0 and run[end + 2 : end + 2 + len(name)].lower() == name
    return (name, run[found.end() : end]) if closed else (b"", run[found.end() :])


def _taken_out(run: bytes, raws: list[Raw]) -> bytes:
    """What stands in the place of a raw element; the element itself goes to ``raws``."""
    name, content = raw_element(run) or (b"", run)
    if found := re.match(rb"<textarea%b" % _REST, run, re.IGNORECASE):
        lines = content.replace(b"<", b"&lt;").replace(b">", b"&gt;").replace(b"\n", BREAK.encode())
        return b"%b%b</textarea>" % (found[0], lines)
    if not name:
        return content
    raws.append((name, content))
    return b""
