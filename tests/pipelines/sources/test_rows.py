"""Exports of scraped records: JSONL, CSV and TSV, Parquet."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources import FieldMap, open_source
from pipelines.sources.rows import member
from tests.pipelines.sources import samples

ROWS = [
    {"url": f"http://x.gov.cn/{n}", "标题": f"公示{n}", "正文": f'第{n}号，\n"名单"' + "长" * (n % 50)}
    for n in range(1000)
]


def csv_text(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(kind: str, folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / f"export.{kind.partition(' ')[0]}"
    jsonl = "".join(json.dumps(row, ensure_ascii=len(row["url"]) % 2 == 0) + "\n" for row in rows)
    match kind:
        case "jsonl":
            path.write_text("\ufeff" + jsonl, "utf-8")
        case "jsonl gb18030":
            path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\r\n" for row in rows), "gb18030")
        case "jsonl.gz":
            path.write_bytes(gzip.compress(jsonl.encode()))
        case "csv":
            path.write_text(csv_text(rows), "utf-8-sig", newline="")
        case "csv gb18030":
            path.write_text(csv_text(rows, ";"), "gb18030", newline="")
        case "csv utf-16":
            path.write_text(csv_text(rows, "\t"), "utf-16", newline="")
        case "tsv":
            path.write_text(csv_text(rows, "\t"), "utf-8", newline="")
        case "parquet":
            pq.write_table(pa.Table.from_pylist(rows), path)
        case "parquet groups":
            pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=300)
    return path


KINDS = ["jsonl", "jsonl gb18030", "jsonl.gz", "csv", "csv gb18030", "csv utf-16", "tsv", "parquet", "parquet groups"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_export_gives_the_same_members(kind: str, tmp_path: Path) -> None:
    source = open_source(write(kind, tmp_path, ROWS))
    shards = list(source.shards())
    assert len(shards) >= 4 and [shard.ordinal for shard in shards] == list(range(len(shards)))
    assert sum(shard.size for shard in shards) == pytest.approx(source.total_bytes(), abs=10)
    found = [list(source.read(shard)) for shard in shards]
    assert found == [list(source.read(shard)) for shard in shards] and max(map(len, found)) <= 256
    members = [member for part in found for member in part]
    assert [(m.url, (m.data or b"").decode(), m.fields["title"]) for m in members] == [
        (row["url"], row["正文"], row["标题"]) for row in ROWS
    ]
    first = 2 if "csv" in kind or "tsv" in kind else 1
    assert [m.path for m in members] == [f"{source.path.name}#{n + first}" for n in range(1000)]
    assert {(m.media_type, m.charset, m.status) for m in members} == {("text/plain", "utf-8", Status.EXTRACTED)}


def lines(tmp_path: Path, content: bytes, name: str = "a.jsonl", limit: int = 1000) -> list[Member]:
    path = tmp_path / name
    path.write_bytes(content)
    return samples.members(open_source(path, limit=limit))


BAD_LINES = [
    (b'{"text": ', Status.CORRUPT, "line 2: not JSON: Expecting value at column"),
    (b"[1, 2]", Status.CORRUPT, "line 2: not a JSON object"),
    (b'"text"', Status.CORRUPT, "line 2: not a JSON object"),
    (b'{"text": "\xff\xff"}', Status.CORRUPT, "line 2: neither UTF-8 nor GB18030"),
    (b'{"a":' * 200_0 + b"1", Status.TOO_LARGE, "line 2: over 1000 bytes"),
    (b'{"n": ' + b"9" * 990 + b"x", Status.CORRUPT, "line 2: not JSON"),
]


@pytest.mark.parametrize(("line", "status", "reason"), BAD_LINES, ids=range(len(BAD_LINES)))
def test_a_bad_line_is_a_member_that_says_so(line: bytes, status: str, reason: str, tmp_path: Path) -> None:
    one, two, three = lines(tmp_path, b'{"text": "1"}\n' + line + b'\n\n{"text": "4"}')
    assert (two.path, two.data, two.status) == ("a.jsonl#2", None, status) and two.reason.startswith(reason)
    assert (one.data, three.data, three.path) == (b"1", b"4", "a.jsonl#4")


def test_deep_json_and_huge_numbers(tmp_path: Path) -> None:
    deep = b'{"a":' + b"[" * 100_000
    number = b'{"text": ' + b"9" * 5000 + b"}"
    found = lines(tmp_path, deep + b"\n" + number + b"\n", limit=10**6)
    assert [member.status for member in found] == [Status.CORRUPT, Status.CORRUPT]
    assert found[0].reason == "line 1: nested too deeply"


def test_truncated_gzip_never_looks_whole(tmp_path: Path) -> None:
    path = write("jsonl.gz", tmp_path, ROWS)
    path.write_bytes(path.read_bytes()[:-400])
    found = samples.read(path)
    assert len(found) > 500 and found[-1].path == "export.jsonl.gz#end"
    assert found[-1].reason.startswith("truncated: ")


def test_csv_that_is_not_quite_one(tmp_path: Path) -> None:
    text = 'url,text,text\nhttp://x/1,a,b\nhttp://x/2\n\nhttp://x/3,a,b,c,"d\ne"\n,,\nhttp://x/4,"一'.encode()
    found = lines(tmp_path, text, "a.csv")
    assert [(m.path, m.url, m.status) for m in found] == [
        ("a.csv#2", "http://x/1", Status.EXTRACTED),
        ("a.csv#3", "http://x/2", Status.EXTRACTED),
        ("a.csv#5", "", Status.PARTIAL),
        ("a.csv#7", "http://x/4", Status.EXTRACTED),
    ]
    assert found[0].fields == {"url": "http://x/1", "text": "a", "text (3)": "b"}
    assert found[2].reason == "row 5: 5 cells under 3 columns" and found[2].data == b"http://x/3\ta\tb\tc\td\ne"
    assert found[3].data == "一".encode()


def test_csv_cells_above_the_csv_module_s_limit(tmp_path: Path) -> None:
    text = "text\n" + "长" * 200_000 + "\nshort\n"
    long, short = lines(tmp_path, text.encode(), "a.csv", limit=10**6)
    assert len(long.data or b"") == 600_000 and short.data == b"short"


def test_csv_unclosed_quote_is_bounded_and_said(tmp_path: Path) -> None:
    rows = b"".join(b"http://x/%d,text\n" % n for n in range(500))
    found = lines(tmp_path, b"url,text\n" + b'http://x/a,"open\n' + rows, "a.csv")
    assert found[0].status == Status.CORRUPT and found[0].reason == "row 2: over 1000 bytes"
    assert found[-1].url == "http://x/499"


def test_csv_in_no_encoding(tmp_path: Path) -> None:
    found = lines(tmp_path, "text\n公示\n".encode() + b"\xff\xff\n" + "名单\n".encode("gb18030"), "a.csv")
    assert [member.status for member in found] == [Status.EXTRACTED, Status.PARTIAL, Status.EXTRACTED]


def test_damaged_parquet_page_is_said(tmp_path: Path) -> None:
    path = write("parquet groups", tmp_path, ROWS)
    data = bytearray(path.read_bytes())
    data[100:2000] = b"\xff" * 1900
    path.write_bytes(data)
    found = samples.read(path)
    assert any(member.status == Status.CORRUPT for member in found)
    assert sum(member.data is not None for member in found) >= 700


def test_large_row_group_is_read_in_sequence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.sources.parquet.SHARD_BYTES", 1000)
    source = open_source(write("parquet", tmp_path, ROWS))
    assert all(shard.members for shard in source.shards())
    assert [member.url for member in samples.members(source)] == [row["url"] for row in ROWS]


MEANT = [
    ({"text": "a<b>c"}, {}, b"a<b>c", "text/plain"),
    ({"html": "<p>a</p>"}, {}, b"<p>a</p>", "text/html"),
    ({"content": "<p>a</p>"}, {}, b"<p>a</p>", "text/html"),
    ({"content": "1 < 2 and <姓名>"}, {}, "1 < 2 and <姓名>".encode(), "text/plain"),
    ({"CONTENT ": "a"}, {}, b"a", "text/plain"),
    ({"text": "t", "html": "<p>h"}, {}, b"<p>h", "text/html"),
    ({"text": "", "content": "c"}, {}, b"c", "text/plain"),
    ({"text": None, "content": "c"}, {}, b"c", "text/plain"),
    ({"body": "b", "text": "t"}, {"text": "body"}, b"b", "text/plain"),
    ({"姓名": "某某", "编号": 7}, {}, "姓名\t某某\n编号\t7".encode(), "text/plain"),
    ({"text": "a\ud800b"}, {}, "a\ufffdb".encode(), "text/plain"),
    ({"text": {"a": ["长"]}}, {}, '{"a": ["长"]}'.encode(), "text/plain"),
    ({}, {}, b"", "text/plain"),
]


@pytest.mark.parametrize(("row", "columns", "data", "media_type"), MEANT)
def test_what_a_row_holds(row: dict[str, object], columns: dict[str, str], data: bytes, media_type: str) -> None:
    found = member("a#1", row, FieldMap(columns), 1000)
    assert (found.data, found.media_type) == (data, media_type)
    assert all(value.encode() for value in found.fields.values())


def test_fields_of_a_row() -> None:
    row = {
        "URL": "www.x.gov.cn/a.html", "标题": "公示", "发布机构": "某局", "栏目": "财政", "发布日期": date(2017, 11, 9),
        "索引号": "003/2017", "抓取时间": "2017-11-10T01:02:03", "text": "t", "extra": [1],
    }  # fmt: skip
    found = member("a#1", row, FieldMap(), 1000)
    assert found.url == "http://www.x.gov.cn/a.html"
    assert found.fetched_at == datetime(2017, 11, 10, 1, 2, 3, tzinfo=UTC)
    assert found.fields == {
        "url": "www.x.gov.cn/a.html", "title": "公示", "publisher": "某局", "section": "财政",
        "published_at": "2017-11-09", "index_no": "003/2017", "fetched_at": "2017-11-10T01:02:03", "text": "t",
        "extra": "[1]",
    }  # fmt: skip
    assert member("a#1", {"text": "12345"}, FieldMap(), 4).status == Status.TOO_LARGE
