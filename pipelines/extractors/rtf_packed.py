"""RTF as Outlook packs it ([MS-OXRTFCP]): references into a window of 4,096 bytes that begins with words of any RTF."""

from __future__ import annotations

import struct
from typing import Final

from pipelines.extractors.assembly import Unreadable
from pipelines.schema import Status

_BEGINNING: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)
_WINDOW: Final = 4096
_HEADER: Final = 16


def unpacked_rtf(data: bytes) -> bytes:
    """Raises Unreadable when it is none. At most nine times as long as what is packed."""
    if len(data) < _HEADER:
        raise Unreadable(Status.CORRUPT, "rtf: truncated")
    _, size, kind = struct.unpack_from("<II4s", data)
    if kind == b"MELA":
        return data[_HEADER : _HEADER + size]
    if kind != b"LZFu":
        raise Unreadable(Status.CORRUPT, "rtf: unknown packing")
    out, at = bytearray(_BEGINNING), _HEADER
    while at < len(data):
        control, at = data[at], at + 1
        for bit in range(8):
            if control >> bit & 1:
                if at + 2 > len(data):
                    return bytes(out[len(_BEGINNING) :])
                reference = data[at] << 8 | data[at + 1]
                at += 2
                offset, length = reference >> 4, (reference & 15) + 2
                if offset == len(out) % _WINDOW:  # where writing is: the end
                    return bytes(out[len(_BEGINNING) :])
                start = len(out) - (len(out) - offset) % _WINDOW
                for n in range(length):
                    out.append(out[start + n] if start + n >= 0 else 32)
            elif at < len(data):
                out.append(data[at])
                at += 1
    return bytes(out[len(_BEGINNING) :])
