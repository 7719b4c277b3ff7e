"""What a document is about, from its title, section and first lines: aid, penalties, rosters, lists of the ill.

Titles and sections speak for themselves, and so does a first line that is the title of a list or form. The other first
lines of the text count only for aid, and only with a word that announces a list of people, because navigation and news
name every kind of aid.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

import ahocorasick
import numpy as np
from numpy.typing import NDArray

from patterns import runs, word_engine
from patterns.factors import Factor
from patterns.lexicons import words

HEAD: Final = 300  # characters of the text that are read

# Bits of the lists that are no factors of a document by themselves.
_PEOPLE, _RULES, _INSTITUTION = 1 << 60, 1 << 61, 1 << 62
_TENDER, _HEALTH, _HEALTH_SECRET, _MINOR_14 = map(
    int, (Factor.TENDER, Factor.HEALTH, Factor.HEALTH_SECRET, Factor.MINOR_14)
)
_MINORS: Final = int(Factor.MINOR_14 | Factor.MINOR_18)
_AID: Final = int(Factor.AID | Factor.STUDENT_AID)
_STATES: Final = int(Factor.HEALTH | Factor.HEALTH_SECRET | Factor.DISABILITY | Factor.FAMILY)
_KINDS: Final = int(Factor.PENALTY | Factor.RECRUIT | Factor.LAWFUL | Factor.TENDER | Factor.ROSTER)

_LISTS: Final = (
    ("sens_aid", int(Factor.AID)),
    ("page_aid", int(Factor.AID)),
    ("sens_student_aid", int(Factor.STUDENT_AID)),
    ("page_student_aid", int(Factor.STUDENT_AID)),
    ("page_penalty", int(Factor.PENALTY)),
    ("page_recruit", int(Factor.RECRUIT)),
    ("page_lawful", int(Factor.LAWFUL)),
    ("page_tender", int(Factor.TENDER)),
    ("page_roster", int(Factor.ROSTER)),
    ("sens_health", int(Factor.HEALTH)),
    ("page_health", int(Factor.HEALTH)),
    ("sens_mental", int(Factor.HEALTH_SECRET)),
    ("page_health_secret", int(Factor.HEALTH_SECRET)),
    ("sens_disability", int(Factor.DISABILITY)),
    ("page_hardship_child", int(Factor.FAMILY)),
    ("page_minor_14", int(Factor.MINOR_14)),
    ("page_minor_18", int(Factor.MINOR_18)),
    ("page_people", _PEOPLE),
    ("hist_law_text", _RULES),
    ("page_not_people", _INSTITUTION),
)


class DocumentContext(NamedTuple):
    """``factors`` hold for every subject of the document; ``minors`` is MINOR_14, MINOR_18 or nothing, of its list;
    ``states``: the illnesses and the like that its title names, of whomever."""

    factors: int
    minors: int
    states: int = 0


def document_factors(title: str, parent_title: str = "", section: str = "", head: str = "") -> DocumentContext:
    """What the document is about. ``parent_title``: of the page that links an attachment; ``head``: its first lines.

    >>> document_factors("2017年残疾儿童康复救助名单").factors == Factor.AID | Factor.DISABILITY
    True
    >>> document_factors("关于印发城乡低保工作实施办法的通知").factors == 0
    True
    """
    return factors_of(_read(f"{title}\n{parent_title}"), section, head)


def factors_of(titles: int, section: str, head: str) -> DocumentContext:
    """The same of titles that were read: ``titles`` are their entries of ``read_titles``, joined."""
    sections = _read(section)
    titles |= _heading(head)
    about = (titles | sections) & _KINDS
    if not about & _TENDER:
        about |= _aid(titles, sections, head)
    states = _states(titles)
    if not titles & _PEOPLE or titles & _INSTITUTION:
        return DocumentContext(about, 0, states)
    return DocumentContext(about | states, _minors(titles), states)


# What a list or form is headed with, where its page or file is called 附件1: a short first line that ends like a title.
_HEADING_ENDS: Final = (
    "名单", "名册", "花名册", "清册", "清单", "一览表", "登记表", "审批表", "申请表", "汇总表", "明细表", "发放表",
    "公示表", "公示",
)  # fmt: skip
_LONGEST_HEADING: Final = 46
_NO_HEADING: Final = frozenset("\t。，,：:；;|>")
_OF_A_HEADING: Final = _AID | _STATES | _MINORS | _PEOPLE | _RULES | _INSTITUTION


def _heading(head: str) -> int:
    """What the first line says as a title would; of what lowers a level nothing is taken from it."""
    line, end, _ = head.lstrip().partition("\n")
    line = line.rstrip()
    if not end or len(line) > _LONGEST_HEADING or not line.endswith(_HEADING_ENDS) or not _NO_HEADING.isdisjoint(line):
        return 0
    return _read(line) & _OF_A_HEADING


def _aid(titles: int, sections: int, head: str) -> int:
    """Aid named by the title of anything but a rule about it; of a list, also by its section or first lines."""
    if titles & _AID and not (titles & _RULES and not titles & _PEOPLE):
        return titles & _AID
    return (sections | _read(head[:HEAD], _AID)) & _AID if titles & _PEOPLE else 0


def _states(titles: int) -> int:
    states = titles & _STATES
    return states & ~_HEALTH if states & _HEALTH_SECRET else states


def _minors(titles: int) -> int:
    return _MINOR_14 if titles & _MINOR_14 else titles & _MINORS


SENSITIVE: Final = _AID | _STATES | _MINORS | int(Factor.PENALTY)  # bits of titles that may make a list sensitive


def read_titles(titles: Sequence[str]) -> NDArray[np.int64]:
    """[titles] bits of the lists that each has words of. One pass over all of them, because a call a title costs ten
    times as much."""
    joined = _readable("\n".join(titles))
    if joined.count("\n") >= max(len(titles), 1):  # a title has a line break of its own
        return np.array([_read(title) for title in titles], np.int64)
    bits = np.zeros(len(titles), np.int64)
    engine, of_word = _engine()
    buf = runs.pad(np.frombuffer(joined.encode(), np.uint8))
    word, end = engine.find(buf)
    np.bitwise_or.at(bits, np.searchsorted(runs.positions(buf, 10), end), of_word[word])
    return bits


@lru_cache(maxsize=16384)
def _read(text: str, wanted: int = -1) -> int:
    """The bits of the lists that a text has words of, at least of those wanted: few lists are read faster."""
    found = 0
    for _, bits in _automaton(wanted).iter(_readable(text)):
        found |= bits
    return found


def _readable(text: str) -> str:
    """As the words are written: in small letters, and without the blanks that spread a title over its line."""
    return text.lower().replace(" ", "").replace("\u3000", "").replace("\xa0", "")


@cache
def _bits() -> dict[str, int]:
    """Of every word the bits of the lists it is in."""
    bits: dict[str, int] = {}
    for name, bit in _LISTS:
        for word in words(name):
            if not (bit == _HEALTH and word in words("page_not_health")):
                bits[word] = bits.get(word, 0) | bit
    return bits


@cache
def _automaton(wanted: int) -> Any:
    """Of the words with one of the wanted bits. Built once a process, never pickled: ``pickle.dumps`` of one leaks."""
    automaton = ahocorasick.Automaton()
    for word, bit in _bits().items():
        if bit & wanted:
            automaton.add_word(word, bit)
    automaton.make_automaton()
    return automaton


@cache
def _engine() -> tuple[word_engine.Engine, NDArray[np.int64]]:
    """The words' engine, and the bits of each."""
    return word_engine.engine(list(_bits())), np.array(list(_bits().values()), np.int64)
