"""WACZ: a zip of WARC files with their index. The WARCs lie in it as they are, so each is read in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources import zip_directory
from pipelines.sources.base import FileSource, Shard, carrying, numbered
from pipelines.sources.warc import WarcSource
from pipelines.sources.zip_directory import Entry, NotZip

_KINDS: Final = ((".warc.gz", "warc.gz"), (".warc", "warc"))
_STORED: Final = 0


@dataclass(frozen=True, slots=True)
class WaczSource(FileSource):
    kind: str = "wacz"

    def shards(self) -> Iterator[Shard]:
        return numbered(self._shards())

    def read(self, shard: Shard) -> Iterator[Member]:
        if shard.members is not None:
            yield from shard.members
            return
        kind, start, stop = shard.names
        yield from self._part(kind, int(start), int(stop)).read(replace(shard, names=()))

    def _shards(self) -> Iterator[Shard]:
        for entry, kind, start in self._warcs():
            if entry.method != _STORED:
                reason = "WACZ: a compressed WARC in it"
                yield carrying(Member(entry.name, None, status=Status.UNSUPPORTED, reason=reason))
                continue
            stop = start + entry.packed
            for shard in self._part(kind, start, stop).shards():
                yield shard if shard.members is not None else replace(shard, names=(kind, str(start), str(stop)))

    def _warcs(self) -> Iterator[tuple[Entry, str, int]]:
        """Each WARC's entry, kind, and the place of its first byte."""
        with self.path.open("rb") as file, suppress(NotZip):
            directory = zip_directory.locate(file)
            for entry in zip_directory.entries(file, directory.start, directory.stop):
                kind = next((kind for suffix, kind in _KINDS if entry.name.lower().endswith(suffix)), "")
                if kind:
                    yield entry, kind, zip_directory.data_offset(file, entry.offset + directory.shift)

    def _part(self, kind: str, start: int, stop: int) -> WarcSource:
        return WarcSource(self.path, self.limit, kind, (start, stop))
