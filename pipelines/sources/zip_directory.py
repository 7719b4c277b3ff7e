"""The central directory of a zip, read a part at a time.

``zipfile`` keeps an object for every entry and would read the whole directory again in every worker: of a million
entries that is a gigabyte and some seconds each time. Here a shard is a byte range of the directory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from pipelines.sources import names

_END: Final = struct.Struct("<4s4H2LH")  # end of central directory
_END64_LOCATOR: Final = struct.Struct("<4sLQL")
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_COMMENT: Final = 1 << 16  # the longest comment that may follow the end record
_UNKNOWN: Final = 0xFFFFFFFF  # the true value stands in the zip64 extra field
_BLOCK: Final = 1 << 20
_AES: Final = 99


class NotZip(Exception):
    """No central directory where one should be."""


class Directory(NamedTuple):
    start: int  # byte offsets in the file
    stop: int
    shift: int  # bytes that stand before the zip, such as a self-extractor; offsets do not count them


class Aes(NamedTuple):
    """WinZip's AES: what the extra field 0x9901 of an encrypted entry says."""

    strength: int  # 1, 2, 3: keys of 128, 192, 256 bits
    method: int  # how the data are compressed below the encryption


class Entry(NamedTuple):
    name: str
    flags: int
    method: int
    crc: int
    packed: int  # bytes
    size: int  # bytes, as declared
    offset: int  # of the local header, from the zip's start
    mode: int  # Unix mode, or 0
    stop: int  # byte offset of the next entry in the directory
    time: int = 0  # of day, as MS-DOS writes it
    aes: Aes | None = None


def locate(file: BinaryIO) -> Directory:
    """Raises NotZip when the file is truncated or was never a zip."""
    length = file.seek(0, 2)
    base = max(0, length - _COMMENT - _END.size)
    file.seek(base)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise NotZip
    *_, size, offset, _ = _END.unpack_from(tail, at)
    end = base + at
    end64 = _end64(file, end)
    if end64:
        end, size, offset = end64
    start = end - size
    if start < 0 or start - offset < 0:
        raise NotZip
    return Directory(start, end, start - offset)


def begins(file: BinaryIO) -> bool:
    """Whether the first byte is a member's. Where a ``shift`` was found as well, it is a member that no list names: the
    zip was cut off, and the list belongs to a zip that was stored in it. A self-extractor begins otherwise."""
    file.seek(0)
    return file.read(4) == b"PK\x03\x04"


def _end64(file: BinaryIO, end: int) -> tuple[int, int, int] | None:
    """(offset of the zip64 end record, size and offset of the directory), where there is one."""
    if end < _END64_LOCATOR.size:
        return None
    file.seek(end - _END64_LOCATOR.size)
    signature, _, offset, _ = _END64_LOCATOR.unpack(file.read(_END64_LOCATOR.size))
    if signature != b"PK\x06\x07":
        return None
    for at in (offset, end - _END64_LOCATOR.size - _END64.size):  # the second where bytes stand before the zip
        file.seek(at)
        record = file.read(_END64.size)
        if len(record) == _END64.size and record.startswith(b"PK\x06\x06"):
            *_, size, start = _END64.unpack(record)
            return at, size, start
    raise NotZip


def entries(file: BinaryIO, start: int, stop: int) -> Iterator[Entry]:
    """The entries in a byte range of the directory. Raises NotZip at one that is none."""
    buffer, base = b"", start  # ``base`` is the offset of the buffer in the file
    while start < stop:
        entry = _entry(buffer, start - base, base)
        if entry is None:
            file.seek(start)
            buffer, base = file.read(min(_BLOCK, stop - start)), start
            entry = _entry(buffer, 0, base)
        if entry is None:
            raise NotZip
        yield entry
        start = entry.stop


def _entry(buffer: bytes, at: int, base: int) -> Entry | None:
    """The entry at an offset of the buffer; None when it is not all there, or is no entry."""
    if len(buffer) - at < _ENTRY.size or buffer[at : at + 4] != b"PK\x01\x02":
        return None
    fixed = _ENTRY.unpack_from(buffer, at)
    flags, method, crc, packed, size = fixed[3], fixed[4], *fixed[7:10]
    name_length, extra_length, comment_length = fixed[10:13]
    external, offset = fixed[15], fixed[16]
    name_at = at + _ENTRY.size
    extra_at = name_at + name_length
    stop = extra_at + extra_length + comment_length
    if stop > len(buffer):
        return None
    extra = buffer[extra_at : extra_at + extra_length]
    name, aes = buffer[name_at:extra_at], None
    if extra:
        size, packed, offset = _widened(extra, size, packed, offset)
        name, aes = _unicode_name(extra) or name, _aes(extra, method)
    mode = external >> 16 if fixed[1] >> 8 == 3 else 0  # made on Unix
    return Entry(names.decode(name), flags, method, crc, packed, size, offset, mode, base + stop, fixed[5], aes)


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def _widened(extra: bytes, *values: int) -> tuple[int, ...]:
    """Sizes and offset; those that did not fit 32 bits come from the zip64 field, where they stand in this order."""
    wide = next((body for kind, body in _fields(extra) if kind == 1), b"")
    numbers = iter(struct.unpack_from(f"<{len(wide) // 8}Q", wide))
    return tuple(next(numbers, value) if value == _UNKNOWN else value for value in values)


def _unicode_name(extra: bytes) -> bytes:
    """Info-ZIP's UTF-8 name, which stands beside one in the writer's own code page."""
    body = next((body for kind, body in _fields(extra) if kind == 0x7075), b"")
    return body[5:]


def _aes(extra: bytes, method: int) -> Aes | None:
    body = next((body for kind, body in _fields(extra) if kind == 0x9901), b"") if method == _AES else b""
    return Aes(body[4], int.from_bytes(body[5:7], "little")) if len(body) >= 7 else None


def data_offset(file: BinaryIO, offset: int) -> int:
    """Where an entry's data starts, from its local header's offset in the file. Raises NotZip when there is none."""
    file.seek(offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise NotZip
    *_, name_length, extra_length = _LOCAL.unpack(header)
    return offset + _LOCAL.size + int(name_length) + int(extra_length)
