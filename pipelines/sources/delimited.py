"""CSV and TSV with a header row.

A quoted cell may hold line breaks, so only parsing tells where a row ends: a first pass finds whole rows, the workers
parse their own again. Rows are numbered as a spreadsheet shows them: the header is row 1.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Final, Protocol

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources.base import Extent, FileSource, Shard, cut, numbered, pack
from pipelines.sources.fieldmap import FieldMap
from pipelines.sources.rows import broken_row, member

_SAMPLE: Final = 1 << 20  # bytes that decide the encoding
_DELIMITERS: Final = ",\t;|"
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
csv.field_size_limit(2**31 - 1)  # 128 KiB by default; the rows' bytes are bounded here instead


class _Lines(Protocol):
    """Lines of text for the csv module."""

    damaged: bool  # some line since the last ``begin`` is in no encoding we know
    offset: int  # bytes of the file gone through

    def begin(self) -> None: ...

    def __iter__(self) -> Iterator[str]: ...

    def __next__(self) -> str: ...


class _ByteLines:
    """Lines of a UTF-8 or GB18030 file; in neither is a line feed a part of another character.

    One row may take ``limit`` bytes, else csv.Error: an unclosed quote would swallow the rest of the file.
    """

    def __init__(self, file: BinaryIO, encoding: str, limit: int) -> None:
        self._file, self._encoding, self._limit = file, encoding, limit
        self.offset = self._from = 0
        self.damaged = False

    def seek(self, offset: int) -> None:
        self.offset = self._from = self._file.seek(offset)

    def begin(self) -> None:
        self.damaged, self._from = False, self.offset

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(self._limit + 1)
        self.offset += len(line)
        if not line:
            raise StopIteration
        if self.offset - self._from > self._limit:
            raise csv.Error(f"over {self._limit} bytes")
        return self._decoded(line)

    def _decoded(self, line: bytes) -> str:
        for encoding in (self._encoding, "gb18030"):
            try:
                return line.decode(encoding)
            except UnicodeDecodeError:
                continue
        self.damaged = True
        return line.decode(self._encoding, "replace")


class _Utf16Lines:
    """Lines of a UTF-16 file, as Excel saves "Unicode text"; read in sequence."""

    def __init__(self, file: BinaryIO) -> None:
        self._text = io.TextIOWrapper(file, "utf-16", "replace", newline="")
        self.damaged, self.offset = False, 0

    def detach(self) -> None:
        """Leaves the file open."""
        self._text.detach()

    def begin(self) -> None:
        self.damaged = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self.damaged = self.damaged or "\ufffd" in line
        return line


@dataclass(frozen=True, slots=True)
class DelimitedSource(FileSource):
    kind: str = "csv"
    fields: FieldMap = field(default_factory=FieldMap)

    def shards(self) -> Iterator[Shard]:
        with self.path.open("rb") as file:
            delimiter = self._delimiter(file)
            if _head(file)[1] == "utf-16":
                text = _Utf16Lines(file)
                yield from numbered(pack(self._members(text, delimiter), file.tell))
                text.detach()
            else:
                lines = self._lines(file)
                yield from numbered(cut(_extents(lines, delimiter), lines.offset))

    def read(self, shard: Shard) -> Iterator[Member]:
        if shard.members is not None:
            yield from shard.members
            return
        with self.path.open("rb") as file:
            delimiter, lines = self._delimiter(file), self._lines(file)
            header = next(csv.reader(lines, delimiter=delimiter)) if shard.first else None
            lines.seek(shard.start)
            yield from self._members(lines, delimiter, header, shard.first, shard.stop)

    def _lines(self, file: BinaryIO) -> _ByteLines:
        """The file's lines, from its start behind the byte order mark."""
        sample, encoding = _head(file)
        lines = _ByteLines(file, encoding, self.limit)
        lines.seek(len(codecs.BOM_UTF8) if sample.startswith(codecs.BOM_UTF8) else 0)
        return lines

    def _delimiter(self, file: BinaryIO) -> str:
        """The mark that stands most often in the header."""
        if self.path.suffix.lower() == ".tsv":
            return "\t"
        sample, encoding = _head(file)
        header = next(iter(sample.decode(encoding, "replace").splitlines()), "")
        return max(_DELIMITERS, key=header.count)

    def _members(
        self, lines: _Lines, delimiter: str, header: list[str] | None = None, number: int = 0, stop: int | None = None
    ) -> Iterator[Member]:
        """Members of the rows up to byte ``stop``, before which ``number`` rows stand. Without a header row 1 is it."""
        rows = csv.reader(lines, delimiter=delimiter)
        while stop is None or lines.offset < stop:
            number += 1
            lines.begin()
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield broken_row(f"{self.path.name}#{number}", f"row {number}: {error}")
                continue
            if header is None:
                header = row
            elif any(row):
                yield self._row(_unique(header), row, number, lines.damaged)

    def _row(self, header: Sequence[str], row: Sequence[str], number: int, damaged: bool) -> Member:
        """A row with more cells than the header (an unquoted delimiter) is read as the text of all its cells."""
        place = f"{self.path.name}#{number}"
        if len(row) > len(header) and any(row[len(header) :]):
            reason = f"row {number}: {len(row)} cells under {len(header)} columns"
            whole = member(place, {"text": "\t".join(row)}, FieldMap(), self.limit)
            return replace(whole, status=Status.PARTIAL, reason=reason) if whole.data is not None else whole
        found = member(place, dict(zip(header, row, strict=False)), self.fields, self.limit)
        if damaged and found.data is not None:
            return replace(found, status=Status.PARTIAL, reason=f"row {number}: neither UTF-8 nor GB18030")
        return found


def _extents(lines: _ByteLines, delimiter: str) -> Iterator[Extent]:
    """One extent a row, also for the header and for rows that are too long."""
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        start = lines.offset
        lines.begin()
        with suppress(csv.Error):
            if next(rows, None) is None:
                return
        yield Extent(lines.offset, lines.offset - start, lines.offset - start)


def _head(file: BinaryIO) -> tuple[bytes, str]:
    """The first part of the file, and its encoding; the file stands at its start again."""
    file.seek(0)
    sample = file.read(_SAMPLE)
    file.seek(0)
    if sample.startswith(_UTF16):
        return sample, "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # the last character may be cut
    except UnicodeDecodeError:
        return sample, "gb18030"
    return sample, "utf-8"


def _unique(header: Sequence[str]) -> list[str]:
    """Column names, each once and none empty, in the header's order."""
    names: list[str] = []
    for number, name in enumerate(header, 1):
        name = name.strip().removeprefix("\ufeff") or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names
