"""Files looked at before they are published: the same sources, extractors, isolation and matcher, and no workspace.

A file is one document, unless it is an export (zip, tar, WARC, JSONL, Parquet): that is read as ``scan run`` reads it.
Nothing is written to disk; results come back through the workers' pipes, in the order of the paths.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from pipelines.check_orders import Answer, CheckTask, Order
from pipelines.documents import Member
from pipelines.errors import ArchiveError, ArchiveMissing
from pipelines.isolation import Limits
from pipelines.passwords import Passwords
from pipelines.runners.local import LocalRunner
from pipelines.schema import Status
from pipelines.sources import FieldMap, Source, open_source
from pipelines.sources.detect import kind_of

_NO_PASSWORDS: Final = Passwords()
_FILES: Final = 64  # of one order
_BYTES: Final = 32 << 20
_LINES: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")  # content alone does not tell: "{\\rtf1" is none
_OFFICE: Final = frozenset(("[Content_Types].xml", "mimetype", "OFD.xml"))


@dataclass(frozen=True, slots=True)
class Given:
    """A document that is in no file, such as standard input."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """One document: its record (the columns of RECORDS as Python values) and its hits."""

    path: str  # as given, or below the folder given
    member: str  # inside ``path``; "" when it is the file itself, or a line of it
    line: int | None  # 1-based, of a JSONL file
    record: dict[str, Any]
    hits: pa.RecordBatch  # HITS; every ``record_row`` is 0

    @property
    def text(self) -> str:
        return str(self.record["text"])


def iter_checked(
    paths: Iterable[Path | Given],
    *,
    key: bytes,
    today: date | None = None,
    everything: bool = False,
    workers: int = 1,
    limits: Limits | None = None,
    fields: FieldMap | None = None,
    passwords: Passwords = _NO_PASSWORDS,
) -> Iterator[Checked]:
    """All documents in files, folders (with all below them), exports and Given data, each with its hits.

    Raises ArchiveMissing for a path that is not there, before anything is read. Whatever else is wrong with a file is
    the status of its record."""
    wanted = list(paths)
    for path in wanted:
        if isinstance(path, Path) and not os.path.lexists(path):
            raise ArchiveMissing("no such file or folder", path, "Check the path.")
    task = CheckTask(key, limits or Limits(), today, everything, passwords)
    orders = _orders(wanted, partial(open_source, fields=fields or FieldMap(), passwords=passwords))
    with LocalRunner(task, workers=workers, limits=task.limits) as runner:
        for answer in _in_order(runner.map(lambda: next(orders, None))):
            yield from _checked(answer)


def _orders(paths: Iterable[Path | Given], opener: Callable[[Path], Source]) -> Iterator[Order]:
    return (replace(order, number=number) for number, order in enumerate(_unnumbered(paths, opener)))


def _unnumbered(paths: Iterable[Path | Given], opener: Callable[[Path], Source]) -> Iterator[Order]:
    """Exports by their shards, files between them gathered to orders of some size."""
    files, size = list[Path](), 0
    for found in _found(paths):
        whole = list[Order]() if isinstance(found, Path) else [_given(found.name, Member(found.name, found.data))]
        export = _export(found, opener) if isinstance(found, Path) else None
        if isinstance(found, Path) and export is None:
            files.append(found)
            size += found.lstat().st_size if os.path.lexists(found) else 0
        if files and (export or whole or len(files) >= _FILES or size >= _BYTES):
            yield Order(path=files[0], files=tuple(files))
            files, size = [], 0
        yield from whole
        yield from export or ()
    if files:
        yield Order(path=files[0], files=tuple(files))


def _given(path: Path | str, member: Member) -> Order:
    return Order(path=Path(path), given=member)


def _found(paths: Iterable[Path | Given]) -> Iterator[Path | Given]:
    """Files as they are; folders walked in the order of names. Folders that are not entered come as themselves."""
    for path in paths:
        if isinstance(path, Given) or not path.is_dir():
            yield path
            continue
        refused: list[Path] = []
        for folder, folders, names in os.walk(path, onerror=lambda error: refused.append(Path(error.filename))):  # noqa: B023
            folders.sort()
            links = [name for name in folders if (Path(folder) / name).is_symlink()]
            yield from (Path(folder) / name for name in sorted((*names, *links)))
        yield from refused


def _export(path: Path, opener: Callable[[Path], Source]) -> Iterator[Order] | None:
    """The orders to read an export with; None for a single document."""
    try:
        kind = kind_of(path)
    except ArchiveError:
        return None  # no export: as a document it will tell what it is
    looks_like_lines = kind.startswith("jsonl") and not path.name.lower().endswith(_LINES)
    if kind in ("directory", "csv") or looks_like_lines or (kind == "zip" and _is_office(path)):
        return None
    try:
        source = opener(path)
    except ArchiveError as error:
        return iter((_given(path, Member(path.name, None, status=Status.CORRUPT, reason=error.what)),))
    return (Order(path=path, source=source, shard=shard) for shard in source.shards())


def _is_office(path: Path) -> bool:
    """Whether a zip is a document: DOCX, XLSX, ODT, OFD, …"""
    try:
        with zipfile.ZipFile(path) as archive:
            return not _OFFICE.isdisjoint(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return path.suffix.lower() != ".zip"  # a damaged one: the reader of its kind tells what is wrong


def _in_order(answers: Iterator[Answer]) -> Iterator[Answer]:
    early: dict[int, Answer] = {}
    expected = 0
    for answer in answers:
        early[answer.order] = answer
        while expected in early:
            yield early.pop(expected)
            expected += 1


def _checked(answer: Answer) -> Iterator[Checked]:
    record_of = np.asarray(answer.hits["record_row"].to_numpy())
    place = answer.hits.schema.get_field_index("record_row")
    for row, path in enumerate(answer.paths):
        record = answer.records.slice(row, 1).to_pylist()[0]
        hits = answer.hits.take(pa.array(np.flatnonzero(record_of == row)))
        hits = hits.set_column(place, answer.hits.schema.field(place), pa.array([0] * len(hits), pa.int32()))
        yield Checked(path, *_place(Path(path), record["member"]), record, hits)


def _place(path: Path, member: str) -> tuple[str, int | None]:
    """(member, line) of a record in a file: a line of JSONL has a number, a file is no member of itself."""
    if member == path.name:
        return "", None
    line = re.fullmatch(re.escape(path.name) + r"#(\d+)", member)
    return ("", int(line[1])) if line else (member, None)
