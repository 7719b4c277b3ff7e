from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources import open_source
from tests.pipelines.sources import samples
from tests.pipelines.sources.samples import warc_record

X = "http://www.x.gov.cn"
PACKINGS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "each": samples.per_record,
    "whole": lambda records: gzip.compress(b"".join(records), 1),
    "by tens": lambda records: samples.per_record([b"".join(records[n : n + 10]) for n in range(0, len(records), 10)]),
}


def write(path: Path, packing: str, records: list[bytes]) -> Path:
    path.write_bytes(PACKINGS[packing](records))
    return path


@pytest.mark.parametrize("packing", PACKINGS)
def test_records(packing: str, tmp_path: Path) -> None:
    records = [
        warc_record("urn:warcinfo", b"software: x", kind="warcinfo", content_type="application/warc-fields"),
        warc_record(f"{X}/a.html", "公示".encode("gbk")),
        warc_record(f"{X}/a.html", b"GET", kind="request", content_type="application/http; msgtype=request"),
        warc_record(f"{X}/b.html", gzip.compress(b"packed"), headers="Content-Encoding: gzip\r\n"),
        warc_record(f"{X}/gone.html", b"no", status="404 Not Found"),
        warc_record(f"{X}/moved.html", b"", status="302 Found", headers="Location: /x\r\n"),
        warc_record(f"{X}/part.pdf", b"%PDF", status="206 Partial Content", content_type="application/pdf"),
        warc_record(f"{X}/a.html", b"", kind="revisit"),
        warc_record(f"{X}/名单.xls", b"sheet", kind="resource", content_type="application/vnd.ms-excel"),
        warc_record(
            "metadata://gnu.org/software/wget/warc/wget.log", b"log", kind="resource", content_type="text/plain"
        ),
        warc_record(f"{X}/bad.html", b"\x1f\x8bnot", headers="Content-Encoding: gzip\r\n"),
        warc_record(f"{X}/cut.html", b"half").replace(b"WARC-Date", b"WARC-Truncated: length\r\nWARC-Date"),
    ]
    found = samples.read(write(tmp_path / "a.warc", packing, records))
    assert [(m.url, m.data, m.media_type, m.charset, m.status, m.reason.partition(":")[0]) for m in found] == [
        (f"{X}/a.html", "公示".encode("gbk"), "text/html", "gbk", Status.EXTRACTED, ""),
        (f"{X}/b.html", b"packed", "text/html", "gbk", Status.EXTRACTED, ""),
        (f"{X}/gone.html", None, "text/html", "gbk", Status.UNSUPPORTED, "http 404"),
        (f"{X}/moved.html", None, "text/html", "gbk", Status.UNSUPPORTED, "http 302"),
        (f"{X}/part.pdf", b"%PDF", "application/pdf", "", Status.PARTIAL, "http 206"),
        (f"{X}/名单.xls", b"sheet", "application/vnd.ms-excel", "", Status.EXTRACTED, ""),
        (f"{X}/bad.html", None, "text/html", "gbk", Status.CORRUPT, "corrupt"),
        (f"{X}/cut.html", b"half", "text/html", "gbk", Status.PARTIAL, "truncated"),
    ]
    assert found[0].path == "www.x.gov.cn/a.html"
    assert found[0].fetched_at == datetime(2017, 11, 9, 1, 2, 3, tzinfo=UTC)


def many(count: int = 500, size: int = 20_000) -> list[bytes]:
    noise = random.Random(1)  # what does not shrink fills several shards
    return [warc_record(f"{X}/{n}.html", noise.randbytes(size)) for n in range(count)]


@pytest.mark.parametrize("packing", PACKINGS)
def test_shards(packing: str, tmp_path: Path) -> None:
    records = many()
    source = open_source(write(tmp_path / "a.warc.gz", packing, records))
    shards = list(source.shards())
    assert len(shards) >= 2 and shards == list(source.shards())
    assert sum(shard.size for shard in shards) == source.total_bytes()
    found = [list(source.read(shard)) for shard in shards]
    assert found == [list(source.read(shard)) for shard in shards]
    assert [member.path for part in found for member in part] == [f"www.x.gov.cn/{n}.html" for n in range(len(records))]
    assert all(member.data and len(member.data) == 20_000 for part in found for member in part)


def expect_end(found: list[Member], name: str) -> None:
    assert (found[-1].path, found[-1].data, found[-1].status) == (f"{name}#end", None, Status.CORRUPT)
    assert found[-1].reason.startswith("truncated: ")


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("missing", [2, 30, 10_000, 1_000_000])
def test_truncated_never_looks_whole(packing: str, missing: int, tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc", packing, many(100))
    path.write_bytes(path.read_bytes()[:-missing])
    found = samples.read(path)
    expect_end(found, "a.warc")
    whole = [member for member in found if member.data is not None]
    assert 100 - missing // 20_000 - 2 <= len(whole) <= 100 - missing // 20_300
    assert all(len(member.data or b"") == 20_000 for member in whole)


@pytest.mark.parametrize("packing", ["plain", "each"])
@pytest.mark.parametrize("at", [0.0005, 0.5, 0.99])
def test_a_fault_costs_its_record_only(packing: str, at: float, tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc", packing, many(100))
    data = path.read_bytes()
    middle = int(len(data) * at) + 400
    path.write_bytes(data[:middle] + b"\0" * 9 + data[middle:])
    found = samples.read(path)
    faults = [member for member in found if member.data is None]
    assert len(faults) == 1 and faults[0].status == Status.CORRUPT
    assert len(found) - len(faults) >= 99


@pytest.mark.parametrize("packing", PACKINGS)
def test_lying_length(packing: str, tmp_path: Path) -> None:
    """Nothing may allocate what a record only claims to hold."""
    liar = warc_record(f"{X}/a.html", b"short")
    huge = liar.replace(b"Content-Length: ", b"Content-Length: 9999999999")
    found = samples.read(write(tmp_path / "a.warc", packing, [warc_record(f"{X}/0.html", b"first"), huge]))
    assert [member.status for member in found[:2]] == [Status.EXTRACTED, Status.TOO_LARGE]


def test_large_member_is_named_not_read(tmp_path: Path) -> None:
    for packing in PACKINGS:
        records = [warc_record(f"{X}/{n}", bytes(size)) for n, size in enumerate((10, 900_000, 20))]
        path = write(tmp_path / "a.warc", packing, records)
        found = samples.members(open_source(path, limit=100_000))
        assert [member.status for member in found] == [Status.EXTRACTED, Status.TOO_LARGE, Status.EXTRACTED], packing


def test_archive_inside_an_archive(tmp_path: Path) -> None:
    """A stored .warc.gz looks like records of the outer one: nothing of the outer one is lost, and it is said."""
    noise = random.Random(2)
    inner = samples.per_record([warc_record(f"http://inner.cn/{n}", noise.randbytes(50_000)) for n in range(100)])
    assert len(inner) > 4 << 20
    outer = many(150)
    outer[75] = warc_record(f"{X}/inner.warc.gz", inner, content_type="application/gzip")
    stored = b"".join(gzip.compress(record, 0) for record in outer)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(stored)
    found = samples.read(path)
    assert {member.url for member in found} >= {f"{X}/{n}.html" for n in range(150) if n != 75} | {f"{X}/inner.warc.gz"}
    assert any("overlap" in member.reason for member in found)
