"""What ``scan explain`` says of one document: as lines for people and as a row for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

import click

from patterns.explain import Aside, Explanation, Step
from patterns.reasons import severity_name
from patterns.schema import Severity
from scanner import severities
from scanner.i18n import N_, _, language
from scanner.places import Spot, where
from scanner.widths import visible, width, wrap

_SIGNS: Final = {"+": "＋", "-": "－", "": "·"}
_INDENT: Final = "   "
_SHOWN: Final = 40  # steps that are written out for people; the rest is counted
_NO_RULE: Final = N_("no rule of the table")


def lines(explanation: Explanation, text: str, columns: int, *, reveal: bool) -> Iterator[str]:
    """One document, step by step. ``text`` is looked into only with ``reveal``."""
    about = _("; ").join(explanation.about) or _("nothing that makes a list sensitive or lawful")
    yield from _wrapped(_("This document is about: {about}").format(about=about), columns, "")
    if not explanation.steps:
        yield _("Nothing was found in it.")
    for number, step in enumerate(explanation.steps[:_SHOWN], start=1):
        yield ""
        yield from _step(number, step, text, columns, reveal)
    if len(explanation.steps) > _SHOWN:
        yield ""
        yield _("… and {count} more; --format jsonl lists every one.").format(count=len(explanation.steps) - _SHOWN)
    if explanation.aside:
        yield ""
        yield click.style(_("Numbers that were left aside"), bold=True)
        for aside in explanation.aside:
            yield from _wrapped(f"{_aside_value(aside, text, reveal)}  {aside.why}", columns, _INDENT)
    yield ""


def row(explanation: Explanation, text: str, *, reveal: bool) -> dict[str, Any]:
    """One document, as ``--format jsonl`` writes it. ``start`` and ``end`` are code points."""
    return {
        "about": list(explanation.about),
        "steps": [_step_row(step, text, reveal) for step in explanation.steps],
        "aside": [_aside_row(aside, text, reveal) for aside in explanation.aside],
    }


def _step(number: int, step: Step, text: str, columns: int, reveal: bool) -> Iterator[str]:
    hit = step.hit
    spot = Spot(hit["segment"], hit["place"], hit["row"], hit["col"], hit["hidden"])
    value = _revealed(step, text) if reveal else ""
    yield click.style(f"{number}. {step.name}  {visible(value) or hit['masked']}", bold=True) + f"  {where(spot)}"
    recognised = _(", ").join(step.found) or _("by its shape")
    sure = _("Recognised: {how} (sure to {score})").format(how=recognised, score=f"{hit['score']:.2f}")
    yield from _wrapped(sure, columns, _INDENT)
    for fact in step.facts:
        yield from _wrapped(f"{_SIGNS[fact.effect]} {visible(fact.words)}", columns, _INDENT)
    yield from _wrapped(_level(step), columns, _INDENT)
    if step.law and step.severity > Severity.SUPPORTING:
        yield from _wrapped(_("Law: {law}").format(law=step.law), columns, _INDENT)


def _level(step: Step) -> str:
    final = severity_name(step.severity, language())
    rule = f"{step.rule} {step.rule_words}" if step.rule else _(_NO_RULE)
    if step.rule_level is None or not step.moves:
        return _("Level: {level}, by rule {rule}").format(level=final, rule=rule)
    moves = _(", ").join(step.moves)
    return _("Level: {level}. Rule {rule} gives {before}; then: {moves}").format(
        level=final, rule=rule, before=severity_name(step.rule_level, language()), moves=moves
    )


def _revealed(step: Step, text: str) -> str:
    """The value itself; of a sign of a state secret never."""
    hidden = step.severity >= Severity.SECRET or step.hit["entity_type"] == "SECRET_MARK"
    return "" if hidden else text[step.hit["start"] : step.hit["end"]]


def _aside_value(aside: Aside, text: str, reveal: bool) -> str:
    return text[aside.start : aside.end] if reveal else aside.masked


def _step_row(step: Step, text: str, reveal: bool) -> dict[str, Any]:
    hit = step.hit
    said: dict[str, Any] = {name: hit[name] for name in ("entity_type", "rule_id", "start", "end", "masked")}
    if reveal and (value := _revealed(step, text)):
        said["value"] = value
    said |= {"score": round(float(hit["score"]), 3), "recognised": list(step.found)}
    said |= {"facts": [asdict(fact) for fact in step.facts], "rule": step.rule, "rule_words": step.rule_words}
    said["rule_severity"] = None if step.rule_level is None else severities.name(step.rule_level)
    return said | {"moved": list(step.moves), "severity": severities.name(step.severity), "law": step.law}


def _aside_row(aside: Aside, text: str, reveal: bool) -> dict[str, Any]:
    said: dict[str, Any] = {"start": aside.start, "end": aside.end, "masked": aside.masked, "why": aside.why}
    return said | ({"value": text[aside.start : aside.end]} if reveal else {})


def _wrapped(text: str, columns: int, indent: str) -> Iterator[str]:
    yield from (indent + line for line in wrap(text, columns - width(indent)) or [""])
