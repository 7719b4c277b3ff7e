"""What every source is: an archive cut into shards, each of which a worker reads by itself.

A shard depends on the archive's content only, so a run that is continued, or has another number of workers, sees the
same shards. Shard sizes are bytes of the container on disk and add up to about ``total_bytes()``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from pipelines.documents import Member
from pipelines.schema import Status

SHARD_MEMBERS: Final = 256
SHARD_BYTES: Final = 32 << 20  # of raw members
MAX_MEMBER: Final = 200_000_000  # bytes; a larger member is not read
_HEAD: Final = 1 << 20  # bytes hashed at either end of a file for its fingerprint


@dataclass(frozen=True, slots=True)
class Shard:
    """A slice of an archive. Picklable; ``start`` and ``stop`` (half-open) are the source's own units."""

    ordinal: int
    start: int
    stop: int
    members: tuple[Member, ...] | None = None  # carried along where a container can only be read in sequence
    size: int = 0  # bytes of the container, for progress
    first: int = 0  # 0-based number of the first member (row, line) in the archive; of a WARC.gz its byte offset
    names: tuple[str, ...] = ()  # files to read, of a directory


class Source(Protocol):
    """One archive, opened. Picklable; holds no open file, so a worker may read any shard of it."""

    @property
    def kind(self) -> str: ...

    @property
    def path(self) -> Path: ...

    def fingerprint(self) -> str:
        """32 hex digits that stay the same while the archive does."""

    def total_bytes(self) -> int:
        """Bytes of the container on disk."""

    def shards(self) -> Iterator[Shard]:
        """All of the archive, in order; at most about SHARD_MEMBERS members or SHARD_BYTES raw bytes each."""

    def read(self, shard: Shard) -> Iterator[Member]:
        """The shard's members, the same at every reading. Never raises on content: a member's status says it."""


class Extent(NamedTuple):
    """One member's place in a container that can be read at random."""

    stop: int  # where the next member starts
    raw: int  # bytes of the member, unpacked
    disk: int  # bytes of it in the container


def cut(extents: Iterable[Extent], start: int = 0) -> Iterator[Shard]:
    """Shards over consecutive extents, of which the first starts at ``start``."""
    first = count = raw = disk = 0
    stop = start
    for extent in extents:
        stop, count, raw, disk = extent.stop, count + 1, raw + extent.raw, disk + extent.disk
        if count >= SHARD_MEMBERS or raw >= SHARD_BYTES:
            yield Shard(0, start, stop, size=disk, first=first)
            start, first, count, raw, disk = stop, first + count, 0, 0, 0
    if count:
        yield Shard(0, start, stop, size=disk, first=first)


def pack(members: Iterable[Member], position: Callable[[], int]) -> Iterator[Shard]:
    """Shards that carry their members; ``position()`` is how many bytes of the container have been read by now."""
    held: list[Member] = []
    first = raw = 0
    before = position()
    for member in members:
        held.append(member)
        raw += len(member.data or b"")
        if len(held) >= SHARD_MEMBERS or raw >= SHARD_BYTES:
            now = position()
            yield Shard(0, first, first + len(held), tuple(held), now - before, first)
            first, held, raw, before = first + len(held), [], 0, now
    if held:
        yield Shard(0, first, first + len(held), tuple(held), position() - before, first)


def numbered(shards: Iterable[Shard]) -> Iterator[Shard]:
    for ordinal, shard in enumerate(shards):
        yield replace(shard, ordinal=ordinal)


def carrying(member: Member) -> Shard:
    """A shard of one member that is known without reading, such as the note that an archive is truncated."""
    return Shard(0, 0, 0, (member,))


def broken(path: Path, reason: str) -> Member:
    """The member that says an archive ends early; ``reason`` starts with "truncated: " or "corrupt: "."""
    return Member(f"{path.name}#end", None, status=Status.CORRUPT, reason=reason)


def file_fingerprint(path: Path) -> str:
    """32 hex digits of a file's size, time of change, first and last megabyte."""
    stat = path.stat()
    digest = blake2b(f"{stat.st_size} {stat.st_mtime_ns}".encode(), digest_size=16)
    with path.open("rb") as file:
        digest.update(file.read(_HEAD))
        file.seek(max(0, stat.st_size - _HEAD))
        digest.update(file.read(_HEAD))
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class FileSource:
    """What sources that are one file share."""

    path: Path
    limit: int = MAX_MEMBER
    passwords: Sequence[str] = field(default=(), repr=False, kw_only=True)  # tried on encrypted members

    def fingerprint(self) -> str:
        return file_fingerprint(self.path)

    def total_bytes(self) -> int:
        return self.path.stat().st_size
