"""One JSON object a line. A shard is a byte range of whole lines; a packed file is read in sequence."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

import numpy as np

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources.base import Extent, FileSource, Shard, broken, cut, numbered, pack
from pipelines.sources.compressed import Unpacked
from pipelines.sources.fieldmap import FieldMap
from pipelines.sources.rows import broken_row, member

_BLOCK: Final = 1 << 20
_BOM: Final = b"\xef\xbb\xbf"
_NEWLINE: Final = ord("\n")


@dataclass(frozen=True, slots=True)
class JsonlSource(FileSource):
    kind: str = "jsonl"  # or "jsonl.gz"
    fields: FieldMap = field(default_factory=FieldMap)

    def shards(self) -> Iterator[Shard]:
        return numbered(self._plain() if self.kind == "jsonl" else self._packed())

    def read(self, shard: Shard) -> Iterator[Member]:
        if shard.members is not None:
            yield from shard.members
            return
        with self.path.open("rb") as file:
            file.seek(shard.start)
            yield from self._lines(file, shard.first, shard.stop)

    def _plain(self) -> Iterator[Shard]:
        with self.path.open("rb") as file:
            yield from cut(_extents(file))

    def _packed(self) -> Iterator[Shard]:
        with self.path.open("rb") as file:
            yield from pack(self._sequence(file), file.tell)

    def _sequence(self, file: BinaryIO) -> Iterator[Member]:
        stream = Unpacked(file, "gz")
        yield from self._lines(io.BufferedReader(stream, _BLOCK), 0, None)
        if stream.problem:
            yield broken(self.path, stream.problem)

    def _lines(self, file: BinaryIO | io.BufferedReader, number: int, stop: int | None) -> Iterator[Member]:
        """Members of the lines from where the file stands up to ``stop``; ``number`` lines stand before them."""
        while (stop is None or file.tell() < stop) and (line := file.readline(self.limit + 1)):
            number += 1
            place = f"{self.path.name}#{number}"
            if len(line) > self.limit:
                yield Member(place, None, status=Status.TOO_LARGE, reason=f"line {number}: over {self.limit} bytes")
                _skip_line(file, line)
            elif line.strip():
                yield self._row(place, line, number)

    def _row(self, place: str, line: bytes, number: int) -> Member:
        try:
            row = json.loads(_decoded(line.removeprefix(_BOM) if number == 1 else line))
        except RecursionError:
            return broken_row(place, f"line {number}: nested too deeply")
        except ValueError as error:
            return broken_row(place, f"line {number}: {_brief(error)}")
        if not isinstance(row, dict):
            return broken_row(place, f"line {number}: not a JSON object")
        return member(place, row, self.fields, self.limit)


def _extents(file: BinaryIO) -> Iterator[Extent]:
    """One extent a line."""
    start = base = 0
    while block := file.read(_BLOCK):
        for end in (np.flatnonzero(np.frombuffer(block, np.uint8) == _NEWLINE) + (base + 1)).tolist():
            yield Extent(end, end - start, end - start)
            start = end
        base += len(block)
    if base > start:
        yield Extent(base, base - start, base - start)


def _skip_line(file: BinaryIO | io.BufferedReader, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(_BLOCK)


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("gb18030")


def _brief(error: ValueError) -> str:
    """What is wrong with the JSON, without quoting any of it."""
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at column {error.colno}"
    return "neither UTF-8 nor GB18030" if isinstance(error, UnicodeDecodeError) else "not JSON"
