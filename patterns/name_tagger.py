"""jieba's part-of-speech tagger, asked only about sentences in doubt: it is a hundred times slower than the rest.

``jieba.Tokenizer.initialize`` logs to standard error and leaves a cache in the temporary folder; both are avoided by
handing the tokenizer its dictionary before it would build one. Built column by column, that takes a third of the time
of jieba's own functions; a test compares the two.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from patterns.word_counts import word_counts


@cache
def _tagger() -> Any:
    """Loaded at the first doubt. The tagger jieba itself makes on import: there is nothing it would read then."""
    import jieba

    jieba.dt.get_dict_file = BytesIO
    from jieba import posseg

    del jieba.dt.get_dict_file
    counted = word_counts()
    posseg.dt.word_tag_tab = dict(zip(counted.words, counted.tags, strict=True))
    tokenizer = posseg.dt.tokenizer
    tokenizer.FREQ, tokenizer.total = prefix_counts(), sum(counted.counts)
    tokenizer.initialized = True
    return posseg.dt


def prefix_counts() -> dict[str, int]:
    """How often each word was counted, and 0 for every beginning of a word that is none."""
    counted = word_counts()
    longer, prefixes = counted.words, set[str]()
    for length in range(1, max(map(len, longer))):
        longer = [word for word in longer if len(word) > length]
        prefixes.update([word[:length] for word in longer])
    return dict.fromkeys(prefixes, 0) | dict(zip(counted.words, counted.counts, strict=True))


def tagged_names(run: str) -> set[tuple[int, int]]:
    """(start, end) of the words of two and more characters that jieba tags as names of persons."""
    found, at = set(), 0
    for word, tag in _tagger().cut(run):
        if tag.startswith("nr") and len(word) > 1:
            found.add((at, at + len(word)))
        at += len(word)
    return found
