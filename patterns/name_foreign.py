"""Names written by sound: 阿不都·热合曼, 卡洛斯·戈恩, and 努尔麦麦提 without a dot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from patterns.lexicons import words
from patterns.name_cues import after_words, ends_with_label
from patterns.name_score import UNKNOWN, statistics
from patterns.name_shapes import DOT, DOTTED, HAN, SPACE, Span

_RUN: Final = re.compile(f"[{HAN}]{{2,}}")
_MIDDLE_DOT: Final = re.compile("[·•‧・∙⋅]")
_COMMON_WORD: Final = -11.4
_SOUNDS_FOREIGN: Final = 0.8  # mean weight a character: 阿不都 2.1, 中国 0.3


def dotted_names(text: str) -> Iterator[Span]:
    """阿不都·热合曼 out of 村民阿不都·热合曼家中; not 中国·蚌埠: the first part must be written by sound."""
    for match in DOTTED.finditer(text):
        if not _MIDDLE_DOT.search(match[0]):
            continue
        dots = [m.start() for m in re.finditer(f"[{DOT}]", match[0])]
        head, tail = match[0][: dots[0]], match[0][dots[-1] + 1 :]
        label = max((cut for cut in range(1, len(head)) if ends_with_label(head, cut)), default=0)
        tail = _before_next_word(tail)
        if _is_common_word(head[label:]) or _is_common_word(tail):
            continue
        before = _by_sound(head[label:][::-1], _SOUNDS_FOREIGN)
        if before and len(head) - label <= 4:
            before = len(head) - label
        at = match.start() + dots[-1] + 1
        ended = len(tail.strip(SPACE)) <= 4 and not _RUN.match(text, at + len(tail) - 1) and not _starts_known(tail)
        after = len(tail) if ended else _by_sound(tail, 0.0)
        if before and after:
            yield Span(match.start() + len(head) - before, at + after, 0.8, False, "sentence")


def _starts_known(tail: str) -> bool:
    return tail.startswith(words("name_minority"))


def _is_common_word(part: str) -> bool:
    """A part of 中国·蚌埠: the dictionary counts it oftener than 700 times."""
    return statistics().words.get(part.strip(SPACE), UNKNOWN) > _COMMON_WORD


def _before_next_word(tail: str) -> str:
    return next((tail[:at] for at in range(1, len(tail)) if tail.startswith(after_words(), at)), tail)


def _by_sound(part: str, mean: float) -> int:
    """How many characters from ``part``'s head on are a name written by sound; a head part is given reversed."""
    best = total = 0.0
    length = 0
    for at, value in enumerate(sound(part), start=1):
        total += value
        if total > best:
            best, length = total, at
    return length if best >= mean * length else 0


def transliteration(name: str) -> float:
    """Mean weight a character: 阿卜杜热合曼 over 1, 村民小组 below 0."""
    return sum(sound(name)) / len(name)


def sound(text: str) -> list[float]:
    """A weight a character, -3…3: names written by sound against ordinary text. Spaces weigh nothing.

    Known parts (买买提) weigh 3 a character, also backwards (提买买), as the part before a dot is read from its end.
    """
    table = statistics().transliterated
    weights = [0.0 if char in SPACE else max(-3.0, min(3.0, table.get(char, -3.0))) for char in text]
    for part in words("name_minority"):
        for word in (part, part[::-1]):
            at = text.find(word)
            if at >= 0:
                weights[at : at + len(word)] = [3.0] * len(word)
    return weights
