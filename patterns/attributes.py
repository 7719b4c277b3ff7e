"""What a row or sentence says of a person beside numbers: illness, disability, family, what the law keeps secret."""

from __future__ import annotations

import re
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Any, Final

import ahocorasick

from patterns.characters import squeeze
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
    if "残疾人" in text and _DISABLED.search(text):
        every |= Factor.DISABILITY
    return every


# 某某系残疾人, 为肢体残疾人: not 残疾人联合会, nor 负责人为残疾人的.
_CLASS: Final = "重度|[一二三四]级|视力|听力|言语|肢体|智力|精神|多重"
_DISABLED: Final = re.compile(
    rf"(?:系(?:{_CLASS}){{0,2}}|(?:为|是|属于?)(?:{_CLASS}){{1,2}})残疾人(?=[，,。；;、）)]|$)"
)


_AROUND: Final = re.compile(
    r"^(?:因|本人|身)?(?:患有|患上|患了|患|确诊为|确诊|系|为)?|(?:患者|病人|晚期|术后|[一二三四1-4]级)$"
)
_AND: Final = re.compile("[、，,；;/+和及]")
_CLASSIFIED: Final = re.compile(r"(?:视力|听力|言语|肢体|智力|精神|多重)(?:残疾)?[一二三四1-4]级(?:残疾)?")


@lru_cache(8192)
def state_of(cell: str) -> int:
    """The state of a person that a cell says and nothing beside it; 0: none, or more than that.

    >>> state_of("患尿毒症") == Factor.HEALTH, state_of("肢体三级") == Factor.DISABILITY, state_of("星河市肿瘤医院")
    (True, True, 0)
    """
    text = squeeze(cell)
    if len(text) > _LONGEST_STATE or text.isascii():
        return 0
    if _CLASSIFIED.fullmatch(text):
        return Factor.HEALTH_SECRET | Factor.DISABILITY if text.startswith("精神") else Factor.DISABILITY
    states = [_states().get(_AROUND.sub("", part), 0) for part in _AND.split(text)]
    return reduce(or_, states) if all(states) else 0


_LONGEST_STATE: Final = 24


@cache
def _states() -> dict[str, int]:
    words_of = {word: factor for word, factor in _automaton().items() if len(word) > 1}
    return {word: factor for word, factor in words_of.items() if factor != Factor.FAMILY}


def says_nothing(cell: str) -> bool:
    """Whether a cell of an illness or disability column says that there is none: 无, 否, 健康.

    >>> says_nothing("无"), says_nothing("慢性肾衰竭")
    (True, False)
    """
    return _NO_STATE.match(cell.strip()) is not None
