"""How large a picture is, as its file's first bytes say: is there room for a line of text?"""

from __future__ import annotations

import struct
from typing import Final

MAX_PIXELS: Final = 80_000_000
_LEAST_WIDTH, _LEAST_HEIGHT = 60, 12  # pixels; a line with a name and a number does not fit into less
_ICON: Final = 96  # pixels; a square of at most so many is a program's icon, as Office shows one for each embedded file


def too_small(width: int, height: int) -> bool:
    """Whether no line of text fits in; not of sizes that are unknown (0).

    >>> too_small(16, 400), too_small(80, 80), too_small(80, 40), too_small(0, 0)
    (True, True, False, False)
    """
    return 0 < width < _LEAST_WIDTH or 0 < height < _LEAST_HEIGHT or 0 < width == height <= _ICON


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels as the header says; (0, 0) where it is none of the common kinds."""
    try:
        if data.startswith(b"\x89PNG"):
            return _pair(">II", data, 16)
        if data.startswith(b"GIF8"):
            return _pair("<HH", data, 6)
        if data.startswith(b"BM"):
            width, height = _pair("<ii", data, 18)
            return width, abs(height)
        if data.startswith(b"\xff\xd8"):
            return _jpeg_size(data)
    except struct.error:
        return 0, 0
    return 0, 0


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            at += 1
        elif data[at + 1] in (0xFF, 0x00, 0x01) or 0xD0 <= data[at + 1] <= 0xD8:  # no length follows
            at += 1 if data[at + 1] == 0xFF else 2
        elif 0xC0 <= data[at + 1] <= 0xCF and data[at + 1] not in (0xC4, 0xC8, 0xCC):
            height, width = _pair(">HH", data, at + 5)
            return width, height
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return 0, 0


def _pair(form: str, data: bytes, at: int) -> tuple[int, int]:
    first, second = struct.unpack_from(form, data, at)
    return int(first), int(second)
