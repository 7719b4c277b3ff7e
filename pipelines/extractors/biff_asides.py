"""What records of an XLS's sheet ([MS-XLS]) say where no cell shows it: what may be chosen, constants in formulas of
cells and of rules for their looks, addresses of links, criteria of filters, scenarios."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Final

from pipelines.extractors.cells import number
from pipelines.extractors.formula_constants import XLS, constants
from pipelines.extractors.html_attributes import unquoted
from pipelines.extractors.rows import flat

_LINK_AT: Final = 32  # of its texts, behind the cells it is for and the kind of object
_CELLS: Final = 10  # bytes that say which cells a tooltip is for
_CRITERION: Final = 10  # bytes of one; a filter has two
_TEXT, _NUMBER = 6, 4  # what a criterion is compared with


def asides(kind: int, data: bytes) -> list[str]:
    """The texts of a record of one of the KINDS, as far as it can be followed."""
    found = list[str]()
    with suppress(struct.error):
        for text in _READERS[kind](data):
            found.append("\t".join(map(flat, text.split("\t"))))
    return found


def _choice(data: bytes) -> Iterator[str]:
    """What a cell's rule says when the cell is chosen, or filled in wrongly; and what it lets one choose from."""
    at = 4
    for _ in range(4):
        text, at = _counted(data, at)
        yield text.strip("\0")
    for _ in range(2):
        (size,) = struct.unpack_from("<H", data, at)
        yield from constants(data[at + 4 : at + 4 + size], b"", XLS)
        at += 4 + size


def _formula(at: int) -> Callable[[bytes], Iterator[str]]:
    """A formula whose length stands at a place; its constant tables lie behind it. ``at``: in the record's data."""

    def read(data: bytes) -> Iterator[str]:
        begin = at + 2
        end = begin + struct.unpack_from("<H", data, at)[0]
        yield from constants(data[begin:end], data[end:], XLS)

    return read


def _looks(data: bytes) -> Iterator[str]:
    """A rule for the looks of cells ends with its two formulas."""
    first, second = struct.unpack_from("<HH", data, 2)
    end = len(data) - second
    yield from constants(data[max(0, end - first) : end], b"", XLS)
    yield from constants(data[end:], b"", XLS)


def _link(data: bytes) -> Iterator[str]:
    """Texts whose length is counted in characters or, an address, in bytes; each ends with a zero."""
    at = _LINK_AT
    while at + 4 <= len(data):
        (count,) = struct.unpack_from("<I", data, at)
        for size in (2 * count, count):
            end = at + 4 + size
            if size < 4 or data[end - 2 : end] != b"\0\0":  # in most places: it may not even reach so far
                continue
            text, _, rest = data[at + 4 : end].decode("utf-16-le", "replace").partition("\0")
            if text.isprintable() and not rest.strip("\0"):
                yield unquoted(text)
                at += 3 + size
                break
        at += 1


def _tooltip(data: bytes) -> Iterator[str]:
    yield data[_CELLS:].decode("utf-16-le", "replace").rstrip("\0")


def _filter(data: bytes) -> Iterator[str]:
    at = 4 + 2 * _CRITERION
    for begin in (4, 4 + _CRITERION):
        kind, size = struct.unpack_from("<B5xB", data, begin)
        if kind == _NUMBER:
            yield number(struct.unpack_from("<d", data, begin + 2)[0])
        elif kind == _TEXT:
            text, at = _characters(data, at, size)
            yield text


def _scenario(data: bytes) -> Iterator[str]:
    """Its name, who made it, a comment; then the cells it changes, and what stands in each of them."""
    cells, size, comment = struct.unpack_from("<H2xBB", data)
    text, at = _characters(data, 7, size)
    yield text
    for _ in range(1 + (comment > 0)):
        text, at = _counted(data, at)
        yield text
    at += 4 * cells
    for _ in range(cells):
        text, at = _counted(data, at)
        yield text


def _counted(data: bytes, at: int) -> tuple[str, int]:
    (count,) = struct.unpack_from("<H", data, at)
    return _characters(data, at + 2, count)


def _characters(data: bytes, at: int, count: int) -> tuple[str, int]:
    """So many characters, of one byte or two as the byte in front of them says, and the place behind them."""
    (wide,) = struct.unpack_from("<B", data, at)
    end = at + 1 + (2 * count if wide & 1 else count)
    return data[at + 1 : end].decode("utf-16-le" if wide & 1 else "latin-1", "replace"), end


_READERS: Final[Mapping[int, Callable[[bytes], Iterator[str]]]] = {
    0x06: _formula(20),
    0x221: _formula(12),  # of a range
    0x4BC: _formula(8),  # shared
    0x1BE: _choice,
    0x1B1: _looks,
    0x1B8: _link,
    0x800: _tooltip,
    0x9E: _filter,
    0xAF: _scenario,
}
KINDS: Final = frozenset(_READERS)
