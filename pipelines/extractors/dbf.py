"""DBF (dBASE, FoxPro), which old systems of counties export. One sheet; records marked as deleted are kept, hidden.

Text is in a code page that the file's byte 29 names, or nobody: Chinese where it can be. Memo fields lie in another
file, so they are said to be missing.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.cells import moment, number
from pipelines.extractors.encoding import decode
from pipelines.extractors.rows import add_rows, flat, line
from pipelines.extractors.text import finished
from pipelines.schema import SegmentKind, Status

VERSIONS: Final = frozenset(b"\x02\x03\x04\x05\x30\x31\x32\x43\x63\x83\x8b\x8c\xcb\xe5\xf5\xfb")
_CODECS: Final = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x13: "cp932", 0x4D: "gb18030", 0x4F: "big5hkscs", 0x4E: "cp949",
    0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252", 0x7A: "gb18030", 0x78: "big5hkscs", 0x79: "cp949", 0x7B: "cp932",
    0x64: "cp852", 0x65: "cp866", 0xC8: "cp1250", 0xC9: "cp1251",
}  # fmt: skip
_DESCRIPTOR: Final = 32  # bytes of a field's description, and of the header before them
_MEMO: Final = frozenset("MGPBVW")  # of which B is a number in FoxPro
_SAMPLE: Final = 1 << 20  # bytes whose encoding is looked at
_CONTROLS: Final = bytes(range(32))
_JULIAN: Final = 1_721_426  # day number of 0001-01-01


class _Field(NamedTuple):
    name: bytes
    kind: str
    start: int  # in the record, behind the mark of deletion
    size: int


def is_dbf(data: bytes) -> bool:
    """Whether header, date and field list agree, which no other kind of file does by chance."""
    if len(data) < 2 * _DESCRIPTOR + 1 or data[0] not in VERSIONS or not (1 <= data[2] <= 12 and 1 <= data[3] <= 31):
        return False
    header, record = struct.unpack_from("<HH", data, 8)
    fields = _fields(data)
    return bool(fields) and header >= _DESCRIPTOR * (len(fields) + 1) and record == 1 + sum(f.size for f in fields)


def extract_dbf(member: Member) -> Document:
    data, assembly = member.data or b"", Assembly()
    fields, codec = _fields(data), _codec(data)
    if not fields:
        raise Unreadable(Status.CORRUPT, "dbf: no fields")
    count, header, size = struct.unpack_from("<IHH", data, 4)
    present = max(0, len(data) - header) // max(size, 1)
    if present < count:
        assembly.note(f"truncated: {present} of {count} records")
    memos = [f for f in fields if _is_memo(f)]
    if memos:
        assembly.note(f"memo fields lie in another file: {len(memos)}")
    names = line(flat(_text(f.name, codec)) for f in fields)
    records = [data[at : at + size] for at in range(header, header + min(count, present) * size, size)]
    for deleted in (False, True):
        lines = [_line(r, fields, codec) if (r[:1] == b"*") == deleted else "" for r in records]
        if any(lines):
            add_rows(assembly, SegmentKind.SHEET, "", [names, *lines], hidden=deleted)
    return finished(assembly)


def _codec(data: bytes) -> str:
    """Modern writers put UTF-8 under any name or none."""
    found = decode(data[_DESCRIPTOR:_SAMPLE].translate(None, _CONTROLS)).encoding
    return found if found == "utf-8" else _CODECS.get(data[29], "gb18030")


def _fields(data: bytes) -> list[_Field]:
    fields, start = list[_Field](), 1
    for at in range(_DESCRIPTOR, len(data) - _DESCRIPTOR, _DESCRIPTOR):
        if data[at] in (0x0D, 0) or len(fields) >= 2048:
            break
        name, kind, size, decimals = struct.unpack_from("<11sc4xBB", data, at)
        long = kind == b"C" and decimals  # FoxPro's long texts keep the length's upper byte there
        size += 256 * decimals if long else 0
        fields.append(_Field(name.split(b"\0")[0], kind.decode("latin-1"), start, size))
        start += size
    return fields


def _is_memo(field: _Field) -> bool:
    return field.kind in _MEMO and not (field.kind == "B" and field.size == 8)


def _line(record: bytes, fields: list[_Field], codec: str) -> str:
    return line(_value(record[f.start : f.start + f.size], f, codec) for f in fields)


def _value(raw: bytes, field: _Field, codec: str) -> str:
    reader = _READERS.get((field.kind, field.size))
    if reader:
        return reader(raw) if len(raw) == field.size else ""
    return "" if _is_memo(field) else flat(_text(raw, codec).replace("\0", " "))


def _text(raw: bytes, codec: str) -> str:
    if raw.isascii():
        return raw.decode("ascii")
    for name in (codec, "gb18030"):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode(codec, "replace")


def _moment(raw: bytes) -> str:
    day, milliseconds = struct.unpack("<ii", raw)
    if day <= _JULIAN:
        return ""
    try:
        return moment(datetime(1, 1, 1) + timedelta(days=day - _JULIAN, milliseconds=milliseconds))
    except OverflowError:
        return ""


_READERS: Final[dict[tuple[str, int], Callable[[bytes], str]]] = {
    ("I", 4): lambda raw: str(struct.unpack("<i", raw)[0]),
    ("B", 8): lambda raw: number(struct.unpack("<d", raw)[0]),
    ("Y", 8): lambda raw: number(struct.unpack("<q", raw)[0] / 10_000),
    ("T", 8): _moment,
}
