"""How sound bytes are spoilt: as disks, networks and broken writers do, and as nobody does by accident."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NUMBERS: Final = (b"\0", b"\xff", b"\x7f", b"\x80")
_WORDS: Final = (
    b"<", b">", b"&", b"%s", b"\0\0", b"\xff\xfe", b"]]>", b"<!--", b"{\\rtf", b"%PDF-", b"PK\3\4", b"-1", b"999999999",
    b"0", b"<table>", b"</td>", b"/Kids", b"endobj", b'"', b"\r\n\r\n", b"\xe5\xbc", b"\\u0000", b"\xed\xa0\x80",
)  # fmt: skip
_MOST: Final = 30_000_000  # bytes that unpacking one inner file may give

Mutation = Callable[[bytes, Random], bytes]


def _at(data: bytes, random: Random) -> int:
    """A place; half of them near the beginning, where headers are."""
    return random.randrange(min(len(data), 600) if random.random() < 0.5 else len(data)) if data else 0


def flip_bits(data: bytes, random: Random) -> bytes:
    out = bytearray(data)
    for _ in range(random.randint(1, 30) if data else 0):
        out[_at(data, random)] ^= 1 << random.randrange(8)
    return bytes(out)


def cut_off(data: bytes, random: Random) -> bytes:
    return data[: _at(data, random)]


def behead(data: bytes, random: Random) -> bytes:
    return data[_at(data, random) :]


def blank(data: bytes, random: Random) -> bytes:
    at, size = _at(data, random), random.randint(1, 2000)
    return data[:at] + random.choice(_NUMBERS) * min(size, len(data) - at) + data[at + size :]


def remove(data: bytes, random: Random) -> bytes:
    at = _at(data, random)
    return data[:at] + data[at + random.randint(1, 2000) :]


def repeat(data: bytes, random: Random) -> bytes:
    at = _at(data, random)
    return data[:at] + data[at : at + random.randint(1, 500)] * random.choice((2, 3, 50, 1000)) + data[at:]


def extreme_number(data: bytes, random: Random) -> bytes:
    at, size = _at(data, random), random.choice((1, 2, 4, 8))
    return data[:at] + random.choice(_NUMBERS) * size + data[at + size :]


def insert_word(data: bytes, random: Random) -> bytes:
    for _ in range(random.randint(1, 20)):
        at = _at(data, random)
        data = data[:at] + random.choice(_WORDS) * random.choice((1, 1, 1, 300)) + data[at:]
    return data


def shuffle(data: bytes, random: Random) -> bytes:
    a, b = sorted((_at(data, random), _at(data, random)))
    return data[b:] + data[a:b] + data[:a]


PLAIN: Final[tuple[Mutation, ...]] = (
    flip_bits, flip_bits, cut_off, behead, blank, remove, repeat, extreme_number, extreme_number, insert_word, shuffle,
)  # fmt: skip


def inside_zip(data: bytes, random: Random) -> bytes:
    """One file in a package spoilt and packed again, so that the damage passes every checksum."""
    try:
        with ZipFile(BytesIO(data)) as old:
            names = [i.filename for i in old.infolist() if i.file_size < _MOST and not i.is_dir()]
            if not names:
                return flip_bits(data, random)
            chosen, out = random.choice(names), BytesIO()
            with ZipFile(out, "w", ZIP_DEFLATED) as new:
                for name in dict.fromkeys(names):
                    content = old.read(name)
                    changed = random.choice(PLAIN)(content, random) if name == chosen and content else content
                    new.writestr(ZipInfo(name), changed, ZIP_DEFLATED)  # whose time is always the same
            return out.getvalue()
    except Exception:  # already spoilt: zipfile and zlib raise a dozen kinds
        return flip_bits(data, random)


def spoilt(data: bytes, random: Random) -> bytes:
    """A document spoilt in one to three ways; one in fifty is left alone."""
    if random.random() < 0.02:
        return data
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        if data:
            packed = data[:2] == b"PK" and random.random() < 0.7
            data = (inside_zip if packed else random.choice(PLAIN))(data, random)
    return data[:20_000_000]
