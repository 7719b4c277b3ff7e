"""Pictures in the old Office formats: the records of drawings ([MS-ODRAW], OfficeArtBlip) that hold a picture's file.

They are looked for by their heads wherever drawings are kept, not followed from shape to shape: a damaged list of
shapes hides no picture. A head is four bytes that fit, a length that fits, and a file that begins as its kind does.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final, NamedTuple

import numpy as np

from pipelines.documents import Member
from pipelines.extractors.package import MAX_EMBEDDED
from pipelines.schema import Status


class _Kind(NamedTuple):
    instances: tuple[int, ...]  # with one checksum in front of the file; the next number has two
    suffix: str
    begins: tuple[bytes, ...] = ()


_KINDS: Final = {
    0xF01A: _Kind((0x3D4,), "emf"),
    0xF01B: _Kind((0x216,), "wmf"),
    0xF01C: _Kind((0x542,), "pict"),
    0xF01D: _Kind((0x46A, 0x6E2), "jpg", (b"\xff\xd8",)),
    0xF01E: _Kind((0x6E0,), "png", (b"\x89PNG",)),
    0xF01F: _Kind((0x7A8,), "bmp"),
    0xF029: _Kind((0x6E4,), "tif", (b"II", b"MM")),
    0xF02A: _Kind((0x46A, 0x6E2), "jpg", (b"\xff\xd8",)),
}
_HEADS: Final = frozenset(
    struct.pack("<HH", (instance + more) << 4, kind)
    for kind, (instances, _, _) in _KINDS.items()
    for instance in instances
    for more in (0, 1)
)
_LAST: Final = 0xF0  # byte of every head
_BEFORE_LAST: Final = np.isin(np.arange(256), [kind & 0xFF for kind in _KINDS])
_METAFILES: Final = ("emf", "wmf", "pict")
_METAFILE_HEAD: Final = 34
_PLAIN: Final = 0xFE  # a metafile that is not compressed
_CHECKSUM: Final = 16
_DIB_HEAD: Final = 40
_MOST: Final = 100_000_000  # bytes of one unpacked metafile
Picture = tuple[str, bytes]  # suffix and bytes; no bytes: it is there, but damaged


def pictures_in(*streams: bytes) -> Iterator[Picture]:
    """The pictures in some streams, in their order."""
    for stream in streams:
        end = 0
        for at in _heads(stream):
            picture = _picture(stream, at) if at >= end else None
            if picture:
                end = at + 8 + int.from_bytes(stream[at + 4 : at + 8], "little")
                yield picture


def _heads(stream: bytes) -> Iterator[int]:
    """Where a head may be, ten times as fast as a regular expression finds it."""
    raw = np.frombuffer(stream, np.uint8)
    places = np.flatnonzero(raw[3:] == _LAST)
    for at in places[_BEFORE_LAST[raw[places + 2]]].tolist():
        if stream[at : at + 4] in _HEADS:
            yield at


def as_members(member: Member, pictures: Iterable[Picture]) -> tuple[Member, ...]:
    """Each picture a file of its own, one that the document repeats once; what is beyond MAX_EMBEDDED by its number."""
    different = list(dict.fromkeys(pictures))
    children = tuple(_child(member, number, *picture) for number, picture in enumerate(different[:MAX_EMBEDDED], 1))
    if len(different) <= MAX_EMBEDDED:
        return children
    reason = f"more than {MAX_EMBEDDED} files inside: {len(different) - MAX_EMBEDDED} not read"
    return (*children, Member(f"{member.path}!/…", None, status=Status.TOO_LARGE, reason=reason))


def _child(member: Member, number: int, suffix: str, data: bytes) -> Member:
    path = f"{member.path}!/picture{number}.{suffix}"
    if data:
        return Member(path, data, fetched_at=member.fetched_at)
    return Member(path, None, fetched_at=member.fetched_at, status=Status.CORRUPT, reason="ole: embedded object")


def _picture(stream: bytes, at: int) -> Picture | None:
    first, number, size = struct.unpack_from("<HHI", stream, at) if at + 8 <= len(stream) else (0, 0xF01A, 0)
    kind = _KINDS[number]
    start = at + 8 + _CHECKSUM * (1 if first >> 4 in kind.instances else 2)
    end = at + 8 + size
    if end > len(stream) or start >= end:
        return None
    if kind.suffix in _METAFILES:
        return kind.suffix, _metafile(stream[start:end])
    data = stream[start + 1 : end]  # behind a byte without a meaning
    if kind.suffix == "bmp":
        return (kind.suffix, bitmap_file(data)) if data[:4] == b"\x28\0\0\0" else None
    return (kind.suffix, data) if data.startswith(kind.begins) else None


def _metafile(record: bytes) -> bytes:
    """Empty when it cannot be unpacked."""
    if len(record) <= _METAFILE_HEAD:
        return b""
    packed, how = record[_METAFILE_HEAD:], record[_METAFILE_HEAD - 2]
    if how == _PLAIN:
        return packed
    with suppress(zlib.error):
        return zlib.decompressobj().decompress(packed, _MOST)
    return b""


def bitmap_file(dib: bytes) -> bytes:
    """A BMP file of a bitmap as Windows holds it in memory; empty when it is none."""
    if len(dib) < _DIB_HEAD:
        return b""
    bits, packing, used = (struct.unpack_from(form, dib, at)[0] for form, at in (("<H", 14), ("<I", 16), ("<I", 32)))
    colors = used or (1 << bits if bits <= 8 else 0)
    head = int.from_bytes(dib[:4], "little") + 4 * min(colors, 256) + (12 if packing == 3 else 0)
    return b"BM" + struct.pack("<IHHI", 14 + len(dib), 0, 0, 14 + head) + dib
