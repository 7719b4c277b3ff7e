"""Tar, plain and compressed. A plain one is read at random by byte offset; a compressed one only in sequence, so its
shards carry their members.

``tarfile`` ends without a word at a bad header or a cut; the headers here remember how they ended.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources import mirror, names
from pipelines.sources.base import Extent, FileSource, Shard, broken, carrying, cut, numbered, pack
from pipelines.sources.compressed import Unpacked

FAILURES: Final = (tarfile.TarError, OSError, ValueError, OverflowError)
_BLOCK: Final = 1 << 20


class _Header(tarfile.TarInfo):
    @classmethod
    def fromtarfile(cls, tar: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(tar)
        except tarfile.HeaderError as error:
            tar.ending = error  # type: ignore[attr-defined]
            raise


class Tar(tarfile.TarFile):
    """Goes through the headers without keeping them."""

    tarinfo = _Header
    encoding = "utf-8"
    errors = "surrogateescape"
    ending: Exception | None = None
    members: list[tarfile.TarInfo]
    offset: int

    def headers(self) -> Iterator[tarfile.TarInfo]:
        """Raises one of FAILURES where the archive breaks off."""
        while (info := self.next()) is not None:
            self.members = []
            yield info
        if not isinstance(self.ending, tarfile.EOFHeaderError):  # type: ignore[attr-defined]
            raise tarfile.ReadError(f"no end mark at byte {self.offset} ({self.ending})")


def is_tar(head: bytes) -> bool:
    """Whether the first block is a header; one of zeros is the end mark of a tar of nothing."""
    if head[:512] == bytes(512):
        return True
    try:
        tarfile.TarInfo.frombuf(head[:512], "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def problem_of(error: Exception) -> str:
    return f"truncated: {error}" if isinstance(error, tarfile.ReadError) else f"corrupt: {error}"


@dataclass(frozen=True, slots=True)
class TarSource(FileSource):
    kind: str = "tar"

    def shards(self) -> Iterator[Shard]:
        return numbered(self._plain() if self.kind == "tar" else self._packed())

    def _plain(self) -> Iterator[Shard]:
        problem: list[Member] = []
        with self.path.open("rb") as file:
            yield from cut(self._extents(file, problem))
        yield from map(carrying, problem)

    def _extents(self, file: BinaryIO, problem: list[Member]) -> Iterator[Extent]:
        try:
            tar = Tar(fileobj=file, mode="r")
            for info in tar.headers():
                yield Extent(tar.offset, min(info.size, self.limit), tar.offset - info.offset)
        except FAILURES as error:
            problem.append(broken(self.path, problem_of(error)))

    def _packed(self) -> Iterator[Shard]:
        with self.path.open("rb") as file:
            yield from pack(self._sequence(file), file.tell)

    def _sequence(self, file: BinaryIO) -> Iterator[Member]:
        stream = Unpacked(file, self.kind.removeprefix("tar."))
        problem = ""
        try:
            tar = Tar.open(fileobj=stream, mode="r|", bufsize=_BLOCK)
            assert isinstance(tar, Tar)
            for info in tar.headers():
                yield from self._member(tar, info)
        except FAILURES as error:
            problem = problem_of(error)
        if problem := stream.drain() or problem:
            yield broken(self.path, problem)

    def read(self, shard: Shard) -> Iterator[Member]:
        if shard.members is not None:
            yield from shard.members
            return
        with self.path.open("rb") as file:
            file.seek(shard.start)
            try:
                tar = Tar(fileobj=file, mode="r")
                for info in tar.headers():
                    if info.offset >= shard.stop:
                        return
                    yield from self._member(tar, info)
                    if tar.offset >= shard.stop:
                        return
            except FAILURES as error:  # readable a moment ago, when the shards were cut
                yield broken(self.path, problem_of(error))

    def _member(self, tar: Tar, info: tarfile.TarInfo) -> Iterator[Member]:
        if info.isdir():
            return
        host = mirror.archive_host(self.path)
        path = names.shown(names.decode(info.name.encode("utf-8", "surrogateescape")))
        data, status, reason = content(tar, info, self.limit)
        if mirror.of_copier(path, data):
            return
        if data is None:
            yield Member(path, None, mirror.url_of(path, host), status=status, reason=reason)
        else:
            yield mirror.member(path, data, host)


def content(tar: Tar, info: tarfile.TarInfo, limit: int) -> tuple[bytes | None, str, str]:
    """(data, status, reason) of one member."""
    if info.issym():
        return None, Status.UNSUPPORTED, "symlink"
    if info.islnk():  # its content is read where it stands, under the other name
        return None, Status.UNSUPPORTED, f"hard link to {names.shown(info.linkname)}"
    if not info.isreg():
        return None, Status.UNSUPPORTED, "not a regular file"
    if info.size > limit:
        return None, Status.TOO_LARGE, f"{info.size} bytes"
    try:
        file = tar.extractfile(info)
        data = file.read() if file else b""
    except FAILURES as error:
        return None, Status.CORRUPT, problem_of(error)
    if len(data) != info.size:
        return None, Status.CORRUPT, f"truncated: {len(data)} of {info.size} bytes"
    return data, "", ""
