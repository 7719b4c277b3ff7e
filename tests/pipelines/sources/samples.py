"""Small archives of every kind, made with the tools that make real ones."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipelines.documents import Member
from pipelines.sources import Source, open_source

Files = Mapping[str, bytes]


def page(number: int, *, head: bytes = b"") -> bytes:
    return b"<html>" + head + f"<p>第{number}号公示</p>".encode() + b"x" * (number % 97) + b"</html>"


MIRROR: Files = {
    "site/www.example.gov.cn/index.html": page(0),
    "site/www.example.gov.cn/xxgk/show.jsp?id=3": page(3),
    "site/www.example.gov.cn/xxgk/show.jsp@id=4.html": page(4),
    "site/www.example.gov.cn/files/名单.xlsx": b"PK\3\4 not really",
    "site/hts-cache/new.txt": b"log",
    "site/hts-log.txt": b"log",
    "site/index.html": b"<!-- Created by HTTrack Website Copier/3.49 -->",
    **{f"site/img.example.gov.cn/p/{n}.html": page(n) for n in range(600)},
}


def members(source: Source) -> list[Member]:
    return [member for shard in source.shards() for member in source.read(shard)]


def read(path: Path) -> list[Member]:
    return members(open_source(path))


def write_directory(root: Path, files: Files) -> Path:
    for name, data in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return root


def write_zip(path: Path, files: Files) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def write_gbk_zip(path: Path, name: str, data: bytes) -> Path:
    """One member under a GBK name without the UTF-8 flag, as Windows tools in China write it."""
    stand_in = "x" * len(name.encode("gbk"))
    write_zip(path, {stand_in: data})
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), name.encode("gbk")))
    return path


def patch_zip(path: Path, *, flags: int | None = None, method: int | None = None, size: int | None = None) -> Path:
    """The first entry of the central directory claims something else."""
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\1\2")
    for offset, form, value in ((8, "<H", flags), (10, "<H", method), (24, "<L", size)):
        if value is not None:
            struct.pack_into(form, data, at + offset, value)
    path.write_bytes(data)
    return path


def tar_bytes(files: Files, links: Iterable[tuple[str, bytes]] = (), form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, kind in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "target.html"
            archive.addfile(info)
    return out.getvalue()


def warc_record(
    url: str,
    body: bytes,
    *,
    status: str = "200 OK",
    headers: str = "",
    kind: str = "response",
    content_type: str = "text/html; charset=GBK",
) -> bytes:
    """A record as a crawler writes it; only responses carry HTTP."""
    http = kind in ("response", "revisit")
    block = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{headers}\r\n".encode() + body if http else body
    kind_of_block = "application/http; msgtype=response" if http else content_type
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2017-11-09T01:02:03Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{zlib.crc32(url.encode()):032x}>\r\nContent-Type: {kind_of_block}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def per_record(records: Iterable[bytes]) -> bytes:
    return b"".join(gzip.compress(record, 1) for record in records)
