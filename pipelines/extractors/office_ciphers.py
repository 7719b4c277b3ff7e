"""The ciphers of Office 97 to 2003 ([MS-OFFCRYPTO] 2.3.5 to 2.3.7): RC4 in two ways, and XOR.

A ``Cipher`` turns a stream as a whole; bytes that were never encrypted are for its caller to put back.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import md5, sha1
from typing import Final, Protocol

from Cryptodome.Cipher import ARC4

_LONGEST_XOR: Final = 15
_FILL: Final = b"\xbb\xff\xff\xba\xff\xff\xb9\x80\0\xbe\x0f\0\xbf\x0f\0\0"
_KEY_STEP, _HASH_START = 0x1020, 0xCE4B


class Cipher(Protocol):
    def decrypted(self, stream: bytes, block: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Rc4:
    """A key for each block of a stream."""

    key_of: Callable[[int], bytes]

    def decrypted(self, stream: bytes, block: int) -> bytes:
        parts = (stream[at : at + block] for at in range(0, len(stream), block))
        return b"".join(self.one(number, part) for number, part in enumerate(parts))

    def one(self, number: int, data: bytes) -> bytes:
        return bytes(ARC4.new(self.key_of(number)).decrypt(data))


def rc4_of(header: bytes, password: str) -> Rc4 | None:
    """By the header of an encrypted stream; None when the password does not fit. Raises ValueError or struct.error for
    a header that is not understood."""
    major, minor = struct.unpack_from("<2H", header)
    if (major, minor) == (1, 1):
        salt, verifier, check = header[4:20], header[20:36], header[36:52]
        cipher, digest = Rc4(_plain_key(password, salt)), md5
    elif major in (2, 3, 4) and minor == 2:
        size = struct.unpack_from("<I", header, 8)[0]
        bits = struct.unpack_from("<I", header, 12 + 16)[0] or 40
        at = 12 + size + 4
        salt, verifier, check = header[at : at + 16], header[at + 16 : at + 32], header[at + 36 : at + 56]
        cipher, digest = Rc4(_provider_key(password, salt, bits)), sha1
    else:
        raise ValueError("unknown encryption")
    opened = cipher.one(0, verifier + check)
    found = digest(opened[:16], usedforsecurity=False).digest()
    return cipher if len(check) == len(found) and found == opened[16:] else None


def _plain_key(password: str, salt: bytes) -> Callable[[int], bytes]:
    first = md5(password.encode("utf-16-le", "surrogatepass"), usedforsecurity=False).digest()[:5]
    second = md5((first + salt) * 16, usedforsecurity=False).digest()[:5]
    return lambda block: md5(second + struct.pack("<I", block), usedforsecurity=False).digest()


def _provider_key(password: str, salt: bytes, bits: int) -> Callable[[int], bytes]:
    first = sha1(salt + password.encode("utf-16-le", "surrogatepass"), usedforsecurity=False).digest()

    def key(block: int) -> bytes:
        found = sha1(first + struct.pack("<I", block), usedforsecurity=False).digest()
        return found[:5] + bytes(11) if bits == 40 else found[: bits // 8]

    return key


@dataclass(frozen=True, slots=True)
class Xor:
    """Sixteen bytes, over and over."""

    password: bytes
    key: int  # both stand in the file
    verifier: int

    def pad(self, turn: int) -> bytes:
        """The sixteen bytes; Word and Excel turn them differently far."""
        low_high = self.key.to_bytes(2, "little")
        padded = (self.password + _FILL)[:16]
        return bytes(turned(char ^ low_high[at % 2], turn) for at, char in enumerate(padded))


def xor_of(password: str) -> Xor | None:
    """None for a password that this cipher cannot have."""
    chars = bytes(unit & 0xFF or unit >> 8 for (unit,) in struct.iter_unpack("<H", password.encode("utf-16-le")))
    if not chars or len(chars) > _LONGEST_XOR:
        return None
    return Xor(chars, _xor_key(chars), _xor_verifier(chars))


def _xor_key(password: bytes) -> int:
    key, base, end = 0, 0x8000, 0xFFFF
    for char in reversed(password):
        for bit in range(8):
            base = _stepped(base)
            if char & 0x7F & 1 << bit:
                key ^= base
            end = _stepped(end)
    return key ^ end


def _stepped(value: int) -> int:
    value = (value << 1 | value >> 15) & 0xFFFF
    return value ^ _KEY_STEP if value & 1 else value


def _xor_verifier(password: bytes) -> int:
    found = len(password) ^ _HASH_START
    for at, char in enumerate(password, 1):
        found ^= (char << at | char >> (15 - at)) & 0x7FFF if at % 15 else char
    return found


def turned(byte: int, bits: int) -> int:
    return (byte << bits | byte >> (8 - bits)) & 0xFF
