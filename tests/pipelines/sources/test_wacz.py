"""WACZ: WARCs read in their place inside a zip."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipelines.schema import Status
from pipelines.sources import open_source
from pipelines.sources.window import Window
from tests.pipelines.sources.samples import members, per_record, read, warc_record

RECORDS = [warc_record(f"http://www.x.gov.cn/{n}.html", f"第{n}号".encode() * 500) for n in range(300)]


def wacz(path: Path, compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/a.warc.gz", per_record(RECORDS[:200]))
        archive.writestr("archive/b.warc", b"".join(RECORDS[200:]))
        archive.writestr("indexes/index.cdx.gz", b"\x1f\x8b")
    return path


def test_the_same_members_as_of_the_warcs(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"".join(RECORDS))
    source = open_source(wacz(tmp_path / "a.wacz"))
    assert [(m.url, m.data) for m in members(source)] == [(m.url, m.data) for m in read(tmp_path / "a.warc")]
    assert (source.kind, [s.ordinal for s in source.shards()]) == ("wacz", list(range(len(list(source.shards())))))


def test_compressed_warcs_are_named(tmp_path: Path) -> None:
    found = read(wacz(tmp_path / "a.wacz", zipfile.ZIP_DEFLATED))
    assert [(m.path, m.status) for m in found] == [
        ("archive/a.warc.gz", Status.UNSUPPORTED),
        ("archive/b.warc", Status.UNSUPPORTED),
    ]


@pytest.mark.parametrize(("seek", "whence", "rest"), [(0, 0, b"234"), (1, 0, b"34"), (-1, 2, b"4"), (9, 0, b"")])
def test_a_window_is_a_file(seek: int, whence: int, rest: bytes) -> None:
    window = Window(io.BytesIO(b"0123456"), 2, 5)
    window.seek(seek, whence)
    assert window.read() == rest
