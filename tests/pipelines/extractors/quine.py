"""A zip whose one file is the zip itself, byte for byte, by Russ Cox's construction ("Zip Files All The Way Down").

A stream of deflate is a program of two instructions: write the next bytes of it, and write the last bytes written once
more. The one below writes its own text, what stands before it (the file's header) and what stands behind it (the list
of contents). The checksum stands in what it is of: it follows from linear equations over its 32 bits.
"""

from __future__ import annotations

import struct
import zlib

NAME = b"quine.zip"
_HEAD = 60  # bytes before the stream: what lengths the copying instruction can be spelt in five bytes for


def quine() -> bytes:
    constant = _crc_with(0)
    columns = [_crc_with(1 << bit) ^ constant for bit in range(32)]
    # crc(c) = constant ^ sum of columns where c has a bit; it must be c
    rows = [(sum((columns[c] >> bit & 1) << c for c in range(32)) ^ 1 << bit, constant >> bit & 1) for bit in range(32)]
    return _file(_solved(rows))


def _crc_with(crc: int) -> int:
    return zlib.crc32(_file(crc))


def _file(crc: int) -> bytes:
    """The zip with some checksum in its headers."""
    packed = len(_stream(bytes(_HEAD), bytes(_tail_size())))
    size = _HEAD + packed + _tail_size()
    fields = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0x21, crc, packed, size)
    extra = struct.pack("<HH", 0xCAFE, _HEAD - 34 - len(NAME)).ljust(_HEAD - 30 - len(NAME), b"\0")
    head = b"PK\3\4" + fields + struct.pack("<HH", len(NAME), len(extra)) + NAME + extra
    central = b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<HHHHHII", len(NAME), 0, 0, 0, 0, 0, 0) + NAME
    tail = central + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), _HEAD + packed, 0)
    return head + _stream(head, tail) + tail


def _tail_size() -> int:
    return 46 + len(NAME) + 22


def _stream(head: bytes, tail: bytes) -> bytes:
    """Each line is an instruction, with the bytes it writes."""
    first, again, last = _write(len(head) + 5), _copy(len(head) + 5), _copy_last(len(tail) + 4)
    w5, w20, c20, w0, rest = _write(5), _write(20), _copy(20), _write(0), _write(len(tail) + 4)
    return b"".join(
        (
            first, head, first,
            again,
            w5, again,
            w5, w5,
            w20, again, w5, w5, w20,
            c20,
            w20, c20, w20, c20, w20,
            c20,
            w20, c20, w0, w0, rest,
            c20,
            w0,
            w0,
            rest, last, tail,
            last,
        )
    )  # fmt: skip


def _write(count: int) -> bytes:
    return struct.pack("<BHH", 0, count, count ^ 0xFFFF)


def _copy(count: int) -> bytes:
    """In five bytes: of 20, ten and ten; of 65, at once, and an empty block for the rest of the bits."""
    if count == 20:
        return _bits(_block(_pair(10, 20) + _pair(10, 20)))
    assert count == _HEAD + 5
    return _bits(_block(_pair(count, count)) + _block(""))


def _copy_last(count: int) -> bytes:
    return _bits(_block(_pair(count, count), final=True))


def _block(content: str, *, final: bool = False) -> str:
    """Bits of a block with deflate's fixed codes, as they follow each other; 256 ends it."""
    return f"{int(final)}10" + content + "0000000"


def _pair(length: int, distance: int) -> str:
    assert 3 <= length <= 114 and 5 <= distance <= 512
    if length <= 10:
        code, extra = 254 + length, ""
    else:
        bits = (length - 3).bit_length() - 3
        code, extra = 257 + 4 * bits + (length - 3 >> bits), _lowest_first(length - 3, bits)
    far = (distance - 1).bit_length() - 2
    place = 2 * far + (distance - 1 >> far)
    return f"{code - 256:07b}" + extra + f"{place:05b}" + _lowest_first(distance - 1, far)


def _lowest_first(value: int, bits: int) -> str:
    return "".join(str(value >> bit & 1) for bit in range(bits))


def _bits(bits: str) -> bytes:
    return bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))


def _solved(rows: list[tuple[int, int]]) -> int:
    """Gauss over one bit: each row the bits of the unknown that sum up to its value."""
    done: list[tuple[int, int, int]] = []
    for mask, value in rows:
        for pivot, other, sum_ in done:
            if mask >> pivot & 1:
                mask, value = mask ^ other, value ^ sum_
        if mask:
            done.append((mask.bit_length() - 1, mask, value))
        else:
            assert not value, "no checksum fits"
    found = 0
    for pivot, mask, value in reversed(done):
        others = (mask & found).bit_count() & 1
        found |= (value ^ others) << pivot
    return found
