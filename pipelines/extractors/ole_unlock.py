"""DOC, XLS and PPT under a password of the owner's: the same file without its encryption.

A verifier in the file tells whether a password fits, so a wrong one changes nothing. Streams keep their lengths: they
are written where they were. The pictures of a PPT stay locked.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any, Final

from pipelines.extractors import biff, media
from pipelines.extractors.assembly import Unreadable
from pipelines.extractors.compound import CompoundFile
from pipelines.extractors.office_ciphers import Xor, rc4_of, turned, xor_of
from pipelines.extractors.office_crypto import DEFAULT
from pipelines.extractors.ole import open_ole, stream_of
from pipelines.extractors.ppt import MARK_AT, USER_EDIT, places_of, records
from pipelines.schema import Status

_WORD_BLOCK, _EXCEL_BLOCK = 512, 1024
_FIB: Final = 68  # bytes of it that are never encrypted
_FLAGS, _KEY = 10, 14  # where the FIB has them
_LOCKED, _TABLE_1, _OBFUSCATED = 0x100, 0x200, 0x8000
_FILEPASS, _BOUNDSHEET = 0x2F, 0x85
_UNLOCKED: Final = 0xFFF1  # a number that no record has
# Of records that are never encrypted: where the workbook begins and ends, who has it open.
_PLAIN: Final = frozenset((0x09, 0x209, 0x409, 0x809, _FILEPASS, 0xE1, 0x194, 0x195, 0x196, 0x138))
_SESSION: Final = 0x2F14
_OPEN: Final = 0xE391C05F  # the mark of a PPT that is not locked

Streams = Mapping[str, bytes]


def unlocked(kind: str, data: bytes, passwords: Sequence[str]) -> bytes:
    """The file without its encryption. Raises Unreadable: ENCRYPTED when no password fits or the way is not known."""
    with open_ole(data) as ole:
        for password in dict.fromkeys((DEFAULT, *passwords)):
            with suppress(struct.error, ValueError, StopIteration):
                streams = _UNLOCK[kind](ole, password)
                if streams:
                    return _written(data, streams)
    raise Unreadable(Status.ENCRYPTED, "password")


def _written(data: bytes, streams: Streams) -> bytes:
    file = BytesIO(data)
    with CompoundFile(file, write_mode=True) as ole:
        for name, stream in streams.items():
            ole.write_stream(name, stream)
        return file.getvalue()


def _doc(ole: Any, password: str) -> Streams:
    """Empty when the password does not fit."""
    main = stream_of(ole, "WordDocument")
    flags, key, verifier = (struct.unpack_from("<H", main, at)[0] for at in (_FLAGS, _KEY, _KEY + 2))
    table = "1Table" if flags & _TABLE_1 else "0Table"
    streams = {name: stream_of(ole, name) for name in ("WordDocument", table, "Data") if ole.exists(name)}
    if flags & _OBFUSCATED:
        xor = xor_of(password)
        if xor is None or {xor.key, xor.verifier} != {key, verifier}:
            return {}
        opened = {name: _of_word(stream, xor) for name, stream in streams.items()}
    else:
        cipher = rc4_of(streams[table][: key | verifier << 16], password)
        if cipher is None:
            return {}
        opened = {name: cipher.decrypted(stream, _WORD_BLOCK) for name, stream in streams.items()}
    head = bytearray(main[:_FIB])
    struct.pack_into("<HHI", head, _FLAGS, flags & ~(_LOCKED | _OBFUSCATED), *struct.unpack_from("<H", main, 12), 0)
    return opened | {"WordDocument": bytes(head) + opened["WordDocument"][_FIB:]}


def _of_word(stream: bytes, xor: Xor) -> bytes:
    """Word leaves a byte alone that is zero, or would become so."""
    pad = xor.pad(7)
    return bytes(byte ^ pad[at % 16] if byte not in (0, pad[at % 16]) else byte for at, byte in enumerate(stream))


def _xls(ole: Any, password: str) -> Streams:
    name = next(name for name in ("Workbook", "Book") if ole.exists(name))
    stream = stream_of(ole, name)
    _, at, size = next(record for record in biff.records(stream) if record[0] == _FILEPASS)
    how = struct.unpack_from("<H", stream, at)[0] if size > 4 else 0
    if how:
        cipher = rc4_of(stream[at + 2 : at + size], password)
        opened = cipher.decrypted(stream, _EXCEL_BLOCK) if cipher else b""
    else:
        opened = _of_excel(stream, xor_of(password), *struct.unpack_from("<2H", stream, at + size - 4))
    return {name: _with_plain(stream, opened)} if opened else {}


def _of_excel(stream: bytes, xor: Xor | None, key: int, verifier: int) -> bytes:
    if xor is None or (xor.key, xor.verifier) != (key, verifier):
        return b""
    pad, out = xor.pad(2), bytearray(stream)
    for _, at, size in biff.records(stream):
        out[at : at + size] = bytes(turned(out[at + n], 3) ^ pad[(at + size + n) % 16] for n in range(size))
    return bytes(out)


def _with_plain(stream: bytes, opened: bytes) -> bytes:
    """What was never encrypted put back; the record that says so gets a number that nobody reads."""
    out = bytearray(opened)
    for kind, at, size in biff.records(stream):
        whole = size if kind in _PLAIN else 4 if kind == _BOUNDSHEET else 0
        out[at - 4 : at + whole] = stream[at - 4 : at + whole]
        if kind == _FILEPASS:
            struct.pack_into("<H", out, at - 4, _UNLOCKED)
    return bytes(out)


def _ppt(ole: Any, password: str) -> Streams:
    user, stream = bytearray(stream_of(ole, "Current User")), stream_of(ole, "PowerPoint Document")
    places = places_of(stream, bytes(user))
    heads = {number: next(records(stream, at, len(stream))) for number, at in places.items() if at < len(stream)}
    session = next(record for record in heads.values() if record.kind == _SESSION)
    cipher = rc4_of(stream[session.start : session.end], password)
    if cipher is None:
        return {}
    out = bytearray(stream)
    ends = sorted({*places.values(), *_never_locked(stream, bytes(user)), len(stream)})
    for number, record in heads.items():
        if record.kind != _SESSION:
            start = record.start - 8
            end = next(place for place in ends if place > start)
            out[start:end] = cipher.one(number, stream[start:end])
    struct.pack_into("<I", user, MARK_AT, _OPEN)
    return {"PowerPoint Document": bytes(out), "Current User": bytes(user)}


def _never_locked(stream: bytes, user: bytes) -> Iterator[int]:
    """Where the records are that say what was saved last."""
    at = int.from_bytes(user[16:20], "little")
    yield at
    edit = next(records(stream, at, len(stream)), None)
    if edit is not None and edit.kind == USER_EDIT:
        yield int.from_bytes(stream[edit.start + 12 : edit.start + 16], "little")


_UNLOCK: Final = {media.DOC: _doc, media.XLS: _xls, media.PPT: _ppt}
