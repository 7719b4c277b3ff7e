"""Why a text was judged as it was, step by step: what was found and checked, what raised or lowered it, which rule.

Works on hits as the matcher writes them (``everything=True``, so that what was dismissed is explained too) and adds the
numbers that are no hit, each with the reason. No raw value is in an explanation; offsets lead a caller to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from patterns import bank_card, mobile, resident_id
from patterns.context import HEAD, document_factors
from patterns.explain_words import ABOUT, ASIDE, FOUND, RAISES
from patterns.factors import Factor
from patterns.legal import citations
from patterns.publicity import publicity_period
from patterns.reasons import entity_name, signal_words
from patterns.safe import mask
from patterns.schema import Severity
from patterns.severity import ADJUSTMENT_BASIS, rule

_RULES_OF: Final = {"code": "S51", "sample": "S50", "name_alone": "S52"}  # what the matcher calls three of the rules
_LOWERS: Final = frozenset(
    ("down", "code", "sample", "office", "hotline", "organisation", "official", "agent", "url", "prefix")
)
_NOT_PERSONAL: Final = frozenset(("CODE", "OFFICE_PHONE", "ORG_ACCOUNT"))  # what a label may say
_LEFT: Final = re.compile(r"R=(\d+)")
_ENOUGH: Final = 1000  # a mask that leaves more people is sufficient (patterns.factors.Factor.ID_MASKED)
_MOVES: Final = ("up:", "down:")
_SAID_ELSEWHERE: Final = (*_MOVES, "name:")  # how a name was recognised is its validation too
_NUMBER: Final = re.compile(r"(?<![0-9])[0-9]{7,}[Xx]?")
_MOST_ASIDE: Final = 50
_PERIODS: Final = Factor.AID | Factor.STUDENT_AID | Factor.RECRUIT


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that counted. ``effect``: "+" raised it, "-" lowered it, "" only describes it."""

    effect: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One hit: what it is, how it was recognised, what counted, which rule set its level."""

    hit: Mapping[str, Any]  # columns of patterns.schema.HITS
    name: str  # what it is, in words
    found: tuple[str, ...]  # how it was recognised and checked, in words
    facts: tuple[Fact, ...]
    rule: str  # its code in the severity table; "" for one that the table does not hold
    rule_words: str
    rule_level: Severity | None  # the level of the rule itself …
    moves: tuple[str, ...]  # … what moved it, in words …
    severity: Severity  # … and what came of it
    law: str  # citations, parted by semicolons


@dataclass(frozen=True, slots=True)
class Aside:
    """A number that is no hit. Offsets in code points."""

    start: int
    end: int
    masked: str
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    about: tuple[str, ...]  # what the document is about, in words
    steps: tuple[Step, ...]  # in order of their place
    aside: tuple[Aside, ...]  # at most fifty


def explain(
    text: str,
    hits: Sequence[Mapping[str, Any]],
    *,
    title: str = "",
    parent_title: str = "",
    section: str = "",
    published: date | None = None,
    today: date | None = None,
    lang: str = "zh",
) -> Explanation:
    """The explanation of one document's hits. ``text`` may be empty where it is not at hand: then nothing is aside."""
    now = today or date.today()
    about = tuple(_about(text, title, parent_title, section, published, now, lang))
    steps = tuple(_step(hit, published, now, lang) for hit in sorted(hits, key=lambda hit: (hit["start"], -hit["end"])))
    return Explanation(about, steps, tuple(_aside(text, hits, lang)))


def _about(
    text: str, title: str, parent_title: str, section: str, published: date | None, today: date, lang: str
) -> Iterator[str]:
    context = document_factors(title, parent_title, section, text[:HEAD])
    factors = context.factors | context.minors
    yield from (_pick(words, lang) for factor, words in ABOUT if factor & factors)
    period = publicity_period(text, published) if factors & _PERIODS else None
    if period is not None:
        yield signal_words("period:over" if period.over(today) else "period:running", lang)


def _step(hit: Mapping[str, Any], published: date | None, today: date, lang: str) -> Step:
    code = _RULES_OF.get(hit["severity_rule"], hit["severity_rule"])
    row = rule(code)
    moves = [signal for signal in hit["signals"] if signal.startswith(_MOVES)]
    laws = (row.basis if row else ()) + tuple(law for move in moves for law in ADJUSTMENT_BASIS.get(move, ()))
    return Step(
        hit=hit,
        name=entity_name(hit["entity_type"], lang),
        found=tuple(_found(hit["validation"], lang)),
        facts=tuple(
            Fact(_effect(s), signal_words(s, lang)) for s in hit["signals"] if not s.startswith(_SAID_ELSEWHERE)
        ),
        rule=code if row else "",
        rule_words=(row.zh if lang == "zh" else row.en) if row else "",
        rule_level=row.level if row else None,
        moves=tuple(signal_words(move, lang) for move in moves),
        severity=Severity(hit["severity"]),
        law=citations(laws, published, today),
    )


def _found(validation: str, lang: str) -> Iterator[str]:
    """How a value was checked; a code without words stands for itself."""
    for check in filter(None, validation.split(",")):
        words = FOUND.get(check) or FOUND.get(check.partition(":")[0])
        yield _pick(words, lang) if words else check


def _effect(signal: str) -> str:
    name, _, detail = signal.partition(":")
    if name in _LOWERS or (name in ("label", "header") and not _NOT_PERSONAL.isdisjoint(detail.split("|"))):
        return "-"
    if name == "mask" and (left := _LEFT.match(detail)) and int(left[1]) > _ENOUGH:
        return "-"
    return "+" if name in RAISES else ""


def _aside(text: str, hits: Sequence[Mapping[str, Any]], lang: str) -> Iterator[Aside]:
    taken = sorted((hit["start"], hit["end"]) for hit in hits)
    shown = 0
    for match in _NUMBER.finditer(text):
        if shown < _MOST_ASIDE and not any(a < match.end() and match.start() < b for a, b in taken):
            shown += 1
            yield Aside(match.start(), match.end(), mask("", match[0]), _pick(ASIDE[why_aside(match[0])], lang))


def why_aside(number: str) -> str:
    """The reason, a key of ASIDE, why a number by itself is not taken for anything.

    >>> why_aside("110105194912310021"), why_aside("110105194913310021"), why_aside("2017120100123")
    ('checksum', 'date', 'no_kind')
    """
    if len(number) == 18:
        return resident_id.validate18(number).failed or "no_person"
    if len(number) == 15 and resident_id.validate15(number).ok:
        return "id15"
    if len(number) == 11 and mobile.validate(number).ok:
        return "no_person"
    if bank_card.validate(number).ok:
        return "card"
    return "no_kind"


def _pick(words: tuple[str, str], lang: str) -> str:
    return words[0] if lang == "zh" else words[1]
