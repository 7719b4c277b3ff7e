"""Archives inside records: every file in one becomes a record of its own, within bounds of count, size and ratio.

The text of the archive itself is the list of its file names: names are words, too (张三身份证.jpg), and the list stays
when a file in it cannot be read. How deep archives are followed is the caller's bound (``Limits.depth``).
"""

from __future__ import annotations

import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Final

import pyarrow as pa

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.text import finished
from pipelines.schema import SegmentKind, Status
from pipelines.sources import rar, tar, zip_directory
from pipelines.sources.compressed import Unpacked
from pipelines.sources.names import decode, shown
from pipelines.sources.zip import Unread, data_of

MAX_FILES: Final = 10_000
MAX_FILE: Final = 200_000_000  # bytes
MAX_UNPACKED: Final = 400_000_000  # bytes of all files together: they are held in memory until each was read
MAX_RATIO: Final = 1_000  # of one packed stream, from MAX_RATIO_FROM on; bzip2 packs pages of zeros tighter, text not
MAX_RATIO_FROM: Final = 20_000_000
_BLOCK: Final = 1 << 20
_PACKINGS: Final = ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\0", "xz"))  # else zstd
_SUFFIXES: Final = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".svgz": ".svg"}


def extract_zip(member: Member, passwords: Sequence[str] = ()) -> Document:
    return _collected(member, _zip_files(member.data or b"", passwords))


def extract_7z(member: Member, passwords: Sequence[str] = ()) -> Document:
    from pipelines.sources import sevenzip

    return _collected(member, sevenzip.members(BytesIO(member.data or b""), passwords, MAX_FILE))


def extract_rar(member: Member, passwords: Sequence[str] = ()) -> Document:
    return _collected(member, _rar_files(member.data or b"", passwords))


def extract_tar(member: Member) -> Document:
    return _collected(member, _tar_files(member.data or b""))


def extract_packed(member: Member) -> Document:
    return _collected(member, _packed_files(member))


def _collected(member: Member, files: Iterable[Member]) -> Document:
    """The document of an archive; a file with the path "" says what is wrong with the archive itself."""
    children: list[Member] = []
    problem = Member("", None)
    notes: list[str] = []
    taken: dict[str, int] = {}
    left = MAX_UNPACKED
    for file in files:
        if not file.path:
            problem = file
            continue
        left -= len(file.data or b"")
        if len(children) >= MAX_FILES or left < 0:
            limit = f"{MAX_UNPACKED} bytes" if left < 0 else f"{MAX_FILES} files"
            notes.append(f"archive: holds more than {limit}: the rest was not read")
            break
        children.append(_child(member, file, taken))
    if problem.reason and not children:
        raise Unreadable(problem.status, problem.reason)
    return replace(_listing(member, children, [*notes, *filter(None, [problem.reason])]), children=tuple(children))


def _child(member: Member, file: Member, taken: dict[str, int]) -> Member:
    count = taken[file.path] = taken.get(file.path, 0) + 1
    path = f"{member.path}!/{file.path}" + (f"#{count}" if count > 1 else "")
    if file.data is not None and file.data == member.data:
        return Member(path, None, status=Status.UNSUPPORTED, reason="archive: contains itself")
    return replace(file, path=path, fetched_at=member.fetched_at)


def _listing(member: Member, children: list[Member], notes: list[str]) -> Document:
    assembly = Assembly()
    assembly.add(SegmentKind.FILENAME, "", "\n".join(child.path.removeprefix(member.path + "!/") for child in children))
    for note in notes:
        assembly.note(note)
    return finished(assembly)


def _zip_files(data: bytes, passwords: Sequence[str]) -> Iterator[Member]:
    file = BytesIO(data)
    try:
        directory = zip_directory.locate(file)
        if directory.shift and zip_directory.begins(file):
            yield Member("", None, status=Status.CORRUPT, reason="truncated: the list is that of a zip inside this one")
        for entry in zip_directory.entries(file, directory.start, directory.stop):
            if entry.name.endswith(("/", "\\")):
                continue
            path = shown(entry.name)
            try:
                yield Member(path, data_of(file, entry, directory.shift, MAX_FILE, passwords))
            except Unread as unread:
                yield Member(path, None, status=unread.status, reason=unread.reason)
    except zip_directory.NotZip:
        reason = "truncated: zip without its list of contents, or one part of several"
        yield Member("", None, status=Status.CORRUPT, reason=reason)


def _rar_files(data: bytes, passwords: Sequence[str]) -> Iterator[Member]:
    """UnRAR reads from a path only."""
    with _at_a_path(data) as path:
        yield from rar.members(path, passwords, MAX_FILE)


@contextmanager
def _at_a_path(data: bytes) -> Iterator[Path]:
    """A file in memory without a name, where there are such: it goes with the process, however that ends. Else one in
    the system's temporary folder."""
    if hasattr(os, "memfd_create") and Path("/proc/self/fd").is_dir():
        with open(os.memfd_create("scan"), "wb") as file:  # noqa: PTH123
            file.write(data)
            file.flush()
            yield Path(f"/proc/self/fd/{file.fileno()}")
    else:
        with tempfile.TemporaryDirectory(prefix="scan-") as temporary:
            path = Path(temporary) / "a.rar"
            path.write_bytes(data)
            yield path


def _tar_files(data: bytes) -> Iterator[Member]:
    try:
        archive = tar.Tar(fileobj=BytesIO(data), mode="r")
        for info in archive.headers():
            if not info.isdir():
                yield _tar_file(archive, info)
    except tar.FAILURES as error:
        yield Member("", None, status=Status.CORRUPT, reason=tar.problem_of(error))


def _tar_file(archive: tar.Tar, info: tarfile.TarInfo) -> Member:
    data, status, reason = tar.content(archive, info, MAX_FILE)
    path = shown(decode(info.name.encode("utf-8", "surrogateescape")))
    return Member(path, data) if data is not None else Member(path, None, status=status, reason=reason)


def _packed_files(member: Member) -> Iterator[Member]:
    """The one file in a gz, bz2, xz or zst; the files of a tar in one."""
    data, problem = _unpacked(member.data or b"")
    if tar.is_tar(data):
        yield from _tar_files(data)
    elif data or not problem.reason:
        status = problem.status if problem.reason else Status.EXTRACTED
        yield Member(_inner_name(member), data, status=status, reason=problem.reason)
        return
    if problem.reason:
        yield problem


def _unpacked(data: bytes) -> tuple[bytes, Member]:
    """What can be unpacked, within bounds, and a member that says what is wrong with the rest, if anything is."""
    packing = next((packing for magic, packing in _PACKINGS if data.startswith(magic)), "")
    stream = Unpacked(BytesIO(data), packing) if packing else None
    source = stream or pa.CompressedInputStream(pa.BufferReader(data), "zstd")
    out = bytearray()
    try:
        while block := source.read(_BLOCK):
            out += block
            if len(out) > MAX_FILE or (len(out) > MAX_RATIO_FROM and len(out) > MAX_RATIO * len(data)):
                reason = f"zip bomb: {len(data)} bytes become more than {len(out)}"
                return b"", Member("", None, status=Status.TOO_LARGE, reason=reason)
        problem = stream.problem if stream else ""
    except OSError as error:  # zstd's
        problem = f"corrupt: {error}"
    return bytes(out), Member("", None, status=Status.PARTIAL if out else Status.CORRUPT, reason=problem)


def _inner_name(member: Member) -> str:
    """The name of the file that was packed: the archive's own without its last suffix."""
    stem, _, suffix = member.path.rpartition("/")[2].rpartition(".")
    return (stem + _SUFFIXES.get(f".{suffix}".lower(), "")) if stem else f"{suffix}.unpacked"
