"""How people hide digits, brought to one form: digits, a final X where the check character shows, ``*`` for each
hidden one.

Hidden by *, ●, □, 某, ? and their like wherever they stand; by X, ×, - and _ only in runs of two or more, because a
single final X is a check character and a single hyphen parts groups."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from patterns.characters import CHECK_X, HYPHENS, INVISIBLE, SPACES, fold

ALWAYS: Final = "*＊∗⁎﹡●○◎◉■□◆◇▪▫◼◻▇█▓▒░※★☆△▲#＃﹟〇某?？…⋯⚫⚪⬛⬜"
IN_RUNS: Final = CHECK_X + HYPHENS + "_＿.．·•。~～"
# Any text that may be a masked value: what a search over folded text looks for.
RUN: Final = re.compile(rf"[{re.escape(ALWAYS)}]|([{re.escape(IN_RUNS)}])\1")

_DROP: Final = dict.fromkeys(map(ord, SPACES + INVISIBLE))
_RUNS: Final = re.compile(rf"([{re.escape(IN_RUNS)}])\1+")
_SINGLE: Final = re.compile(rf"[{re.escape(HYPHENS)}'’‘]")
_TO_STAR: Final = dict.fromkeys(map(ord, ALWAYS), "*")
_NORMAL: Final = re.compile(r"(?=.*\*)[0-9*]*[0-9*X]")


def normalise(text: str) -> str:
    """The one form, or "" when the text holds anything else or hides nothing.

    >>> normalise("340302××××××××042X"), normalise("３４０３０２＊＊＊＊１２３４"), normalise("138-XXXX-1234")
    ('340302********042X', '340302****1234', '138****1234')
    >>> normalise("34030219780615042X")
    ''
    """
    if "&" in text:
        text = unescape(text)
    text = text.translate(_DROP).translate(_TO_STAR)
    text = _RUNS.sub(lambda run: "*" * len(run[0]), _upper_x(text))
    text = _SINGLE.sub("", fold(text))
    if text[-1:] and text[-1] in CHECK_X:
        text = text[:-1] + "X"
    return text if _NORMAL.fullmatch(text) else ""


def _upper_x(text: str) -> str:
    """Case does not part a run: xXxX hides four."""
    return text.replace("x", "X").replace("ｘ", "X").replace("Ｘ", "X")


def place(pattern: str, length: int) -> tuple[str, ...]:
    """The ways to lay a normalised pattern on ``length`` places, when the mask's own length need not be true.

    The first shown piece stands at the left and the last at the right; pieces between hidden runs may move.

    >>> place("340302****1234", 18)
    ('340302********1234',)
    >>> place("34*78*5", 8)
    ('34*78**5', '34**78*5')
    """
    if len(pattern) == length:
        return (pattern,)
    if "*" not in pattern:
        return ()
    head, *middle, tail = re.split(r"\*+", pattern)
    room = length - len(head) - len(tail)
    return tuple(head + body + tail for body in _bodies(middle, room))


def _bodies(pieces: list[str], room: int) -> list[str]:
    """All ways to fill ``room`` places with the pieces in order, at least one star before, between and after."""
    if not pieces:
        return ["*" * room] if room >= 1 else []
    least = sum(map(len, pieces)) + len(pieces) + 1
    found = []
    for stars in range(1, room - least + 2):
        start = "*" * stars + pieces[0]
        found += [start + rest for rest in _bodies(pieces[1:], room - len(start))]
    return found


def agree(first: str, second: str) -> str:
    """Both patterns in one where neither contradicts the other, else "".

    >>> agree("34**02", "3*03**"), agree("34", "35")
    ('340302', '')
    """
    if len(first) != len(second):
        return ""
    merged = []
    for left, right in zip(first, second, strict=True):
        if left != right and "*" not in (left, right):
            return ""
        merged.append(right if left == "*" else left)
    return "".join(merged)
