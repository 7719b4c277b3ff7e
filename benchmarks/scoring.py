"""Hits against gold: what was found, what was missed, what was invented; by entity type, written form and case.

A required value counts as found when a hit of its type covers it and is not much longer; addresses when most of
them, the detailed end included, is covered. A hit of severity SUPPORTING invents nothing, except a name. Values that
are not required (an official's name) count neither way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.documents import Doc
from patterns.schema import Severity
from scanner.synthetic.content import Gold

MEASURED: Final = (
    "RESIDENT_ID", "MOBILE", "LANDLINE", "BANK_CARD", "BANK_ACCOUNT", "EMAIL", "PERSON_NAME", "ADDRESS", "STUDENT_NO",
    "DISABILITY_NO", "TAX_NO", "RESIDENCE_PERMIT", "PERMANENT_RESIDENCE_ID", "PASSPORT", "TRAVEL_PERMIT", "MILITARY_ID",
    "VEHICLE_PLATE", "QQ", "WECHAT", "MASKED_ID", "DAMAGED_ID",
)  # fmt: skip
_SAME: Final = {"BANK_ACCOUNT": "BANK_CARD"}  # a card under an account header is either
_SLACK: Final = 8  # a country code, brackets
_COVER: Final = 0.6  # share of an address

Hit = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """One miss or false alarm; ``text`` is synthetic and may be shown."""

    what: str  # miss, false alarm, case missed, case invented
    entity: str
    form: str
    template: str
    text: str


@dataclass(slots=True)
class Score:
    wanted: Counter[tuple[str, str]] = field(default_factory=Counter)  # (entity, form)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)  # hits on gold, by entity
    wrong: Counter[str] = field(default_factory=Counter)
    cases: Counter[str] = field(default_factory=Counter)  # tp fp fn tn, level_ok, levels
    examples: list[Example] = field(default_factory=list)

    def recall(self) -> dict[str, float]:
        wanted: Counter[str] = Counter()
        found: Counter[str] = Counter()
        for (entity, form), count in self.wanted.items():
            wanted[entity] += count
            found[entity] += self.found[entity, form]
        return {entity: found[entity] / wanted[entity] for entity in MEASURED if wanted[entity]}

    def precision(self) -> dict[str, float]:
        return {
            entity: self.right[entity] / (self.right[entity] + self.wrong[entity])
            for entity in MEASURED
            if self.right[entity] + self.wrong[entity]
        }

    def case(self) -> dict[str, float]:
        tp, fp, fn = self.cases["tp"], self.cases["fp"], self.cases["fn"]
        return {
            "precision": tp / (tp + fp) if tp + fp else 1.0,
            "recall": tp / (tp + fn) if tp + fn else 1.0,
            "level": self.cases["level_ok"] / max(self.cases["levels"], 1),
        }


def score(doc: Doc, hits: Sequence[Hit], into: Score) -> None:
    """Adds one document's comparison."""
    by_entity: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_entity[_same(hit["entity_type"])].append(hit)
    for gold in doc.gold:
        if gold.required:
            _wanted(doc, gold, by_entity[_same(gold.entity)], into)
    for hit in hits:
        _judged(doc, hit, into)
    _case(doc, hits, into)


def _same(entity: str) -> str:
    return _SAME.get(entity, entity)


def _wanted(doc: Doc, gold: Gold, hits: Sequence[Hit], into: Score) -> None:
    into.wanted[gold.entity, gold.form] += 1
    covering = [hit for hit in hits if _covers(hit, gold)]
    if not covering:
        around = doc.text[max(gold.start - 12, 0) : gold.end + 8]
        into.examples.append(Example("miss", gold.entity, gold.form, doc.template, around))
        return
    into.found[gold.entity, gold.form] += 1
    if any((hit["start"], hit["end"]) == (gold.start, gold.end) for hit in covering):
        into.exact[gold.entity] += 1


def _covers(hit: Hit, gold: Gold) -> bool:
    start, end = int(hit["start"]), int(hit["end"])
    shared = min(end, gold.end) - max(start, gold.start)
    if gold.entity == "ADDRESS":
        return shared >= _COVER * (gold.end - gold.start) and end >= gold.end - 1
    slack = 1 if gold.entity == "PERSON_NAME" else _SLACK
    return start <= gold.start and end >= gold.end and end - start <= gold.end - gold.start + slack


def _judged(doc: Doc, hit: Hit, into: Score) -> None:
    entity: str = hit["entity_type"]
    counted = hit["severity"] > Severity.SUPPORTING or entity == "PERSON_NAME"
    if entity not in MEASURED or not counted:
        return
    start, end = int(hit["start"]), int(hit["end"])
    touched = [gold for gold in doc.gold if gold.start < end and start < gold.end]
    same = [gold for gold in touched if _same(gold.entity) == _same(entity)]
    if any(gold.required for gold in same):
        into.right[entity] += 1
    elif not same and doc.text[start:end] not in doc.neutral:
        into.wrong[entity] += 1
        cause = f"taken for {entity}, is {touched[0].entity}" if touched else str(hit["rule_id"])
        into.examples.append(
            Example("false alarm", entity, cause, doc.template, doc.text[max(start - 12, 0) : end + 8])
        )


def _case(doc: Doc, hits: Sequence[Hit], into: Score) -> None:
    if doc.expect is None:
        return
    level = max((int(hit["severity"]) for hit in hits), default=0)
    leaks, called = doc.expect >= Severity.MEDIUM, level >= Severity.MEDIUM
    into.cases[("t" if leaks == called else "f") + ("p" if called else "n")] += 1
    if leaks:
        into.cases["levels"] += 1
        into.cases["level_ok"] += level >= doc.expect
        if level < doc.expect:
            into.examples.append(Example("case too low", str(level), f"expected {doc.expect}", doc.template, doc.title))
    elif called:
        rules = sorted({f"{h['entity_type']}/{h['severity_rule']}" for h in hits if h["severity"] >= Severity.MEDIUM})
        into.examples.append(Example("case invented", str(level), " ".join(rules), doc.template, doc.title))
