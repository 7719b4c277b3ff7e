"""JSON and JSON lines: each value on a line of its own behind the path of its keys, so that keys explain values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.encoding import decode
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished, note_damage
from pipelines.schema import SegmentKind

_MAX_DOCUMENTS: Final = 1_000_000
_BLANK: Final = " \t\r\n,;\x1e"


def extract_json(member: Member) -> Document:
    """A body of lines ``key.path: value``; what does not parse stays as it is written."""
    decoded = decode(member.data or b"", member.charset)
    assembly = Assembly()
    note_damage(assembly, decoded)
    values, rest = _values(decoded.text)
    lines = [line for value in values for line in _lines(value)]
    assembly.add(SegmentKind.BODY, "", "\n".join(lines))
    assembly.add(SegmentKind.BODY, "", rest, row=len(lines) + 1)
    if rest and values:
        assembly.note("json: breaks off, the rest is read as plain text")
    return finished(assembly)


def _values(text: str) -> tuple[list[Any], str]:
    """The documents that follow each other in a text, and what is left of it when one does not parse."""
    decoder, values, at = json.JSONDecoder(parse_int=str, parse_float=str), list[Any](), 0
    while at < len(text) and len(values) < _MAX_DOCUMENTS:
        if text[at] in _BLANK:
            at += 1
            continue
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        values.append(value)
    return values, text[at:].strip()


def _lines(document: Any) -> Iterator[str]:
    """Depth is bounded by the parser's recursion, so a stack of our own needs no bound."""
    stack: list[tuple[str, Any]] = [("", document)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            stack += [(f"{path}.{flat(key)}" if path else flat(key), item) for key, item in reversed(value.items())]
        elif isinstance(value, list):
            stack += [(f"{path}[{at}]", item) for at, item in reversed(list(enumerate(value)))]
        elif value is not None and not isinstance(value, bool) and (words := flat(str(value))):
            yield f"{path}: {words}" if path else words
