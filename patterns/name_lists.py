"""Names in running lists: 张伟、李娜、王芳 · 李　明  王小红  欧阳修 · 1.张伟 2.李娜.

One name alone is hard to tell from a word; three of them in a row, parted the same way, vouch for each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from patterns.name_cells import name_in_cell, padded
from patterns.name_foreign import transliteration
from patterns.name_score import looks_like_name
from patterns.name_shapes import DOTTED, HAN, SPACE, Span, double_surnames, is_masked

_TOKEN: Final = re.compile(rf"[(（][^()（）\n]{{0,12}}[)）]|([{HAN}·•‧*＊×●○]+)")
_GAP: Final = re.compile(  # possessive: digits may part in many ways, and none but the first is worth trying
    rf"(?>[、，,;；/|{SPACE}\t\r\n和]|[(（][{HAN}\d%.]{{0,10}}[)）]|[(（]?\d{{1,4}}[)）]?[.．、:：)）]?|[①-⑳])*+"
)
_DOTS: Final = re.compile("[·•‧・∙⋅．.]")
_CUE: Final = re.compile("名单|如下|人员|成员|分别[是为]|以下|获得者|候选人|参加|[:：]$")
_CUE_REACH: Final = 24  # code points before the list
_SURE: Final = 0.5
_POSSIBLE: Final = 0.1  # among neighbours that are names
_LONGEST_GAP: Final = 24

Piece = tuple[int, int, float]


def names_in_list(text: str) -> list[Span]:
    """Names of lists: three in a row, or two after a cue such as 名单如下. In order, exact, padding inside included."""
    found = []
    for row in _rows(text):
        sure = sum(score >= _SURE for _, _, score in row)
        needed = 2 if _CUE.search(text[max(0, row[0][0] - _CUE_REACH) : row[0][0]]) else 3
        if sure >= needed and sure * 2 >= len(row):
            found += [Span(a, b, max(score, 0.6), _masked(text[a:b]), "list") for a, b, score in row]
    return found


def _masked(name: str) -> bool:
    return is_masked(_compact(name))


def _compact(name: str) -> str:
    return "".join(char for char in name if char not in SPACE)


def _rows(text: str) -> Iterator[list[Piece]]:
    row: list[Piece] = []
    for start, end in padded(text, [m.span() for m in _TOKEN.finditer(text) if m[1]]):
        joined = row and _joins(text, row[-1][1], start)
        if row and not joined:
            yield row
            row = []
        piece = _piece(text, start, end, bool(joined))
        if piece is None:
            if row:
                yield row
            row = []
            continue
        row.append(piece)
        if piece[1] < end:  # 王芳等: the list is over
            yield row
            row = []
    if row:
        yield row


def _joins(text: str, end: int, start: int) -> bool:
    if not 0 < start - end <= _LONGEST_GAP or text[end] in "。：:！？“”《》":
        return False
    return _GAP.fullmatch(text, end, start) is not None


def _piece(text: str, start: int, end: int, inside: bool) -> Piece | None:
    """The name a token holds: all of it, its end (学生张伟、), or, in a list, its head (王芳等, 王芳共3人)."""
    token = _compact(text[start:end])
    if inside and len(token) > 2 and _is_closed(token[-1], text[end : end + 1]):
        end, token = end - 1, token[:-1]
    score = 0.9 if is_masked(token) or _is_dotted(token) else looks_like_name(token)
    if score >= _SURE or (inside and score >= _POSSIBLE):
        return start, end, score
    if inside and len(token) <= 4 and (spans := name_in_cell(text[start:end])):
        return spans[0].start + start, spans[0].end + start, 0.3
    return _tail(text, start, end)


def _is_closed(last: str, following: str) -> bool:
    return last == "等" or (last == "共" and following.isdigit())


def _is_dotted(token: str) -> bool:
    return DOTTED.fullmatch(token) is not None and all(transliteration(part) > 0 for part in _DOTS.split(token))


def _tail(text: str, start: int, end: int) -> Piece | None:
    if end - start < 4 or text[end : end + 1] not in ("、", "，", " ", "\u3000"):
        return None
    lengths = (4, 3) if text[end - 4 : end - 2] in double_surnames() else (3, 2)
    best = max((looks_like_name(text[end - n : end]), n) for n in lengths)
    return (end - best[1], end, best[0]) if best[0] >= 0.8 else None
