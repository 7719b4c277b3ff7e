"""Compound files made from a storage inside another: an embedded workbook or mail, so that it can be read by itself.

The simplest file that readers take ([MS-CFB], version 3): sectors of 512 bytes, one chain a stream; streams under 4,096
bytes in a stream of their own, cut in pieces of 64; the entries of a storage as a list to the right.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, Final

_SECTOR: Final = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NONE: Final = 0xFFFFFFFF
_PER_SECTOR: Final = _SECTOR // 4
_IN_HEADER: Final = 109  # FAT sectors that the header lists: 7 MB, beyond which further lists are chained
_CUTOFF, _PIECE = 4096, 64
MAX_STORAGE: Final = 200_000_000  # bytes of all streams


class TooLarge(Exception):
    pass


def repacked(ole: Any, storage: Sequence[str]) -> bytes:
    """The storage of an open compound file as a compound file of its own. Raises TooLarge, and what olefile raises."""
    node = ole.root
    for name in storage:
        node = node.kids_dict[name.lower()]
    entries, streams = list[_Entry](), list[bytes]()
    _collect(ole, list(storage), node, entries, streams, root=True)
    return _file(entries, streams)


class _Entry:
    def __init__(self, name: str, kind: int, clsid: bytes) -> None:
        self.name, self.kind, self.clsid = name, kind, clsid  # 1 storage, 2 stream, 5 root
        self.right = self.child = _NONE
        self.stream = -1  # index in the list of streams


def _collect(
    ole: Any, path: list[str], node: Any, entries: list[_Entry], streams: list[bytes], *, root: bool = False
) -> int:
    entry = _Entry("Root Entry" if root else node.name, 5 if root else 1, _clsid(node))
    at = len(entries)
    entries.append(entry)
    last: _Entry | None = None
    # readers walk a sorted tree; a list to the right of ascending names is one
    for kid in sorted(node.kids, key=lambda kid: (len(kid.name), kid.name.upper())):
        if kid.entry_type == 1:
            index = _collect(ole, [*path, kid.name], kid, entries, streams)
        else:
            index = len(entries)
            stream = _Entry(kid.name, 2, bytes(16))
            stream.stream = len(streams)
            entries.append(stream)
            streams.append(bytes(ole.openstream([*path, kid.name]).read()))
            if sum(map(len, streams)) > MAX_STORAGE:
                raise TooLarge
        if last is None:
            entry.child = index
        else:
            last.right = index
        last = entries[index]
    return at


def _clsid(node: Any) -> bytes:
    try:
        digits = str(node.clsid).replace("-", "")
        raw = bytes.fromhex(digits)
    except ValueError:
        return bytes(16)
    return raw[3::-1] + raw[5:3:-1] + raw[7:5:-1] + raw[8:] if len(raw) == 16 else bytes(16)


def _file(entries: list[_Entry], streams: list[bytes]) -> bytes:
    small, small_fat, small_starts = _small(streams)
    large = [b"" if len(stream) < _CUTOFF else stream for stream in streams]
    listed = struct.pack(f"<{len(small_fat)}I", *small_fat)
    bodies = [bytes(-(-len(entries) // 4) * _SECTOR), small, listed, *large]
    sizes = [-(-len(body) // _SECTOR) for body in bodies]
    fat_sectors = 0
    while fat_sectors * _PER_SECTOR < sum(sizes) + fat_sectors:
        fat_sectors = -(-(sum(sizes) + fat_sectors) // _PER_SECTOR)
    if fat_sectors > _IN_HEADER:
        raise TooLarge
    fat, starts = list[int](), list[int]()
    for size in sizes:
        starts.append(len(fat) if size else _END)
        fat += [*range(len(fat) + 1, len(fat) + size), _END] if size else []
    header = _header(len(fat), fat_sectors, starts[2], sizes[2])
    fat += [_FAT] * fat_sectors
    fat += [_FREE] * (fat_sectors * _PER_SECTOR - len(fat))
    places = [
        (small_starts[n] if len(stream) < _CUTOFF else starts[3 + n], len(stream)) for n, stream in enumerate(streams)
    ]
    bodies[0] = _directory(entries, places, (starts[1], len(small)))
    padded = b"".join(body.ljust(-(-len(body) // _SECTOR) * _SECTOR, b"\0") for body in bodies)
    return header + padded + struct.pack(f"<{len(fat)}I", *fat)


def _small(streams: list[bytes]) -> tuple[bytes, list[int], list[int]]:
    """The small streams one after the other, their chains, and where each begins."""
    data, chains, starts = bytearray(), list[int](), list[int]()
    for stream in streams:
        count = -(-len(stream) // _PIECE) if len(stream) < _CUTOFF else 0
        starts.append(len(chains) if count else _END)
        chains += [*range(len(chains) + 1, len(chains) + count), _END] if count else []
        data += stream.ljust(count * _PIECE, b"\0") if count else b""
    return bytes(data), chains, starts


def _header(first_fat: int, fat_sectors: int, first_small: int, small_sectors: int) -> bytes:
    fixed = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, 0, 0, _CUTOFF, first_small, small_sectors, _END, 0,
    )  # fmt: skip
    listed = [first_fat + n if n < fat_sectors else _FREE for n in range(_IN_HEADER)]
    return fixed + struct.pack(f"<{_IN_HEADER}I", *listed)


def _directory(entries: list[_Entry], places: list[tuple[int, int]], small: tuple[int, int]) -> bytes:
    """``places``: where each stream begins and how long it is; ``small``: the same of the stream of small ones."""
    out = b""
    for entry in entries:
        name = entry.name.encode("utf-16-le")[:62] + b"\0\0"
        start, size = places[entry.stream] if entry.kind == 2 else small if entry.kind == 5 else (0, 0)
        out += struct.pack(
            "<64sHBB3I16s20xIQ",
            name,
            len(name),
            entry.kind,
            1,
            _NONE,
            entry.right,
            entry.child,
            entry.clsid,
            start,
            size,
        )
    empty = struct.pack("<64sHBB3I16s20xIQ", b"", 0, 0, 0, _NONE, _NONE, _NONE, bytes(16), 0, 0)
    return out + empty * (-len(entries) % 4)
