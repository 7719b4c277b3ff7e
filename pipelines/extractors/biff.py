"""What an XLS says in its records, asked before calamine opens it: is it encrypted, how far do its cells reach.

A record is a type and a length, two bytes each, and its data; a cell's data begin with its row and its column.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from struct import Struct
from typing import Final

from pipelines.extractors.compound import CompoundFile

_FILEPASS, _BEGIN = 0x2F, frozenset((0x09, 0x209, 0x409, 0x809))
_CELLS: Final = frozenset((0x06, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406, 0x02, 0x03, 0x04, 0x05))
_CELL_RUNS: Final = frozenset((0xBD, 0xBE))  # several cells of a row; their last column stands at the end
_DIMENSIONS: Final = 0x200
_DRAWINGS, _CONTINUE, _END = 0xEB, 0x3C, 0x0A
_WORD: Final = 2**32
_HEAD: Final = Struct("<HH")
_EXTENT, _OLD_EXTENT = Struct("<IIHH"), Struct("<HHHH")  # first row, row after the last, the same of columns


def workbook_stream(data: bytes) -> bytes:
    """The records of an XLS; b"" when its container is too damaged to find them."""
    try:
        with CompoundFile(BytesIO(data)) as ole:
            names = [
                entry[0] for entry in ole.listdir() if len(entry) == 1 and entry[0].lower() in ("workbook", "book")
            ]
            chosen = next((name for name in ("Workbook", "Book", *names) if name in names), "")  # as calamine does
            return bytes(ole.openstream(chosen).read()) if chosen else b""
    except MemoryError:
        raise
    except Exception:  # olefile raises whatever damage makes it stumble over
        return b""


def begins(stream: bytes) -> bool:
    """Whether a workbook begins where its stream does."""
    return any(kind in _BEGIN for kind, _, _ in islice(records(stream), 1))


def is_encrypted(stream: bytes) -> bool:
    """Whether a record in the workbook's first part says that all after it is encrypted."""
    parts = 0
    for kind, _, _ in records(stream):
        parts += kind in _BEGIN
        if kind == _FILEPASS or parts > 1:
            return kind == _FILEPASS
    return False


def dense_cells(stream: bytes) -> int:
    """Cells of the largest rectangle between the corner and the last row and column of a sheet."""
    largest = rows = columns = 0
    for kind, at, size in records(stream):
        if kind in _BEGIN:
            rows = columns = 0
        elif size >= 4 and (kind in _CELLS or kind in _CELL_RUNS):
            row, column = _HEAD.unpack_from(stream, at)
            if kind in _CELL_RUNS:
                column = max(column, int.from_bytes(stream[at + size - 2 : at + size], "little"))
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            largest = max(largest, rows * columns)
    return largest


def without_claims(data: bytes, stream: bytes, most: int) -> bytes:
    """The file without the extents that its sheets claim beyond ``most`` cells: calamine reserves memory for them."""
    for kind, at, size in records(stream):
        if kind == _DIMENSIONS and _claimed(stream, at, size) > most:
            record = stream[at - 4 : at + size]
            data = data.replace(record, record[:4] + bytes(size))
    return data


def claims(stream: bytes) -> int:
    """Cells of the largest extent that a sheet claims."""
    return max((_claimed(stream, at, size) for kind, at, size in records(stream) if kind == _DIMENSIONS), default=0)


def _claimed(stream: bytes, at: int, size: int) -> int:
    if size < _OLD_EXTENT.size:
        return 0
    top, bottom, left, right = map(int, (_EXTENT if size >= _EXTENT.size else _OLD_EXTENT).unpack_from(stream, at))
    rows, columns = (bottom - top) % _WORD, (right - left) % _WORD  # calamine wraps around, too
    return max(rows, bottom) * max(columns, right)  # and counts from the corner where an extent is turned around


def records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Type, place and length of each record's data, as far as the stream goes."""
    at, end = 0, len(stream)
    while at + 4 <= end:
        kind, size = _HEAD.unpack_from(stream, at)
        yield kind, at + 4, min(size, end - at - 4)
        at += 4 + size


def drawings(stream: bytes) -> bytes:
    """The workbook's drawings, whose pictures all sheets share: one record and those that continue it."""
    parts, within = list[bytes](), False
    for kind, at, size in records(stream):
        if kind == _END:  # of what all sheets share
            break
        within = kind == _DRAWINGS or (within and kind == _CONTINUE)
        if within:
            parts.append(stream[at : at + size])
    return b"".join(parts)
