"""Exported site archives, whatever their container: cut into shards, each a stream of members."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.errors import ArchiveDamaged, ArchiveEmpty, ArchiveUnknown
from pipelines.schema import Status
from pipelines.sources import directory, zip_directory
from pipelines.sources.base import MAX_MEMBER, Shard, Source
from pipelines.sources.delimited import DelimitedSource
from pipelines.sources.detect import kind_of
from pipelines.sources.directory import DirectorySource
from pipelines.sources.fieldmap import FieldMap
from pipelines.sources.jsonl import JsonlSource
from pipelines.sources.parquet import ParquetSource
from pipelines.sources.sequence import SequenceSource
from pipelines.sources.tar import TarSource
from pipelines.sources.wacz import WaczSource
from pipelines.sources.warc import WarcSource
from pipelines.sources.zip import ZipSource

__all__ = ["MAX_MEMBER", "FieldMap", "Shard", "Source", "open_source"]

_GUESSED: Final = FieldMap()
_AGAIN: Final = "Copy or export it again."


def open_source(
    path: Path, fields: FieldMap = _GUESSED, limit: int = MAX_MEMBER, *, passwords: Sequence[str] = ()
) -> Source:
    """The archive at a path. Members above ``limit`` bytes are named, not read; ``passwords`` are tried on locked ones.

    Raises ArchiveMissing, ArchiveEmpty, ArchiveDamaged or ArchiveUnknown when there is nothing to read in it at all.
    """
    kind = kind_of(path)
    match kind:
        case "directory":
            if directory.is_empty(path):
                raise ArchiveEmpty("nothing in it", path, "Export it again.")
            return DirectorySource(path, limit)
        case "zip":
            _check_zip(path)
            return ZipSource(path, limit, passwords=passwords)
        case "wacz":
            _check_zip(path)
            return WaczSource(path, limit)
        case "7z" | "rar":
            return _checked_sequence(SequenceSource(path, limit, kind, passwords=passwords))
        case "warc" | "warc.gz":
            return WarcSource(path, limit, kind)
        case "jsonl" | "jsonl.gz":
            return JsonlSource(path, limit, kind, fields)
        case "csv":
            return DelimitedSource(path, limit, kind, fields)
        case "parquet":
            _check_parquet(path)
            return ParquetSource(path, limit, kind, fields)
    return TarSource(path, limit, kind)


def _check_zip(path: Path) -> None:
    with path.open("rb") as file:
        try:
            found = zip_directory.locate(file)
        except zip_directory.NotZip:
            raise ArchiveDamaged("truncated: a zip without its list of contents", path, _AGAIN) from None
    if found.start == found.stop:
        raise ArchiveEmpty("nothing in it", path, "Export it again.")


def _checked_sequence(source: SequenceSource) -> SequenceSource:
    first = source.first()
    if first is None:
        raise ArchiveEmpty("nothing in it", source.path, "Export it again.")
    if not first.path and first.status != Status.CORRUPT:  # a password, a method or package that is missing
        raise ArchiveUnknown("cannot be unpacked", f"{source.path} ({first.reason})", "Unpack it and give the folder.")
    if not first.path:
        raise ArchiveDamaged("truncated or corrupt", source.path, _AGAIN)
    return source


def _check_parquet(path: Path) -> None:
    try:
        rows = pq.read_metadata(path).num_rows
    except (pa.ArrowException, OSError):
        raise ArchiveDamaged("truncated or corrupt Parquet file", path, _AGAIN) from None
    if not rows:
        raise ArchiveEmpty("nothing in it", path, "Export it again.")
