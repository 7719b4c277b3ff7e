"""Kinds of values as people type them: 手机, 身份证号, mobile number, MOBILE."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from patterns.reasons import entity_name, entity_types
from scanner.i18n import language

_LANGUAGES: Final = ("zh", "en")


def parse(typed: str) -> list[str]:
    """The codes a person may mean: of the one that is called so, else of those with the words in their names.

    >>> parse("手机"), parse("手机号"), parse("mobile"), parse("MASKED_ID"), parse("bad"), parse("")
    (['MOBILE'], ['MOBILE'], ['MOBILE'], ['MASKED_ID'], [], [])
    """
    words = typed.strip().lower()
    known = {code: {code.lower(), *(entity_name(code, one).lower() for one in _LANGUAGES)} for code in entity_types()}
    exact = [code for code, called in known.items() if words in called]
    return exact or [code for code, called in known.items() if words and any(words in name for name in called)]


def names(codes: Sequence[str] = ()) -> list[str]:
    """What kinds are called on the screen; all of them when none are named."""
    return [entity_name(code, language()) for code in codes or entity_types()]


def rule_name(rule_id: str) -> str:
    """What a rule finds: of resident_id.18 "身份证号"."""
    from patterns.registry import ALL

    of_rule = {pattern.rule_id: pattern.entity_type for pattern in ALL}
    return entity_name(of_rule.get(rule_id) or rule_id.upper().replace(".", "_"), language())
