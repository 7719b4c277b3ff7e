"""Names in running text: near an identifier, and all of them (``--all``).

Each run of Chinese characters is weighed by ``name_lattice``; what stands before and after a candidate (titles, labels,
punctuation, other names of the same list, the same name elsewhere in the text) sets how likely a name is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from patterns.name_cells import cell_score
from patterns.name_cues import after_heads, after_words, before_tuple, ends_with_label
from patterns.name_foreign import dotted_names
from patterns.name_lattice import names_in_run
from patterns.name_score import looks_like_name, statistics
from patterns.name_shapes import (
    DOT,
    HAN,
    SPACE,
    Span,
    ambiguous_surnames,
    masked_in_text,
    single_surnames,
    surname_length,
)
from patterns.name_tagger import tagged_names

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
_PLACE: Final = -5.0  # 石羊社区, 杨柳路: the place's name, not somebody's
_FLOOR: Final = 0.5
_DOUBT: Final = 0.1  # down to here jieba is asked: on the tuning half it was right 23 times of 24
_TAGGED_REACH: Final = 20  # code points shown to jieba on each side
_LEFT, _RIGHT = 60, 40  # code points around an identifier

# What stands behind a place's name; 村长, 村民, 路过 and 组织 stand behind a person's.
_PLACES: Final = re.compile(
    "社区|街道|小区|新村|花园|大道|市场|大厦|广场|小学|中学|路(?!过|上|遇|经)|[镇乡村县区队庄](?![长民员主支党委书])|组(?![长织员成])"
)
_RUN: Final = re.compile(f"[{HAN}]{{2,}}")
_HAN_CHAR: Final = re.compile(f"[{HAN}]")
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
    masked = (Span(start, end, 0.9, True, "sentence") for start, end in masked_in_text(text))
    runs = [(m.start(), m[0]) for m in _RUN.finditer(text) if not single_surnames().isdisjoint(m[0])]
    return _merged(masked, dotted_names(text), _resolve(text, runs, _ANYWHERE))


def names_near(text: str, start: int, end: int) -> list[Span]:
    """Names in the sentence around the identifier at ``start``…``end``, in order; at most 60 code points away."""
    left, right = _sentence(text, start, end)
    beside = _beside(text, left, start)
    if beside is not None:
        return [beside]
    window = text[left:start] + "\n" * (end - start) + text[end:right]
    masked = (Span(a, b, 0.9, True, "beside") for a, b in masked_in_text(window))
    dotted = (replace(span, how="beside") for span in dotted_names(window))
    found = _merged(masked, dotted, _resolve(window, _runs(window), _NEAR_IDENTIFIER))
    return [replace(s, start=s.start + left, end=s.end + left) for s in found]


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
    if at > 0 and (text[at - 1] in DOT or (at == left and _HAN_CHAR.match(text[at - 1]))):
        return None
    cut = _label_length(run)
    name = run[cut:]
    score = looks_like_name(name)
    if score < _FLOOR and cut == 0 and _surname_alone(name, score):
        score = cell_score(name)  # alone beside an identifier: as good as in a name column
    if score < _FLOOR or "某" in name:
        return None
    labelled = cut or text[:at].rstrip(_LABEL_GAP).endswith(before_tuple())
    return Span(at + cut, at + len(run), score, False, "label" if labelled else "beside")


def _surname_alone(name: str, score: float) -> bool:
    return surname_length(name) > 0 and (name[0] not in ambiguous_surnames() or score > _DOUBT)


def _label_length(run: str) -> int:
    for cut in range(len(run) - 2, 0, -1):
        if 2 <= len(run) - cut <= 4 and ends_with_label(run, cut) and surname_length(run[cut:]):
            return cut
    return 0


def _resolve(text: str, runs: list[tuple[int, str]], prior: float) -> list[Span]:
    """Names of the runs. What the first pass is sure of helps the second: its list neighbours, the same name again."""
    weights = _Weights(text, prior)
    spans = _pass(runs, weights)
    first = [s for s in spans if s.score >= _FLOOR]
    if first:
        weights.known = frozenset(text[s.start : s.end] for s in first if s.score > 0.9)
        weights.starts, weights.ends = frozenset(s.start for s in first), frozenset(s.end for s in first)
        spans = _pass(runs, weights)
    return [s for s in (_decided(text, span) for span in spans) if s]


def _decided(text: str, span: Span) -> Span | None:
    """A span in doubt stays when jieba, shown the run around it, makes a name of it too."""
    if span.score >= _FLOOR:
        return span
    if text[span.start : span.end] in statistics().words:
        return None  # 阳春, 司法权: the tagger would only repeat its dictionary
    left, right = span.start, span.end
    while left > max(0, span.start - _TAGGED_REACH) and _HAN_CHAR.match(text[left - 1]):
        left -= 1
    while right < min(len(text), span.end + _TAGGED_REACH) and _HAN_CHAR.match(text[right]):
        right += 1
    agreed = (span.start - left, span.end - left) in tagged_names(text[left:right])
    return Span(span.start, span.end, _FLOOR, False, "jieba") if agreed else None


def _pass(runs: list[tuple[int, str]], weights: _Weights) -> list[Span]:
    found = []
    for offset, run in runs:
        weights.offset = offset
        for start, end, p in names_in_run(run, weights, _DOUBT):
            how = "label" if weights.before(start + offset) == _AFTER_LABEL else "sentence"
            found.append(Span(start + offset, end + offset, p, False, how))
    return found


class _Weights:
    """How likely a name is at a place of a text, by what stands around it; each place is looked at once.

    ``known``, ``starts`` and ``ends``: the names found by a first pass, and where they begin and end.
    """

    def __init__(self, text: str, prior: float) -> None:
        self.text, self.prior, self.offset = text, prior, 0
        self.known: frozenset[str] = frozenset()
        self.starts: frozenset[int] = frozenset()
        self.ends: frozenset[int] = frozenset()
        self._before: dict[int, float] = {}
        self._after: dict[int, float] = {}

    def __call__(self, start: int, end: int) -> float:
        """The log-odds of a name at start…end of the run that begins at ``offset``."""
        a, b = start + self.offset, end + self.offset
        odds = self.prior + self._before_odds(a) + self._after_odds(b)
        if self.text[a] in ambiguous_surnames():
            odds += _AMBIGUOUS
        return odds + _SEEN if self.known and self.text[a:b] in self.known else odds

    def before(self, start: int) -> float:
        """What stands before a place says, other names left aside."""
        odds = self._before.get(start)
        if odds is None:
            odds = self._before[start] = _odds_before(self.text, start)
        return odds

    def after(self, end: int) -> float:
        odds = self._after.get(end)
        if odds is None:
            odds = self._after[end] = _odds_after(self.text, end)
        return odds

    def _before_odds(self, start: int) -> float:
        odds = self.before(start)
        if not self.ends or odds == _AFTER_LABEL:
            return odds
        listed = any(n in self.ends and _LIST_GAP.fullmatch(self.text, n, start) for n in range(start - 4, start))
        return _IN_LIST if listed else odds

    def _after_odds(self, end: int) -> float:
        odds = self.after(end)
        if not self.starts or odds == _BEFORE_WORD:
            return odds
        listed = any(n in self.starts and _LIST_GAP.fullmatch(self.text, end, n) for n in range(end + 1, end + 5))
        return _IN_LIST if listed else odds


def _odds_before(text: str, start: int) -> float:
    if _labelled(text, start):
        return _AFTER_LABEL
    return _CLAUSE_START if start == 0 or text[start - 1] in _CLAUSE else 0.0


def _labelled(text: str, start: int) -> bool:
    at = start
    while at > 0 and start - at < 4 and text[at - 1] in _LABEL_GAP:
        at -= 1
    return ends_with_label(text, at)


def _odds_after(text: str, end: int) -> float:
    if text[end : end + 1] in after_heads() and text.startswith(after_words(), end):
        return _BEFORE_WORD
    if _PLACES.match(text, end):
        return _PLACE
    return _CLAUSE_END if end == len(text) or text[end] in _CLAUSE else 0.0


def _merged(*groups: Iterable[Span]) -> list[Span]:
    """All spans in order; where two overlap, the one of the earlier group stays."""
    taken: set[int] = set()
    kept = []
    for span in (span for group in groups for span in group):
        if taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            kept.append(span)
    return sorted(kept)
