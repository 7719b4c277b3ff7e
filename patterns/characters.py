"""One way to write what is written in many: full-width forms, separators, marks nobody sees.

Every number module makes its compact form from ``fold`` and ``squeeze``; offsets are the matcher's business.
"""

from __future__ import annotations

from typing import Final

SPACES: Final = "\t\n\x0b\x0c\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000".replace(
    "\u2000-\u200a", "".join(map(chr, range(0x2000, 0x200B)))
)
INVISIBLE: Final = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
HYPHENS: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
CHECK_X: Final = "xXＸｘ×✕╳хХ"  # what stands for the check digit X; the last two are Cyrillic

_FOLD: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, INVISIBLE))
_SQUEEZE: Final = _FOLD | dict.fromkeys(map(ord, SPACES + HYPHENS + "'’‘`"))
_JOIN: Final = _SQUEEZE | dict.fromkeys(map(ord, ".·．_"))


def fold(text: str) -> str:
    """Full-width letters, digits and signs as ASCII, invisible marks gone.

    >>> fold("３４０３０２１９７８０６１５０４２Ｘ")
    '34030219780615042X'
    """
    return text.translate(_FOLD)


def squeeze(text: str) -> str:
    """``fold``, and without spaces, hyphens and the apostrophe that Excel shows before a number kept as text.

    >>> squeeze("'340302-19780615 042Ｘ")
    '34030219780615042X'
    """
    return text if text.isascii() and text.isalnum() else text.translate(_SQUEEZE)


def joined(text: str) -> str:
    """``squeeze``, and without the dots that part the digits of a number; names keep theirs.

    >>> joined("340302.19780615.042Ｘ"), joined("6217·7312·0000·1234")
    ('34030219780615042X', '6217731200001234')
    """
    return text if text.isascii() and text.isalnum() else text.translate(_JOIN)


def is_digits(text: str) -> bool:
    """ASCII digits only, at least one: ``str.isdigit`` also takes ² and ٣.

    >>> is_digits("2017"), is_digits("²"), is_digits("")
    (True, False, False)
    """
    return text.isascii() and text.isdigit()
