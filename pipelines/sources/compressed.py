"""Compressed files read in sequence, up to the last byte that can be read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from typing import Any, BinaryIO, Final

_OPENERS: Final[dict[str, Any]] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}
_BLOCK: Final = 1 << 16


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a file. At a cut or a fault it ends as if it were whole; ``problem`` says what it was."""

    problem = ""

    def __init__(self, file: BinaryIO, packing: str) -> None:
        self._at = 0
        self._stream: io.BufferedIOBase = _OPENERS[packing](file)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._stream.read1(min(len(view), _BLOCK))
        except EOFError:
            self.problem = self.problem or "truncated: the compressed file breaks off"
            return 0
        except (OSError, zlib.error, lzma.LZMAError) as error:
            self.problem = self.problem or f"corrupt: {error}"
            return 0
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Stays where it is: readers ask for their position this way."""
        if (whence, offset) not in ((io.SEEK_CUR, 0), (io.SEEK_SET, self._at)):
            raise io.UnsupportedOperation("a compressed file is read in sequence")
        return self._at

    def drain(self) -> str:
        """Reads the rest, so that a cut behind the last thing of interest is seen too; returns ``problem``."""
        while self.read(_BLOCK):
            pass
        return self.problem
