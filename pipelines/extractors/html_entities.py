"""Character references (&nbsp; &#24352;) as the characters they stand for, as html.unescape reads them."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_REFERENCE: Final = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_CACHE: Final = 5000  # references


class _Characters(dict[str, str]):
    """Pages use the same few; what is not ASCII is text of the page that follows an "&"."""

    def __missing__(self, reference: str) -> str:
        characters = unescape(reference)
        if reference.isascii() and len(self) < _CACHE:
            self[reference] = characters
        return characters


_CHARACTERS: Final = _Characters()


def unescaped(text: str) -> str:
    """
    >>> unescaped("&#24352;&nbsp;&lt&amp;lt;"), unescaped("a&b"), unescaped("&nbsp张三")
    ('张\\xa0<&lt;', 'a&b', '\\xa0张三')
    """
    if "&" in text:
        text = text.replace("&nbsp;", "\xa0")
    return _REFERENCE.sub(lambda found: _CHARACTERS[found[0]], text) if "&" in text else text
