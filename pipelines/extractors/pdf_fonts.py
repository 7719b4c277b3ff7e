"""A stand-in for Chinese, Japanese and Korean fonts that a PDF names but does not hold.

pdfium asks the system for such fonts. Where there is none, a glyph has no outline, a piece of text of one character has
no width, and pdfium drops it: 男, 女 and every name that was placed character by character, without a word. To read
text takes no shapes, only places, so one font whose every character is the same box serves for all of them, on every
machine alike.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any, Final

from pypdfium2 import raw

_CJK_CHARSETS: Final = frozenset((128, 129, 134, 136))  # Windows: Shift-JIS, Hangul, GB2312, Big5
_GB2312: Final = 134
_HANDLE: Final = 1
_NAME: Final = b"Box\0"
_ASCENT, _DESCENT, _WIDTH = 880, -120, 1000  # of an em of 1000; the usual ones of Chinese fonts


@cache
def use_stand_in() -> Any:
    """Give pdfium the stand-in, once a process. Returns what pdfium's callbacks live in and must not be freed."""
    font, fields = _font(), dict(raw.FPDF_SYSFONTINFO._fields_)

    def map_font(
        _this: Any, _weight: int, _italic: int, charset: int, _pitch: int, _face: Any, _exact: Any
    ) -> int | None:
        return _HANDLE if charset in _CJK_CHARSETS else None  # others pdfium has built in

    def font_data(_this: Any, _font: Any, table: int, buffer: int | None, size: int) -> int:
        return 0 if table else _copied(font, buffer, size)

    functions = {
        "Release": lambda _this: None,
        "EnumFonts": lambda _this, _mapper: None,
        "MapFont": map_font,
        "GetFont": lambda _this, _face: None,
        "GetFontData": font_data,
        "GetFaceName": lambda _this, _font, buffer, size: _copied(_NAME, buffer, size),
        "GetFontCharset": lambda _this, _font: _GB2312,
        "DeleteFont": lambda _this, _font: None,
    }
    info = raw.FPDF_SYSFONTINFO()
    info.version = 1
    for name, function in functions.items():
        setattr(info, name, fields[name](function))
    raw.FPDF_SetSystemFontInfo(ctypes.byref(info))
    return info


def _copied(data: bytes, buffer: Any, size: int) -> int:
    """Copy into a C buffer if it is there and long enough; the length in any case."""
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


def _font() -> bytes:
    """A TrueType font of two glyphs: nothing, and a box that all characters of the basic plane share."""
    box = struct.pack(">5h", 1, 0, _DESCENT, _WIDTH, _ASCENT)  # one contour and its bounds
    box += struct.pack(">HH4B", 3, 0, 1, 1, 1, 1)  # four points on the curve, no instructions
    box += struct.pack(">8h", 0, _WIDTH, 0, -_WIDTH, _DESCENT, 0, _ASCENT - _DESCENT, 0)  # steps in x, then in y
    many_to_one = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, 0x20, 0xFFFF, 1)  # cmap format 13
    return _assembled(
        {
            b"OS/2": struct.pack(">HhHHH11h10s4I4s3HhhhHHII", 1, _WIDTH, 400, 5, *[0] * 12, b"", *[0] * 4, b"NONE",
                                 64, 0x20, 0xFFFF, _ASCENT, _DESCENT, 0, _ASCENT, -_DESCENT, 1 << 18, 0),
            b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + many_to_one,
            b"glyf": box,
            b"head": struct.pack(">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, _DESCENT,
                                 _WIDTH, _ASCENT, 0, 8, 2, 0, 0),
            b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, _ASCENT, _DESCENT, 0, _WIDTH, 0, 0, _WIDTH, 1,
                                 *[0] * 7, 2),
            b"hmtx": struct.pack(">HhHh", _WIDTH, 0, _WIDTH, 0),
            b"loca": struct.pack(">HHH", 0, 0, len(box) // 2),
            b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
            b"name": struct.pack(">HHH", 0, 0, 6),
            b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, *[0] * 5),
        }
    )  # fmt: skip


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """A font file of some tables; their checksums are not read by anyone."""
    directory, body = b"", b""
    start = 12 + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        directory += tag + struct.pack(">III", 0, start + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 16 * len(tables) - 128) + directory + body
