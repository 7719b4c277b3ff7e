"""What the severity table says of each hit of a record, once it is known who its people are."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Final

from patterns import linking
from patterns.characters import is_digits
from patterns.factors import Factor
from patterns.found import Found, Subject
from patterns.masked_values import judge_masks
from patterns.resident_id import birth_date
from patterns.schema import Severity
from patterns.severity import SMALLEST_TIER, is_lawful, judge, rule, volume_level

_NOT_A_FINDING: Final = Factor.SAMPLE | Factor.CODE
_GROWN_UP: Final = 20  # years by the calendar's year alone


def judged(subjects: list[Subject], document: int, minors: int, on: date) -> list[Found]:
    """The hits of the subjects, each with its level, in order of start. ``document``: its factors; ``minors``: what it
    says of all its people's age; ``on``: the day ages count at."""
    masked = 0
    for subject in subjects:
        subject.facts |= minors
        held = subject.factors & linking.TOGETHER
        masked |= held & linking.MASKED
        if held & Factor.ID_MASKED:
            judge_masks(subject, on)
        if held:
            linking.own(subject)
    if masked:
        linking.link(subjects, on)
    for subject in subjects:
        _ages(subject, on)
        _levels(subject, document)
    if is_lawful(document):
        linking.forget(subjects)
    return _once([hit for subject in subjects for hit in subject.hits])


def _once(hits: list[Found]) -> list[Found]:
    """In order of start; of a value that two subjects hold, the higher level stays."""
    if all(first.end <= second.start for first, second in pairwise(hits)):
        return hits  # as a table's are
    kept: list[Found] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.entity, -hit.severity)):
        last = kept[-1] if kept else None
        if last is None or (last.start, last.end, last.entity) != (hit.start, hit.end, hit.entity):
            kept.append(hit)
    return kept


def _ages(subject: Subject, on: date) -> None:
    """MINOR_14 and MINOR_18 by the birth date that an ID, a column or an age column tells; of a month or a year its
    first day, at which a person is oldest."""
    numbers = [hit.value[-18:] for hit in subject.hits if hit.factor & Factor.ID]
    told = subject.birth or _first_day(subject)
    if subject.age is None and told is None:
        grown_up = on.year - _GROWN_UP
        numbers = [number for number in numbers if not _born_before(number, grown_up)]
        if not numbers:
            return
    births = [told, *map(birth_date, numbers)]
    years = [(on - birth).days / 365.2425 for birth in births if birth is not None and birth <= on]
    if subject.age is not None and not years:
        years.append(subject.age)
    if len(years) and min(years) < 14:
        subject.facts |= Factor.MINOR_14
    elif len(years) and min(years) < 18:
        subject.facts |= Factor.MINOR_18


def _first_day(subject: Subject) -> date | None:
    if subject.birth_month is not None:
        return date(*subject.birth_month, 1)
    return date(subject.birth_year, 1, 1) if subject.birth_year is not None else None


def _born_before(number: str, year: int) -> bool:
    """Whether an ID number's year of birth, if it has one, is that of a grown-up: most are."""
    born = number[6:10]
    return len(number) == 18 and is_digits(born) and int(born) < year


def _levels(subject: Subject, document: int) -> None:
    """Gives each hit the level of the highest rule it takes part in."""
    factors = subject.facts | document
    for hit in subject.hits:
        if not hit.factor & _NOT_A_FINDING:
            factors |= hit.factor
    verdicts = judge(factors)
    named = factors & Factor.NAME
    for hit in subject.hits:
        factor = hit.factor
        if factor & _NOT_A_FINDING:
            hit.severity, hit.severity_rule = Severity.SUPPORTING, "code" if factor & Factor.CODE else "sample"
            continue
        verdict = verdicts[factor]
        hit.severity, hit.severity_rule = verdict.level, verdict.rule
        if verdict.adjusted:
            hit.signals += verdict.adjusted
        if named and not factor & Factor.NAME:
            hit.signals.append("row:name")


def raise_by_volume(hits: list[Found]) -> None:
    """One level up from 50, 500 or 5,000 people (patterns.severity.volume_level)."""
    if len(hits) < SMALLEST_TIER:
        return
    people: dict[int, set[str]] = {}
    counted = [hit for hit in hits if hit.severity >= Severity.LOW or _ends_in_sight(hit)]
    for hit in counted:
        people.setdefault(hit.factor, set()).add(hit.value)
    if max(map(len, people.values()), default=0) < SMALLEST_TIER:
        return
    levels: dict[tuple[int, str, int], Severity] = {}
    for hit in counted:
        what = hit.severity, hit.severity_rule, hit.factor
        raised = levels.get(what)
        if raised is None:
            row = rule(hit.severity_rule)
            kind = hit.factor | (row.needs if row else 0)  # an illness is no hit: the rule tells that it counts
            raised = levels[what] = volume_level(Severity(hit.severity), len(people[hit.factor]), kind)
        if raised > hit.severity:
            hit.severity = raised
            hit.signals.append("up:volume")


def _ends_in_sight(hit: Found) -> bool:
    """A sufficient mask that shows the last four digits: in a long list they are put together with others."""
    return bool(hit.factor & Factor.ID_MASKED) and hit.severity == Severity.INFO and "*" not in hit.value[-4:]
