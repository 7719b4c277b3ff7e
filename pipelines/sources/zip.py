"""A zip: each worker reads its own part of the central directory and the members it names."""

from __future__ import annotations

import bz2
import stat
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final, Protocol

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources import mirror, zip_crypto, zip_directory
from pipelines.sources.base import Extent, FileSource, Shard, broken, carrying, cut, numbered
from pipelines.sources.names import shown
from pipelines.sources.zip_directory import Entry, NotZip

_STORED, _DEFLATED, _BZIP2 = 0, 8, 12
_UNKNOWN_CIPHER: Final = 1 << 6 | 1 << 13  # strong encryption; masked headers
_ENCRYPTED: Final = 1 | _UNKNOWN_CIPHER
# Deflate reaches 1032 : 1 on zeros only; the densest real pages and sheets stay below 200 : 1.
_RATIO: Final = 500
_RATIO_FROM: Final = 8 << 20  # bytes unpacked; a smaller member cannot hurt
_BLOCK: Final = 1 << 20


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Unread(Exception):
    """Why an entry has no data: a status and a reason."""

    def __init__(self, status: str, reason: str) -> None:
        self.status, self.reason = status, reason


@dataclass(frozen=True, slots=True)
class ZipSource(FileSource):
    kind: str = "zip"

    def shards(self) -> Iterator[Shard]:
        return numbered(self._shards())

    def _shards(self) -> Iterator[Shard]:
        with self.path.open("rb") as file:
            directory = zip_directory.locate(file)
            problem: list[Member] = []
            yield from cut(self._extents(file, directory, problem), directory.start)
            if directory.shift and zip_directory.begins(file):
                problem.append(broken(self.path, "truncated: what was read is the list of a zip inside this one"))
        yield from map(carrying, problem)

    def _extents(self, file: BinaryIO, directory: zip_directory.Directory, problem: list[Member]) -> Iterator[Extent]:
        try:
            for entry in zip_directory.entries(file, directory.start, directory.stop):
                yield Extent(entry.stop, min(entry.size, self.limit), entry.packed)
        except NotZip:
            problem.append(broken(self.path, "corrupt: the list of contents breaks off"))

    def read(self, shard: Shard) -> Iterator[Member]:
        if shard.members is not None:
            yield from shard.members
            return
        host = mirror.archive_host(self.path)
        with self.path.open("rb") as file, suppress(NotZip):  # the last shard says that the directory breaks off
            shift = zip_directory.locate(file).shift
            for entry in zip_directory.entries(file, shard.start, shard.stop):
                if not entry.name.endswith(("/", "\\")):
                    yield from self._member(file, entry, shift, host)

    def _member(self, file: BinaryIO, entry: Entry, shift: int, host: str) -> Iterator[Member]:
        path = shown(entry.name)
        try:
            data = data_of(file, entry, shift, self.limit, self.passwords)
        except Unread as unread:
            if not mirror.of_copier(path, None):
                yield Member(path, None, mirror.url_of(path, host), status=unread.status, reason=unread.reason)
        else:
            if not mirror.of_copier(path, data):
                yield mirror.member(path, data, host)


def data_of(file: BinaryIO, entry: Entry, shift: int, limit: int, passwords: Sequence[str] = ()) -> bytes:
    """An entry's bytes, checked against its CRC. Raises Unread."""
    _refuse(entry, limit)
    try:
        file.seek(zip_directory.data_offset(file, entry.offset + shift))
        if entry.flags & _ENCRYPTED:
            file, entry = _unlocked(file, entry, passwords)
        data = _unpacked(file, entry)
    except NotZip:
        raise Unread(Status.CORRUPT, "corrupt: no member where the list of contents says") from None
    except (zlib.error, OSError, ValueError, OverflowError) as error:
        raise Unread(Status.CORRUPT, f"corrupt: {error}") from None
    if len(data) != entry.size:
        raise Unread(Status.CORRUPT, f"corrupt: {len(data)} of {entry.size} bytes")
    if zlib.crc32(data) != entry.crc and not entry.aes:  # whose own checksum was right
        raise Unread(Status.CORRUPT, "corrupt: checksum (CRC)")
    return data


def _refuse(entry: Entry, limit: int) -> None:
    if stat.S_ISLNK(entry.mode):
        raise Unread(Status.UNSUPPORTED, "symlink")
    if (entry.aes.method if entry.aes else entry.method) not in (_STORED, _DEFLATED, _BZIP2):
        raise Unread(Status.UNSUPPORTED, f"compression method {entry.method}")
    if entry.size > limit:
        raise Unread(Status.TOO_LARGE, f"{entry.size} bytes")
    if entry.size > _RATIO_FROM and entry.size > _RATIO * max(entry.packed, 1):
        raise Unread(Status.TOO_LARGE, f"zip bomb: {entry.packed} bytes become {entry.size}")


def _unlocked(file: BinaryIO, entry: Entry, passwords: Sequence[str]) -> tuple[BinaryIO, Entry]:
    """The entry as if it had been written without a password, in a file of its own."""
    if entry.flags & _UNKNOWN_CIPHER or entry.packed > entry.size + _BLOCK:
        raise Unread(Status.ENCRYPTED, "password")
    packed = zip_crypto.decrypted(file.read(entry.packed), entry, passwords)
    if packed is None:
        raise Unread(Status.ENCRYPTED, "password")
    method = entry.aes.method if entry.aes else entry.method
    return BytesIO(packed), entry._replace(packed=len(packed), method=method)


def _unpacked(file: BinaryIO, entry: Entry) -> bytes:
    """Never more than the declared size plus one byte."""
    if entry.method == _STORED:
        return file.read(min(entry.packed, entry.size + 1))
    unpacker: _Unpacker = zlib.decompressobj(-15) if entry.method == _DEFLATED else bz2.BZ2Decompressor()
    if entry.packed <= _BLOCK:
        return unpacker.decompress(file.read(entry.packed), entry.size + 1)
    out, left, packed = bytearray(), entry.size + 1, entry.packed
    while left > 0 and packed > 0 and not unpacker.eof:
        block = file.read(min(_BLOCK, packed))
        if not block:
            break
        packed -= len(block)
        out += unpacker.decompress(block, left)
        left = entry.size + 1 - len(out)
    return bytes(out)
