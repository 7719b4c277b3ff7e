"""Which characters some bytes stand for.

Order of trust: a byte order mark; UTF-8 that is valid and holds East Asian characters (chance does not make those);
what the server, then the document declares, if the bytes agree; UTF-8; GB18030. GB2312 and GBK are always read as
GB18030, which contains both: sites declare the smaller and write the larger.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

# Labels seen on Chinese sites and the codec that reads them. Others are not tried: Python would run "unicode_escape".
_CODECS: Final = {
    **dict.fromkeys(
        ("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "ms936", "gb18030", "chinese", "euc-cn"), "gb18030"
    ),
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "cp949"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252"), "cp1252"),
    **{label: label for label in ("euc-jp", "iso-2022-jp", "koi8-r", "utf-16", "utf-16le", "utf-16be", "hz-gb-2312")},
    **{label: label for n in range(1250, 1259) if n != 1252 for label in (f"windows-{n}",)},
    **{label: label for n in range(2, 17) if n != 12 for label in (f"iso-8859-{n}",)},
}
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_MARKS: Final = tuple(mark for mark, _ in _BOMS)
_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_BEYOND_TWO_BYTES: Final = re.compile("[\u0800-\uffff]")
_GB_TEXT: Final = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u203f\u00b7]")
_WIDE: Final = re.compile(r"[^\x00-\x7f]")
_HEAD: Final = 1024  # bytes; a page's title stands there
_DECLARATION_WINDOW: Final = 4096  # bytes; a declaration further down is not honoured by browsers either


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str  # without byte order mark; newlines as they were
    encoding: str
    damaged: int = 0  # characters that could not be decoded and stand as U+FFFD


def decode(data: bytes, server: str = "", *, markup: bool = False) -> Decoded:
    """Text of some bytes; never raises. ``server``: the HTTP header's charset; ``markup``: look for a declaration."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _forced(data[len(mark) :], codec)
    if wide := utf16_without_mark(data):
        return _forced(data, wide)
    if data.isascii():
        return Decoded(data.decode("ascii"), "utf-8")
    utf8 = _strict(data, "utf-8")
    if utf8 is not None and _BEYOND_TWO_BYTES.search(utf8):
        return Decoded(utf8, "utf-8")
    labels = [_codec(server), _codec(_declaration(data)) if markup else ""]
    return _by_declaration(data, utf8, [label for label in labels if label])


def may_be_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 if they are valid as such and hold East Asian characters; told from their beginning."""
    if data.startswith(_MARKS) or utf16_without_mark(data):
        return False
    try:
        codecs.utf_8_decode(data[:_HEAD], "strict", False)
    except UnicodeDecodeError:
        return False
    return True


def utf16_without_mark(data: bytes) -> str:
    """The UTF-16 codec of text without a byte order mark whose every other byte of the beginning is zero, or ""."""
    head = data[:512]
    if len(head) < 8 or head.count(0) * 3 < len(head):
        return ""
    even, odd = head[::2], head[1::2]
    if not any(odd) and 0 not in even:
        return "utf-16-le"
    return "utf-16-be" if not any(even) and 0 not in odd else ""


def _by_declaration(data: bytes, utf8: str | None, declared: list[str]) -> Decoded:
    """``utf8``: the text when it is valid as UTF-8, in which case only a declared GB encoding is believed more."""
    if utf8 is not None and "gb18030" not in declared:
        return Decoded(utf8, "utf-8")
    for codec in declared:
        text = None if codec in ("utf-8", "utf-16", "utf-16le", "utf-16be") else _strict(data, codec)
        if text is not None and not (codec == "cp1252" and _looks_gb(data)):
            return Decoded(text, codec)
    if utf8 is not None:
        return Decoded(utf8, "utf-8")
    return min((_forced(data, codec) for codec in ("gb18030", "utf-8", *declared)), key=lambda read: read.damaged)


def _looks_gb(data: bytes) -> bool:
    """A server that says Latin-1 by default says nothing: is this Chinese all the same?"""
    text = _strict(data, "gb18030")
    return text is not None and len(_GB_TEXT.findall(text)) >= 0.9 * len(_WIDE.findall(text))


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _forced(data: bytes, codec: str) -> Decoded:
    text = data.decode(codec, "replace")
    return Decoded(text, codec, text.count("\ufffd"))


def _declaration(data: bytes) -> str:
    found = _DECLARED.search(data, 0, _DECLARATION_WINDOW)
    return found[1].decode("ascii", "replace") if found else ""


def _codec(label: str) -> str:
    return _CODECS.get(label.strip().strip("\"'").lower(), "")
