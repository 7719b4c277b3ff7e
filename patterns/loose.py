"""What running text says of somebody without a number that would lead there: a home, a QQ number, a local telephone."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from patterns.attributes import attribute_factors
from patterns.factors import Factor
from patterns.found import Found, Subject
from patterns.labels import label_kind
from patterns.prose import HOME_WORD, LABEL_WINDOW, PERSONAL, add, homes
from patterns.sentences import REACH, subject_span
from patterns.whose_name import names_beside
from patterns.worded import worded


def read_homes(text: str, taken: list[Subject]) -> list[Subject]:
    """People at home in running text that holds no number of theirs: 家住…3组12号."""
    starts, ends = sorted(s.start for s in taken), sorted(s.end for s in taken)
    found: list[Subject] = []
    for word in HOME_WORD.finditer(text):
        inside = bisect_right(starts, word.start()) > bisect_right(ends, word.start())
        if inside or (found and word.start() < found[-1].end):
            continue
        line = text.find("\n", word.end())
        stop = min(line if line >= 0 else len(text), word.end() + REACH)
        hits = homes(text[word.start() : stop], word.start())
        if hits:
            start, end = subject_span(text, hits[0].start, hits[0].end)
            subject = Subject([hit for hit in hits if hit.end <= end], start=start, end=end)
            add(subject, names_beside(text, subject, subject.hits))
            subject.facts |= attribute_factors(text[start:end])
            found.append(subject)
    return found


def read_cards(text: str, taken: list[Subject]) -> list[Subject]:
    """Social security cards and permits of bare digits, behind their words, that no other subject holds."""
    hits = worded(text, 0, len(text))
    return _alone(text, [hit for hit in hits if hit.factor & Factor.OTHER_DOC], taken)


def read_messengers(text: str, taken: list[Subject]) -> list[Subject]:
    """QQ and WeChat accounts, e-mail with #, and telephones without their area code, that no other subject holds."""
    hits = worded(text, 0, len(text))
    return _alone(text, [hit for hit in hits if not hit.factor & Factor.OTHER_DOC] + local_phones(text), taken)


def _alone(text: str, hits: list[Found], taken: list[Subject]) -> list[Subject]:
    """A subject for each hit that stands in none yet, with the names beside it."""
    starts, ends = sorted(s.start for s in taken), sorted(s.end for s in taken)
    found = []
    for hit in hits:
        if bisect_right(starts, hit.start) <= bisect_right(ends, hit.start):
            start, end = subject_span(text, hit.start, hit.end)
            subject = Subject([hit], start=start, end=end)
            add(subject, names_beside(text, subject, [hit]))
            found.append(subject)
    return found


_LOCAL_PHONE: Final = re.compile(r"(?:电话|宅电|座机)[^\d\n]{0,6}(?<![\d\-])([2-8]\d{6,7})(?![\d\-])")


def local_phones(text: str) -> list[Found]:
    """Seven or eight digits behind a word for telephone."""
    found = []
    for match in _LOCAL_PHONE.finditer(text):
        start, end = match.span(1)
        personal = label_kind(text[max(0, start - LABEL_WINDOW) : start])[0] & PERSONAL
        factor = Factor.LANDLINE if personal else Factor.OFFICE_PHONE
        found.append(Found(start, end, "LANDLINE", "landline.bare", factor, match[1], "label", 0.6))
    return found
