"""The same mirror in every container gives the same documents; a shard read again gives the same members."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import pickle
import tarfile
from pathlib import Path

import pytest

from pipelines.errors import ArchiveDamaged, ArchiveEmpty, ArchiveError, ArchiveMissing, ArchiveUnknown
from pipelines.schema import Status
from pipelines.sources import Shard, open_source
from tests.pipelines.sources import samples

PACKERS = {"tar": bytes, "tar.gz": gzip.compress, "tar.bz2": bz2.compress, "tar.xz": lzma.compress}
KINDS = ("directory", "zip", *PACKERS)


def build(kind: str, folder: Path, files: samples.Files) -> Path:
    if kind == "directory":
        return samples.write_directory(folder / "mirror", files)
    if kind == "zip":
        return samples.write_zip(folder / "mirror.zip", files)
    path = folder / f"mirror.{kind}"
    path.write_bytes(PACKERS[kind](samples.tar_bytes(files)))
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_mirror(kind: str, tmp_path: Path) -> None:
    found = samples.read(build(kind, tmp_path, samples.MIRROR))
    assert all(member.status == Status.EXTRACTED and not member.reason for member in found)
    assert open_source(tmp_path / ("mirror" + ("" if kind == "directory" else f".{kind}"))).kind == kind
    assert {(member.url, member.data) for member in found} == {
        ("http://www.example.gov.cn/index.html", samples.page(0)),
        ("http://www.example.gov.cn/xxgk/show.jsp?id=3", samples.page(3)),
        ("http://www.example.gov.cn/xxgk/show.jsp?id=4", samples.page(4)),
        ("http://www.example.gov.cn/files/名单.xlsx", b"PK\3\4 not really"),
        *((f"http://img.example.gov.cn/p/{n}.html", samples.page(n)) for n in range(600)),
    }
    assert len(found) == 604


@pytest.mark.parametrize("kind", KINDS)
def test_shards_are_bounded_numbered_and_read_alike_every_time(kind: str, tmp_path: Path) -> None:
    source = open_source(build(kind, tmp_path, samples.MIRROR))
    shards = list(source.shards())
    assert [shard.ordinal for shard in shards] == list(range(len(shards))) and len(shards) >= 3
    assert shards == list(source.shards())
    total = sum(shard.size for shard in shards)
    assert 0.2 * source.total_bytes() <= total <= source.total_bytes()
    for shard in shards:
        again: Shard = pickle.loads(pickle.dumps(shard))
        first = list(source.read(shard))
        assert len(first) <= 256
        assert first == list(pickle.loads(pickle.dumps(source)).read(again))


@pytest.mark.parametrize("kind", KINDS)
def test_shards_of_large_members_are_small(kind: str, tmp_path: Path) -> None:
    files = {f"{n}.bin": bytes(9 << 20) for n in range(6)}
    shards = list(open_source(build(kind, tmp_path, files)).shards())
    assert len(shards) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_fingerprint(kind: str, tmp_path: Path) -> None:
    path = build(kind, tmp_path, samples.MIRROR)
    before = open_source(path).fingerprint()
    assert len(before) == 32 and before == open_source(path).fingerprint()
    if kind == "directory":
        (path / "new.html").write_bytes(b"new")
    else:
        path.write_bytes(path.read_bytes() + b"\0")
    assert open_source(path).fingerprint() != before


@pytest.mark.parametrize("kind", KINDS)
def test_too_large_is_named_not_read(kind: str, tmp_path: Path) -> None:
    path = build(kind, tmp_path, {"www.x.cn/a.bin": bytes(5000), "www.x.cn/b.html": b"small"})
    first, second = sorted(samples.members(open_source(path, limit=1000)), key=lambda member: member.path)
    assert (first.data, first.status, first.reason) == (None, Status.TOO_LARGE, "5000 bytes")
    assert second.data == b"small"


@pytest.mark.parametrize("kind", ["zip", *PACKERS])
def test_twice_the_same_name(kind: str, tmp_path: Path) -> None:
    if kind == "zip":
        import zipfile

        path = tmp_path / "twice.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.html", b"1")
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr("a.html", b"2")
    else:
        path = tmp_path / f"twice.{kind}"
        one, two = samples.tar_bytes({"a.html": b"1"}), samples.tar_bytes({"a.html": b"2"})
        path.write_bytes(PACKERS[kind](one[:1024] + two))
    assert [(member.path, member.data) for member in samples.read(path)] == [("a.html", b"1"), ("a.html", b"2")]


def test_directory_does_not_follow_links_or_wait_for_pipes(tmp_path: Path) -> None:
    import os

    root = samples.write_directory(tmp_path / "root", {"a.html": b"a"})
    (tmp_path / "secret.txt").write_bytes(b"outside")
    (root / "b.txt").symlink_to(tmp_path / "secret.txt")
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe")
    found = {member.path: (member.data, member.status, member.reason) for member in samples.read(root)}
    assert found == {
        "a.html": (b"a", Status.EXTRACTED, ""),
        "b.txt": (None, Status.UNSUPPORTED, "symlink"),
        "loop": (None, Status.UNSUPPORTED, "symlink"),
        "pipe": (None, Status.UNSUPPORTED, "not a regular file"),
    }


def test_directory_file_that_went_away(tmp_path: Path) -> None:
    root = samples.write_directory(tmp_path / "root", {"a.html": b"a"})
    source = open_source(root)
    (shard,) = source.shards()
    (root / "a.html").unlink()
    (member,) = source.read(shard)
    assert (member.status, member.reason) == (Status.CORRUPT, "unreadable: No such file or directory")


def test_tar_links_and_names(tmp_path: Path) -> None:
    files = {"../../etc/passwd": b"1", "C:\\site\\a.html": b"2", "/abs/./b.html": b"3"}
    path = tmp_path / "a.tar"
    links = (("s", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("f", tarfile.FIFOTYPE), ("d", tarfile.DIRTYPE))
    path.write_bytes(samples.tar_bytes(files, links))
    assert [(member.path, member.reason) for member in samples.read(path)] == [
        ("etc/passwd", ""), ("site/a.html", ""), ("abs/b.html", ""),
        ("s", "symlink"), ("h", "hard link to target.html"), ("f", "not a regular file"),
    ]  # fmt: skip


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_tar_long_chinese_names_across_shards(form: int, tmp_path: Path) -> None:
    files = {f"www.x.cn/{'长' * 90}{n}.html": b"%d" % n for n in range(600)}
    path = tmp_path / "a.tar"
    path.write_bytes(samples.tar_bytes(files, form=form))
    assert {member.path: member.data for member in samples.read(path)} == files


@pytest.mark.parametrize("kind", ["tar", "tar.gz"])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.999])
def test_truncated_tar_never_looks_whole(kind: str, share: float, tmp_path: Path) -> None:
    files = {f"{n}.html": bytes(str(n) * 3000, "ascii") for n in range(300)}
    whole = samples.tar_bytes(files)
    end = whole.rindex(b"299299") + 3000  # tar pads its end with zeros, which may go missing
    data = gzip.compress(whole) if kind == "tar.gz" else whole[: end + 100]
    path = tmp_path / f"a.{kind}"
    path.write_bytes(data[: int(len(data) * share)])
    found = samples.read(path)
    assert all(member.data == files[member.path] for member in found if member.data is not None)
    assert len(found) > 200 * share
    assert found[-1].path == f"a.{kind}#end" and found[-1].data is None and found[-1].status == Status.CORRUPT
    assert found[-1].reason.startswith("truncated: ")


def test_broken_tar_header_is_said(tmp_path: Path) -> None:
    data = bytearray(samples.tar_bytes({"a.html": b"a", "b.html": b"b", "c.html": b"c"}))
    data[1024:1100] = b"\xff" * 76
    path = tmp_path / "a.tar"
    path.write_bytes(data)
    first, last = samples.read(path)
    assert first.data == b"a" and last.reason.startswith("truncated: no end mark at byte 1024")


ROW = json.dumps({"text": "a"}).encode()
BAD_ARCHIVES = [
    ("no such", None, ArchiveMissing),
    ("empty.zip", b"", ArchiveEmpty),
    ("empty2.zip", b"PK\5\6" + bytes(18), ArchiveEmpty),
    ("cut.zip", b"PK\3\4" + bytes(100), ArchiveDamaged),
    ("login.zip", b"<html>please log in</html>", ArchiveDamaged),
    ("cut.tar.gz", gzip.compress(b"x" * 9)[:8], ArchiveDamaged),
    ("hello.gz", gzip.compress(b"hello"), ArchiveUnknown),
    ("cut.parquet", b"PAR1" + bytes(50), ArchiveDamaged),
    ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), ArchiveDamaged),
    ("a.rar", b"Rar!\x1a\x07" + bytes(50), ArchiveDamaged),
    ("a.xlsx", b"PK\3\4" + bytes(50), ArchiveUnknown),
    ("a.docm", b"PK\3\4" + bytes(50), ArchiveUnknown),
    ("a.rtf", b"{\\rtf1 text}", ArchiveUnknown),
    ("a.html", b"<html>", ArchiveUnknown),
]


@pytest.mark.parametrize(("name", "data", "error"), BAD_ARCHIVES, ids=[row[0] for row in BAD_ARCHIVES])
def test_what_is_no_archive(name: str, data: bytes | None, error: type[ArchiveError], tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(error) as raised:
        open_source(tmp_path / name)
    assert raised.value.what and raised.value.todo and name in raised.value.where


def test_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(ArchiveEmpty):
        open_source(tmp_path / "a")


def test_content_goes_before_name(tmp_path: Path) -> None:
    for name, data, kind in (
        ("a.dat", samples.tar_bytes({"a": b"a"}), "tar"),
        ("b.csv", ROW, "jsonl"),
        ("c.zip", gzip.compress(ROW), "jsonl.gz"),
        ("d", samples.warc_record("http://x.cn/", b""), "warc"),
    ):
        (tmp_path / name).write_bytes(data)
        assert open_source(tmp_path / name).kind == kind
