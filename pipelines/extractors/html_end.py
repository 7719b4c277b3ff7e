"""Whether a page breaks off: a download that ended too early, a server that failed halfway through a list.

Pages that are whole may leave out their last end tags. So one counts as broken off only when it opens ``<html``, closes
neither that nor its body, and ends within a tag, a comment, a script or a table.
"""

from __future__ import annotations

import re
from typing import Final

_OPENS: Final = re.compile(rb"<html\b", re.IGNORECASE)
_CLOSES: Final = re.compile(rb"</\s*(?:html|body)\b", re.IGNORECASE)
_IN_A_TAG: Final = re.compile(rb"</?[a-z][^<>]*\Z", re.IGNORECASE)
_PAIRS: Final = tuple(
    (re.compile(rb"<%s\b" % name, re.IGNORECASE), re.compile(rb"</%s\b" % name, re.IGNORECASE))
    for name in (b"table", b"script", b"style")
)
_HEAD: Final = 4096  # bytes in which a page opens
_TAIL: Final = 400  # bytes in which nearly all pages close


def breaks_off(source: bytes) -> bool:
    """Of a page in any code page that holds ASCII."""
    if _CLOSES.search(source, max(0, len(source) - _TAIL)) or not _OPENS.search(source, 0, _HEAD):
        return False
    if _CLOSES.search(source):
        return False
    last = source.rfind(b"<")  # there is one: the page's own
    if source.rfind(b"<!--") > source.rfind(b"-->") or _IN_A_TAG.match(source, last):
        return True
    return any(len(opened.findall(source)) > len(closed.findall(source)) for opened, closed in _PAIRS)
