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

_FAILURES: Final = (tarfile.TarError, OSError, ValueError, OverflowError)
_BLOCK: Final = 1 << 20


class _Header(tarfile.TarInfo):
    @classmethod
    def fromtarfile(cls, tar: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(tar)
        except tarfile.HeaderError as error:
            tar.ending = error  # type: ignore[attr-defined]
            raise


class _Tar(tarfile.TarFile):
    """Goes through the headers without keeping them."""

    tarinfo = _Header
    encoding = "utf-8"
    errors = "surrogateescape"
    ending: Exception | None = None
    members: list[tarfile.TarInfo]
    offset: int

    def headers(self) -> Iterator[tarfile.TarInfo]:
        """Raises one of _FAILURES where the archive breaks off."""
        while (info := self.next()) is not None:
            self.members = []
            yield info
        if not isinstance(self.ending, tarfile.EOFHeaderError):  # type: ignore[attr-defined]
            raise tarfile.ReadError(f"no end mark at byte {self.offset} ({self.ending})")


def _problem(error: Exception) -> str:
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
            tar = _Tar(fileobj=file, mode="r")
            for info in tar.headers():
                yield Extent(tar.offset, min(info.size, self.limit), tar.offset - info.offset)
        except _FAILURES as error:
            problem.append(broken(self.path, _problem(error)))

    def _packed(self) -> Iterator[Shard]:
        with self.path.open("rb") as file:
            yield from pack(self._sequence(file), file.tell)

    def _sequence(self, file: BinaryIO) -> Iterator[Member]:
        stream = Unpacked(file, self.kind.removeprefix("tar."))
        problem = ""
        try:
            tar = _Tar.open(fileobj=stream, mode="r|", bufsize=_BLOCK)
            assert isinstance(tar, _Tar)
            for info in tar.headers():
                yield from self._member(tar, info)
        except _FAILURES as error:
            problem = _problem(error)
        if problem := stream.drain() or problem:
            yield broken(self.path, problem)

    def read(self, shard: Shard) -> Iterator[Member]:
        if shard.members is not None:
            yield from shard.members
            return
        with self.path.open("rb") as file:
            file.seek(shard.start)
            try:
                tar = _Tar(fileobj=file, mode="r")
                for info in tar.headers():
                    if info.offset >= shard.stop:
                        return
                    yield from self._member(tar, info)
                    if tar.offset >= shard.stop:
                        return
            except _FAILURES as error:  # readable a moment ago, when the shards were cut
                yield broken(self.path, _problem(error))

    def _member(self, tar: _Tar, info: tarfile.TarInfo) -> Iterator[Member]:
        if info.isdir():
            return
        host = mirror.archive_host(self.path)
        path = names.shown(names.decode(info.name.encode("utf-8", "surrogateescape")))
        data, status, reason = _content(tar, info, self.limit)
        if mirror.of_copier(path, data):
            return
        if data is None:
            yield Member(path, None, mirror.url_of(path, host), status=status, reason=reason)
        else:
            yield mirror.member(path, data, host)


def _content(tar: _Tar, info: tarfile.TarInfo, limit: int) -> tuple[bytes | None, str, str]:
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
    except _FAILURES as error:
        return None, Status.CORRUPT, _problem(error)
    if len(data) != info.size:
        return None, Status.CORRUPT, f"truncated: {len(data)} of {info.size} bytes"
    return data, "", ""
