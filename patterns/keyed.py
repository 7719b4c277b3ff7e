"""HMAC-SHA256 under the workspace's key, which is prepared once: of a short value that is most of the work."""

from __future__ import annotations

import hmac
from functools import lru_cache


def digest(key: bytes, value: str, purpose: bytes = b"") -> bytes:
    """The 32 bytes of a value; two purposes give two that tell nothing of each other.

    >>> digest(b"key", "value") == hmac.digest(b"key", b"value", "sha256")
    True
    """
    keyed = _prepared(key).copy()
    keyed.update(purpose + value.encode("utf-8", "surrogatepass"))
    return keyed.digest()


@lru_cache(maxsize=4)
def _prepared(key: bytes) -> hmac.HMAC:
    return hmac.new(key, digestmod="sha256")
