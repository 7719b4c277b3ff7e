"""Site archives in a 7z or a RAR."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipelines.documents import Member
from pipelines.sources import open_source
from pipelines.sources.sevenzip import pulled
from tests.pipelines.extractors.archives import stored_rar
from tests.pipelines.extractors.test_archive import seven_zip
from tests.pipelines.sources.samples import MIRROR, members, read, write_directory


@pytest.mark.parametrize(("name", "write"), [("a.7z", seven_zip), ("a.rar", stored_rar)])
def test_the_same_members_as_of_a_folder(tmp_path: Path, name: str, write: Callable[[dict[str, bytes]], bytes]) -> None:
    (tmp_path / name).write_bytes(write(dict(MIRROR)))
    expected = read(write_directory(tmp_path / "folder", MIRROR))
    source = open_source(tmp_path / name)
    assert {(m.path, m.url, m.data) for m in members(source)} == {(m.path, m.url, m.data) for m in expected}
    shards = list(source.shards())
    assert [s.ordinal for s in shards] == list(range(len(shards)))
    assert len(shards) > 1


def test_a_larger_file_is_named_not_read(tmp_path: Path) -> None:
    for name, write in (("a.7z", seven_zip), ("a.rar", stored_rar)):
        (tmp_path / name).write_bytes(write({"a.txt": b"123456789", "b.txt": b"1"}))
        found = members(open_source(tmp_path / name, limit=5))
        assert [(m.path, m.data, m.status) for m in found] == [
            ("a.txt", None, "too_large"),
            ("b.txt", b"1", "extracted"),
        ]


def test_what_pushes_is_let_go_when_nobody_asks_any_more() -> None:
    emitted: list[int] = []
    files: Mapping[str, bytes] = {str(n): b"x" for n in range(1000)}

    def push(emit: Callable[..., None]) -> None:
        for number, _ in enumerate(files):
            emitted.append(number)
            emit(Member(str(number), b"x"))

    stream = pulled(push)
    assert next(stream).path == "0"
    stream.close()  # type: ignore[attr-defined]
    assert len(emitted) < 50
