"""Files embedded through OLE: out of the wrapping that Office puts around them."""

from __future__ import annotations

import struct
from typing import Final

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources.names import decode, shown

_HEX: Final = b"0123456789abcdefABCDEF"


def native_object(member: Member, written: bytes, number: int) -> Member:
    """The file in an RTF's ``\\objdata``: hexadecimal, an OLE 1.0 object around the native data."""
    path = f"{member.path}!/object{number}"
    digits = bytes(byte for byte in written if byte in _HEX)
    data = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    try:
        name, content = _ole1(data)
    except (struct.error, ValueError):
        return Member(path, None, fetched_at=member.fetched_at, status=Status.CORRUPT, reason="ole: embedded object")
    return Member(f"{path}/{name}" if name else path, content, fetched_at=member.fetched_at)


def _ole1(data: bytes) -> tuple[str, bytes]:
    at, strings = 8, list[bytes]()
    for _ in range(3):  # class, topic, item
        size = struct.unpack_from("<I", data, at)[0]
        strings.append(data[at + 4 : at + 4 + size].rstrip(b"\0"))
        at += 4 + size
    size = struct.unpack_from("<I", data, at)[0]
    content = data[at + 4 : at + 4 + size]
    return packaged(content) if strings[0].lower() == b"package" else ("", content)


def packaged(data: bytes) -> tuple[str, bytes]:
    """Name and bytes of a file in Office's "Package": flags, label, path, temporary path, size, data.

    Raises struct.error or ValueError when it is none.
    """
    at = 2
    label_end = data.index(b"\0", at)
    path_end = data.index(b"\0", label_end + 1)
    size = struct.unpack_from("<I", data, path_end + 5)[0]
    at = path_end + 9 + size
    length = struct.unpack_from("<I", data, at)[0]
    return shown(decode(data[2:label_end])), data[at + 4 : at + 4 + length]
