"""Zip entries under a password: the old cipher (PKWARE APPNOTE 6.1) and WinZip's AES (AE-1, AE-2)."""

from __future__ import annotations

import hmac
import zlib
from collections.abc import Sequence
from hashlib import pbkdf2_hmac
from typing import Final

from pipelines.sources.zip_directory import Aes, Entry

_HEADER: Final = 12  # random bytes before the data, of which the last tells a wrong password
_CHECKSUM: Final = 10  # bytes of the AES entry's authentication code, at its end
_LATER: Final = 1 << 3  # the CRC stands behind the data, so the time of day is the check
_TABLE: Final = tuple(zlib.crc32(bytes((n,)), 0xFFFFFFFF) ^ 0xFFFFFFFF for n in range(256))


def decrypted(data: bytes, entry: Entry, passwords: Sequence[str]) -> bytes | None:
    """The compressed bytes of an encrypted entry; None when no password fits. Passwords are tried in UTF-8 and GBK."""
    for word in passwords:
        for secret in dict.fromkeys((word.encode("utf-8", "replace"), word.encode("gb18030", "replace"))):
            found = _aes(data, entry.aes, secret) if entry.aes else _old(data, entry, secret)
            if found is not None:
                return found
    return None


def _old(data: bytes, entry: Entry, secret: bytes) -> bytes | None:
    check = entry.time >> 8 if entry.flags & _LATER else entry.crc >> 24
    keys = _keys(secret)
    if len(data) < _HEADER or _deciphered(data[:_HEADER], *keys)[-1] != check & 0xFF:
        return None
    return _deciphered(data, *keys)[_HEADER:]


def _keys(secret: bytes) -> tuple[int, int, int]:
    keys = 0x12345678, 0x23456789, 0x34567890
    for byte in secret:
        keys = _advanced(*keys, byte)
    return keys


def _advanced(a: int, b: int, c: int, byte: int) -> tuple[int, int, int]:
    """The keys after one plain byte."""
    a = (a >> 8) ^ _TABLE[(a ^ byte) & 0xFF]
    b = ((b + (a & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
    return a, b, (c >> 8) ^ _TABLE[(c ^ (b >> 24)) & 0xFF]


def _deciphered(data: bytes, a: int, b: int, c: int) -> bytes:
    out = bytearray(data)
    for at, byte in enumerate(data):
        stream = c | 2
        out[at] = plain = byte ^ ((stream * (stream ^ 1)) >> 8) & 0xFF
        a, b, c = _advanced(a, b, c, plain)
    return bytes(out)


def _aes(data: bytes, aes: Aes, secret: bytes) -> bytes | None:
    from Cryptodome.Cipher import AES
    from Cryptodome.Util import Counter

    size = 8 + 8 * aes.strength  # of the key; the salt is half as long
    salt, body = data[: size // 2], data[size // 2 + 2 : -_CHECKSUM]
    derived = pbkdf2_hmac("sha1", secret, salt, 1000, 2 * size + 2)
    if aes.strength not in (1, 2, 3) or derived[-2:] != data[size // 2 : size // 2 + 2]:
        return None
    if hmac.digest(derived[size : 2 * size], body, "sha1")[:_CHECKSUM] != data[-_CHECKSUM:]:
        return None
    cipher = AES.new(derived[:size], AES.MODE_CTR, counter=Counter.new(128, little_endian=True, initial_value=1))
    return bytes(cipher.decrypt(body))
