"""Site archives in a 7z or a RAR: read in sequence, so their shards carry their members."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

from pipelines.documents import Member
from pipelines.sources import mirror, rar
from pipelines.sources.base import FileSource, Shard, broken, numbered, pack


@dataclass(frozen=True, slots=True)
class SequenceSource(FileSource):
    kind: str = "7z"  # or "rar"

    def shards(self) -> Iterator[Shard]:
        with self.path.open("rb") as file:
            yield from numbered(pack(self._members(file), file.tell))

    def read(self, shard: Shard) -> Iterator[Member]:
        yield from shard.members or ()

    def first(self) -> Member | None:
        """The first file, or what is wrong with the archive (with the path ""); None when nothing is in it."""
        with self.path.open("rb") as file, closing(self._found(file)) as found:
            return next(found, None)

    def _found(self, file: BinaryIO) -> Generator[Member, None, None]:
        if self.kind == "rar":  # which UnRAR opens by itself
            yield from rar.members(self.path, self.passwords, self.limit)
        else:
            from pipelines.sources import sevenzip

            yield from sevenzip.members(file, self.passwords, self.limit)

    def _members(self, file: BinaryIO) -> Iterator[Member]:
        host = mirror.archive_host(self.path)
        for member in self._found(file):
            if not member.path:
                yield broken(self.path, member.reason)
            elif member.data is not None and not mirror.of_copier(member.path, member.data):
                yield mirror.member(member.path, member.data, host)
            elif member.data is None and not mirror.of_copier(member.path, None):
                url = mirror.url_of(member.path, host)
                yield Member(member.path, None, url, status=member.status, reason=member.reason)
