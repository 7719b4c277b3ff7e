"""Attributes that say something of people: texts nobody sees, form values, addresses with data in their query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from pipelines.extractors.encoding import decode
from pipelines.schema import SegmentKind

_SILENT: Final = frozenset(
    (
        "style",
        "width",
        "height",
        "xmlns",
        "lang",
        "face",
        "charset",
        "http-equiv",
        "target",
        "rel",
        "type",
        "align",
        "d",
        "points",
    )
)
_NAMES: Final = frozenset(("class", "id", "name", "for", "headers", "usemap", "key"))
_ADDRESSES: Final = frozenset(("href", "src", "action", "data", "background", "cite", "longdesc", "poster", "srcset"))
_CJK: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_TELLING: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]|\d(?:[ -]?\d){6}")
_LONG_NUMBER: Final = re.compile(r"\d{11}")
_MAX_VALUE: Final = 1_000_000  # characters; a picture written into an attribute is dropped before that
_SHOWN_TYPES: Final = frozenset(("", "text", "button", "submit", "reset", "search", "tel", "number", "email", "date"))


class Note(NamedTuple):
    kind: str  # SegmentKind
    place: str
    text: str
    hidden: bool


def says_something(text: str) -> bool:
    """Whether there are Chinese characters or a number of seven digits in it."""
    return _TELLING.search(text) is not None


def notes_of(tag: str, attributes: Mapping[str, str]) -> tuple[Note, ...]:
    return tuple(
        _note(tag, name, value, attributes)
        for name, written in attributes.items()
        if (value := _telling(name, written))
    )


def _telling(name: str, written: str) -> str:
    """What an attribute's value says, decoded; "" when that is nothing."""
    value = written.strip()
    if len(value) < 2 or name in _SILENT or len(value) > _MAX_VALUE:
        return ""
    if name in _ADDRESSES:
        return _in_address(value)
    if name in _NAMES or name.startswith("on"):
        keep = _LONG_NUMBER.search(value) or (name.startswith("on") and _CJK.search(value))
        return " ".join(value.split()) if keep else ""
    if "%" in value or "\\u" in value:
        value = decoded_escapes(unquoted(value))
    return " ".join(value.split()) if says_something(value) else ""


def _in_address(value: str) -> str:
    scheme = value[:11].lower()
    if scheme.startswith("data:"):
        return ""
    if scheme.startswith(("tel:", "mailto:", "sms:")) or scheme == "javascript:":
        text = decoded_escapes(unquoted(value))
        return text if scheme[:3] in ("tel", "sms", "mai") or _CJK.search(text) or _LONG_NUMBER.search(text) else ""
    if "?" not in value and "%" not in value and value.isascii():
        return ""
    text = unquoted(value)
    query = text.partition("?")[2]
    return text if _CJK.search(text) or _LONG_NUMBER.search(query) else ""


def _note(tag: str, name: str, value: str, attributes: Mapping[str, str]) -> Note:
    if tag == "meta":
        label = attributes.get("name") or attributes.get("property") or name
        return Note(SegmentKind.METADATA, f"meta {label}", value, True)
    if tag == "input" and name == "value":
        kind = attributes.get("type", "").strip().lower()
        return Note(
            SegmentKind.ATTRIBUTE, f"input {attributes.get('name') or kind}".strip(), value, kind not in _SHOWN_TYPES
        )
    return Note(SegmentKind.ATTRIBUTE, f"{tag} {name}", value, name != "placeholder")


def unquoted(text: str) -> str:
    """Percent escapes as the characters they stand for, in whichever encoding the site wrote them.

    >>> unquoted("a=%E5%BC%A0&b=%D5%C5&c=%zz")
    'a=张&b=张&c=%zz'
    """
    if "%" not in text:
        return text
    return _PERCENT.sub(lambda run: decode(unquote_to_bytes(run[0]), "gbk").text, text)


_PERCENT: Final = re.compile("(?:%[0-9a-fA-F]{2}){1,}")
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|%u([0-9a-fA-F]{4})")


def decoded_escapes(text: str) -> str:
    r"""JavaScript's \uXXXX and %uXXXX as characters; halves of pairs stay what they are.

    >>> decoded_escapes(r"\u5f20%u4e09\ud800")
    '张三\\ud800'
    """

    def char(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return found[0] if 0xD800 <= code < 0xE000 else chr(code)

    return _ESCAPE.sub(char, text) if "\\u" in text or "%u" in text else text
