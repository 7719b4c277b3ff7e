"""How wide text is on a terminal and where a line may break: a Chinese character takes two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import category, east_asian_width

_NO_LINE_START: Final = "，。、；：？！）》」』”’%…"
_NO_LINE_END: Final = "（《「『“‘"
_ATOMS: Final = re.compile(r"[!-~]+|[ ]|[^ -~]", re.DOTALL)
# What moves a cursor or turns the direction of text round: shown, never obeyed.
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)


def width(text: str) -> int:
    """Terminal columns of ``text``.

    >>> width("名单.xlsx")
    9
    """
    if text.isascii():
        return len(text)
    return sum(0 if category(c) in ("Mn", "Me", "Cf") else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most ``columns``; only a word longer than a line stands out.

    >>> wrap("把网站的导出包放进来，scan 就开始排查。", 20)
    ['把网站的导出包放进', '来，scan 就开始排', '查。']
    """
    lines, line, used = [], "", 0
    for atom in _atoms(text):
        size = width(atom)
        if used + size > columns and line.strip():
            lines.append(line.rstrip())
            line, used = "", 0
        if line or atom != " ":
            line, used = line + atom, used + size
    return [*lines, line.rstrip()] if line.strip() else lines


def _atoms(text: str) -> Iterator[str]:
    """What may not be broken: words, and characters with the punctuation that belongs to them."""
    held = ""
    for match in _ATOMS.finditer(text):
        atom = match[0]
        if held and (held[-1] in _NO_LINE_END or atom[0] in _NO_LINE_START):
            held += atom
            continue
        if held:
            yield held
        held = atom
    if held:
        yield held


def shorten(text: str, columns: int) -> str:
    """``text`` cut to ``columns``, ending in … when something is missing."""
    if width(text) <= columns:
        return text
    kept, used = "", 1
    for char in text:
        used += width(char)
        if used > columns:
            break
        kept += char
    return kept + "…"


def visible(text: str) -> str:
    r"""Scraped text made safe to print: one line, control characters and direction marks written out.

    >>> visible("a\x1b[31mb\n\u202ec")
    'a\\x1b[31mb \\u202ec'
    """
    flat = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return _UNSAFE.sub(lambda m: m[0].encode("unicode_escape", "surrogatepass").decode("ascii"), flat)
