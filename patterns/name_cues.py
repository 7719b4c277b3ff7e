"""Words that announce a name (村民, 副市长, 联系人) and words that follow one (同志, 主持, 身份证)."""

from __future__ import annotations

from functools import cache

from patterns.lexicons import words


@cache
def before_words() -> frozenset[str]:
    return frozenset(words("name_before")) | frozenset(words("ctx_name_inline"))


@cache
def before_tuple() -> tuple[str, ...]:
    return tuple(before_words())


@cache
def after_words() -> tuple[str, ...]:
    return words("name_after")


@cache
def after_heads() -> frozenset[str]:
    """The first characters of ``after_words``."""
    return frozenset(word[0] for word in after_words())


@cache
def _label_ends() -> frozenset[str]:
    return frozenset(word[-1] for word in before_words())


def ends_with_label(text: str, end: int) -> bool:
    if text[max(0, end - 1) : end] not in _label_ends():
        return False
    return any(text[end - length : end] in before_words() for length in range(1, min(6, end) + 1))
