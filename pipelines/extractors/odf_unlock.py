"""OpenDocument files under a password of the owner's (ODF 1.0 to 1.3, part 2): the same package without encryption.

Each part is packed, then encrypted with a key of its own; the manifest says how. Blowfish is the older way, AES the one
since 2010. The way of 2024 (Argon2id, one encrypted package) is not read: such a file stays listed as encrypted.
"""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64decode
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, Final, NamedTuple
from zipfile import ZipFile

from Cryptodome.Cipher import AES, Blowfish
from lxml import etree

from pipelines.extractors.assembly import Unreadable
from pipelines.extractors.odf_text import attribute
from pipelines.extractors.package import MAX_UNPACKED, Package
from pipelines.schema import Status

MANIFEST: Final = "META-INF/manifest.xml"
_MAX_ROUNDS: Final = 2_000_000
_CHECKED: Final = 1024  # bytes of a packed part that its checksum is of
_DIGESTS: Final[dict[str, Callable[[bytes], Any]]] = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}


class _Lock(NamedTuple):
    """How a part is encrypted."""

    data: etree._Element
    cipher: str
    vector: bytes
    salt: bytes
    rounds: int
    key_size: int
    digest: Callable[[bytes], Any]  # that the password goes through first


def is_locked(package: Package) -> bool:
    return MANIFEST in package.names and b"encryption-data" in package.read(MANIFEST)


def unlocked(data: bytes, passwords: Sequence[str]) -> bytes:
    """The package without its encryption. Raises Unreadable: ENCRYPTED when no password fits, or how is not known."""
    package = Package(data)
    manifest = package.xml(MANIFEST)
    try:
        entries = {attribute(entry, "full-path"): entry for entry in manifest.iter("{*}file-entry")}
        locks = {path: lock for path, entry in entries.items() if (lock := _lock_of(entry)) and path in package.names}
        first = min(locks, key=lambda path: (path != "content.xml", path), default="")
        for password in passwords if locks else ():
            if _opened(package.read(first), locks[first], password) is not None:
                return _rewritten(package, manifest, locks, password)
    except (ValueError, KeyError, TypeError, StopIteration, zlib.error) as error:
        raise Unreadable(Status.ENCRYPTED, f"password: {type(error).__name__}") from error
    raise Unreadable(Status.ENCRYPTED, "password")


def _lock_of(entry: etree._Element) -> _Lock | None:
    data = next(entry.iterchildren("{*}encryption-data"), None)
    if data is None:
        return None
    way, key = (next(data.iterchildren(f"{{*}}{name}")) for name in ("algorithm", "key-derivation"))
    start = next(data.iterchildren("{*}start-key-generation"), None)
    name = "sha1" if start is None else attribute(start, "start-key-generation-name")
    if not attribute(key, "key-derivation-name").upper().endswith("PBKDF2"):
        raise ValueError("unknown key derivation")
    return _Lock(
        data, attribute(way, "algorithm-name").lower(), b64decode(attribute(way, "initialisation-vector")),
        b64decode(attribute(key, "salt")), int(attribute(key, "iteration-count")),
        int(attribute(key, "key-size") or 16), _digest(name),
    )  # fmt: skip


def _digest(name: str) -> Callable[[bytes], Any]:
    return _DIGESTS["sha256" if "256" in name else "sha1" if "sha1" in name.lower() else name]


def _opened(part: bytes, lock: _Lock, password: str) -> bytes | None:
    """The part, still packed; None when the password does not fit."""
    if lock.rounds > _MAX_ROUNDS:
        raise ValueError("too many rounds")
    start = lock.digest(password.encode("utf-8", "surrogatepass")).digest()
    key = hashlib.pbkdf2_hmac("sha1", start, lock.salt, lock.rounds, lock.key_size)
    if "blowfish" in lock.cipher:
        cipher = Blowfish.new(key, Blowfish.MODE_CFB, iv=lock.vector, segment_size=64)
        opened = cipher.decrypt(part + bytes(-len(part) % 8))[: len(part)]
    elif "cbc" in lock.cipher and "aes" in lock.cipher:
        opened = AES.new(key, AES.MODE_CBC, iv=lock.vector).decrypt(part[: len(part) // 16 * 16])
        opened = opened[: -opened[-1]] if opened and 1 <= opened[-1] <= 16 else opened
    else:
        raise ValueError("unknown cipher")
    checksum = b64decode(attribute(lock.data, "checksum"))
    digest = _digest(attribute(lock.data, "checksum-type"))
    return bytes(opened) if digest(opened[:_CHECKED]).digest() == checksum else None


def _rewritten(package: Package, manifest: etree._Element, locks: dict[str, _Lock], password: str) -> bytes:
    out, left = BytesIO(), MAX_UNPACKED
    for lock in locks.values():
        parent = lock.data.getparent()
        if parent is not None:
            parent.remove(lock.data)
    with ZipFile(out, "w") as target:
        for name in package.names:
            part = etree.tostring(manifest) if name == MANIFEST else package.read(name)
            if name in locks:
                packed = _opened(part, locks[name], password)
                if packed is None:
                    raise Unreadable(Status.CORRUPT, f"{name}: checksum")
                part = zlib.decompressobj(-15).decompress(packed, max(1, left))
            left -= len(part)
            if left <= 0:
                raise Unreadable(Status.TOO_LARGE, f"zip bomb: more than {MAX_UNPACKED} bytes unpacked")
            target.writestr(name, part)
    return out.getvalue()
