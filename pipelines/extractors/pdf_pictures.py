"""Pictures on PDF pages that have text of their own: each a file, as in the other formats, one that is repeated once.

Left out are those too small to hold a line, and the scan behind a page whose text is its recognised layer. Without text
recognition a picture is only listed: making a file of it would be for nothing. What is drawn over a picture is not on
it: an ID card under a black box is read.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from ctypes import c_uint, c_ulong, create_string_buffer
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from pipelines.documents import Member
from pipelines.extractors import ocr
from pipelines.extractors.picture_size import MAX_PIXELS, too_small
from pipelines.schema import Status

MAX_PICTURES: Final = 200  # of a document; more are the tiles of a drawing


class Drawn(NamedTuple):
    """A picture as a page draws it."""

    thing: Any  # pdfium's object
    turn: int  # quarters that it is turned to the left

    @property
    def size(self) -> tuple[int, int]:
        """Pixels; (0, 0) where pdfium does not know."""
        width, height = c_uint(), c_uint()
        known = raw.FPDFImageObj_GetImagePixelSize(self.thing, width, height)
        return (width.value, height.value) if known else (0, 0)

    def digest(self) -> bytes:
        """The same for each drawing of one picture."""
        size = raw.FPDFImageObj_GetImageDataRaw(self.thing, None, 0)
        data = create_string_buffer(max(size, 1))
        raw.FPDFImageObj_GetImageDataRaw(self.thing, data, c_ulong(size))
        return blake2b(data.raw[:size], digest_size=16).digest()

    def file(self) -> bytes:
        """As PNG, upright. Raises PdfiumError."""
        bitmap = raw.FPDFImageObj_GetBitmap(self.thing)
        if not bitmap:
            raise pdfium.PdfiumError("no bitmap")
        pixels = pdfium.PdfBitmap.from_raw(bitmap).to_numpy()
        return png_of(np.rot90(pixels, self.turn))


@dataclass(slots=True)
class Pictures:
    """Those of one document, gathered as its pages are read."""

    member: Member
    found: list[Member] = field(default_factory=list)
    _seen: set[bytes] = field(default_factory=set)
    _beyond: int = 0

    def add(self, page: int, drawn: Iterable[Drawn]) -> None:
        for picture in drawn:
            width, height = picture.size
            if not width * height or too_small(width, height):
                continue
            digest = picture.digest()
            if digest in self._seen:
                continue
            self._seen.add(digest)
            if len(self._seen) > MAX_PICTURES:
                self._beyond += 1
            else:
                path = f"{self.member.path}!/page{page}-picture{len(self._seen)}.png"
                self.found.append(self._file(path, picture, width * height))

    def _file(self, path: str, picture: Drawn, pixels: int) -> Member:
        if pixels > MAX_PIXELS:
            return Member(path, None, status=Status.TOO_LARGE, reason=f"image: {pixels} points")
        if not ocr.available():
            return Member(path, None, media_type="image/png", status=Status.UNSUPPORTED, reason="image: needs OCR")
        try:
            return Member(path, picture.file(), fetched_at=self.member.fetched_at)
        except pdfium.PdfiumError as error:
            return Member(path, None, status=Status.CORRUPT, reason=f"pdf: {error}")

    def members(self) -> tuple[Member, ...]:
        if not self._beyond:
            return tuple(self.found)
        reason = f"more than {MAX_PICTURES} files inside: {self._beyond} not read"
        return (*self.found, Member(f"{self.member.path}!/…", None, status=Status.TOO_LARGE, reason=reason))


def png_of(pixels: NDArray[np.uint8]) -> bytes:
    """A PNG of gray values, or of blue, green, red and anything further."""
    rows = pixels[:, :, 2::-1] if pixels.ndim == 3 and pixels.shape[2] >= 3 else pixels.reshape(pixels.shape[:2])
    height, width = rows.shape[:2]
    filtered = np.zeros((height, 1 + rows[0].size), np.uint8)  # each row begins with its filter, which is none
    filtered[:, 1:] = rows.reshape(height, -1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2 if rows.ndim == 3 else 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(filtered.tobytes(), 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
