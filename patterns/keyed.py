"""HMAC-SHA256 under the workspace's key, which is prepared once: of a short value that is most of the work."""

from __future__ import annotations

import hmac
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

_BLOCK: Final = 64  # bytes that SHA-256 takes at a time


def digest(key: bytes, value: str, purpose: bytes = b"") -> bytes:
    """The 32 bytes of a value; two purposes give two that tell nothing of each other.

    >>> digest(b"key", "value") == hmac.digest(b"key", b"value", "sha256")
    True
    """
    inner, outer = _prepared(key)
    inner, outer = inner.copy(), outer.copy()
    inner.update(purpose + value.encode("utf-8", "surrogatepass"))
    outer.update(inner.digest())
    digested: bytes = outer.digest()
    return digested


@lru_cache(maxsize=4)
def _prepared(key: bytes) -> tuple[Any, Any]:
    """The two hashes of RFC 2104 with the key in them; the standard library keeps its own to itself."""
    block = (sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    return sha256(block.translate(hmac.trans_36)), sha256(block.translate(hmac.trans_5C))
