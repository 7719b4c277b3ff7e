"""The city's archives hold what its gold says, read back with libraries that are not ours."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import docx
import openpyxl
import pyarrow.parquet as pq
import pypdfium2
import pytest

from scanner.synthetic import demo_templates
from scanner.synthetic.city import Gold, build_archives, build_city

PAGES = 240


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Gold]:
    folder = tmp_path_factory.mktemp("city")
    return folder, build_city(folder, seed=4, pages=PAGES)


def _members(path: Path) -> dict[str, bytes]:
    """All members of an archive of any kind that holds files."""
    if path.is_dir():
        return {str(f.relative_to(path)): f.read_bytes() for f in path.rglob("*") if f.is_file()}
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, metadata_encoding="gbk") as box:
            return {name: box.read(name) for name in box.namelist()}
    if path.suffix == ".jsonl":
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return {row["url"].removeprefix("http://"): row["html"].encode() for row in rows}
    if path.name.endswith(".warc.gz"):
        records = gzip.decompress(path.read_bytes()).split(b"WARC/1.0\r\n")[1:]
        found = {}
        for record in records:
            head, _, rest = record.partition(b"\r\n\r\n")
            uri = next(line for line in head.decode().split("\r\n") if line.startswith("WARC-Target-URI"))
            found[uri.partition("http://")[2]] = rest.partition(b"\r\n\r\n")[2][:-4]
        return found
    with tarfile.open(path) as box:
        return {m.name: box.extractfile(m).read() for m in box if m.isfile()}  # type: ignore[union-attr]


def _text(name: str, data: bytes) -> str:
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(data))
        return "\n".join(str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if v)
    if name.endswith(".docx"):
        letter = docx.Document(io.BytesIO(data))
        return "\n".join(cell.text for table in letter.tables for row in table.rows for cell in row.cells)
    if name.endswith(".pdf"):
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    return data.decode("gb18030" if b"charset=gb2312" in data else "utf-8")


def test_every_planted_value_stands_in_its_member(city: tuple[Path, Gold]) -> None:
    _, gold = city
    members = {name: data for path in gold.archives for name, data in _members(path).items()}
    texts = {name: _text(name, members[name]) for name in {hit.member for hit in gold.hits}}
    assert len(members) == gold.files
    missing = [hit for hit in gold.hits if hit.form == "plain" and hit.raw not in texts[hit.member]]
    assert missing == []


def test_every_kind_of_leak_is_published(city: tuple[Path, Gold]) -> None:
    _, gold = city
    planted = {case.template for case in gold.cases}
    assert {publication.template.name for publication in demo_templates.LEAKS} <= planted


def test_archives_are_of_five_kinds(city: tuple[Path, Gold]) -> None:
    _, gold = city
    assert [path.name.partition(".")[2] for path in gold.archives] == ["", "zip", "warc.gz", "tar.gz", "jsonl"]
    assert all(case.location.split("/")[0].endswith(".xinghe.example.com") for case in gold.cases)


def test_hidden_sheet_and_column_are_hidden(city: tuple[Path, Gold]) -> None:
    _, gold = city
    members = {name: data for path in gold.archives for name, data in _members(path).items() if name.endswith("xlsx")}
    books = {name: openpyxl.load_workbook(io.BytesIO(data)) for name, data in members.items()}
    hidden = [name for name, book in books.items() if any(sheet.sheet_state == "hidden" for sheet in book)]
    columns = [name for name, book in books.items() if book.worksheets[0].column_dimensions["C"].hidden]
    of = {case.location: case.template for case in gold.cases}
    assert {of[name] for name in hidden} == {"demo_hidden_sheet"}
    assert {of[name] for name in columns} == {"demo_hidden_column"}


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    first, second = build_city(tmp_path / "a", seed=9, pages=40), build_city(tmp_path / "b", seed=9, pages=40)
    assert first.hits == second.hits
    for one, other in zip(first.archives, second.archives, strict=True):
        assert _members(one) == _members(other)


def test_archives_hold_the_same_documents_in_every_container(tmp_path: Path) -> None:
    kinds = ("dir", "zip", "tar", "tar.gz", "warc.gz", "jsonl", "parquet")
    gold = build_archives(tmp_path, kinds, pages=60)
    *files, parquet = gold.archives
    names = [set(_members(path)) for path in files]
    rows = pq.read_table(parquet)["url"].to_pylist()
    assert all(found == names[0] for found in names)
    assert {url.removeprefix("http://") for url in rows} == names[0]
    assert len(gold.cases) == gold.files == len(names[0])


def test_rows_hold_no_attachments(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="csv"):
        build_archives(tmp_path, ("csv",), pages=10, attachments=True)
