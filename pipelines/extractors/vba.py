"""What macros say: lines of their source that hold Chinese or a long number, such as lists and passwords written into
them. The source is compressed ([MS-OVBA] 2.4.1) and stands in each module's stream behind what was compiled of it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.encoding import decode
from pipelines.extractors.html_attributes import says_something
from pipelines.extractors.ole import open_ole, stream_of
from pipelines.extractors.package import Package
from pipelines.extractors.rows import flat
from pipelines.schema import SegmentKind

_FOLDER: Final = "vba"
_PART: Final = "vbaproject.bin"
_BEGINS: Final = b"\0Attribut"  # eight characters as they are, behind the flags that say so: how every source begins
_HEAD: Final = 3  # bytes in front of the flags: the container's first, the chunk's header
_CHUNK: Final = 4096  # bytes of source
_MOST: Final = 1_000_000  # bytes of a module's source: more is damage


def add_macros(assembly: Assembly, ole: Any) -> bool:
    """The macros of a DOC, an XLS or a ``vbaProject.bin``, each module a hidden segment. Returns whether it has any."""
    modules = [path for path in sorted(ole.listdir()) if len(path) > 1 and path[-2].lower() == _FOLDER]
    for path in modules:
        try:
            data = stream_of(ole, path)
        except Unreadable as error:
            assembly.note(error.reason)
            continue
        at = data.find(_BEGINS) - _HEAD
        lines = map(flat, decode(decompressed(data[at:])).text.splitlines()) if at >= 0 else ()
        told = "\n".join(filter(says_something, lines))
        assembly.add(SegmentKind.METADATA, f"macro {path[-1]}", told, hidden=True)
    return bool(modules)


def add_package_macros(assembly: Assembly, package: Package) -> None:
    """The same of a DOCM, an XLSM, an XLSB or a PPTM."""
    for part in sorted(package.names):
        if part.lower().endswith(_PART):
            try:
                with open_ole(package.read(part)) as ole:
                    add_macros(assembly, ole)
            except Unreadable as error:
                assembly.note(error.reason)


def decompressed(container: bytes) -> bytes:
    """The bytes of a compressed container as far as it goes, at most _MOST.

    >>> decompressed(bytes.fromhex("01 03 b0 02 61 45 00")) == b"a" * 73
    True
    """
    out, at = bytearray(), 1
    with suppress(struct.error):
        while at + 2 <= len(container) and len(out) < _MOST:
            (header,) = struct.unpack_from("<H", container, at)
            end = at + 3 + (header & 0x0FFF)
            out += _chunk(container[at + 2 : end]) if header & 0x8000 else container[at + 2 : at + 2 + _CHUNK]
            at = end
    return bytes(out)


def _chunk(data: bytes) -> bytes:
    out = bytearray()
    for size, token in _tokens(data, out):
        if size == 1:
            out.append(token)
            continue
        bits = max(4, (len(out) - 1).bit_length())  # of the distance; the others are the length
        length, back = (token & (0xFFFF >> bits)) + 3, (token >> (16 - bits)) + 1
        if back > len(out):
            break  # damaged
        for _ in range(length):
            out.append(out[-back])
    return bytes(out[:_CHUNK])


def _tokens(data: bytes, out: bytearray) -> Iterator[tuple[int, int]]:
    """Size in bytes and value of each token: a character, or what is to be copied; a chunk's end ends them."""
    at = 0
    while at < len(data) and len(out) < _CHUNK:
        flags, at = data[at], at + 1
        for bit in range(8):
            size = 1 + (flags >> bit & 1)
            if at + size > len(data):
                return
            yield size, int.from_bytes(data[at : at + size], "little")
            at += size
