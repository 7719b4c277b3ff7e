"""What kind of archive a path is: by content first, then by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO, Final

from pipelines.errors import ArchiveDamaged, ArchiveEmpty, ArchiveError, ArchiveMissing, ArchiveUnknown
from pipelines.sources import rar
from pipelines.sources.compressed import Unpacked
from pipelines.sources.tar import is_tar

_PEEK: Final = 4096
_PACKED: Final = ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\0", "xz"))
_SEQUENCES: Final = ((b"7z\xbc\xaf\x27\x1c", "7z"), (rar.MAGIC, "rar"))
_DOCUMENTS: Final = (b"%PDF-", b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # PDF, RTF, Office before 2007
# Zip files by their build, documents or bundles by their purpose.
_ZIP_DOCUMENTS: Final = re.compile(r"\.(xls|doc|ppt|pps|xlt|dot|pot)[xmb]|\.o[dt][tspg]|\.ofd|\.epub|\.jar", re.I)
_JSON_OBJECT: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]")
# Names that promise a content.
_PROMISED: Final = (".zip", ".7z", ".rar", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".warc", ".parquet")
_ROWS: Final = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv"}
_READ: Final = "Give a folder, zip, 7z, RAR, tar (gz, bz2, xz), WARC, JSONL, CSV or Parquet file."


def kind_of(path: Path) -> str:
    """The kind of an archive: "directory", "zip", "tar", "tar.gz", … Raises an ArchiveError."""
    try:
        if path.is_dir():
            return "directory"
        if not path.exists():
            raise ArchiveMissing("no such file or folder", path, "Check the path.")
        if not path.is_file():
            raise ArchiveUnknown("neither a file nor a folder", path, _READ)
        with path.open("rb") as file:
            return _file_kind(path, file)
    except OSError as error:
        raise ArchiveError("cannot be read", f"{path} ({error.strerror})", "Check the permissions.") from None


def _file_kind(path: Path, file: BinaryIO) -> str:
    head = file.read(_PEEK)
    name = path.name.lower()
    if not head:
        raise ArchiveEmpty("nothing in it", path, "Export it again.")
    if head.startswith(_DOCUMENTS):
        raise ArchiveUnknown("a single document", path, "Use `scan check` for single documents.")
    for magic, kind in _SEQUENCES:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK"):
        return _zip_kind(path)
    for magic, packing in _PACKED:
        if head.startswith(magic):
            return _packed_kind(path, file, packing)
    return _plain_kind(path, head, name)


def _zip_kind(path: Path) -> str:
    if _ZIP_DOCUMENTS.fullmatch(path.suffix):
        raise ArchiveUnknown("a single document", path, "Use `scan check` for single documents.")
    return "wacz" if path.suffix.lower() == ".wacz" else "zip"


def _packed_kind(path: Path, file: BinaryIO, packing: str) -> str:
    file.seek(0)
    stream = Unpacked(file, packing)
    head = b""
    while len(head) < _PEEK and (block := stream.read(_PEEK)):
        head += block
    if not head and stream.problem:
        raise ArchiveDamaged("truncated or corrupt", path, "Copy or export it again.")
    if not head:
        raise ArchiveEmpty("nothing in it", path, "Export it again.")
    if is_tar(head):
        return f"tar.{packing}"
    if packing == "gz" and head.startswith(b"WARC/"):
        return "warc.gz"
    if packing == "gz" and _is_json(head):
        return "jsonl.gz"
    raise ArchiveUnknown("a compressed file of unknown content", path, "Unpack it and give the folder.")


def _plain_kind(path: Path, head: bytes, name: str) -> str:
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if is_tar(head):
        return "tar"
    if _is_json(head) or path.suffix.lower() in _ROWS:
        return "jsonl" if _is_json(head) else _ROWS[path.suffix.lower()]
    if path.suffix.lower() in _PROMISED:
        raise ArchiveDamaged("the content is not what the name says", path, "Copy or export it again.")
    raise ArchiveUnknown("not a kind of archive that is read", path, _READ)


def _is_json(head: bytes) -> bool:
    return bool(_JSON_OBJECT.match(head))
