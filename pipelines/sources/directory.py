"""A folder with a mirror in it. Links are not followed; a folder that cannot be listed is a member that says so."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources import mirror, names
from pipelines.sources.base import MAX_MEMBER, SHARD_BYTES, SHARD_MEMBERS, Shard, numbered


class _File(NamedTuple):
    name: str  # relative to the root, as the operating system writes it; a folder that cannot be listed ends in "/"
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class DirectorySource:
    path: Path
    limit: int = MAX_MEMBER
    kind: str = "directory"

    def fingerprint(self) -> str:
        digest = blake2b(digest_size=16)
        for file in _walk(self.path):
            digest.update(f"{file.name}\0{file.size}\0{file.mtime_ns}\n".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def total_bytes(self) -> int:
        return sum(file.size for file in _walk(self.path))

    def shards(self) -> Iterator[Shard]:
        return numbered(self._shards())

    def _shards(self) -> Iterator[Shard]:
        held: list[str] = []
        size = first = 0
        for file in _walk(self.path):
            held.append(file.name)
            size += file.size
            if len(held) >= SHARD_MEMBERS or size >= SHARD_BYTES:
                yield Shard(0, first, first + len(held), size=size, first=first, names=tuple(held))
                first, held, size = first + len(held), [], 0
        if held:
            yield Shard(0, first, first + len(held), size=size, first=first, names=tuple(held))

    def read(self, shard: Shard) -> Iterator[Member]:
        host = mirror.archive_host(Path(os.path.abspath(self.path)))  # noqa: PTH100 - resolve() would follow links
        for name in shard.names:
            path = names.on_disk(name)
            data, status, reason = _content(os.path.join(self.path, name), self.limit)  # noqa: PTH118 - any bytes
            if not mirror.of_copier(path, data):
                if data is None:
                    yield Member(path, None, mirror.url_of(path, host), status=status, reason=reason)
                else:
                    yield mirror.member(path, data, host)


def is_empty(root: Path) -> bool:
    return next(_walk(root), None) is None


def _walk(root: Path) -> Iterator[_File]:
    """Every entry below the root that is no folder, in an order that depends on the names only."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(os.path.join(root, folder)) as entries:  # noqa: PTH118
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            yield _File(folder + "/", 0, 0)
            continue
        pending += [f"{folder}{e.name}/" for e in reversed(found) if e.is_dir(follow_symlinks=False)]
        for entry in found:
            if not entry.is_dir(follow_symlinks=False):
                yield _file(folder, entry)


def _file(folder: str, entry: os.DirEntry[str]) -> _File:
    try:
        state = entry.stat(follow_symlinks=False)
    except OSError:  # gone in the meantime: reading it will say so
        return _File(folder + entry.name, 0, 0)
    return _File(folder + entry.name, state.st_size, state.st_mtime_ns)


def _content(path: str, limit: int) -> tuple[bytes | None, str, str]:
    """(data, status, reason) of one entry; at most ``limit`` bytes are read."""
    try:
        state = os.lstat(path)
        if stat.S_ISDIR(state.st_mode):
            return None, Status.CORRUPT, "unreadable: folder cannot be listed"
        if stat.S_ISLNK(state.st_mode):
            return None, Status.UNSUPPORTED, "symlink"
        if not stat.S_ISREG(state.st_mode):
            return None, Status.UNSUPPORTED, "not a regular file"
        if state.st_size > limit:
            return None, Status.TOO_LARGE, f"{state.st_size} bytes"
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(limit), "", ""
    except OSError as error:
        return None, Status.CORRUPT, f"unreadable: {error.strerror}"
