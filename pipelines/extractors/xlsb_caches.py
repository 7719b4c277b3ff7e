"""What an XLSB keeps of data deleted since: caches of pivot tables, cells of other workbooks ([MS-XLSB])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import Final

from pipelines.extractors.assembly import Assembly, Unreadable, within_bounds
from pipelines.extractors.cells import number
from pipelines.extractors.package import Package
from pipelines.extractors.rows import flat, line
from pipelines.extractors.xlsb_records import number_at, records, wide
from pipelines.schema import SegmentKind

_FIELD, _SHARED, _SHARED_END, _RECORD, _RECORD_BY_ITEMS = 183, 189, 190, 33, 34
_NAME_AT: Final = 20  # of a field's data
_IN_SOURCE, _HAS_DATE, _HAS_TEXT, _IS_NUMBER = 0x04, 0x04, 0x08, 0x40  # flags of a field; of its shared items
# An item's kind by its record, as it stands alone and with what is shown of it.
_KINDS: Final = {
    **dict.fromkeys((20, 27), "missing"), **dict.fromkeys((21, 28), "number"), **dict.fromkeys((22, 29), "truth"),
    **dict.fromkeys((23, 30), "error"), **dict.fromkeys((24, 31), "text"), **dict.fromkeys((25, 32), "date"),
    26: "index",
}  # fmt: skip
_EXTERNAL_ROW: Final = 366
_EXTERNAL_CELLS: Final = {367: "missing", 368: "number", 369: "truth", 370: "error", 371: "text"}


@dataclass(slots=True)
class _Field:
    name: str
    in_source: bool
    flags: int = 0
    shared: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Of its values in a record that gives no kinds."""
        if self.shared:
            return "index"
        if self.flags & _IS_NUMBER:
            return "number"
        return "date" if self.flags & _HAS_DATE and not self.flags & _HAS_TEXT else "text"

    def shown(self, kind: str, value: str) -> str:
        if kind != "index":
            return value
        return self.shared[int(value)] if int(value) < len(self.shared) else ""


def add_caches(assembly: Assembly, package: Package) -> None:
    """Each a hidden table: a pivot cache under its fields' names, the cells of another workbook by their rows."""
    for part in sorted(package.names):
        place = "".join(c for c in part.rpartition("/")[2] if c.isdecimal())
        try:
            if part.startswith("xl/pivotCache/pivotCacheDefinition") and part.endswith(".bin"):
                text = "\n".join(within_bounds(_pivot(package, part)))
                assembly.add(SegmentKind.TABLE, f"pivot cache {place}".strip(), text, hidden=True)
            elif part.startswith("xl/externalLinks/externalLink") and part.endswith(".bin"):
                text = "\n".join(row for row in _external(package.read(part)) if row)
                assembly.add(SegmentKind.TABLE, f"external link {place}".strip(), text, hidden=True)
        except Unreadable as error:
            assembly.note(error.reason)


def _pivot(package: Package, part: str) -> Iterator[str]:
    fields = [found for found in _fields(package.read(part)) if found.in_source]
    yield line(found.name for found in fields)
    data = _records_part(package, part)
    if data is None:  # only the values of each field were kept, a field on a line
        yield from (text for found in fields if (text := line(found.shared)))
        return
    row: list[str] | None = None
    for kind, content in records(data):
        if kind in (_RECORD, _RECORD_BY_ITEMS):
            if row:
                yield line(row)
            row = list(_row(content, fields)) if kind == _RECORD else []
        elif kind in _KINDS and row is not None and len(row) < len(fields):
            with suppress(struct.error):
                value, _ = _value(_KINDS[kind], content, 0)
                row.append(fields[len(row)].shown(_KINDS[kind], value))
    if row:
        yield line(row)


def _fields(data: bytes) -> Iterator[_Field]:
    found: _Field | None = None
    within = False
    for kind, content in records(data):
        if kind == _FIELD:
            if found:
                yield found
            found = _Field(flat(wide(content, _NAME_AT)[0]), bool(number_at(content, 0, 2) & _IN_SOURCE))
        elif kind == _SHARED and found:
            found.flags, within = number_at(content, 0, 2), True
        elif kind == _SHARED_END:
            within = False
        elif kind in _KINDS and found and within:
            with suppress(struct.error):
                found.shared.append(_value(_KINDS[kind], content, 0)[0])
    if found:
        yield found


def _records_part(package: Package, part: str) -> bytes | None:
    relations = f"{dirname(part)}/_rels/{part.rpartition('/')[2]}.rels"
    for relation in package.xml(relations).iter("{*}Relationship") if relations in package.names else ():
        target = relation.get("Target", "")
        name = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
        if relation.get("Type", "").endswith("/pivotCacheRecords") and name in package.names:
            return package.read(name)
    return None


def _row(data: bytes, fields: list[_Field]) -> Iterator[str]:
    """A record whose values follow each other in the order of the fields, without saying what they are."""
    at = 0
    with suppress(struct.error):
        for found in fields:
            if at >= len(data):
                return
            value, at = _value(found.kind, data, at)
            yield found.shown(found.kind, value)


def _value(kind: str, data: bytes, at: int) -> tuple[str, int]:
    """A value and the place behind it; raises struct.error where the data end."""
    if kind == "text":
        text, end = wide(data, at)
        return flat(text), end
    if kind == "number":
        return number(struct.unpack_from("<d", data, at)[0]), at + 8
    if kind == "index":
        return str(struct.unpack_from("<I", data, at)[0]), at + 4
    if kind == "date":
        year, month, day = struct.unpack_from("<HHB", data, at)
        return f"{year:04}-{month:02}-{day:02}", at + 8
    return "", at + 1


def _external(data: bytes) -> Iterator[str]:
    row: list[str] = []
    for kind, content in records(data):
        if kind == _EXTERNAL_ROW:
            yield line(row)
            row = []
        elif kind in _EXTERNAL_CELLS:
            with suppress(struct.error):
                row.append(_value(_EXTERNAL_CELLS[kind], content, 4)[0])  # behind its column
    yield line(row)
