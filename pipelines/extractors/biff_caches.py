"""What an XLS keeps of data deleted since ([MS-XLS]): caches of pivot tables, cells of other workbooks."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from pipelines.extractors.assembly import Assembly, Unreadable, within_bounds
from pipelines.extractors.biff import records
from pipelines.extractors.cells import number
from pipelines.extractors.ole import stream_of
from pipelines.extractors.rows import flat, line
from pipelines.schema import SegmentKind

_CELLS, _END = 0x5A, 0x0A
_FOLDER: Final = "_SX_DB_CUR"
_FIELD, _INDICES = 0xC7, 0xC8
_NUMBER, _INTEGER, _TEXT, _DATE = 0xC9, 0xCC, 0xCD, 0xCE
_ITEMS: Final = range(0xC9, 0xD0)
_HAS_ITEMS, _WIDE_INDEX = 0x01, 0x200  # flags of a field
_NAME_AT: Final = 14


@dataclass(slots=True)
class _Field:
    name: str
    is_shared: bool  # its values are listed once, and records say their numbers
    wide: bool  # in two bytes
    count: int  # of the values listed
    items: list[str] = field(default_factory=list)


def add_caches(assembly: Assembly, ole: Any, stream: bytes) -> None:
    """Each a hidden table: cells of other workbooks by their rows, a pivot cache under its fields' names."""
    text = "\n".join(row for row in within_bounds(_external(stream)) if row)
    assembly.add(SegmentKind.TABLE, "external link", text, hidden=True)
    if not ole.exists(_FOLDER):
        return
    for path in sorted(ole.listdir()):
        if path[0] == _FOLDER and len(path) == 2:
            try:
                text = "\n".join(within_bounds(_pivot(stream_of(ole, path))))
            except Unreadable as error:
                assembly.note(error.reason)
                continue
            assembly.add(SegmentKind.TABLE, f"pivot cache {path[1].lstrip('0')}", text, hidden=True)


def _external(stream: bytes) -> Iterator[str]:
    for kind, at, size in records(stream):
        if kind == _END:  # of what all sheets share
            return
        if kind == _CELLS and size > 4:
            yield line(_cells(stream[at + 4 : at + size]))


def _cells(data: bytes) -> Iterator[str]:
    at = 0
    with suppress(struct.error):
        while at < len(data):
            kind, at = data[at], at + 1
            if kind == 2:
                text, at = _text(data, at)
                yield text
            else:
                yield number(struct.unpack_from("<d", data, at)[0]) if kind == 1 else ""
                at += 8


def _pivot(data: bytes) -> Iterator[str]:
    """The names of the fields, then the records; without records the values of each field, a field on a line."""
    fields, rows = list[_Field](), 0
    for row in _rows(data, fields):
        if not rows:
            yield line(found.name for found in fields)
        rows += 1
        yield line(value or "" for value in row)
    if not rows:
        yield line(found.name for found in fields)
        yield from (text for found in fields if (text := line(found.items)))


def _rows(data: bytes, fields: list[_Field]) -> Iterator[list[str | None]]:
    """Fills ``fields`` first. A record is the numbers of its shared values, if there are any, and then its others."""
    row: list[str | None] = []
    for kind, at, size in records(data):
        content = data[at : at + size]
        if kind == _FIELD and size >= _NAME_AT + 3:
            fields.append(_field(content))
        elif kind == _INDICES:
            if row:
                yield row
            row = list(_shared(content, fields))
        elif kind in _ITEMS and fields:
            value = _item(kind, content)
            if len(fields[-1].items) < fields[-1].count:
                fields[-1].items.append(value)
                continue
            if None not in row:
                if row:
                    yield row
                row = [None] * len(fields)
            row[row.index(None)] = value
    if row:
        yield row


def _field(content: bytes) -> _Field:
    flags, count = (int.from_bytes(content[at : at + 2], "little") for at in (0, _NAME_AT - 2))
    is_shared = bool(flags & _HAS_ITEMS)
    return _Field(_text(content, _NAME_AT)[0], is_shared, bool(flags & _WIDE_INDEX), count if is_shared else 0)


def _shared(content: bytes, fields: list[_Field]) -> Iterator[str | None]:
    at = 0
    for found in fields:
        if not found.is_shared:
            yield None
            continue
        size = 2 if found.wide else 1
        number_of = int.from_bytes(content[at : at + size], "little") if at + size <= len(content) else len(found.items)
        at += size
        yield found.items[number_of] if number_of < len(found.items) else ""


def _item(kind: int, content: bytes) -> str:
    with suppress(struct.error):
        if kind == _TEXT:
            return _text(content, 0)[0]
        if kind == _NUMBER:
            return number(struct.unpack_from("<d", content)[0])
        if kind == _INTEGER:
            return str(struct.unpack_from("<h", content)[0])
        if kind == _DATE:
            return "{:04}-{:02}-{:02}".format(*struct.unpack_from("<HHB", content))
    return ""


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A counted text and the place behind it. Raises struct.error where the data end."""
    count, wide = struct.unpack_from("<HB", data, at)
    size = 2 * count if wide & 1 else count
    raw = data[at + 3 : at + 3 + size]
    return flat(raw.decode("utf-16-le" if wide & 1 else "latin-1", "replace")), at + 3 + size
