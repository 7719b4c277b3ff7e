"""Names in running text: near an identifier, and all of them (``--all``).

Each run of Chinese characters is weighed by ``name_lattice``; what stands before and after a candidate (titles, labels,
punctuation, other names of the same list, the same name elsewhere in the text) sets how likely a name is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from patterns.lexicons import words
from patterns.name_cells import sound
from patterns.name_lattice import names_in_run
from patterns.name_score import UNKNOWN, looks_like_name, statistics
from patterns.name_shapes import (
    DOT,
    DOTTED,
    HAN,
    SPACE,
    Span,
    ambiguous_surnames,
    masked_in_text,
    single_surnames,
    surname_length,
)

# Log-odds, chosen on the tuning half of benchmarks/names.py; ±1 on any of them moves F1 there by less than 0.015.
_ANYWHERE: Final = -5.0  # a name begins at one character in 150
_NEAR_IDENTIFIER: Final = -3.5
_AFTER_LABEL: Final = 4.5
_BEFORE_WORD: Final = 2.0
_CLAUSE_START: Final = 1.0
_CLAUSE_END: Final = 1.0
_IN_LIST: Final = 3.0
_SEEN: Final = 4.0
_AMBIGUOUS: Final = -1.5  # 于, 高, 方: mostly something else
_FLOOR: Final = 0.5
_LEFT, _RIGHT = 60, 40  # code points around an identifier

_RUN: Final = re.compile(f"[{HAN}]{{2,}}")
_STOP: Final = re.compile("[。！？!?；;\n\r]")
_LABEL_GAP: Final = f"：:{SPACE}\t（(“\"'"
_CLAUSE: Final = frozenset("，,。；;：:、（()）！？!?“”\"'《》\n\r\t【】[]/|—-" + SPACE)
_LIST_GAP: Final = re.compile(rf"[、，,{SPACE}\t]{{1,4}}|[和与及、]")
# What may stand between a name and its identifier: （身份证号：, ，男，公民身份号码
_BESIDE: Final = re.compile(
    rf"([{HAN}]+)[{SPACE}\t，,、：:（(\[【]*(?:[男女][，,、{SPACE}]*)?(?:[{HAN}]{{0,8}}(?:身份|证件|证号|号码|电话|手机|账号|卡号)"
    rf"[{HAN}]{{0,4}}[（(]?[{HAN}]{{0,4}}[)）]?)?[：:{SPACE}\t为是（('‘]*$"
)


def all_names(text: str) -> list[Span]:
    """Every name of a text, in order, masked ones marked. About 10 µs a character where a sentence has a surname."""
    taken = [Span(start, end, 0.9, True, "sentence") for start, end in masked_in_text(text)]
    taken += [s for s in _dotted(text) if not _overlaps(s, taken)]
    runs = [(m.start(), m[0]) for m in _RUN.finditer(text) if any(c in single_surnames() for c in m[0])]
    found = _resolve(text, runs, _ANYWHERE)
    return sorted(taken + [s for s in found if not _overlaps(s, taken)])


def names_near(text: str, start: int, end: int) -> list[Span]:
    """Names in the sentence around the identifier at ``start``…``end``, in order; at most 60 code points away."""
    left, right = _sentence(text, start, end)
    beside = _beside(text, left, start)
    if beside is not None:
        return [beside]
    window = text[left:start] + "\n" * (end - start) + text[end:right]
    masked = [Span(a, b, 0.9, True, "beside") for a, b in masked_in_text(window)]
    masked += [Span(s.start, s.end, s.score, False, "beside") for s in _dotted(window) if not _overlaps(s, masked)]
    found = [s for s in _resolve(window, _runs(window), _NEAR_IDENTIFIER) if not _overlaps(s, masked)]
    return [Span(s.start + left, s.end + left, s.score, s.masked, s.how) for s in sorted(masked + found)]


def _runs(text: str) -> list[tuple[int, str]]:
    return [(m.start(), m[0]) for m in _RUN.finditer(text)]


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left = max(0, start - _LEFT)
    for match in _STOP.finditer(text, left, start):
        left = match.end()
    stop = _STOP.search(text, end, min(len(text), end + _RIGHT))
    return left, stop.start() if stop else min(len(text), end + _RIGHT)


def _beside(text: str, left: int, start: int) -> Span | None:
    """The quick way: a whole run just before the identifier is a name, or a label and a name."""
    match = _BESIDE.search(text[left:start])
    if match is None:
        return None
    run, at = match[1], left + match.start(1)
    cut = _label_length(run)
    name = run[cut:]
    score = looks_like_name(name)
    if score < 0.5 or (left == at and left > 0 and _RUN.match(text, left - 1)):
        return None
    labelled = cut or text[:at].rstrip(_LABEL_GAP).endswith(_before_tuple())
    return Span(at + cut, at + len(run), score, False, "label" if labelled else "beside")


def _label_length(run: str) -> int:
    for cut in range(len(run) - 2, 0, -1):
        if 2 <= len(run) - cut <= 4 and _ends_with_label(run, cut) and surname_length(run[cut:]):
            return cut
    return 0


@cache
def _before() -> frozenset[str]:
    return frozenset(words("name_before")) | frozenset(words("ctx_name_inline"))


@cache
def _before_tuple() -> tuple[str, ...]:
    return tuple(_before())


@cache
def _after() -> tuple[str, ...]:
    return words("name_after")


def _ends_with_label(text: str, end: int) -> bool:
    return any(text[end - length : end] in _before() for length in range(1, min(6, end) + 1))


def _resolve(text: str, runs: list[tuple[int, str]], prior: float) -> list[Span]:
    """Names of the runs. What the first pass is sure of helps the second: its list neighbours, the same name again."""
    first = _pass(text, runs, prior, frozenset(), frozenset(), frozenset())
    if not first:
        return first
    known = frozenset(text[s.start : s.end] for s in first if s.score > 0.9)
    starts, ends = frozenset(s.start for s in first), frozenset(s.end for s in first)
    return _pass(text, runs, prior, known, starts, ends)


def _pass(
    text: str,
    runs: list[tuple[int, str]],
    prior: float,
    known: frozenset[str],
    starts: frozenset[int],
    ends: frozenset[int],
) -> list[Span]:
    found = []
    for offset, run in runs:

        def weight(start: int, end: int, offset: int = offset) -> float:
            a, b = start + offset, end + offset
            odds = prior + _before_odds(text, a, ends) + _after_odds(text, b, starts)
            if text[a] in ambiguous_surnames():
                odds += _AMBIGUOUS
            return odds + _SEEN if text[a:b] in known else odds

        for start, end, p in names_in_run(run, weight, _FLOOR):
            how = "label" if _labelled(text, start + offset) else "sentence"
            found.append(Span(start + offset, end + offset, p, False, how))
    return found


def _labelled(text: str, start: int) -> bool:
    at = start
    while at > 0 and start - at < 4 and text[at - 1] in _LABEL_GAP:
        at -= 1
    return _ends_with_label(text, at)


def _before_odds(text: str, start: int, ends: frozenset[int]) -> float:
    if _labelled(text, start):
        return _AFTER_LABEL
    if ends and any(start - n in ends and _LIST_GAP.fullmatch(text, start - n, start) for n in range(1, 5)):
        return _IN_LIST
    return _CLAUSE_START if start == 0 or text[start - 1] in _CLAUSE else 0.0


def _after_odds(text: str, end: int, starts: frozenset[int]) -> float:
    if text.startswith(_after(), end):
        return _BEFORE_WORD
    if starts and any(end + n in starts and _LIST_GAP.fullmatch(text, end, end + n) for n in range(1, 5)):
        return _IN_LIST
    return _CLAUSE_END if end == len(text) or text[end] in _CLAUSE else 0.0


def _dotted(text: str) -> Iterator[Span]:
    """阿不都·热合曼 out of 村民阿不都·热合曼家中; not 中国·蚌埠: the first part must be written by sound."""
    for match in DOTTED.finditer(text):
        if not _MIDDLE_DOT.search(match[0]):
            continue
        dots = [m.start() for m in re.finditer(f"[{DOT}]", match[0])]
        head, tail = match[0][: dots[0]], match[0][dots[-1] + 1 :]
        label = max((cut for cut in range(1, len(head)) if _ends_with_label(head, cut)), default=0)
        tail = _before_next_word(tail)
        if _is_common_word(head[label:]) or _is_common_word(tail):
            continue
        before = _by_sound(head[label:][::-1], _SOUNDS_FOREIGN)
        if before and len(head) - label <= 4:
            before = len(head) - label
        ended = len(tail.strip(SPACE)) <= 4 and not _RUN.match(text, match.start() + dots[-1] + len(tail))
        after = len(tail) if ended else _by_sound(tail, 0.0)
        if before and after:
            yield Span(match.start() + len(head) - before, match.start() + dots[-1] + 1 + after, 0.8, False, "sentence")


_MIDDLE_DOT: Final = re.compile("[·•‧・∙⋅]")
_COMMON_WORD: Final = -11.4
_SOUNDS_FOREIGN: Final = 0.8  # mean weight a character: 阿不都 2.1, 中国 0.3


def _is_common_word(part: str) -> bool:
    """A part of 中国·蚌埠: the dictionary counts it oftener than 700 times."""
    return statistics().words.get(part.strip(SPACE), UNKNOWN) > _COMMON_WORD


def _before_next_word(tail: str) -> str:
    return next((tail[:at] for at in range(1, len(tail)) if tail.startswith(_after(), at)), tail)


def _by_sound(part: str, mean: float) -> int:
    """How many characters from ``part``'s head on are a name written by sound; a head part is given reversed."""
    best = total = 0.0
    length = 0
    for at, value in enumerate(sound(part), start=1):
        total += value
        if total > best:
            best, length = total, at
    return length if best >= mean * length else 0


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
