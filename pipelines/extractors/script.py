"""What scripts hold: strings and numbers that may be data of people. Inside pages, and files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.encoding import decode
from pipelines.extractors.html_attributes import decoded_escapes, unquoted
from pipelines.extractors.text import finished, note_damage
from pipelines.schema import SegmentKind

# Strings, long numbers, comments (which part nothing), and what ends an object, a list or a statement.
_PIECE: Final = re.compile(
    r"""(?P<string>"(?:[^"\\\n]++|\\.)*+"|'(?:[^'\\\n]++|\\.)*+'|`(?:[^`\\]++|\\.)*+`)"""
    r"|(?P<number>(?<![\w.])\d{7,}[xX]?)|(?P<comment>/\*.*?\*/|(?<![:\"'\\])//[^\n]*)|(?P<end>[}\];\n])",
    re.DOTALL,
)
_WORTH_READING: Final = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]|\d{11}|\\u[3-9][0-9a-fA-F]{3}|%u[4-9]|%[eE][4-9]%"
)
_KEPT: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2}|\d{7}")  # no name is a single character
_MARKUP: Final = re.compile(r"<[^<>]*>")
_ESCAPED: Final = re.compile(r"\\(?:x([0-9a-fA-F]{2})|([^u]))", re.DOTALL)
_CONTROL: Final = {"n": " ", "t": " ", "r": " ", "b": "", "f": " ", "v": " ", "0": ""}


def extract_script(member: Member) -> Document:
    decoded = decode(member.data or b"", member.charset)
    assembly = Assembly()
    note_damage(assembly, decoded)
    assembly.add(SegmentKind.ATTRIBUTE, "script", script_text(decoded.text), hidden=True)
    return finished(assembly)


def script_text(source: str) -> str:
    """Strings with Chinese characters or seven digits, and long numbers: those of an object or a statement on one line,
    parted by tabs, comments on lines of their own. "" for a script that holds no data.

    >>> script_text('var l=[{"n":"张三","t":"13800000000"},{n:"李四",t:13900000000}], a = "x";')
    '张三\\t13800000000\\n李四\\t13900000000'
    """
    if not _WORTH_READING.search(source):
        return ""
    lines = ("\t".join(line) for line in _lines(source))
    return "\n".join(line for line in lines if line)


def _lines(source: str) -> Iterator[list[str]]:
    line: list[str] = []
    for piece in _PIECE.finditer(source):
        kind, text = piece.lastgroup, piece[0]
        if kind == "end":
            yield line
            line = []
        elif kind == "comment":
            yield from ([" ".join(part.split())] for part in text.strip("/*").split("\n") if _KEPT.search(part))
        elif value := text if kind == "number" else _string(text[1:-1]):
            line.append(value)
    yield line


def _string(written: str) -> str:
    text = unquoted(_plain(decoded_escapes(written)))
    if not _KEPT.search(text):
        return ""
    text = _MARKUP.sub(" ", text) if "<" in text else text
    return " ".join(unescape(text).split())


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda e: chr(int(e[1], 16)) if e[1] else _CONTROL.get(e[2], e[2]), text)
