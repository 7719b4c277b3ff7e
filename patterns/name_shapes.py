"""What a name is written with: the span all name finders return, character classes, masked and minority names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from patterns.lexicons import words

# Chinese characters, rare ones and the private-use ones old government documents hold for them included.
HAN: Final = "〇㐀-䶿一-鿿豈-﫿\ue000-\uf8ff\U00020000-\U0003ffff"
SPACE: Final = " \u3000\u00a0\u2002\u2003\u2009"
DOT: Final = "·•‧・∙⋅●．."  # between the parts of a minority or foreign name
MASK: Final = "*＊×✕✱○●□■◯△#※?？_＿"
_LETTER_MASK: Final = "XxＸｘ"

_HAN_RUN: Final = re.compile(f"[{HAN}]+")
DOTTED: Final = re.compile(rf"[{HAN}]{{1,8}}(?:[{SPACE}]?[·•‧・∙⋅．.][{SPACE}]?[{HAN}]{{1,10}}){{1,3}}")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One name: ``start`` and ``end`` are code points in the text given, half-open; padding inside (李　明) included.

    score: 0…1, how sure. masked: 朱某某, 张*, 李×明: no complete name shows. how: cell, label, list, beside, sentence.
    """

    start: int
    end: int
    score: float
    masked: bool
    how: str


@cache
def single_surnames() -> frozenset[str]:
    return frozenset(word.rstrip("~") for word in words("surname_single"))


@cache
def ambiguous_surnames() -> frozenset[str]:
    """Surnames that are mostly something else in running text: 于, 高, 方."""
    return frozenset(word[0] for word in words("surname_single") if word.endswith("~"))


@cache
def double_surnames() -> frozenset[str]:
    return frozenset(words("surname_double"))


def surname_length(text: str) -> int:
    """2, 1 or 0 characters of ``text``'s head are a surname; a compound one wins: 欧阳, not 欧."""
    if text[:2] in double_surnames():
        return 2
    return 1 if text[:1] in single_surnames() else 0


_STARS: Final = "*＊×✕●○□■△"
_HIDING: Final = re.compile(f"[某{_STARS}XxＸｘ]")  # one of these stands in every masked name, in few texts


@cache
def _masked_in_text() -> re.Pattern[str]:
    surname = f"(?:{'|'.join(sorted(double_surnames()))}|[{''.join(sorted(single_surnames()))}])"
    return re.compile(
        rf"{surname}(?:某(?:某{{1,2}}|[甲乙丙丁戊\d]|[{HAN}](?![{HAN}]))?"
        rf"|[{_STARS}XxＸｘ][{HAN}]"
        rf"|(?:[{_STARS}]{{1,3}}|[XxＸｘ]{{1,3}}(?![A-Za-z\d]))(?:[{HAN}](?![{HAN}]))?)"
    )


_NOT_A_PERSON: Final = frozenset("些个种项位人时地单公一天日年月类条款街镇乡村区县市省局处科")


def masked_in_text(text: str) -> list[tuple[int, int]]:
    """Masked names of a running text: 朱某, 张某某, 李某甲, 王**, 李×明. 和某些, 向某单位 are none."""
    pattern = _masked_in_text()
    if _HIDING.search(text) is None:
        return []
    found = []
    for match in pattern.finditer(text):
        bare = match[0].endswith("某")
        following = text[match.end() : match.end() + 1]
        if bare and match[0].count("某") == 1 and (match[0][0] in ambiguous_surnames() or following in _NOT_A_PERSON):
            continue
        found.append(match.span())
    return found


def is_masked(token: str) -> bool:
    """A cell's token whose name is partly hidden: 张*, *伟, 李×明, 王X, 赵**, 朱某某, 阿**·买买提.

    >>> [is_masked(t) for t in ("张*", "王X", "朱某某", "李某甲", "李×明", "张伟", "***", "某村")]
    [True, True, True, True, True, False, False, False]
    """
    if not 2 <= len(token) <= 12:
        return False
    if "某" in token:
        return token[0] != "某" and surname_length(token) > 0 and len(token) - token.count("某") <= 3
    hidden = sum(c in MASK or c in _LETTER_MASK for c in token)
    shown = sum(bool(_HAN_RUN.fullmatch(c)) for c in token)
    return (
        hidden > 0
        and 1 <= shown <= 6
        and all(c in MASK or c in _LETTER_MASK or c in DOT or c in SPACE or _HAN_RUN.fullmatch(c) for c in token)
    )
