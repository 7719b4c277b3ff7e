"""E-mail address (RFC 5321 as people write it): a local part, @, a domain that ends with letters.

Pages hide the sign from robots as # or (at); offices' own mailboxes are told apart by domain and local part.

>>> validate("Zhang.San@163.com").ok, compact("ＺＨＡＮＧ＠163.com")
(True, 'zhang@163.com')
>>> validate("icon@2x.png").failed
'domain'
"""

from __future__ import annotations

import re
from typing import Final

from patterns.base import Pattern, Validation
from patterns.characters import fold

_AT: Final = r"(?:@| ?[\[(（]at[\])）] ?|#(?=(?:163|126|qq|sina|sohu|139|189|foxmail|yeah|gmail)\.))"
_LOCAL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9._%+\-]{0,62}[A-Za-z0-9_\-])?"
_DOMAIN: Final = r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,18}"
_CANDIDATE: Final = re.compile(rf"(?<![A-Za-z0-9._%+\-]){_LOCAL}{_AT}{_DOMAIN}(?![A-Za-z0-9\-])", re.I)
_FILES: Final = ("png", "jpg", "jpeg", "gif", "svg", "css", "js", "webp", "html", "htm")
_OFFICE: Final = re.compile(
    r"^(?:.*(?:bgs|zwgk|zfb|office|info|admin|webmaster|service|contact|support|xxgk|gov|jw|kefu|hr|zhaopin)\d*)@", re.I
)

PATTERNS: Final = (
    Pattern(
        "email",
        "EMAIL",
        "RFC 5321",
        finds=("邮箱：⟦zhang_san88@163.com⟧", "⟦12345678@qq.com⟧，请注意", "邮箱⟦lisi#163.com⟧"),
        ignores=("icon@2x.png", "@所有人", "微博@平安蚌埠", "background@2x.jpg"),
    ),
)


def compact(text: str) -> str:
    """Lower case, with @."""
    return re.sub(_AT, "@", fold(text).strip(), flags=re.I).lower()


def validate(text: str) -> Validation:
    address = compact(text)
    if not _CANDIDATE.fullmatch(address):
        return Validation(False, failed="characters")
    if address.rpartition(".")[2] in _FILES:
        return Validation(False, failed="domain")
    return Validation(True, ("domain",))


def is_office(text: str) -> bool:
    """Whether it is an organisation's mailbox: a gov.cn or org.cn domain, or a local part such as bgs, zwgk, info.

    >>> is_office("bbzwgk@163.com"), is_office("x@bengbu.gov.cn"), is_office("wangli88@163.com")
    (True, True, False)
    """
    address = compact(text)
    return address.endswith((".gov.cn", ".org.cn", "@gov.cn")) or _OFFICE.match(address) is not None


def find(text: str) -> list[tuple[int, int]]:
    """Spans in folded text."""
    if "@" not in text and "#" not in text and "at" not in text.lower():
        return []
    return [match.span() for match in _CANDIDATE.finditer(text) if validate(match[0]).ok]
