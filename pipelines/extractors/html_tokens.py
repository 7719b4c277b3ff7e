"""A page cut into text and tags, without building a tree.

A tree costs three times as much as everything else together, and little of it is needed: lines, rows and cells begin
where their tags do. Bytes, because Python copies, hashes and compares them faster than text of wide characters.

Nearly every page alternates strictly between "<" and ">", once comments, scripts and the like are taken out; then two
calls of bytes.split do it all. Where it does not, a regular expression reads quoted attributes as a browser does. What
is no tag stays text, and an element that is never closed hides nothing: rather too much is read than too little.
"""

from __future__ import annotations

import re
from typing import Final

from pipelines.extractors.html_layout import BREAK

_REST: Final = rb"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+(?:>|\Z)"""  # of a tag, after its name began
_COMMENT: Final = rb"!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))"
_NO_ANGLES: Final = bytes(c for c in range(256) if c not in b"<>")


def _raw_element(name: str) -> bytes:
    """An element whose content is not markup, up to its end tag or the end of the page."""
    letters = "".join(f"[{c}{c.upper()}]" for c in name).encode()
    end = rb"</" + letters + rb"(?=[\s/>])"
    return rb"%b(?=[\s/>])%b[^<]*+(?:<(?!%b)[^<]*+)*+(?:%b[^>]*+(?:>|\Z)|\Z)" % (letters, _REST, end[1:], end)


_RAWS: Final = b"|".join([*map(_raw_element, ("script", "style", "title", "textarea")), _COMMENT])
_RAW: Final = re.compile(rb"(<(?=[sStT!])(?:%b))" % _RAWS)
_TAG: Final = re.compile(rb"<([a-zA-Z/]%b|[!?][^>]*+(?:>|\Z))" % _REST)
_START: Final = re.compile(rb"<(\w+)%b" % _REST)

Raw = tuple[bytes, bytes]  # name ("!--" of a comment) and content


def tokens(source: bytes) -> tuple[list[bytes], list[Raw]]:
    """Text, tag, text, …, text (tags without their angles), and the elements and comments that were taken out."""
    parts = _RAW.split(source)
    raws: list[Raw] = []
    if len(parts) > 1:
        parts[1::2] = [_taken_out(raw, raws) for raw in parts[1::2]]
        source = b"".join(parts)
    return split_tags(source), raws


def split_tags(source: bytes) -> list[bytes]:
    if source.translate(None, _NO_ANGLES) == b"<>" * source.count(b"<"):
        return source.replace(b">", b"<").split(b"<")
    pieces = _TAG.split(source)
    if len(pieces) > 1 and not pieces[-2].endswith(b">"):  # cut off inside a tag: its words are not
        pieces[-2:] = [b"", pieces[-2]]
    pieces[1::2] = [tag[:-1] for tag in pieces[1::2]]
    return pieces


def _taken_out(raw: bytes, raws: list[Raw]) -> bytes:
    """What stands in the place of such an element; the element itself goes to ``raws``."""
    if raw.startswith(b"<!--"):
        raws.append((b"!--", raw[4:-1].rstrip(b"!-") if raw.endswith((b"-->", b"--!>")) else raw[4:]))
        return b""
    found = _START.match(raw)
    if found is None:
        return b""
    name, end = found[1].lower(), raw.rfind(b"</", found.end())
    closed = end >= 0 and raw[end + 2 : end + 2 + len(name)].lower() == name
    content = raw[found.end() : end] if closed else raw[found.end() :]
    if name == b"textarea":
        lines = content.replace(b"<", b"&lt;").replace(b">", b"&gt;").replace(b"\n", BREAK.encode())
        return b"%b%b</textarea>" % (found[0], lines)
    if not closed:
        return content
    raws.append((name, content))
    return b""
