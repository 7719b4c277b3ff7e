"""Writes a stream of items as each kind of archive that offices hand over; nothing is kept in memory but one item."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from scanner.synthetic.site import Item

_EPOCH: Final = (2017, 11, 30, 0, 0, 0)
_SECONDS: Final = 1512000000
_COLUMNS: Final = ("url", "title", "html", "publisher", "section", "published_at", "index_no")
_ROWS: Final = 1000  # to a Parquet row group

Writer = Callable[[Path, Iterable[Item]], None]


def directory(path: Path, items: Iterable[Item]) -> None:
    """A wget mirror: host, then the URL's path."""
    for item in items:
        target = path / item.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(item.data)


class _GbkInfo(zipfile.ZipInfo):
    """A member whose name is written in GBK without the UTF-8 flag, as Chinese Windows does."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zipped(path: Path, items: Iterable[Item]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for item in items:
            info = _GbkInfo(item.path, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            box.writestr(info, item.data)


def tarred(path: Path, items: Iterable[Item]) -> None:
    """tar, compressed when the name ends with .gz."""
    with _stream(path) as out, tarfile.open(fileobj=out, mode="w|") as box:
        for item in items:
            info = tarfile.TarInfo(item.path)
            info.size, info.mtime = len(item.data), _SECONDS
            box.addfile(info, io.BytesIO(item.data))


def warc(path: Path, items: Iterable[Item]) -> None:
    """WARC/1.0 responses; in a .gz each record is a gzip member of its own, as crawlers write them."""
    packed = path.suffix == ".gz"
    with path.open("wb") as out:
        for number, item in enumerate(items):
            record = _warc_record(item, number)
            out.write(gzip.compress(record, 6, mtime=_SECONDS) if packed else record)


def _warc_record(item: Item, number: int) -> bytes:
    kind = item.media_type + (f"; charset={item.charset}" if item.charset else "")
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(item.data)}\r\n\r\n".encode("ascii")
    block = http + item.data
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Target-URI: {item.url}\r\nWARC-Date: 2017-11-30T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode("utf-8") + block + b"\r\n\r\n"


def jsonl(path: Path, items: Iterable[Item]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in _rows(items):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def table(path: Path, items: Iterable[Item]) -> None:
    """CSV with a BOM, as Excel writes it."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, _COLUMNS)
        writer.writeheader()
        writer.writerows(_rows(items))


def parquet(path: Path, items: Iterable[Item]) -> None:
    schema = pa.schema([pa.field(name, pa.string()) for name in _COLUMNS])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        group: list[dict[str, str]] = []
        for row in _rows(items):
            group.append(row)
            if len(group) == _ROWS:
                writer.write_batch(pa.RecordBatch.from_pylist(group, schema=schema))
                group = []
        if group:
            writer.write_batch(pa.RecordBatch.from_pylist(group, schema=schema))


def _rows(items: Iterable[Item]) -> Iterator[dict[str, str]]:
    """A scraper's rows: pages only."""
    for item in items:
        if item.row:
            yield {"url": item.url, **item.row}


@contextmanager
def _stream(path: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    with path.open("wb") as raw:
        if path.suffix != ".gz":
            yield raw
            return
        with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, mtime=_SECONDS, filename="") as packed:
            yield packed


WRITERS: Final[dict[str, Writer]] = {
    "dir": directory,
    "zip": zipped,
    "tar": tarred,
    "tar.gz": tarred,
    "warc": warc,
    "warc.gz": warc,
    "jsonl": jsonl,
    "csv": table,
    "parquet": parquet,
}
ROWS_ONLY: Final = frozenset({"jsonl", "csv", "parquet"})  # they carry pages, no attachments


def target(folder: Path, name: str, kind: str) -> Path:
    return folder / (name if kind == "dir" else f"{name}.{kind}")
