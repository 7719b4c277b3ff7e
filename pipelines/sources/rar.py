"""RAR 1.5 to 7, by UnRAR's own library (package unrar2-cffi), which reads from a path only and in sequence.

UnRAR may be used freely, in any software, to read RAR files, but its licence is no open-source one: the package is
imported when a RAR is met, and without it a RAR is listed as unsupported.
"""

from __future__ import annotations

import locale
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources.names import shown

MAGIC: Final = b"Rar!\x1a\x07"
# Result codes and header flags of UnRAR's interface (unrar.dll's manual).
_END, _NO_MEMORY, _UNKNOWN_METHOD, _NO_PASSWORD, _BAD_PASSWORD = 10, 11, 14, 22, 24
_CONTINUED, _CONTINUES, _ENCRYPTED, _DIRECTORY = 0x01, 0x02, 0x04, 0x20
_UNIX: Final = 3
_MEANINGS: Final = {
    _NO_MEMORY: (Status.TOO_LARGE, "memory"),
    _UNKNOWN_METHOD: (Status.UNSUPPORTED, "RAR: compression method"),
    _NO_PASSWORD: (Status.ENCRYPTED, "password"),
    _BAD_PASSWORD: (Status.ENCRYPTED, "password"),
}


def members(path: Path, passwords: Sequence[str], limit: int) -> Iterator[Member]:
    """Every file of a RAR. A last member with the path "" says what is wrong with the archive or with its rest."""
    for tries, password in enumerate((None, *filter(None, map(_spelt, passwords)))):
        failed = False
        for count, member in enumerate(_attempt(path, password, limit)):
            # under a wrong password a RAR looks locked or, an old one, damaged
            failed = not count and member.data is None and (tries > 0 or member.status == Status.ENCRYPTED)
            if failed:
                break
            yield member
        if not failed:
            return
    yield from _attempt(path, None, limit)


def _spelt(password: str) -> bytes | None:
    """A password as UnRAR takes it, in the system's encoding; None where that cannot spell it."""
    try:
        return password.encode(locale.getencoding())
    except UnicodeEncodeError:
        return None


def _attempt(path: Path, password: bytes | None, limit: int) -> Iterator[Member]:
    try:
        from unrar.cffi import unrarlib
    except ImportError:
        yield Member("", None, status=Status.UNSUPPORTED, reason="RAR: needs the package unrar2-cffi")
        return
    try:
        with unrarlib.RarArchive.open_for_processing(path) as archive:
            if password:  # the package itself takes ASCII only
                unrarlib.RARSetPassword(archive.handle, password)
            yield from _walk(unrarlib, archive, limit)
    except unrarlib.BadRarFile as error:
        yield _failure("", error.code)


def _walk(unrarlib: Any, archive: Any, limit: int) -> Iterator[Member]:
    """The package's own loop over headers ends without a word at damage and at encrypted headers. So does UnRAR where
    the archive breaks off within a file: what may have come behind it, nobody knows."""
    broken = False
    while True:
        data = unrarlib.RARHeaderDataEx()
        code = unrarlib.RARReadHeaderEx(archive.handle, data)
        if code == _END:
            if broken:
                yield Member("", None, status=Status.PARTIAL, reason="truncated: its last file is broken")
            return
        if code:
            yield _failure("", code)
            return
        header = unrarlib.RarHeader(archive, data)
        if header.Flags & _DIRECTORY:
            header.skip()
        else:
            member = _member(unrarlib, header, limit)
            broken = member.status == Status.CORRUPT
            yield member


def _member(unrarlib: Any, header: Any, limit: int) -> Member:
    path, size = shown(header.FileNameW), header.UnpSize + (header.UnpSizeHigh << 32)
    if header.Flags & (_CONTINUED | _CONTINUES):
        header.skip()
        return Member(path, None, status=Status.UNSUPPORTED, reason="RAR: split over several volumes")
    if header.HostOS == _UNIX and stat.S_ISLNK(header.headerDataEx.FileAttr):
        header.skip()
        return Member(path, None, status=Status.UNSUPPORTED, reason="symlink")
    if size > limit:
        header.skip()
        return Member(path, None, status=Status.TOO_LARGE, reason=f"{size} bytes")
    data = bytearray()
    try:
        header.test(data.extend)  # never more than the declared size: UnRAR checks it
    except unrarlib.BadRarFile as error:
        return _failure(path, error.code)
    return Member(path, bytes(data))


def _failure(path: str, code: int) -> Member:
    status, reason = _MEANINGS.get(code, (Status.CORRUPT, f"corrupt: UnRAR error {code}"))
    return Member(path, None, status=status, reason=reason)
