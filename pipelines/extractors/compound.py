"""Compound files ([MS-CFB]) opened so that none costs more than it is long, and what of them is missing.

olefile believes the lengths a header states. Of ten kilobytes whose chain of sectors is a ring, and whose table of
short streams is said to be gigabytes long, it makes gigabytes. Of a stream whose chain ends too early it gives what
there is without a word: a download that broke off would pass for a document without its last rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, Final

import olefile

_UNKNOWN: Final = olefile.olefile.UNKNOWN_SIZE
_OFTEN: Final = 4  # times as many sectors as there are: streams that share sectors so often are no sound file's


class CompoundFile(olefile.OleFileIO):  # type: ignore[misc]  # olefile has no types
    """An ``olefile.OleFileIO`` in which no stream and no table is longer than the file: more would be read twice."""

    def loadfat(self, header: bytes) -> None:
        self.num_fat_sectors: int = min(self.num_fat_sectors, self.nb_sect)
        super().loadfat(header)

    def _open(self, start: int, size: int = _UNKNOWN, force_FAT: bool = False) -> Any:
        if size != _UNKNOWN:
            size = min(size, max(self._filesize, self.minisectorcutoff))  # still not a short one
        return super()._open(start, size, force_FAT)


def is_compound(data: bytes) -> bool:
    return data.startswith(olefile.MAGIC)


def is_cut(data: bytes) -> bool:
    """Whether a stream of the file is shorter than its directory says, or lies in sectors that are not there.

    False also where the file cannot be opened: nothing was read of it then.
    """
    try:
        with CompoundFile(BytesIO(data)) as ole:
            return _is_cut(ole)
    except MemoryError:
        raise
    except Exception:  # olefile raises whatever damage makes it stumble over
        return False


def _is_cut(ole: CompoundFile) -> bool:
    streams = [entry for entry in ole.direntries if entry is not None and entry.entry_type == olefile.STGTY_STREAM]
    short = [entry for entry in streams if entry.size < ole.minisectorcutoff]
    long = [entry for entry in streams if entry.size >= ole.minisectorcutoff]
    if any(entry.size for entry in short):
        ole.loadminifat()
        long.append(ole.root)  # its stream is the one that short streams lie in
    room = ole._filesize - ole.sectorsize
    return (
        any((sector + 1) * ole.sectorsize > room for sector in chain(ole.fat, ole.first_dir_sector))
        or _any_cut(long, ole.fat, ole.sectorsize, room)
        or _any_cut(short, ole.minifat or (), ole.minisectorsize, ole.root.size)
    )


def chain(table: Sequence[int], at: int) -> Iterator[int]:
    """The sectors of a chain, from ``at`` to its end; of a ring as many as the table is long."""
    for _ in range(len(table)):
        if at >= len(table):
            break
        yield at
        at = table[at]


def _any_cut(streams: Iterable[Any], table: Sequence[int], unit: int, room: int) -> bool:
    """Whether the chain of a stream, in a table of sectors of ``unit`` bytes, leaves the table or the ``room`` bytes
    that the sectors are, before the stream is complete."""
    left = _OFTEN * len(table)
    for stream in streams:
        at, size = stream.isectStart, stream.size
        left -= -(-size // unit)
        if left < 0:
            return True
        while size > 0:
            if at >= len(table) or at * unit + min(unit, size) > room:
                return True
            at, size = table[at], size - unit
    return False
