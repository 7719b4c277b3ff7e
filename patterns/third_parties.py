"""People named in a penalty document who are not the ones punished: witnesses, the injured, those who complained.

Whom the penalty is about may be named; others may not (行政处罚信息公示: 隐去被处罚人以外自然人姓名).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from patterns.factors import Factor
from patterns.found import Subject
from patterns.illness import called
from patterns.prose import name_hit

_ROLES: Final = re.compile("证人|证明人|投诉人|报警人|报案人|伤者|死者|被侵害人|被侵权人|受害人|被害人|消费者|知情人")


def read(text: str, subjects: list[Subject]) -> list[Subject]:
    """Subjects of a third party's name that no other subject holds."""
    starts = sorted(subject.start for subject in subjects)
    ends = sorted(subject.end for subject in subjects)
    return [
        subject for subject in _named(text) if bisect_right(starts, subject.start) <= bisect_right(ends, subject.start)
    ]


def _named(text: str) -> Iterator[Subject]:
    for role in _ROLES.finditer(text):
        for span in called(text, role.start(), role.end()):
            if not span.masked:
                hit = name_hit(text, span.start, span.end, span.score, span.how)
                yield Subject([hit], Factor.THIRD_PARTY, start=span.start, end=span.end)
