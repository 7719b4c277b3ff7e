"""Files embedded through OLE: out of the wrapping that Office puts around them."""

from __future__ import annotations

import struct
from typing import Any, Final

from olefile import STGTY_STORAGE

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.ole import open_ole, stream_of
from pipelines.extractors.ole_writer import TooLarge, repacked
from pipelines.extractors.package import MAX_EMBEDDED
from pipelines.extractors.text import finished
from pipelines.extractors.vba import add_macros
from pipelines.schema import Status
from pipelines.sources.names import decode, shown

_WHOLE: Final = ("Package", "CONTENTS")  # streams that are the file
_NATIVE: Final = "\x01Ole10Native"
_DOCUMENTS: Final = ("WordDocument", "Workbook", "Book", "PowerPoint Document", "EncryptedPackage")
_NO_HEX: Final = bytes(set(range(256)) - set(b"0123456789abcdefABCDEF"))


def native_object(member: Member, written: bytes | bytearray, number: int) -> Member:
    """The file in an RTF's ``\\objdata``: hexadecimal, an OLE 1.0 object around the native data."""
    path = f"{member.path}!/object{number}"
    try:
        name, content = _ole1(from_hex(written))
    except (struct.error, ValueError):
        return Member(path, None, fetched_at=member.fetched_at, status=Status.CORRUPT, reason="ole: embedded object")
    return Member(f"{path}/{name}" if name else path, content, fetched_at=member.fetched_at)


def from_hex(written: bytes | bytearray) -> bytes:
    """The bytes that digits stand for, whatever stands between these."""
    digits = written.translate(None, _NO_HEX)
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))


def _ole1(data: bytes) -> tuple[str, bytes]:
    at, strings = 8, list[bytes]()
    for _ in range(3):  # class, topic, item
        size = struct.unpack_from("<I", data, at)[0]
        strings.append(data[at + 4 : at + 4 + size].rstrip(b"\0"))
        at += 4 + size
    size = struct.unpack_from("<I", data, at)[0]
    content = data[at + 4 : at + 4 + size]
    return packaged(content) if strings[0].lower() == b"package" else ("", content)


def extract_ole(member: Member) -> Document:
    """A compound file that is only the wrapping of a file, such as the objects embedded in a DOCX; or of macros, as in
    a PPT."""
    assembly = Assembly()
    with open_ole(member.data or b"") as ole:
        child = _object(member, ole, [], f"{member.path}!/object")
        has_macros = child is None and add_macros(assembly, ole)
    if has_macros:
        return finished(assembly)
    if child is None:
        raise Unreadable(Status.UNSUPPORTED, "format: OLE object")
    return Document(children=(child,))


def pool_objects(member: Member, ole: Any) -> tuple[Member, ...]:
    """The objects embedded in a DOC: a storage each in its pool. Pictures of formulas and the like are left out."""
    pool = ole.root.kids_dict.get("objectpool")
    storages = [kid.name for kid in pool.kids if kid.entry_type == STGTY_STORAGE] if pool is not None else []
    return _found(member, ole, [[pool.name, name] for name in storages])


def workbook_objects(member: Member, ole: Any) -> tuple[Member, ...]:
    """The objects embedded in an XLS: storages beside the workbook, named MBD and a number."""
    kids = [kid.name for kid in ole.root.kids if kid.entry_type == STGTY_STORAGE]
    return _found(member, ole, [[name] for name in kids if name.upper().startswith("MBD")])


def _found(member: Member, ole: Any, storages: list[list[str]]) -> tuple[Member, ...]:
    found = (_object(member, ole, path, f"{member.path}!/object{n}") for n, path in enumerate(storages, 1))
    return tuple(child for child in found if child is not None)[:MAX_EMBEDDED]


def _object(member: Member, ole: Any, storage: list[str], path: str) -> Member | None:
    """The file in a storage; None when there is none."""
    try:
        for stream in _WHOLE:
            if ole.exists([*storage, stream]):
                return Member(path, stream_of(ole, [*storage, stream]), fetched_at=member.fetched_at)
        if ole.exists([*storage, _NATIVE]):
            name, data = packaged(stream_of(ole, [*storage, _NATIVE])[4:])
            return Member(f"{path}/{name}", data, fetched_at=member.fetched_at)
        if storage and any(ole.exists([*storage, stream]) for stream in _DOCUMENTS):
            return Member(path, repacked(ole, storage), fetched_at=member.fetched_at)
    except Unreadable as error:
        return Member(path, None, status=error.status, reason=error.reason)
    except TooLarge:
        return Member(path, None, status=Status.TOO_LARGE, reason="ole: embedded object")
    except (struct.error, ValueError):
        return Member(path, None, status=Status.CORRUPT, reason="ole: embedded object")
    return None


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
