"""The ways people write numbers: in full, broken up, masked, damaged by Excel.

A form says whether a complete value can still be read from what it writes: that is what recall is counted over. The
span of a written number leaves out what only stands around it (a leading apostrophe, the Chinese it is glued to).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final


@dataclass(frozen=True, slots=True)
class Written:
    text: str
    start: int  # code points into ``text``, half-open
    end: int
    complete: bool  # a complete value is still recoverable


@dataclass(frozen=True, slots=True)
class Form:
    name: str
    body: Callable[[str, Random], str]
    complete: bool = True
    before: str = ""
    after: str = ""

    def write(self, value: str, rng: Random) -> Written:
        body = self.body(value, rng)
        start = len(self.before)
        return Written(self.before + body + self.after, start, start + len(body), self.complete)


def full_width(value: str) -> str:
    """
    >>> full_width("34X")
    '３４Ｘ'
    """
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in value)


def cut(value: str, *sizes: int, by: str = " ") -> str:
    """Cuts off pieces of the given sizes; what is left is the last piece.

    >>> cut("13812345678", 3, 4, by="-")
    '138-1234-5678'
    """
    pieces, at = [], 0
    for size in sizes:
        pieces.append(value[at : at + size])
        at += size
    return by.join([*pieces, value[at:]])


def fours(value: str, by: str = " ") -> str:
    return by.join(value[i : i + 4] for i in range(0, len(value), 4))


def _inside(value: str, rng: Random, char: str) -> str:
    at = rng.randint(4, len(value) - 4)
    return value[:at] + char + value[at:]


def _sprinkled(value: str, rng: Random) -> str:
    return _inside(_inside(value, rng, "\u200b"), rng, rng.choice("\u200b\u200c\u200d\ufeff"))


def _plain(value: str, rng: Random) -> str:
    return value


_SHARED: Final = (
    Form("plain", _plain),
    Form("full_width", lambda v, r: full_width(v)),
    Form("zero_width", _sprinkled),
    Form("newline", lambda v, r: _inside(v, r, "\n")),
    Form("apostrophe", _plain, before="'"),
    Form("glued", _plain, before="号码为", after="的同志"),
)
ID_FORMS: Final = (
    *_SHARED,
    Form("spaced", lambda v, r: cut(v, 6, 8)),
    Form("spaced_year", lambda v, r: cut(v, 6, 4, 4)),
    Form("hyphenated", lambda v, r: cut(v, 6, 8, by="-")),
    Form("nbsp", lambda v, r: cut(v, 6, 8, by="\u00a0")),
    Form("wide_space", lambda v, r: cut(v, 6, 8, by="\u3000")),
    Form("lower_x", lambda v, r: v.lower()),
    Form("times_x", lambda v, r: v.replace("X", "×")),
    Form("full_width_x", lambda v, r: v.replace("X", "Ｘ")),
)
PHONE_FORMS: Final = (
    *(f for f in _SHARED if f.name != "newline"),
    Form("spaced", lambda v, r: cut(v, 3, 4)),
    Form("hyphenated", lambda v, r: cut(v, 3, 4, by="-")),
    Form("nbsp", lambda v, r: cut(v, 3, 4, by="\u00a0")),
    Form("plus86", _plain, before="+86"),
    Form("plus86_spaced", lambda v, r: cut(v, 3, 4), before="+86 "),
    Form("plus86_hyphen", _plain, before="+86-"),
    Form("zeros86", _plain, before="0086"),
    Form("bracket86", _plain, before="(+86)"),
)
CARD_FORMS: Final = (
    *(f for f in _SHARED if f.name != "newline"),
    Form("spaced", lambda v, r: fours(v)),
    Form("hyphenated", lambda v, r: fours(v, "-")),
    Form("nbsp", lambda v, r: fours(v, "\u00a0")),
)
DAMAGED: Final = (
    Form("scientific", lambda v, r: f"{float(v[:17] + '0'):.5E}", complete=False),
    Form("truncated", lambda v, r: v[:15] + "000", complete=False),
)

MASK_CHARS: Final = ("*", "＊", "×", "x", "X", "●", "○", "■", "□", "#", "某")


def masked(value: str, shown: str, char: str = "*") -> str:
    """Hides what ``shown`` hides: "6+4" keeps six and four, "-4" hides the last four, "date" and "monthday" the birth.

    "~4" after it writes four characters, however many digits they stand for.

    >>> masked("34030219780615042X", "6+4")
    '340302********042X'
    >>> masked("34030219780615042X", "6+4~4")
    '340302****042X'
    >>> masked("34030219780615042X", "monthday")
    '3403021978****042X'
    """
    shown, _, run = shown.partition("~")
    if shown.startswith("-"):
        first, last = len(value) - int(shown[1:]), 0
    elif shown in ("date", "monthday"):
        first, last = (6, 4) if shown == "date" else (10, 4)
    else:
        first, last = (int(part) for part in shown.split("+"))
    hidden = len(value) - first - last
    return value[:first] + char * (int(run) if run else hidden) + (value[-last:] if last else "")


# Each mask with the people it still fits (births of 1910 to 2017, check digit where it shows); None: over a million.
MASKS: Final = (
    ("6+4", 3585),
    ("monthday", 32),
    ("-1", 1),
    ("-2", 10),
    ("-3", 100),
    ("-4", 1000),
    ("2+3", None),
    ("6+0", None),
)


def mask_form(shown: str, char: str) -> Form:
    return Form(f"mask {shown}", lambda v, r: masked(v, shown, char), complete=False)
