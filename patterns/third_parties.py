"""People whom a penalty document must not name: witnesses, the injured, those who complained; and minors.

Whom the penalty is about may be named; others may not (行政处罚信息公示: 隐去被处罚人以外自然人姓名), nor may
anyone under eighteen (未成年人保护法 §103).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from patterns.factors import Factor
from patterns.found import Subject
from patterns.illness import called
from patterns.prose import tell
from patterns.whose_name import name_hit

_PUNISHED: Final = re.compile("违法行为人|违法人员?|被处罚人|被处罚对象|当事人|行为人|嫌疑人")
_TOLD: Final = 60  # characters behind a name in which its age is told
_ROLES: Final = re.compile("证人|证明人|投诉人|报警人|报案人|伤者|死者|被侵害人|被侵权人|受害人|被害人|消费者|知情人")


def read(text: str, subjects: list[Subject]) -> list[Subject]:
    """Subjects of a third party's or a minor's name that no other subject holds."""
    starts = sorted(subject.start for subject in subjects)
    ends = sorted(subject.end for subject in subjects)
    return [
        subject
        for subject in (*_named(text), *_young(text))
        if bisect_right(starts, subject.start) <= bisect_right(ends, subject.start)
    ]


def _young(text: str) -> Iterator[Subject]:
    """Those punished of whom it is said how old they are; whether they are minors hangs on the day."""
    for role in _PUNISHED.finditer(text):
        for span in called(text, role.start(), role.end()):
            about = text[span.end : span.end + _TOLD].split("。")[0].split("\n")[0]
            subject = Subject(start=span.start, end=span.end)
            tell(subject, about)
            if "未成年" in about:
                subject.facts |= Factor.MINOR_18
            if not span.masked and (subject.facts or subject.age or subject.birth or subject.birth_month):
                subject.hits.append(name_hit(text, span.start, span.end, span.score, span.how))
                yield subject


def _named(text: str) -> Iterator[Subject]:
    for role in _ROLES.finditer(text):
        for span in called(text, role.start(), role.end()):
            if not span.masked:
                hit = name_hit(text, span.start, span.end, span.score, span.how)
                yield Subject([hit], Factor.THIRD_PARTY, start=span.start, end=span.end)
