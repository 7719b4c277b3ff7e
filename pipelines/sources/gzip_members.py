"""A .warc.gz is a row of gzip members, one a record: each can be found and unpacked by itself."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

_MAGIC: Final = b"\x1f\x8b\x08"
_BLOCK: Final = 1 << 20
_SMALL: Final = 1 << 16
_PEEK: Final = 512
_LENGTH: Final = re.compile(rb"^Content-Length:\s*(\d{1,15})\s*$", re.I | re.M)
_FIRST: Final = 64 << 20  # bytes; the first record of an archive (warcinfo) is smaller


class GzipMember(NamedTuple):
    start: int
    stop: int  # offset of the next member
    data: bytes  # unpacked, at most what was asked for
    size: int  # bytes unpacked, all of it
    problem: str  # "", "truncated: …" or "corrupt: …"


def unpack(file: BinaryIO, start: int, limit: int) -> GzipMember:
    """The member at ``start``; of its data at most ``limit`` bytes are kept."""
    file.seek(start)
    inflater = zlib.decompressobj(31)
    out, size, stop = bytearray(), 0, start
    while not inflater.eof:
        block = file.read(_SMALL)
        if not block:
            return GzipMember(start, stop, bytes(out), size, "truncated: the compressed file breaks off")
        stop += len(block)
        try:
            data = inflater.decompress(block)
        except zlib.error as error:
            return GzipMember(start, stop, bytes(out), size, f"corrupt: {error}")
        size += len(data)
        out += data[: max(0, limit - len(out))]
    return GzipMember(start, stop - len(inflater.unused_data), bytes(out), size, "")


def starts_record(file: BinaryIO, at: int) -> bool:
    """Whether a gzip member that starts with a WARC record stands at an offset."""
    file.seek(at)
    try:
        return zlib.decompressobj(31).decompress(file.read(_PEEK), 8).startswith(b"WARC/")
    except zlib.error:
        return False


def next_record(file: BinaryIO, start: int, stop: int) -> int:
    """Where the next record seems to start, at or after ``start``; ``stop`` when there is none.

    A guess: packed data of another record may look the same, when it holds a .warc.gz itself.
    """
    while start < stop:
        file.seek(start)
        block = file.read(min(_BLOCK, stop - start))
        found = block.find(_MAGIC)
        while found >= 0:
            if starts_record(file, start + found):
                return start + found
            found = block.find(_MAGIC, found + 1)
        if start + len(block) >= stop or not block:
            break
        start += len(block) - len(_MAGIC) + 1
    return stop


def boundaries(file: BinaryIO, step: int) -> Iterator[tuple[int, int]]:
    """Consecutive byte ranges of the file of about ``step`` bytes that start at records."""
    size, start = file.seek(0, 2), 0
    while start < size:
        stop = next_record(file, min(start + step, size), size)
        yield start, stop
        start = stop


def one_by_one(file: BinaryIO) -> bool:
    """Whether the first record is a gzip member of its own; else the file was packed as a whole."""
    size = file.seek(0, 2)
    file.seek(0)
    inflater = zlib.decompressobj(31)
    out = bytearray()
    needed = _FIRST
    try:
        while not inflater.eof and len(out) <= needed and (block := file.read(_SMALL)):
            out += inflater.decompress(block)
            head, blank, _ = bytes(out[: 2 * _SMALL]).partition(b"\r\n\r\n")
            length = _LENGTH.search(head + b"\n") if blank else None
            needed = len(head) + 8 + int(length[1]) if length else needed
    except zlib.error:  # a fault in the very first one
        return next_record(file, 1, size) < size
    return (inflater.eof and len(out) <= needed) or needed >= _FIRST
