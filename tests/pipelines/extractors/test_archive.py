"""Archives inside records: every file a member of its own, within bounds, and a word for what cannot be read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
import tempfile
import zipfile
from functools import partial
from pathlib import Path

import py7zr
import pyarrow as pa
import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import archive, extract
from pipelines.isolation import Limits
from pipelines.records import RowMaker
from pipelines.schema import SegmentKind, Status
from pipelines.sites import SiteMap
from tests.pipelines.extractors.archives import aes_zip, locked_rar, old_cipher_zip, stored_rar, zipped
from tests.pipelines.extractors.quine import quine

FILES = {"名单/一.txt": "张三".encode(), "../../etc/二.txt": "李四".encode()}
NAMES = ["名单/一.txt", "etc/二.txt"]


def seven_zip(files: dict[str, bytes], password: str | None = None) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as target:
        for number, data in enumerate(files.values()):
            target.writestr(data, f"{number}")
        for entry, name in zip(target.files, files, strict=True):
            entry._file_info["filename"] = name  # py7zr itself writes no name that leaves the folder
    return out.getvalue()


@pytest.mark.parametrize("unnamed", [True, False])
def test_a_rar_leaves_nothing_in_the_temporary_folder(
    unnamed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if not unnamed:
        monkeypatch.delattr(os, "memfd_create", raising=False)
    files = archive._rar_files(stored_rar(FILES), ())
    assert next(files).path == NAMES[0]
    assert bool(list(tmp_path.iterdir())) != (unnamed and hasattr(os, "memfd_create"))
    assert [file.path for file in files] == NAMES[1:] and not list(tmp_path.iterdir())


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as target:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            target.addfile(info, io.BytesIO(data))
    return out.getvalue()


def read(data: bytes, path: str = "a.bin", passwords: tuple[str, ...] = ()) -> Document:
    return extract(Member(path, data), passwords)


@pytest.mark.parametrize(
    "data",
    [
        zipped(FILES),
        seven_zip(FILES),
        stored_rar(FILES),
        tarred(FILES),
        gzip.compress(tarred(FILES)),
        bz2.compress(tarred(FILES)),
        lzma.compress(tarred(FILES)),
        pa.compress(tarred(FILES), "zstd", asbytes=True),
    ],
    ids=["zip", "7z", "rar", "tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst"],
)
def test_each_file_is_a_child_and_a_line_of_the_listing(data: bytes) -> None:
    document = read(data)
    assert [(c.path, c.data) for c in document.children] == [
        (f"a.bin!/{name}", words) for name, words in zip(NAMES, FILES.values(), strict=True)
    ]
    assert (document.text, document.status) == ("\n".join(NAMES), Status.EXTRACTED)
    assert [s.kind for s in document.segments] == [SegmentKind.FILENAME]


def test_names_in_gbk() -> None:
    data = zipped({"xxxxxx": b"1"}).replace(b"xxxxxx", "名单.t".encode("gbk"))
    assert read(data).text == "名单.t"


@pytest.mark.parametrize(
    ("path", "data", "child"),
    [
        ("a.txt.gz", gzip.compress(b"1"), "a.txt"),
        ("a.txt.bz2", bz2.compress(b"1"), "a.txt"),
        ("x/gz", gzip.compress(b"1"), "gz.unpacked"),
    ],
)
def test_a_packed_file_has_its_own_name(path: str, data: bytes, child: str) -> None:
    assert [c.path for c in read(data, path).children] == [f"{path}!/{child}"]


def test_two_files_of_one_name_stay_apart() -> None:
    with pytest.warns(UserWarning):
        data = zipped({"a": b"1"}), _twice()
    assert [c.path for c in read(data[1]).children] == ["a.bin!/a", "a.bin!/a#2"]


def _twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("a", b"1")
        target.writestr("a", b"2")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        old_cipher_zip("a.txt", "张三".encode(), b"2017"),
        old_cipher_zip("a.txt", "张三".encode(), "公示".encode("gbk")),
        aes_zip("a.txt", "张三".encode() * 9, b"2017"),
        seven_zip({"a.txt": "张三".encode()}, "2017"),
        locked_rar("a.txt", "张三".encode(), "2017"),
        locked_rar("a.txt", "张三".encode(), "公示"),
    ],
    ids=["zip", "gbk", "aes", "7z", "rar", "rar in Chinese"],
)
def test_passwords_are_tried(data: bytes) -> None:
    locked = read(data, passwords=("wrong",))
    child = locked.children[0] if locked.children else locked
    assert (child.status, child.reason) == (Status.ENCRYPTED, "password")
    opened = read(data, passwords=("wrong", "2017", "公示")).children[0].data or b""
    assert opened.startswith("张三".encode())


def test_a_wrong_checksum_and_a_cut_are_named() -> None:
    cut = read(gzip.compress(bytes(range(256)) * 999)[:-900], "a.gz")
    assert [c.status for c in cut.children] == [Status.PARTIAL]
    assert read(zipped(FILES)[:-30]).status == Status.CORRUPT
    assert read(stored_rar(FILES)[:60]).status == Status.CORRUPT
    assert [c.status for c in read(stored_rar(FILES)[:-12]).children] == [Status.EXTRACTED, Status.CORRUPT]
    spoilt = stored_rar(FILES).replace("李四".encode(), b"123456")
    assert [c.status for c in read(spoilt).children] == [Status.EXTRACTED, Status.CORRUPT]


def test_a_bomb_ends_early(monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = read(gzip.compress(bytes(30_000_000)), "a.gz")
    assert (zeros.status, zeros.reason[:8]) == (Status.TOO_LARGE, "zip bomb")
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1000)
    many = read(zipped({str(n): bytes(400) for n in range(5)}))
    assert (len(many.children), many.status) == (2, Status.PARTIAL)
    assert many.reason == "archive: holds more than 1000 bytes: the rest was not read"
    monkeypatch.setattr(archive, "MAX_FILES", 1)
    assert len(read(zipped(FILES)).children) == 1


def test_nesting_ends_with_a_word() -> None:
    data = zipped({"张三.txt": b"1"})
    for _ in range(7):
        data = zipped({"a.zip": data})
    rows = RowMaker("x.zip", SiteMap.from_dict({}), Limits(depth=4), partial(extract, passwords=("1",))).rows(
        Member("a.zip", data)
    )
    assert [row["member"].count("!/") for row in rows] == [0, 1, 2, 3, 4]
    assert rows[-1]["reason"] == "nested deeper than 4: 1 files inside not read"


def test_a_zip_that_contains_itself() -> None:
    data = quine()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert (file.testzip(), file.read("quine.zip")) == (None, data)
    rows = RowMaker("x.zip", SiteMap.from_dict({}), Limits(), extract).rows(Member("a.zip", data))
    assert [(row["member"], row["status"], row["reason"]) for row in rows] == [
        ("a.zip", Status.EXTRACTED, ""),
        ("a.zip!/quine.zip", Status.UNSUPPORTED, "archive: contains itself"),
    ]


def test_a_zip_of_a_zip_that_contains_itself() -> None:
    rows = RowMaker("x.zip", SiteMap.from_dict({}), Limits(), extract).rows(Member("a.zip", zipped({"b.zip": quine()})))
    assert [row["status"] for row in rows] == [Status.EXTRACTED, Status.EXTRACTED, Status.UNSUPPORTED]
