"""One person twice in one document: masked here and in full there, or masked in two ways. What both show counts.

Between documents the store does the same with sketches (:mod:`patterns.sketches`), because it must not hold digits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import Final

from patterns.factors import Factor
from patterns.found import Found, Subject
from patterns.masked_values import left_to, level_of
from patterns.masking import MaskedID, merge

MASKED: Final = Factor.ID_MASKED_10 | Factor.ID_MASKED_100 | Factor.ID_MASKED_1000 | Factor.ID_MASKED
TOGETHER: Final = MASKED | Factor.ID
_LEAST_SHARED: Final = 6  # places that both must show, beside the name; as in patterns.sketches
_MOST: Final = 200  # numbers of one name in one document: more is a table of one family's payments, or hostile

_WHOLE: Final = re.compile("[0-9]{17}[0-9X]")

Number = tuple[Subject, Found, MaskedID]


def own(subject: Subject) -> None:
    """Says whose each ID number of a subject is: the name before it, else the first behind it."""
    names = [hit for hit in subject.hits if hit.factor & Factor.NAME]
    if not names:
        return
    if len(names) > 1:
        names.sort(key=lambda hit: hit.start)
    for hit in subject.hits:
        if hit.factor & TOGETHER:
            before = [name for name in names if name.start < hit.start] if len(names) > 1 else names
            hit.owner = (before[-1] if before else names[0]).value


def pattern_of(hit: Found) -> str:
    """The eighteen places an ID number shows, hidden ones as ``*``; "" when it is none, or they may lie in two ways."""
    if hit.factor & MASKED:
        number = MaskedID.parse(hit.value)
        return number.patterns[0] if number is not None and len(number.patterns) == 1 else ""
    inside = hit.value.lstrip("GJL")[:18]  # a student's or a sole trader's number holds the ID
    return inside if _WHOLE.fullmatch(inside) else ""


def forget(subjects: list[Subject]) -> None:
    """Leaves masked numbers out of what other documents explain: the law has them published."""
    for subject in subjects:
        for hit in subject.having(MASKED):
            hit.owner = ""


def link(subjects: list[Subject], on: date) -> None:
    """Judges masked numbers anew by what the same person's other numbers in this document show."""
    if not any(hit.owner for subject in subjects for hit in subject.having(MASKED)):
        return
    for numbers in _by_owner(subjects).values():
        for subject, hit, number in numbers[:_MOST]:
            if hit.factor & MASKED and hit.factor != Factor.ID_MASKED_10:
                _judge(subject, hit, number, numbers[:_MOST], on)


def _by_owner(subjects: list[Subject]) -> dict[str, list[Number]]:
    owners: dict[str, list[Number]] = defaultdict(list)
    for subject in subjects:
        for hit in subject.having(TOGETHER):
            number = MaskedID.parse(hit.value) if hit.factor & MASKED else MaskedID.of(hit.value)
            if number is not None and hit.owner:
                owners[hit.owner].append((subject, hit, number))
    return owners


def _judge(subject: Subject, hit: Found, number: MaskedID, numbers: list[Number], on: date) -> None:
    joined = number
    for _, other, shown in numbers:
        if other is not hit and _shared(number, shown) >= _LEAST_SHARED:
            joined = merge(joined, shown) or joined
    if joined != number:
        left = left_to(joined, hit.near or subject, on)
        hit.factor = level_of(left)
        hit.signals.append(f"joined:{left}")


def _shared(first: MaskedID, second: MaskedID) -> int:
    """Places that both show, where each can lie in one way only."""
    if len(first.patterns) != 1 or len(second.patterns) != 1:
        return 0
    return sum("*" not in pair for pair in zip(first.patterns[0], second.patterns[0], strict=True))
