"""Military identity cards (军官证、文职干部证、士兵证): the issuing body's character, 字第, six to eight digits, 号.

The body is one of the services, the old military regions or the theatre commands. No published standard and no
checksum 【M】. Documents are numbered in the same way (蚌字第…号), so other characters do not count.

>>> validate("军字第01234567号").checks
('issuer',)
>>> validate("蚌字第01234567号").failed
'issuer'
"""

from __future__ import annotations

import re
from typing import Final

from patterns.base import Pattern, Validation
from patterns.beside import has_word, matcher
from patterns.characters import squeeze

ISSUERS: Final = "军参政后装沈北兰济南广成东西中陆海空炮火武联国科"
_FORM: Final = re.compile(r"(.{0,2})字第?([0-9]{6,8})号?")
_CANDIDATE: Final = re.compile(rf"[{ISSUERS}]\s?字\s?第?\s?\d{{6,8}}\s?号?(?!\d)")
_WORDS: Final = matcher(("军官证", "士兵证", "士官证", "文职", "军人", "警官证", "军"))

PATTERNS: Final = (
    Pattern(
        "military_id",
        "MILITARY_ID",
        "",
        finds=("军官证：⟦军字第01234567号⟧", "军官证号⟦南字第1234567号⟧", "⟦军字第1234567号⟧"),
        ignores=("房权证蚌字第1234567号", "南字第1234567号", "军官证办理"),
    ),
)


def compact(text: str) -> str:
    return squeeze(text)


def validate(text: str) -> Validation:
    match = _FORM.fullmatch(compact(text))
    if not match:
        return Validation(False, failed="characters")
    if match[1][-1:] not in ISSUERS or not match[1]:
        return Validation(False, failed="issuer")
    return Validation(True, ("issuer",))


def find(text: str) -> list[tuple[int, int]]:
    """Spans in folded text: 军字第… anywhere, the other issuers beside a word for the card."""
    return [
        match.span()
        for match in _CANDIDATE.finditer(text)
        if match[0][0] == "军" or has_word(text, match.start(), _WORDS)
    ]
