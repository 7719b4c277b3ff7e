"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipelines import layout
from pipelines.errors import StorageError

STEMS = [
    ("教育局_20171109.tar.gz", "教育局"),
    ("www.example.gov.cn-2017-11-09.zip", "www.example.gov.cn"),
    ("export.2017.11.warc.gz", "export"),
    ("20171109.zip", "20171109"),
    ("site", "site"),
    ("340302197806150421.zip", "340302197806150421"),
]


@pytest.mark.parametrize(("name", "stem"), STEMS)
def test_stem(name: str, stem: str) -> None:
    assert layout.stem(name) == stem


def test_archive_id_is_a_folder_name_and_depends_on_content() -> None:
    first = layout.archive_id("../教育局/ a:b?.zip", "00000000aaaa")
    assert "/" not in first and first != layout.archive_id("../教育局/ a:b?.zip", "11111111aaaa")
    assert layout.archive_id("...", "0" * 32) == "archive-00000000"


def test_parts_come_in_the_order_of_their_ordinals(tmp_path: Path) -> None:
    for ordinal in (2, 1_000_000, 10):
        (tmp_path / layout.part_name(ordinal)).touch()
    (tmp_path / "part-x.parquet").touch()
    assert [path.name for path in layout.parts(tmp_path)] == [layout.part_name(n) for n in (2, 10, 1_000_000)]


def test_replacing_leaves_nothing_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError), layout.replacing(tmp_path / "a" / "b") as temporary:
        temporary.write_text("half")
        raise ValueError
    assert list((tmp_path / "a").iterdir()) == []


def test_replacing_keeps_the_old_until_the_new_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "b"
    path.write_text("old")
    with layout.replacing(path) as temporary:
        temporary.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES])
def test_what_the_disk_refuses_is_a_storage_error(tmp_path: Path, number: int) -> None:
    with pytest.raises(StorageError) as caught, layout.replacing(tmp_path / "b") as temporary:
        temporary.write_text("half")
        raise OSError(number, os.strerror(number))
    assert str(tmp_path) in str(caught.value) and "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_sweep_and_clear(tmp_path: Path) -> None:
    context = tmp_path / "context"
    context.mkdir()
    for name in (
        ".part-000001.parquet.99.tmp",
        "part-000001.parquet",
        "context/.part-1.tmp",
        "context/part-000001.parquet",
        "shard-000002.arrow",
        "rows.parquet",
        "context.parquet",
        "members.parquet",
        f"part-{layout.FIRST_TAKEN}.parquet",
        "damaged-part-000003.parquet",
    ):
        (tmp_path / name).touch()
    layout.write_json(tmp_path / "manifest.json", {"a": 1})
    layout.sweep(tmp_path)
    assert not list(tmp_path.rglob("*.tmp")) and layout.read_json(tmp_path / "manifest.json") == {"a": 1}
    layout.clear(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["context"]


def test_read_json_of_what_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("{half")
    assert layout.read_json(tmp_path / "a") is None and layout.read_json(tmp_path / "b") is None
