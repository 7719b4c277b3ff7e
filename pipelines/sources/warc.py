"""WARC and WARC.gz, read at random.

Plain: a first pass over the records' headers gives exact byte ranges. Packed one record a gzip member, as the standard
asks: unpacking everything only to learn the offsets would cost as much as reading, so ranges start where a gzip member
that unpacks to "WARC/" is found. That is a guess (a stored .warc.gz looks the same), which the range before
checks: when its last record ends elsewhere, a member of its own says so. Packed as a whole: in sequence.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from pipelines.documents import Member
from pipelines.sources import gzip_members, warc_records
from pipelines.sources.base import Extent, FileSource, Shard, broken, carrying, cut, numbered, pack
from pipelines.sources.compressed import Unpacked
from pipelines.sources.warc_records import Found
from pipelines.sources.window import Window

_STEP: Final = 2 << 20  # packed bytes a shard: some 10 MB of pages
_HEADERS: Final = 1 << 17  # bytes that a record's headers may take beside its content


@dataclass(frozen=True, slots=True)
class WarcSource(FileSource):
    kind: str = "warc"  # or "warc.gz"
    part: tuple[int, int] | None = None  # begin and end in bytes, where the WARC is a part of a WACZ

    def _open(self) -> BinaryIO:
        file = self.path.open("rb")
        return cast(BinaryIO, io.BufferedReader(Window(file, *self.part))) if self.part else file

    def shards(self) -> Iterator[Shard]:
        return numbered(self._plain() if self.kind == "warc" else self._packed())

    def read(self, shard: Shard) -> Iterator[Member]:
        if shard.members is not None:
            yield from shard.members
            return
        with self._open() as file:
            if self.kind == "warc":
                for found in self._records(file, shard.start, shard.stop, self.limit):
                    if found.member:
                        yield found.member
            else:
                yield from self._gzip_range(file, shard.start, shard.stop)

    def _plain(self) -> Iterator[Shard]:
        with self._open() as file:
            size = file.seek(0, 2)
            yield from cut(self._extents(file, size))
            if not _ends_with_blank_line(file, size):
                yield carrying(broken(self.path, "truncated: the last record breaks off"))

    def _extents(self, file: BinaryIO, size: int) -> Iterator[Extent]:
        last = -1
        for found in self._records(file, 0, size, None):
            if found.start > last >= 0:
                yield Extent(found.start, found.start - last, found.start - last)
            last = max(last, found.start)
        yield Extent(size, size - last, size - last)

    def _records(self, file: BinaryIO, start: int, stop: int, limit: int | None) -> Iterator[Found]:
        """The records that start in a range of a plain file, over its faults."""
        while start < stop:
            file.seek(start)
            for found in warc_records.scan(file, self.path.name, limit, start):
                if found.start >= stop:
                    return
                yield found
                if found.stop is None:
                    break
            else:
                return
            start = warc_records.next_record(file, found.start, stop)

    def _packed(self) -> Iterator[Shard]:
        with self._open() as file:
            if gzip_members.one_by_one(file):
                for start, stop in gzip_members.boundaries(file, _STEP):
                    yield Shard(0, start, stop, size=stop - start, first=start)  # members are named by offset
            else:
                file.seek(0)
                yield from pack(self._sequence(file), file.tell)

    def _sequence(self, file: BinaryIO) -> Iterator[Member]:
        stream = Unpacked(file, "gz")
        for found in warc_records.scan(cast(BinaryIO, io.BufferedReader(stream)), self.path.name, self.limit):
            if found.member:
                yield found.member
        if problem := stream.drain():
            yield broken(self.path, problem)

    def _gzip_range(self, file: BinaryIO, start: int, stop: int) -> Iterator[Member]:
        sure = True  # no fault so far: the end of the last record is where the next range must start
        while start < stop:
            packed = gzip_members.unpack(file, start, self.limit + _HEADERS)
            yield from self._unpacked(packed)
            if packed.problem:  # a fault, too, may make the rest look like one record that breaks off
                sure = False
                yield broken(self.path, f"{packed.problem} at byte {start}")
            start = gzip_members.next_record(file, start + 1, stop) if packed.problem else packed.stop
        if sure and start != stop:
            yield broken(self.path, f"corrupt: the records around byte {stop} overlap")

    def _unpacked(self, packed: gzip_members.GzipMember) -> Iterator[Member]:
        end = 0
        for found in warc_records.scan(io.BytesIO(packed.data), f"{self.path.name}#{packed.start}", self.limit):
            end = found.stop or end
            if found.member:
                yield found.member
        if packed.size > max(end, len(packed.data)) + _HEADERS:
            yield broken(self.path, f"corrupt: several large records packed together at byte {packed.start}")


def _ends_with_blank_line(file: BinaryIO, size: int) -> bool:
    file.seek(max(0, size - 4))
    return file.read(4) == b"\r\n\r\n"
