"""The word lists, one per file beside this module: ``words("ctx_id")``.

Each file's head says what it is for, its source, its date and what is not checked 【M】.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Final

_ZERO_WIDTH: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def normalise(text: str) -> str:
    """Words and text are compared in this form: NFKC width, lower case, no white space, nothing invisible.

    >>> normalise("身 份 证 号（１８位）")
    '身份证号(18位)'
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(_ZERO_WIDTH).lower().split())


def _names() -> tuple[str, ...]:
    return tuple(sorted(entry.name[:-4] for entry in files(__name__).iterdir() if entry.name.endswith(".txt")))


NAMES: Final = _names()


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one list, normalised, in the file's order, each once. KeyError names the lists there are."""
    if name not in NAMES:
        raise KeyError(f"no word list {name!r}; there are: {', '.join(NAMES)}")
    lines = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    kept = (normalise(line) for line in lines if not line.startswith("#"))
    return tuple(dict.fromkeys(word for word in kept if word))


@cache
def digest() -> str:
    """16 hex digits that change when a word of any list does."""
    content = "\0".join("\n".join((name, *words(name))) for name in NAMES)
    return blake2b(content.encode(), digest_size=8).hexdigest()
