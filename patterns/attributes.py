"""What a row or sentence says of a person beside numbers: illness, disability, family, what the law keeps secret."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import ahocorasick

from patterns.factors import Factor
from patterns.lexicons import words

_NO_STATE: Final = re.compile(r"^(?:无|否|没有|正常|健康|良好|一般|合格|[-—/\\、\s]*|0)$")


@cache
def _automaton() -> Any:
    automaton = ahocorasick.Automaton()
    no_state = frozenset(words("attribute_none"))
    for factor, found in (
        (Factor.FAMILY, words("attribute_family")),
        (Factor.HEALTH, words("sens_health")),
        (Factor.DISABILITY, words("sens_disability")),
        (Factor.HEALTH_SECRET, (*words("sens_mental"), *words("attribute_secret"))),
    ):
        for word in found:
            if word not in no_state:
                automaton.add_word(word, int(factor))
    automaton.make_automaton()
    return automaton


def attribute_factors(text: str) -> int:
    """HEALTH, HEALTH_SECRET, DISABILITY, FAMILY, as far as the text names such a state.

    >>> attribute_factors("患者，男，尿毒症，离异") == Factor.HEALTH | Factor.FAMILY
    True
    """
    every = 0
    for _, factor in _automaton().iter(text.lower()):
        every |= factor
    return every


def says_nothing(cell: str) -> bool:
    """Whether a cell of an illness or disability column says that there is none: 无, 否, 健康.

    >>> says_nothing("无"), says_nothing("慢性肾衰竭")
    (True, False)
    """
    return _NO_STATE.match(cell.strip()) is not None
