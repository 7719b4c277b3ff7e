"""What zips of the wild do: names in GBK, passwords, wrong checksums, odd methods, bombs, bytes before and behind."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipelines.schema import Status
from pipelines.sources import open_source
from tests.pipelines.sources import samples

PAGE = samples.page(1) * 10


@pytest.mark.parametrize("name", ["名单.xls", "公示\\附件.doc", "政务公开/一/二〇一七.html"])
def test_gbk_names(name: str, tmp_path: Path) -> None:
    (member,) = samples.read(samples.write_gbk_zip(tmp_path / "a.zip", name, b"data"))
    assert (member.path, member.data) == (name.replace("\\", "/"), b"data")


CLAIMS = [
    ({"flags": 1}, Status.ENCRYPTED, "password"),
    ({"method": 9}, Status.UNSUPPORTED, "compression method 9"),
    ({"size": 9_000_000}, Status.TOO_LARGE, "zip bomb: "),
    ({"size": 300_000_000}, Status.TOO_LARGE, "300000000 bytes"),
    ({"size": 5}, Status.CORRUPT, "corrupt: 6 of 5 bytes"),
    ({"size": 5000}, Status.CORRUPT, "corrupt: "),
    ({"method": 0}, Status.CORRUPT, "corrupt: "),
    ({"method": 12}, Status.CORRUPT, "corrupt: "),
]


@pytest.mark.parametrize(("claim", "status", "reason"), CLAIMS)
def test_a_bad_entry_does_not_stop_the_others(claim: dict[str, int], status: str, reason: str, tmp_path: Path) -> None:
    path = samples.write_zip(tmp_path / "a.zip", {"www.x.cn/a.html": PAGE, "b.html": b"good"})
    bad, good = samples.read(samples.patch_zip(path, **claim))
    assert (bad.data, bad.status) == (None, status) and bad.reason.startswith(reason)
    assert bad.url == "http://www.x.cn/a.html"
    assert good.data == b"good"


def test_wrong_checksum_and_missing_member(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a.html", "b.html", "c.html"):
            archive.writestr(name, b"content of " + name.encode())
    data = path.read_bytes().replace(b"content of a", b"CONTENT of a", 1)
    at = data.index(b"b.html") - 30
    path.write_bytes(data[:at] + b"XXXX" + data[at + 4 :])
    assert [(member.status, member.reason) for member in samples.read(path)] == [
        (Status.CORRUPT, "corrupt: checksum (CRC)"),
        (Status.CORRUPT, "corrupt: no member where the list of contents says"),
        (Status.EXTRACTED, ""),
    ]


def test_a_zip_cut_behind_a_zip_in_it_is_not_taken_for_whole(tmp_path: Path) -> None:
    inner = samples.write_zip(tmp_path / "inner.zip", {"inner.html": b"inner"}).read_bytes()
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.html", b"a")
        archive.writestr("inner.zip", inner)
        archive.writestr("c.html", b"c")
    whole = path.read_bytes()
    assert all(member.status == Status.EXTRACTED for member in samples.read(path))
    path.write_bytes(whole[: whole.index(inner) + len(inner)])
    member, end = samples.read(path)
    assert member.path == "inner.html" and end.status == Status.CORRUPT and end.reason.startswith("truncated: ")


def test_list_of_contents_that_breaks_off_is_said(tmp_path: Path) -> None:
    path = samples.write_zip(tmp_path / "a.zip", {"a.html": b"a", "b.html": b"b"})
    data = path.read_bytes()
    at = data.rindex(b"PK\1\2")
    path.write_bytes(data[:at] + b"XXXX" + data[at + 4 :])
    found = samples.read(path)
    assert [member.path for member in found] == ["a.html", "a.zip#end"]
    assert found[-1].status == Status.CORRUPT


def test_folders_and_symlinks(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("folder/", b"")
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, b"/etc/passwd")
    (member,) = samples.read(path)
    assert (member.path, member.status, member.reason) == ("link", Status.UNSUPPORTED, "symlink")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize(("before", "comment"), [(b"", b""), (b"MZ self-extractor" * 99, b""), (b"", b"note" * 99)])
def test_methods_and_what_stands_around(method: int, before: bytes, comment: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a.html", PAGE)
        archive.writestr("empty.html", b"")
        archive.comment = comment
    path.write_bytes(before + path.read_bytes())
    from pipelines.sources.zip import ZipSource

    assert [member.data for member in samples.members(ZipSource(path))] == [PAGE, b""]


def test_zip64(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 3)
    files = {f"{n}.html": PAGE + b"%d" % n for n in range(5)}
    path = samples.write_zip(tmp_path / "a.zip", files)
    assert b"PK\6\6" in path.read_bytes()
    assert {member.path: member.data for member in samples.read(path)} == files


def test_stored_streaming_entries(tmp_path: Path) -> None:
    """Sizes behind the data instead of before it, as tools write that do not seek."""
    path = tmp_path / "a.zip"

    class Pipe:
        def __init__(self) -> None:
            self.file = path.open("wb")

        def write(self, data: bytes) -> int:
            return self.file.write(data)

        def flush(self) -> None:
            self.file.flush()

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        archive.writestr("a.html", PAGE)
    pipe.file.close()
    assert [member.data for member in samples.read(path)] == [PAGE]


def test_named_after_its_host(tmp_path: Path) -> None:
    path = samples.write_zip(tmp_path / "www.example.gov.cn.zip", {"xxgk/a.html": b"a"})
    assert [member.url for member in samples.members(open_source(path))] == ["http://www.example.gov.cn/xxgk/a.html"]
