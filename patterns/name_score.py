"""How much a short string looks like a person's name, from the counts jieba ships, without running jieba.

Two models weigh a string against each other. As a name: ``P(surname) × P(given characters)`` from the emission table of
jieba's part-of-speech model (tags B, M, E of ``nr``). As ordinary text: the likeliest way to cut it into words
of jieba's dictionary. jieba's modules are not imported: reading two of its data files takes a fifth of the time, starts
no logger and writes no cache into the temporary folder, as ``jieba.Tokenizer`` does.
"""

from __future__ import annotations

import pickle
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, log, log1p
from struct import Struct
from typing import Final

from patterns.lexicons import words
from patterns.name_shapes import double_surnames, single_surnames, surname_length
from patterns.word_counts import WordCounts, folder, word_counts

UNKNOWN: Final = -17.5  # log-probability of a character the dictionary lacks: below one in its 60 million words
_UNSEEN: Final = -10.5  # of a surname or given character that no name of jieba's training text had
_COMPOUND: Final = -7.0  # of one compound surname
_TWO: Final = log(0.25)  # share of names with one given character; jieba's own transition table says 0.4
_THREE: Final = log(0.75)
_RARELY_ALONE: Final = 4.0  # 欧阳 is in the dictionary for the people called so
_STOP_COUNT: Final = 3000  # a stop word weighs as if the dictionary had counted it this often
# A column without header holds names often; ordinary words of two to four characters are thinner there than in text.
_COLUMN_PRIOR: Final = log(0.1)
# Ends of village, street and office names: seldom the end of a person's, the second group next to never.
_PLACE: Final = frozenset("镇市组队科室站所院店街桥圩疃沟滩郢庄集湾岗营寨堡塘畈冲坝坡铺屯埠窑庙圈社园部办库港城坟")
_OFFICE: Final = frozenset("村乡县区局厅厂司路校")
PLACE_ENDS: Final = _PLACE | _OFFICE
# Seldom the end of a name, often the next word: 石纨犯盗窃罪, 李海为组长.
_NEXT_WORD: Final = frozenset(
    "未为犯家在等是的了因与及已将被对从其到任均就说称于者而则此其诉系作陪按报去也还又都才不没"
)
_COMMON_WORD: Final = -11.0  # a thousand times in the dictionary's 60 million words
_IN_TEXT: Final = log(1 / 150)  # one word in 150 is a name
# Counted exp(5.5) times oftener than its characters make names, it is a word (阳光), not a famous name (李娜).
_FAMOUS: Final = 5.5
_NAME_TAGS: Final = ("nr", "nrfg")


Emission = dict[tuple[str, str], dict[str, float]]
_TAGS: Final = (("B", "nr"), ("M", "nr"), ("E", "nr"))


@dataclass(frozen=True, slots=True)
class Statistics:
    """Natural logarithms of probabilities."""

    surname: dict[str, float]  # one and two characters
    middle: dict[str, float]
    last: dict[str, float]
    words: dict[str, float]  # ordinary words, single characters included
    characters: dict[str, float]  # those of one character again: few enough to stay in the processor's cache
    people: dict[str, float]  # entries of the dictionary that are names: 鲁迅, 毛泽东, 高峰
    transliterated: dict[str, float]  # characters of 阿不都热合曼: per-character log-ratio to ordinary text


@cache
def statistics() -> Statistics:
    """Read once a process, 0.5 s and about 70 MB."""
    emit = pickle.loads((folder() / "posseg" / "prob_emit.p").read_bytes())
    ordinary, people = _dictionary(word_counts(), emit)
    return Statistics(
        surname=_surnames(emit["B", "nr"]),
        middle=_given(emit["M", "nr"], emit["E", "nr"]),
        last=_given(emit["E", "nr"], emit["M", "nr"]),
        words=ordinary,
        characters={word: value for word, value in ordinary.items() if len(word) == 1},
        people=people,
        transliterated=_transliterated(emit["M", "nrt"], emit["E", "nrt"], ordinary),
    )


def _given(own: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    """A given character's place says little (宸 stands first as often as last): a fifth comes from the other place."""
    return {
        char: max(log(0.8 * exp(own.get(char, UNKNOWN)) + 0.2 * exp(other.get(char, UNKNOWN))), _UNSEEN)
        for char in own.keys() | other.keys()
    }


def _surnames(first: dict[str, float]) -> dict[str, float]:
    single = {name: max(first.get(name, _UNSEEN), _UNSEEN) for name in single_surnames()}
    return single | dict.fromkeys(double_surnames(), _COMPOUND)


def _dictionary(counted: WordCounts, emit: Emission) -> tuple[dict[str, float], dict[str, float]]:
    total = sum(counted.counts)
    logs = {count: log((count or 1) / total) for count in set(counted.counts)}
    ordinary = dict(zip(counted.words, map(logs.__getitem__, counted.counts), strict=True))
    stop = frozenset(words("name_stop"))
    people: dict[str, float] = {}
    for word in (word for word, tag in zip(counted.words, counted.tags, strict=True) if tag in _NAME_TAGS):
        if 2 <= len(word) <= 4 and word not in stop and surname_length(word):
            share = _share(word, ordinary, emit)
            if share > 0.01:
                people[word] = ordinary[word] + log(share)
    for word, value in people.items():
        ordinary[word] += log1p(-exp(value - ordinary[word]))
    for word in double_surnames() & people.keys():
        ordinary[word] -= _RARELY_ALONE
    for word in stop:
        ordinary[word] = max(ordinary.get(word, UNKNOWN), log(_STOP_COUNT / total))
    return ordinary, people


def _share(word: str, ordinary: dict[str, float], emit: Emission) -> float:
    """Of an entry tagged as a name, how much is one. Read off samples: the tags are noisy (阳光, 卫生科, 孙家庄)."""
    if word[-1] in PLACE_ENDS:
        return 0.05
    if len(word) == 2:
        model = emit[_TAGS[0]].get(word[0], _UNSEEN) + emit[_TAGS[2]].get(word[1], _UNSEEN) + _TWO + _IN_TEXT
        return 0.9 * probability(_FAMOUS - (ordinary[word] - model))
    if len(word) == 4:
        return 0.8 if surname_length(word) == 2 else 0.0
    first, third = word[0], word[2]
    head, tail = ordinary.get(word[:2], UNKNOWN), ordinary.get(word[1:], UNKNOWN)
    if max(head, tail) < _COMMON_WORD:
        return 0.98
    parts = max(head + ordinary.get(third, UNKNOWN), tail + ordinary.get(first, UNKNOWN))
    name = sum(emit[tag].get(char, _UNSEEN) for tag, char in zip(_TAGS, word, strict=True))
    return min(0.98, probability(name - parts - 2.0))


def _transliterated(middle: dict[str, float], last: dict[str, float], ordinary: dict[str, float]) -> dict[str, float]:
    seen = {char for table in (middle, last) for char, value in table.items() if value > _UNSEEN}
    seen |= set("".join(words("name_minority")))
    return {
        char: max(middle.get(char, UNKNOWN), last.get(char, UNKNOWN), _UNSEEN) - ordinary.get(char, UNKNOWN)
        for char in seen
    }


def name_logp(name: str, surname: int) -> float:
    """log P(these characters | a name); the first ``surname`` are the surname, then one or two given characters."""
    table = statistics()
    head = table.surname.get(name[:surname], UNKNOWN)
    given = name[surname:]
    if len(given) == 1:
        return head + _TWO + table.last.get(given, _UNSEEN)
    return head + _THREE + table.middle.get(given[0], _UNSEEN) + table.last.get(given[1], _UNSEEN)


def ordinary_logp(text: str) -> float:
    """log P of the likeliest cut of a short string into dictionary words."""
    if len(text) == 3:
        return _ordinary_three(text)
    get, alone = statistics().words.get, statistics().characters.get
    best = [0.0]
    for end in range(1, len(text) + 1):
        likeliest = best[end - 1] + alone(text[end - 1], UNKNOWN)
        for at in range(end - 1):
            word = get(text[at:end])
            if word is not None and best[at] + word > likeliest:
                likeliest = best[at] + word
        best.append(likeliest)
    return best[-1]


def _ordinary_three(text: str) -> float:
    """The same of three characters, as most names have: every cut written out, with the same sums."""
    get, alone = statistics().words.get, statistics().characters.get
    first = alone(text[0], UNKNOWN)
    two, pair = first + alone(text[1], UNKNOWN), get(text[:2])
    if pair is not None and pair > two:
        two = pair
    three, end, whole = two + alone(text[2], UNKNOWN), get(text[1:]), get(text)
    if end is not None and first + end > three:
        three = first + end
    return whole if whole is not None and whole > three else three


@lru_cache(8192)
def looks_like_name(text: str) -> float:
    """0…1: how much a string of two to four characters looks like a name, nothing known of where it stands.

    >>> [round(looks_like_name(t)) for t in ("李建国", "欧阳明", "高度", "黄山", "合计", "于是", "今天下午", "张桥")]
    [1, 1, 0, 0, 0, 0, 0, 0]
    """
    surname = surname_length(text)
    if not (surname and surname < len(text) <= surname + 2):
        return 0.0
    if surname == 1 and _THREE_COMMON.fullmatch(text):
        return three_characters(text)
    return any_characters(text, surname)


def any_characters(text: str, surname: int) -> float:
    """``looks_like_name`` of a text whose first characters, one or two, are a surname."""
    odds = name_logp(text, surname) + _COLUMN_PRIOR
    if surname == 2 and len(text) == 3:  # 司马光, but also 万 + two given characters
        odds = max(odds, name_logp(text, 1) + _COLUMN_PRIOR)
    famous = statistics().people.get(text)
    if famous is not None:
        odds = max(odds, famous)
    odds -= ordinary_logp(text)
    return probability(odds - end_penalty(text[-1]))


_FIRST, _LAST = ord("一"), ord("鿿")
_THREE_COMMON: Final = re.compile("[一-鿿]{3}")
_PARTS: Final = Struct("5d")  # what a character is worth as surname, middle and last, by itself; its penalty at the end


def three_characters(text: str) -> float:
    """``any_characters`` of a surname and two given characters, as most names are: with the same sums.

    What a character is worth stands side by side in one buffer: names come now and then, when dictionaries have long
    left the processor's cache, and each look into one costs more than all the sums."""
    parts, get = _parts(), statistics().words.get
    surname, _, _, one, _ = _PARTS.unpack_from(parts, (ord(text[0]) - _FIRST) * _PARTS.size)
    _, middle, _, two, _ = _PARTS.unpack_from(parts, (ord(text[1]) - _FIRST) * _PARTS.size)
    _, _, last, three, penalty = _PARTS.unpack_from(parts, (ord(text[2]) - _FIRST) * _PARTS.size)
    odds = surname + _THREE + middle + last + _COLUMN_PRIOR
    cut, pair = one + two, get(text[:2])
    if pair is not None and pair > cut:
        cut = pair
    cut += three
    pair, whole = get(text[1:]), get(text)
    if pair is not None and one + pair > cut:
        cut = one + pair
    if whole is not None:  # else it is nobody's in the dictionary either
        odds = max(odds, statistics().people.get(text, odds))
        cut = max(cut, whole)
    return probability(odds - cut - penalty)


@cache
def _parts() -> bytes:
    table = statistics()
    parts = bytearray(_PARTS.pack(UNKNOWN, _UNSEEN, _UNSEEN, UNKNOWN, 0.0) * (_LAST - _FIRST + 1))
    known = {*table.surname, *table.middle, *table.last, *table.characters, *PLACE_ENDS, *_NEXT_WORD}
    for char in known:
        if len(char) == 1 and _FIRST <= ord(char) <= _LAST:
            worth = (
                table.surname.get(char, UNKNOWN),
                table.middle.get(char, _UNSEEN),
                table.last.get(char, _UNSEEN),
                table.characters.get(char, UNKNOWN),
                end_penalty(char),
            )
            _PARTS.pack_into(parts, (ord(char) - _FIRST) * _PARTS.size, *worth)
    return bytes(parts)


def end_penalty(last: str) -> float:
    """What the odds of a name lose by its last character.

    >>> end_penalty("村") > end_penalty("桥") > end_penalty("国")
    True
    """
    if last in _OFFICE:
        return 8.0
    return 4.0 if last in _PLACE else 3.0 if last in _NEXT_WORD else 0.0


def probability(log_odds: float) -> float:
    """
    >>> probability(0.0), probability(-1000.0)
    (0.5, 0.0)
    """
    return 1.0 / (1.0 + exp(-log_odds)) if log_odds > -700 else 0.0
