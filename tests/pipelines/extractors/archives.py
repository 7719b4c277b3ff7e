"""Small archives that no writer at hand makes: a stored RAR, zips under a password."""

from __future__ import annotations

import hmac
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import pbkdf2_hmac, sha1

from Cryptodome.Cipher import AES
from Cryptodome.Util import Counter

from pipelines.sources import zip_crypto


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _block(kind: int, flags: int, body: bytes, data: bytes = b"") -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data


def stored_rar(files: Mapping[str, bytes]) -> bytes:
    """A RAR 2.9 whose files are stored; names in UTF-8, as its Unicode flag may have them."""
    out = b"Rar!\x1a\x07\0" + _block(0x73, 0, bytes(6))
    for name, data in files.items():
        raw = name.encode()
        sizes = struct.pack("<LLBLLBBHL", len(data), len(data), 3, zlib.crc32(data), 0, 29, 0x30, len(raw), 0x81A4)
        out += _block(0x74, 0x8200, sizes + raw, data)
    return out + _block(0x7B, 0x4000, b"")


def locked_rar(name: str, data: bytes, password: str) -> bytes:
    """A RAR 3 with one stored file under a password: AES of 128 bits, its key from a quarter of a million rounds."""
    salt, raw = b"saltsalt", name.encode()
    seed, digest, vector = password.encode("utf-16-le") + salt, sha1(usedforsecurity=False), b""
    for number in range(0x40000):
        digest.update(seed + number.to_bytes(3, "little"))
        if number % 0x4000 == 0:
            vector += digest.copy().digest()[19:]
    words = struct.unpack(">4I", digest.digest()[:16])
    packed = AES.new(struct.pack("<4I", *words), AES.MODE_CBC, iv=vector).encrypt(data + bytes(-len(data) % 16))
    sizes = struct.pack("<LLBLLBBHL", len(packed), len(data), 3, zlib.crc32(data), 0, 29, 0x30, len(raw), 0x81A4)
    file = _block(0x74, 0x8404, sizes + raw + salt, packed)
    return b"Rar!\x1a\x07\0" + _block(0x73, 0, bytes(6)) + file + _block(0x7B, 0x4000, b"")


def _zip_entry(name: bytes, flags: int, method: int, crc: int, size: int, data: bytes, extra: bytes = b"") -> bytes:
    fixed = struct.pack("<5H3L2H", 20, flags, method, 0, 0, crc, len(data), size, len(name), len(extra))
    local = b"PK\3\4" + fixed + name + extra + data
    central = b"PK\1\2" + struct.pack("<H", 20) + fixed + struct.pack("<3H2L", 0, 0, 0, 0, 0) + name + extra
    end = b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def old_cipher_zip(name: str, data: bytes, password: bytes) -> bytes:
    """The cipher's key stream follows the plain bytes, so what decrypts also encrypts: byte by byte."""
    crc = zlib.crc32(data)
    keys, out = zip_crypto._keys(password), bytearray()
    for byte in bytes(11) + bytes((crc >> 24,)) + data:
        stream = keys[2] | 2
        out.append(byte ^ ((stream * (stream ^ 1)) >> 8 & 0xFF))
        keys = zip_crypto._advanced(*keys, byte)
    return _zip_entry(name.encode(), 1, 0, crc, len(data), bytes(out))


def aes_zip(name: str, data: bytes, password: bytes) -> bytes:
    salt = os.urandom(16)
    derived = pbkdf2_hmac("sha1", password, salt, 1000, 66)
    packed = zlib.compress(data, wbits=-15)
    counter = Counter.new(128, little_endian=True, initial_value=1)
    body = AES.new(derived[:32], AES.MODE_CTR, counter=counter).encrypt(packed)
    sealed = salt + derived[64:] + body + hmac.digest(derived[32:64], body, "sha1")[:10]
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, 8)
    return _zip_entry(name.encode(), 1, 99, 0, len(data), sealed, extra)
