"""Names in a cell of a name column, where nearly everything is one: what is refused is listed, the rest is taken.

High recall by design: a surname nobody listed, a rare character, 小 as a given name all pass. Refused are headers,
合计 and 同上, kinship words, places and organisations by their ends, numbers, and frequent words that are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from patterns.lexicons import words
from patterns.name_foreign import transliteration
from patterns.name_score import PLACE_ENDS, UNKNOWN, looks_like_name, ordinary_logp, statistics
from patterns.name_shapes import DOTTED, HAN, MASK, SPACE, Span, double_surnames, is_masked, surname_length

_MIDDLE_DOT: Final = "·•‧・∙⋅"
_PIECE: Final = re.compile(
    rf"[{HAN}](?:[{SPACE}][{HAN}]){{0,7}}[{SPACE}]*[{_MIDDLE_DOT}][{SPACE}]*[{HAN}](?:[{SPACE}][{HAN}]){{0,9}}(?![{HAN}])"
    rf"|[{HAN}{re.escape(MASK)}XxＸｘ{_MIDDLE_DOT}]+(?:(?<=[{HAN}])[.．][{HAN}]+)?(?:(?<=某)\d(?!\d))?"
    r"|[A-Z][A-Za-z'’-]*(?:[ ,.]+[A-Z][A-Za-z'’-]*)+"
)
_LATIN: Final = re.compile("[A-Za-z'’ ,.-]{4,40}")
_HAN_ONLY: Final = re.compile(f"[{HAN}]+")
_ORGANISATION: Final = re.compile(
    "(?:公司|中心|合作社|农场|委员会|村委会|居委会|[经营服务门市]部|大队|小组|集团|学校|[小中大]学|幼儿园|医院|卫生院|银行|政府|信用社|协会|[大全]体|户)$"
)
_KIN: Final = ("夫", "妻", "父", "母", "子", "女", "兄", "弟", "姐", "妹", "代", "本人", "配偶", "户主")
_STATUS: Final = re.compile("[待已未无共各本该此第每不][^·]{2,}")
_TAIL: Final = re.compile("(?:等人?|收|代|夫妇|夫妻|一家|同志|先生|女士)$")
_COMMON: Final = -10.5  # the dictionary's 1,650 commonest words
_VERY_COMMON: Final = -9.0  # and its 300 commonest
_GIVEN: Final = -7.5  # a last character of names this often: 峰 and 云 yes, 案 and 额 no
_LONGEST: Final = 12  # 努尔麦麦提艾合买提


def name_in_cell(cell: str) -> list[Span]:
    """Names of one cell, in order. Several are parted by 、，/ or spaces; (户主), 1. and 妻： are left out.

    >>> [cell[s.start : s.end] for cell in ("1.张伟", "李　明（户主）", "王芳、李强") for s in name_in_cell(cell)]
    ['张伟', '李　明', '王芳', '李强']
    """
    return [Span(start, end, score, masked, "cell") for start, end, score, masked in _read(cell)]


def _read(cell: str) -> Iterator[tuple[int, int, float, bool]]:
    for start, end in padded(cell, list(_pieces(cell))):
        latin = cell[start].isascii() and cell[start].isalpha()
        name = cell[start:end] if latin else cell[start:end].translate(_NO_SPACE)
        if is_masked(name):
            yield start, end, 0.9, True
        elif score := _LATIN_SCORE if latin and _LATIN.fullmatch(name) else cell_score(name):
            yield start, end, score, False


_LATIN_SCORE: Final = 0.6
_NO_SPACE: Final = dict.fromkeys(map(ord, SPACE))


def _pieces(cell: str) -> Iterator[tuple[int, int]]:
    """The stretches that may be a name, labels before and 等 behind it cut off; two names glued together are cut."""
    for match in _PIECE.finditer(cell):
        start, end = match.span()
        if cell[end : end + 1] in ("：", ":") and cell[end:]:
            continue  # a label: 妻：李芳
        start = _after_label(cell, start, end)
        tail = _TAIL.search(cell, start, end)
        if tail and tail.start() >= start + 2:
            end = tail.start()
        cut = _glued(cell[start:end])
        if cut:
            yield start, start + cut
        if start + cut < end:
            yield start + cut, end


def _after_label(cell: str, start: int, end: int) -> int:
    """Where the name begins in 妻李芳, 村民王秀英; ``start`` if it has no label."""
    for length in range(min(5, end - start - 2), 0, -1):
        rest = cell[start + length : end]
        if cell[start : start + length] in _labels() and len(rest) <= 4 and looks_like_name(rest) > 0.5:
            return start if looks_like_name(cell[start:end]) > 0.5 else start + length
    return start


@cache
def _labels() -> frozenset[str]:
    return frozenset(words("name_before")) | frozenset(_KIN)


def _glued(piece: str) -> int:
    """Where the second name begins in 张伟李娜; 0 if there is one."""
    if not 4 <= len(piece) <= 6 or surname_length(piece) != 1 or not _HAN_ONLY.fullmatch(piece):
        return 0
    ways = ((min(looks_like_name(piece[:at]), looks_like_name(piece[at:])), at) for at in (2, 3))
    score, at = max(ways)
    return at if score > 0.45 and not any(part in piece for part in _minority()) else 0


def padded(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Joins what padding tore apart: 李　明, 王 小 红, 欧阳 修; 张 伟 李 娜 are two."""
    joined: list[tuple[int, int]] = []
    at = 0
    while at < len(pieces):
        count = _torn(text, pieces, at)
        joined.append((pieces[at][0], pieces[at + count - 1][1]))
        at += count
    return joined


def _torn(text: str, pieces: list[tuple[int, int]], at: int) -> int:
    """How many pieces from ``at`` on are one torn name; 1 if it is not torn."""
    row = [pieces[at]]
    for piece in pieces[at + 1 : at + 4]:
        gap = text[row[-1][1] : piece[0]]
        if not gap or len(gap) > 6 or gap.strip(SPACE):
            break
        row.append(piece)
    parts = [text[start:end] for start, end in row]
    if "".join(parts[:2]) in double_surnames() and len(parts) > 2 and all(len(part) == 1 for part in parts[:3]):
        return min(len(parts), 4) if all(len(part) == 1 for part in parts) else 3
    surname = surname_length(parts[0])
    if at == 0 and len(parts) == len(pieces) in (2, 3) and all(len(part) == 1 for part in parts):
        return len(parts)  # 谌　伟: alone in the text, any surname
    if surname == 0 or surname != len(parts[0]) or len(parts) == 1:
        return 1
    if len(parts[1]) == 2 and surname_length(parts[1]) != 2:
        return 2
    if len(parts[1]) != 1:
        return 1
    return 3 if len(parts) > 2 and _third_belongs(parts) else 2


def _third_belongs(parts: list[str]) -> bool:
    if len(parts[2]) != 1:
        return False
    return not (len(parts) > 3 and len(parts[3]) == 1 and looks_like_name(parts[2] + parts[3]) > 0.3)


@cache
def _refused() -> frozenset[str]:
    return frozenset(words("name_not_in_cell")) | frozenset(words("ctx_name_header"))


@cache
def _minority() -> tuple[str, ...]:
    return words("name_minority")


def cell_score(name: str) -> float:
    """0 for what is no name even in a name column, else 0.5…1."""
    if DOTTED.fullmatch(name):
        return 0.0 if _ORGANISATION.search(name) else 0.9
    if not 2 <= len(name) <= _LONGEST or name in _refused() or not _HAN_ONLY.fullmatch(name) or _STATUS.match(name):
        return 0.0
    if len(name) > 4 or (len(name) == 4 and surname_length(name) != 2):
        return _long_score(name)
    return _short_score(name)


@lru_cache(8192)
def plain_score(name: str) -> float:
    """``cell_score`` of two or three Chinese characters."""
    return 0.0 if name in _refused() or _STATUS.match(name) else _short_score(name)


def _short_score(name: str) -> float:
    score = looks_like_name(name)
    if score > 0.5:
        return score
    if (name[-1] in PLACE_ENDS and (len(name) > 2 or score < 0.05)) or _ORGANISATION.search(name):
        return 0.0
    word = statistics().words.get(name, UNKNOWN)
    if surname_length(name) and statistics().last.get(name[-1], UNKNOWN) > _GIVEN:
        return 0.5 if word < _VERY_COMMON else 0.0
    return 0.5 if word < _COMMON - (0 if surname_length(name) else 3) else 0.0


def _long_score(name: str) -> float:
    """Four characters and more without a middle dot: a minority name, or no name."""
    if any(part in name for part in _minority()) and not _ORGANISATION.search(name):
        return 0.8
    if len(name) > 9 or name[-1] in PLACE_ENDS or _ORGANISATION.search(name):
        return 0.0
    return 0.6 if transliteration(name) > 1.0 and ordinary_logp(name) / len(name) < -5.5 else 0.0
