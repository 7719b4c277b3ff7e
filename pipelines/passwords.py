"""The owner's passwords, tried on what is encrypted. They are written nowhere: not in a record, a plan or a message."""

from __future__ import annotations

from hashlib import blake2b


class Passwords(tuple[str, ...]):
    """Passwords that do not show themselves in a traceback or a log."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} passwords>"

    def __str__(self) -> str:
        return repr(self)

    def digest(self, key: bytes) -> str:
        """Changes with the passwords and tells nothing of them without the key; "" for none."""
        words = "".join(f"{len(word)}:{word}" for word in self).encode("utf-8", "surrogatepass")
        return blake2b(words, key=key, digest_size=8, person=b"scan-passwords").hexdigest() if self else ""
