"""Records of an XLSB's parts ([MS-XLSB]): a number and a length, both in bytes of seven bits, and the data."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.extractors.sparse import varint


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and data of each record, as far as they go."""
    at = 0
    while at + 2 <= len(data):
        kind, at = varint(data, at, 2)
        size, at = varint(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def wide(data: bytes, at: int) -> tuple[str, int]:
    """A counted text and the place behind it; "" where there is none."""
    count = number_at(data, at)
    if count == 0xFFFFFFFF or at + 4 > len(data):
        return "", at + 4
    end = at + 4 + 2 * count
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def number_at(data: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(data[at : at + size], "little")
