"""jieba's part-of-speech tagger, asked only about sentences in doubt: it is a hundred times slower than the rest.

``jieba.Tokenizer.initialize`` logs to standard error and leaves a cache in the temporary folder; both are avoided by
handing the tokenizer its dictionary before it would build one. It is handed the words that begin with a sentence's
characters, when they are first met: all of them would take 70 MB and a third of a second of every process. The search
for the best tags of unknown characters is ours (``best_tags``), because most of the time went there. Tests compare both
with jieba's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from itertools import chain
from typing import Any, Final

from patterns.word_counts import by_first, word_counts

State = tuple[str, str]  # the place in a word (B, M, E, S) and the word's part of speech
_UNHEARD_OF: Final = -3.14e100  # jieba's, of a character that a state never had
_NEVER: Final = float("-inf")


@cache
def _tagger() -> Any:
    """Loaded at the first doubt. The tagger jieba itself makes on import: there is nothing it would read then."""
    import jieba

    jieba.dt.get_dict_file = BytesIO
    from jieba import posseg

    del jieba.dt.get_dict_file
    posseg.dt.word_tag_tab = {}
    tokenizer = posseg.dt.tokenizer
    tokenizer.FREQ, tokenizer.total = {}, sum(word_counts().counts)
    tokenizer.initialized = True
    posseg.viterbi = best_tags
    return posseg.dt


@cache
def _learned() -> set[str]:
    """The characters whose words the tagger has."""
    return set()


def learn(tagger: Any, characters: Iterable[str]) -> None:
    """Gives a tagger the words that begin with some characters: their tags, how often each was counted, and 0 for every
    beginning of a word that is none."""
    words, counts, tags = word_counts()
    frequencies = tagger.tokenizer.FREQ
    for place in chain.from_iterable(by_first().get(first, ()) for first in characters):
        for number in place:
            word = words[number]
            tagger.word_tag_tab[word], frequencies[word] = tags[number], counts[number]
            for length in range(1, len(word)):
                frequencies.setdefault(word[:length], 0)


def tagged_names(run: str) -> set[tuple[int, int]]:
    """(start, end) of the words of two and more characters that jieba tags as names of persons."""
    tagger, new = _tagger(), set(run) - _learned()
    learn(tagger, new)
    _learned().update(new)
    found, at = set(), 0
    for word, tag in tagger.cut(run):
        if tag.startswith("nr") and len(word) > 1:
            found.add((at, at + len(word)))
        at += len(word)
    return found


def best_tags(
    text: str,
    states: dict[str, tuple[State, ...]],
    start: dict[State, float],
    steps: dict[State, dict[State, float]],
    signs: dict[State, dict[str, float]],
) -> tuple[float, list[State]]:
    """``jieba.posseg.viterbi.viterbi``: the likeliest state of each character, by the same sums in the same order.

    jieba asks every state for its step into every other; most have none, and only those that have one are added up.
    """
    values = {to: start[to] + signs[to].get(text[0], _UNHEARD_OF) for to in states.get(text[0], start)}
    came_from: list[dict[State, State]] = []
    for char in text[1:]:
        ways = [(value, steps[state], state) for state, value in values.items() if steps[state]]
        wanted: set[State] = set().union(*(step for _, step, _ in ways)) if ways else set(start)
        both = wanted.intersection(states.get(char, start)) or wanted
        best = {to: _best_way(ways, to, signs[to].get(char, _UNHEARD_OF)) for to in both}
        values = {to: value for to, (value, _) in best.items()}
        came_from.append({to: state for to, (_, state) in best.items()})
    value, state = max((value, state) for state, value in values.items())
    path = [state]
    for before in reversed(came_from):
        path.append(before[path[-1]])
    return value, path[::-1]


def _best_way(ways: list[tuple[float, dict[State, float], State]], to: State, sign: float) -> tuple[float, State]:
    """The likeliest state before ``to``; of equals the last in order."""
    likely = [(value + step[to] + sign, state) for value, step, state in ways if to in step]
    return max(likely) if likely else (_NEVER, max(state for _, _, state in ways))
