"""Windows' metafiles that write words at places, and records of pictures as old Office formats hold them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

Words = tuple[int, int, str]  # left, top


def emf(texts: Iterable[Words], more: bytes = b"", *, options: int = 0) -> bytes:
    """``more``: records behind those of the words."""
    body = b"".join(emf_text(*words, options=options) for words in texts) + more
    end = struct.pack("<5I", 14, 20, 0, 16, 20)
    size = 108 + len(body) + len(end)
    header = struct.pack("<2I8i", 1, 108, 0, 0, 2000, 2000, 0, 0, 50_000, 50_000) + b" EMF"
    header += struct.pack("<3I2H3I2i2i", 0x10000, size, 3, 1, 0, 0, 0, 0, 1920, 1080, 500, 300)
    return header.ljust(108, b"\0") + body + end


def emf_text(left: int, top: int, words: str, *, options: int = 0) -> bytes:
    raw = words.encode("utf-16-le")
    raw += bytes(-len(raw) % 4)
    steps = struct.pack(f"<{len(words)}I", *(20 if ord(char) > 255 else 10 for char in words))
    fixed = struct.pack("<4iI2f", 0, 0, -1, -1, 1, 1.0, 1.0)
    fixed += struct.pack("<2i3I4iI", left, top, len(words), 76, options, 0, 0, -1, -1, 76 + len(raw))
    return struct.pack("<2I", 84, 8 + len(fixed + raw + steps)) + fixed + raw + steps


def emf_bitmap(dib: bytes) -> bytes:
    """A record that paints a bitmap (EMR_STRETCHDIBITS)."""
    fixed = struct.pack("<4i6i4I4i", *bytes(10), 80, 40, 120, len(dib) - 40, 0, 0x00CC0020, 0, 0)
    return struct.pack("<2I", 81, 8 + len(fixed) + len(dib)) + fixed + dib


def dib(width: int, height: int) -> bytes:
    """A bitmap as it is held in memory, 24 bits a point."""
    row = (3 * width + 3) // 4 * 4
    return struct.pack("<3I2H6I", 40, width, height, 1, 24, 0, row * height, 0, 0, 0, 0) + bytes(row * height)


def wmf(texts: Iterable[Words]) -> bytes:
    records = b""
    for left, top, words in texts:
        raw = words.encode("gb18030")
        content = struct.pack("<4h", top, left, len(raw), 0) + raw + bytes(len(raw) % 2)
        content += struct.pack(f"<{len(raw)}h", *[10] * len(raw))
        records += struct.pack("<IH", 3 + len(content) // 2, 0x0A32) + content
    records += struct.pack("<IH", 3, 0)
    return struct.pack("<HHHIHIH", 1, 9, 0x300, 9 + len(records) // 2, 1, 99, 0) + records


def blip(kind: int, instance: int, data: bytes, *, metafile: bool = False, two: bool = False) -> bytes:
    """The record of a picture; a metafile is packed."""
    inside = bytes(32 if two else 16)
    if metafile:
        packed = zlib.compress(data)
        inside += struct.pack("<I6iI2B", len(data), 0, 0, 9, 9, 9, 9, len(packed), 0, 0xFE) + packed
    else:
        inside += b"\xff" + data
    return struct.pack("<HHI", (instance + two) << 4, kind, len(inside)) + inside


def png(width: int, height: int, more: bytes = b"") -> bytes:
    """The beginning of one, which is all that is looked at without text recognition."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + more
