"""Lines and cells of a PDF page: pdfium's characters, its breaks judged anew by where the characters stand.

pdfium guesses from a page's first pieces of text whether it is written in lines or in columns, and on a page that is
little but a table guesses wrong: rows fall apart or run together. So at every space and line break the boxes of the
characters on both sides decide: beside each other or not, near or far.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import pi
from typing import Any, Final

from pypdfium2 import raw

_WIDE_GAP: Final = 0.7  # of the line's height; a space between words is 0.25 to 0.5, a table's two cell margins 1
_SAME_LINE: Final = 0.4  # of the lower character's height that two characters of one line share at least
_UPRIGHT: Final = 0.1  # radians
# A space between two Latin words is one: justified English has gaps as wide as a table's, and five hundred on a page.
_BREAK: Final = re.compile(r"(?<![A-Za-z,.]) (?! )|[ \r\n]{2,}|(?<! ) (?![A-Za-z ])")
GONE: Final = "\x1f"  # stands for a character that is left out
_NUMBER: Final = re.compile(r"[0-9Xx*]+")
_HYPHENS: Final = re.compile("[\x02\ufffe]")  # pdfium's mark for a hyphen at a line's end

Box = tuple[float, float, float, float]  # left, bottom, right, top


def page_text(words: Any, text: str | None = None) -> str:
    """A text page's lines, the cells of a line parted by tabs; characters without a meaning are U+FFFD or private.

    ``text``: the page's own characters, some of which may be GONE.
    """
    if text is None:
        text = characters(words)
    if text is None:
        text = words.get_text_bounded()
    elif _is_upright(words, text):
        text = _rebroken(words, text)
    text = _HYPHENS.sub("-", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").replace(GONE, ""))
    lines = (line.strip(" \t") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def characters(words: Any) -> str | None:
    """The characters of a text page by their places; None when some of them are beyond the basic plane, to which
    pdfium's call for all of them is limited."""
    text: str = words.get_text_range()
    return None if any(c >= "\ud800" and (c <= "\udfff" or c > "\uffff") for c in text) else text


def split(words: Any, text: str, unseen: Mapping[int, str]) -> dict[str, str]:
    """The page's characters, those that are seen ("") and those that are not by their reason, the others GONE.

    A number that is unseen in part is unseen: else neither part would be known for what it is.
    """
    reasons = [unseen.get(raw.FPDFText_GetCharIndexFromTextIndex(words, at), "") for at in range(len(text))]
    for number in _NUMBER.finditer(text):
        reason = max(reasons[number.start() : number.end()])
        if reason:
            reasons[number.start() : number.end()] = [reason] * len(number[0])
    blank = [char.isspace() for char in text]  # breaks belong to all of them
    return {
        reason: "".join(
            char if space or own == reason else GONE for char, space, own in zip(text, blank, reasons, strict=True)
        )
        for reason in ("", *sorted(set(unseen.values())))
    }


def _is_upright(words: Any, text: str) -> bool:
    """Whether text runs from left to right on this page, told from three of its characters."""
    count = len(text)
    angles = [raw.FPDFText_GetCharAngle(words, at) for at in (0, count // 2, count - 1)] if count else []
    turned = [angle for angle in angles if _UPRIGHT < angle < 2 * pi - _UPRIGHT]
    return len(turned) < 2


def _rebroken(words: Any, text: str) -> str:
    """The text with each of its breaks replaced by the one that the places of its neighbours call for."""
    parts, at = [], 0
    for gap in _BREAK.finditer(text):
        start, end = gap.span()
        parts += [text[at:start], _mark(_box(words, start - 1), _box(words, end), gap[0])]
        at = end
    return "".join([*parts, text[at:]])


def _mark(before: Box | None, after: Box | None, written: str) -> str:
    if before is None or after is None:
        return written
    height = min(before[3] - before[1], after[3] - after[1])
    shared = min(before[3], after[3]) - max(before[1], after[1])
    if height <= 0:
        return written
    if shared < _SAME_LINE * height:
        return "\n"
    gap = after[0] - before[2]
    return "\t" if gap > _WIDE_GAP * height or gap < -height or len(written.strip("\r\n")) > 1 else " "


def _box(words: Any, index: int) -> Box | None:
    """A character's place on its line, glyph or no glyph; None beyond the text's ends."""
    char = raw.FPDFText_GetCharIndexFromTextIndex(words, index) if index >= 0 else -1
    rect = raw.FS_RECTF()
    if char < 0 or not raw.FPDFText_GetLooseCharBox(words, char, rect):
        return None
    return rect.left, rect.bottom, rect.right, rect.top
