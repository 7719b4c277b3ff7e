"""OOXML files under a password ([MS-OFFCRYPTO]): agile encryption (Office 2010 on) and standard (2007), AES both."""

from __future__ import annotations

import hashlib
import struct
from base64 import b64decode
from collections.abc import Callable, Sequence
from typing import Any, Final

from Cryptodome.Cipher import AES
from lxml import etree

from pipelines.extractors.assembly import Unreadable
from pipelines.extractors.ole import open_ole, stream_of
from pipelines.extractors.xml_text import parsed
from pipelines.schema import Status

# Office tries this one before it asks: files "protected" with it open without a question.
DEFAULT: Final = "VelvetSweatshop"
_STANDARD_SPINS, _MAX_SPINS = 50_000, 2_000_000
_SEGMENT: Final = 4096
_INPUT, _VALUE, _KEY = (bytes.fromhex(block) for block in ("fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6"))
_HASHES: Final = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA384": hashlib.sha384, "SHA512": hashlib.sha512}

Hash = Callable[[bytes], Any]


def unlocked(data: bytes, passwords: Sequence[str]) -> bytes:
    """The package in an encrypted file. Raises Unreadable: ENCRYPTED when no password fits."""
    with open_ole(data) as ole:
        info, package = stream_of(ole, "EncryptionInfo"), stream_of(ole, "EncryptedPackage")
    if len(info) < 8 or len(package) < 8:
        raise Unreadable(Status.CORRUPT, "office: truncated encryption")
    is_agile = info[:2] == b"\x04\0" and info[2:4] == b"\x04\0"
    size = min(int.from_bytes(package[:8], "little"), len(package) - 8)
    for password in dict.fromkeys((DEFAULT, *passwords)):
        try:
            opened = _agile(info, package[8:], password) if is_agile else _standard(info, package[8:], password)
        except (struct.error, ValueError, KeyError, TypeError) as error:
            raise Unreadable(Status.ENCRYPTED, f"password: {type(error).__name__}") from error
        if opened is not None:
            return opened[:size]
    raise Unreadable(Status.ENCRYPTED, "password")


def _agile(info: bytes, package: bytes, password: str) -> bytes | None:
    root = parsed(info[8:].decode("utf-8", "replace"))
    data, key = (None, None) if root is None else (root.find("{*}keyData"), next(root.iter("{*}encryptedKey"), None))
    if data is None or key is None:
        raise ValueError("no keys")
    digest, salt = _HASHES[key.get("hashAlgorithm", "")], _binary(key, "saltValue")
    spun = _spun(digest, salt, password, int(key.get("spinCount", "0")))

    def decrypted(block: bytes, name: str) -> bytes:
        secret = _fitted(digest(spun + block).digest(), int(key.get("keyBits", "0")) // 8)
        return _cbc(secret, _fitted(salt, 16), _binary(key, name))

    verifier = decrypted(_INPUT, "encryptedVerifierHashInput")[: len(salt)]
    expected = digest(verifier).digest()
    if decrypted(_VALUE, "encryptedVerifierHashValue")[: len(expected)] != expected:
        return None
    secret = decrypted(_KEY, "encryptedKeyValue")[: int(data.get("keyBits", "0")) // 8]
    digest, salt = _HASHES[data.get("hashAlgorithm", "")], _binary(data, "saltValue")
    parts = []
    for number, at in enumerate(range(0, len(package), _SEGMENT)):
        vector = _fitted(digest(salt + number.to_bytes(4, "little")).digest(), 16)
        parts.append(_cbc(secret, vector, package[at : at + _SEGMENT]))
    return b"".join(parts)


def _standard(info: bytes, package: bytes, password: str) -> bytes | None:
    header_size = struct.unpack_from("<I", info, 8)[0]
    bits = struct.unpack_from("<I", info, 12 + 16)[0]
    at = 12 + header_size + 4
    salt, verifier, expected = info[at : at + 16], info[at + 16 : at + 32], info[at + 36 : at + 68]
    spun = hashlib.sha1(_spun(hashlib.sha1, salt, password, _STANDARD_SPINS) + bytes(4)).digest()
    halves = [hashlib.sha1(bytes(byte ^ pad for byte in spun.ljust(64, b"\0"))).digest() for pad in (0x36, 0x5C)]
    cipher = AES.new(b"".join(halves)[: bits // 8], AES.MODE_ECB)
    if hashlib.sha1(cipher.decrypt(verifier)).digest() != cipher.decrypt(expected)[:20]:
        return None
    return bytes(cipher.decrypt(package[: len(package) // 16 * 16]))


def _spun(digest: Hash, salt: bytes, password: str, spins: int) -> bytes:
    if spins > _MAX_SPINS:
        raise ValueError("too many rounds")
    found: bytes = digest(salt + password.encode("utf-16-le")).digest()
    for number in range(spins):
        found = digest(number.to_bytes(4, "little") + found).digest()
    return found


def _fitted(raw: bytes, size: int) -> bytes:
    return raw[:size].ljust(size, b"\x36")


def _cbc(key: bytes, vector: bytes, data: bytes) -> bytes:
    return bytes(AES.new(key, AES.MODE_CBC, iv=vector).decrypt(data[: len(data) // 16 * 16]))


def _binary(element: etree._Element, name: str) -> bytes:
    return b64decode(element.get(name, ""))
