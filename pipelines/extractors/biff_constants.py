"""What an XLS ([MS-XLS]) keeps where no cell shows it: constants of defined names, and a shared workbook's log of what
its cells held before."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from pipelines.extractors.assembly import Assembly
from pipelines.extractors.biff import records
from pipelines.extractors.cells import number
from pipelines.extractors.counted_texts import flagged_texts
from pipelines.extractors.formula_constants import XLS, constants
from pipelines.extractors.html_attributes import says_something
from pipelines.extractors.ole import spare_stream
from pipelines.extractors.rows import flat
from pipelines.schema import SegmentKind

_NAME, _END, _CONTINUE = 0x18, 0x0A, 0x3C
_NAME_AT: Final = 14  # of a name's data; its texts for menus stand behind its formula
_LOG: Final = "Revision Log"
_CHANGE: Final = 0x13B
_KINDS_AT, _OLD_VALUE_AT = 14, 28  # of a change's data
_BLANK, _SHORT_NUMBER, _NUMBER, _TEXT, _TRUTH = range(5)
UNSURE: Final = "log of changes: only its texts are read"


def add_names(assembly: Assembly, stream: bytes) -> None:
    """Defined names that hold a constant; of ranges there is nothing to say."""
    for data in _joined(stream, _NAME):
        with suppress(struct.error):
            name, found = _name(data)
            assembly.add(SegmentKind.METADATA, f"name {name}", "\n".join(filter(says_something, found)), hidden=True)


def add_changes(assembly: Assembly, ole: Any) -> None:
    """What a log of changes says cells held before and hold since. Where a change is not of values alone, its texts are
    looked for at every place of its record; its numbers are not found that way, and the document says so."""
    stream = spare_stream(assembly, ole, _LOG)
    found = dict[str, None]()
    for data in _joined(stream, _CHANGE):
        texts = _values(data)
        if texts is None:
            assembly.note(UNSURE)
            texts = list(flagged_texts(data[_KINDS_AT:]))
        found |= dict.fromkeys(filter(None, texts))
    assembly.add(SegmentKind.DELETION, "revisions", "\n".join(found), hidden=True)


def _values(data: bytes) -> list[str] | None:
    """A cell's old and new value; None when there is more in the record than they, or a formula."""
    found = []
    with suppress(struct.error):
        kinds, flags = struct.unpack_from("<HH", data, _KINDS_AT)
        runs = struct.unpack_from("<H", data, _OLD_VALUE_AT - 2)[0]
        at = _OLD_VALUE_AT
        if kinds >> 6 or flags or runs:
            return None
        for kind in (kinds >> 3, kinds & 7):
            text, at = _value(kind, data, at)
            found.append(text)
        return found if at == len(data) else None
    return None


def _value(kind: int, data: bytes, at: int) -> tuple[str, int]:
    """A value and the place behind it. Raises struct.error where the data end, and for a kind that is not read."""
    if kind == _SHORT_NUMBER:
        return _short_number(struct.unpack_from("<i", data, at)[0], data[at : at + 4]), at + 4
    if kind == _NUMBER:
        return number(struct.unpack_from("<d", data, at)[0]), at + 8
    if kind == _TEXT:
        count, wide = struct.unpack_from("<HB", data, at)
        end = at + 3 + (2 * count if wide else count)
        return flat(data[at + 3 : end].decode("utf-16-le" if wide else "latin-1", "replace")), end
    if kind in (_BLANK, _TRUTH):
        return "", at + (2 if kind == _TRUTH else 0)
    raise struct.error("a formula")


def _short_number(value: int, written: bytes) -> str:
    """An RkNumber: an integer, or the upper half of a double; perhaps to be divided by a hundred."""
    exact = value >> 2 if value & 2 else struct.unpack("<d", bytes(4) + bytes((written[0] & 0xFC,)) + written[1:])[0]
    return number(exact / 100 if value & 1 else float(exact))


def _joined(stream: bytes, wanted: int) -> Iterator[bytes]:
    """The data of each record of a kind with those that continue it, up to the end of a stream's first part."""
    data: bytes | None = None
    for kind, at, size in records(stream):
        if kind == _CONTINUE and data is not None:
            data += stream[at : at + size]
            continue
        if data is not None:
            yield data
        if kind == _END:
            return
        data = stream[at : at + size] if kind == wanted else None
    if data is not None:
        yield data


def _name(data: bytes) -> tuple[str, list[str]]:
    """A name and the constants of its formula."""
    count, size = struct.unpack_from("<BH", data, 3)
    wide = struct.unpack_from("<B", data, _NAME_AT)[0] & 1
    begin = _NAME_AT + 1 + (2 * count if wide else count)
    name = data[_NAME_AT + 1 : begin].decode("utf-16-le" if wide else "latin-1", "replace")
    return flat(name), constants(data[begin : begin + size], data[begin + size :], XLS)
