"""jieba's part-of-speech tagger, asked only about sentences in doubt: it is a hundred times slower than the rest.

``jieba.Tokenizer.initialize`` logs to standard error and leaves a cache in the temporary folder; both are avoided by
handing the tokenizer its dictionary, built by jieba's own function, before it would build one.
"""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _tagger() -> Any:
    """Loaded at the first doubt. The tagger jieba itself makes on import: another would read its dictionary again."""
    import jieba
    from jieba import posseg

    tokenizer = posseg.dt.tokenizer
    tokenizer.FREQ, tokenizer.total = jieba.Tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return posseg.dt


def tagged_names(run: str) -> set[tuple[int, int]]:
    """(start, end) of the words of two and more characters that jieba tags as names of persons."""
    found, at = set(), 0
    for word, tag in _tagger().cut(run):
        if tag.startswith("nr") and len(word) > 1:
            found.add((at, at + len(word)))
        at += len(word)
    return found
