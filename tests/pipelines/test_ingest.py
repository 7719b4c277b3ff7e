"""Archives to records: resumed, repeated, refused, and what every member becomes."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines import exports, layout, parts, reading, shards
from pipelines.documents import Document, Member
from pipelines.errors import ArchiveDamaged, ArchiveEmpty, ArchiveMissing, StorageError
from pipelines.ingest import IngestSummary, ingest
from pipelines.isolation import Limits
from pipelines.progress import Progress
from pipelines.records import RowMaker
from pipelines.sites import Site, SiteMap
from pipelines.sources import FieldMap
from tests.pipelines.fakes import LinesSource, obey_text, open_lines

LIMITS = Limits(seconds=2, memory=1 << 30)


def archive(tmp_path: Path, name: str = "a.lines", count: int = 40, **special: str) -> Path:
    path = tmp_path / name
    texts = [special.get(f"m{number}", f"text {name} {number}") for number in range(count)]
    path.write_text("\n".join(f"m{number}.txt|{text}" for number, text in enumerate(texts)), encoding="utf-8")
    return path


def run(paths: list[Path], records_dir: Path, **options: Any) -> IngestSummary:
    settings: dict[str, Any] = {"sites": SiteMap(), "fields": FieldMap(), "workers": 2, "limits": LIMITS}
    return ingest(paths, records_dir, **(settings | {"opener": open_lines, "extractor": obey_text} | options))


def records(folder: Path) -> list[dict[str, Any]]:
    """All records below a folder but for the one column that may differ, by archive and part."""
    rows = []
    for part in sorted(folder.rglob("part-*.parquet")):
        table = pq.read_table(part, partitioning=None)
        rows += table.drop_columns([c for c in ("elapsed_ms",) if c in table.column_names]).to_pylist()
    return rows


def test_every_member_becomes_a_record_in_its_place(tmp_path: Path) -> None:
    seen: list[Progress] = []
    paths = [archive(tmp_path, "a.lines"), archive(tmp_path, "b.lines", 3)]
    summary = run(paths, tmp_path / "records", progress=seen.append)
    for read, count in zip(paths, (40, 3), strict=True):
        (name,) = [each.archive_id for each in summary.archives if each.path == read]
        texts = [row["text"] for row in records(tmp_path / "records" / name)]
        assert texts == [f"text {read.name} {number}" for number in range(count)]
    assert summary.by_status == {"extracted": 43} and summary.by_site == {"www.example.gov.cn": 43}
    assert summary.bytes == sum(row["size"] for row in records(tmp_path / "records"))
    assert (seen[-1].records, seen[-1].noted) == (43, 0)
    assert {"unpack", "key", "rows", "write", "close/tie"} <= summary.spent.keys()
    assert sum(summary.spent.values()) < summary.seconds * 2 * 1e9  # of two workers
    assert not list((tmp_path / "records").rglob(".*.tmp"))


HOSTILE = {"m3": "segfault", "m7": "hang", "m8": "exit", "m20": "memory", "m21": "error"}
FATES = {"m3": ("corrupt", "worker died: signal 11"), "m7": ("timed_out", "time limit: 2 s"),
         "m8": ("corrupt", "worker died: exit code 3"), "m20": ("too_large", "memory limit: 1024 MiB")}  # fmt: skip


def test_hostile_documents_get_their_status_and_the_others_are_read(tmp_path: Path) -> None:
    summary = run([archive(tmp_path, **HOSTILE)], tmp_path / "records")
    rows = {row["member"].removesuffix(".txt"): row for row in records(tmp_path / "records")}
    assert len(rows) == 40 and list(rows) == [f"m{number}" for number in range(40)]
    assert {name: (rows[name]["status"], rows[name]["reason"]) for name in FATES} == FATES
    assert rows["m21"]["reason"].startswith("error: KeyError")
    assert summary.by_status == {"corrupt": 3, "extracted": 35, "timed_out": 1, "too_large": 1} and summary.unread == 5


def changed(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


# What happens between two runs; options of the second; whether it reads again.
AGAIN: list[tuple[str, Callable[[Path, Path], object], dict[str, Any], bool]] = [
    ("nothing", lambda path, folder: None, {}, False),
    ("fresh", lambda path, folder: None, {"fresh": True}, True),
    ("content", lambda path, folder: changed(path, "\nnew.txt|new"), {}, True),
    ("sites", lambda path, folder: None, {"sites": SiteMap((Site("x"),))}, True),
    ("fields", lambda path, folder: None, {"fields": FieldMap({"url": "u"})}, True),
    ("workers", lambda path, folder: None, {"workers": 1}, False),
    ("manifest lost", lambda path, folder: (folder / "manifest.json").unlink(), {}, False),
    ("manifest damaged", lambda path, folder: (folder / "manifest.json").write_text("{"), {}, False),
    ("plan lost", lambda path, folder: [(folder / n).unlink() for n in ("plan.json", "manifest.json")], {}, True),
]


@pytest.mark.parametrize(("name", "between", "options", "again"), AGAIN, ids=[row[0] for row in AGAIN])
def test_what_is_read_again(
    tmp_path: Path, name: str, between: Callable[[Path, Path], object], options: dict[str, Any], again: bool
) -> None:
    path = archive(tmp_path)
    first = run([path], tmp_path / "records")
    folder = tmp_path / "records" / first.archive_ids[0]
    before = {part.name: part.stat().st_mtime_ns for part in layout.parts(folder)}
    between(path, folder)
    second = run([path], tmp_path / "records", **options)
    after = {part.name: part.stat().st_mtime_ns for part in layout.parts(tmp_path / "records" / second.archive_ids[0])}
    assert (after != before) == again
    assert second.archives[0].reused == (name in ("nothing", "workers"))
    assert layout.read_json(tmp_path / "records" / second.archive_ids[0] / "manifest.json")
    if not again:
        assert second.by_status == first.by_status


def test_extractors_that_changed_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path)
    run([path], tmp_path / "records")
    monkeypatch.setattr(reading, "EXTRACTORS_VERSION", "next")
    assert not run([path], tmp_path / "records").archives[0].reused


def test_an_archive_given_twice_is_read_once(tmp_path: Path) -> None:
    path = archive(tmp_path)
    assert len(run([path, path], tmp_path / "records").archives) == 1


def test_archives_that_cannot_be_read_are_named_and_the_others_are_read(tmp_path: Path) -> None:
    empty = archive(tmp_path, "empty.lines", 0)
    summary = run([empty, archive(tmp_path)], tmp_path / "records")
    assert len(summary.archives) == 1 and [type(error) for error in summary.failed] == [ArchiveEmpty]


def open_nothing(path: Path, fields: object) -> LinesSource:
    raise ArchiveMissing("no such file", path, "Check the name.")


def test_when_no_archive_can_be_read_that_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        run([tmp_path / "x"], tmp_path / "records", opener=open_nothing)


def test_an_archive_that_changes_while_it_is_read_is_not_complete(tmp_path: Path) -> None:
    path, other = archive(tmp_path), archive(tmp_path, "other.lines")
    summary = run([path, other], tmp_path / "records", progress=lambda progress: changed(path, "more"))
    assert [each.path for each in summary.archives] == [other]
    assert [type(error) for error in summary.failed] == [ArchiveDamaged]
    assert len(list((tmp_path / "records").rglob("manifest.json"))) == 1


def long(tmp_path: Path, count: int = 1000) -> Path:
    """An archive long enough for shards to be read into one file."""
    filler = {f"m{number}": f"text {number} {'一' * 40}" for number in range(count)}
    return archive(tmp_path, "long.lines", count, **filler)


def test_shards_of_a_long_archive_are_read_into_fewer_files(tmp_path: Path) -> None:
    path = long(tmp_path)
    run([path], tmp_path / "records")
    (folder,) = (tmp_path / "records").iterdir()
    every = [number for file in layout.shards(folder).values() for number in shards.covered(file)]
    assert every == [shard.ordinal for shard in LinesSource(path).shards()]
    assert len(layout.shards(folder)) < len(every) / 4
    assert [row["text"] for row in exports.read(folder, ["text"]).to_pylist()] == [
        f"text {number} {'一' * 40}" for number in range(1000)
    ]


@pytest.mark.parametrize("lost", [(0,), (1, 3), (2, 3, 4), (7,)])
def test_only_the_files_that_are_not_there_are_read_again(tmp_path: Path, lost: tuple[int, ...]) -> None:
    path = long(tmp_path)
    run([path], tmp_path / "records")
    (folder,) = (tmp_path / "records").iterdir()
    before, files = records(folder), list(layout.shards(folder).values())
    (folder / "manifest.json").unlink()
    missing = [files[number] for number in lost if number < len(files)]
    wanted = sum(parts.rows(file) for file in missing)
    for file in missing:
        file.unlink()
    seen: list[Progress] = []
    assert run([path], tmp_path / "records", progress=seen.append).records == 1000
    assert records(folder) == before and list(layout.shards(folder).values()) == files
    assert max(progress.records for progress in seen) == wanted < 1000


# Killed runs. A run of its own process, so that it can be killed.

RUN = """
import sys
from pathlib import Path
from tests.pipelines.test_ingest import run
run([Path(p) for p in sys.argv[2:]], Path(sys.argv[1]))
"""


def start(records_dir: Path, paths: list[Path]) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[2]
    return subprocess.Popen([sys.executable, "-c", RUN, str(records_dir), *map(str, paths)], cwd=root)


def test_killed_at_random_moments_and_resumed(tmp_path: Path) -> None:
    slow = {f"m{number}": f"slow {number}" for number in range(60)}
    paths = [archive(tmp_path, "a.lines", 60, **slow), archive(tmp_path, "b.lines", 60, **(slow | {"m5": "exit"}))]
    run(paths, tmp_path / "undisturbed")
    chance = random.Random(7)
    for _ in range(3):
        process = start(tmp_path / "records", paths)
        deadline = time.monotonic() + 60
        parts_before = len(list((tmp_path / "records").rglob("part-*.parquet")))
        while process.poll() is None and time.monotonic() < deadline:
            if len(list((tmp_path / "records").rglob("part-*.parquet"))) > parts_before:
                break
            time.sleep(0.005)
        time.sleep(chance.random() * 0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
    summary = run(paths, tmp_path / "records")
    assert records(tmp_path / "records") == records(tmp_path / "undisturbed")
    assert summary.by_status == {"corrupt": 1, "extracted": 119}
    assert not list((tmp_path / "records").rglob(".*.tmp"))


def test_ctrl_c_leaves_no_process_and_nothing_half_written(tmp_path: Path) -> None:
    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    path = archive(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        run([path], tmp_path / "records", progress=interrupt)
    assert not list((tmp_path / "records").rglob(".*.tmp"))
    assert not list((tmp_path / "records").rglob("manifest.json"))
    assert run([path], tmp_path / "records").records == 40


# Disks that are full.


def full(*arguments: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_in_the_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path)
    with monkeypatch.context() as patched, pytest.raises(StorageError, match="disk is full"):
        patched.setattr(layout, "_flush", full)
        run([path], tmp_path / "records")
    assert not [found for found in (tmp_path / "records").rglob("*") if found.is_file()]


def full_for_workers(path: Path, fields: object) -> LinesSource:
    """Opens the archive; in a worker, also fills the disk."""
    if multiprocessing.parent_process():
        layout._flush = full  # type: ignore[assignment]
    return LinesSource(path)


def test_a_full_disk_in_a_worker(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="disk is full"):
        run([archive(tmp_path)], tmp_path / "records", opener=full_for_workers)
    assert sorted(found.name for found in (tmp_path / "records").rglob("*") if found.is_file()) == ["plan.json"]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("a file where a folder should be")
    with pytest.raises(StorageError, match="not a folder"):
        run([archive(tmp_path)], tmp_path / "records")


def test_row_groups_hold_no_more_than_they_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROWS", 4)
    with parts.writing(tmp_path / "part-000000.parquet", parts.records.RECORDS) as writer:
        gathered = parts.RecordsWriter(writer)
        gathered.add(_rows(10))
        gathered.flush()
    with pq.ParquetFile(tmp_path / "part-000000.parquet") as file:
        counts = Counter(file.metadata.row_group(group).num_rows for group in range(file.num_row_groups))
    assert counts == {4: 2, 2: 1}


def _rows(count: int) -> list[dict[str, Any]]:
    maker = RowMaker("a", SiteMap(), Limits(), lambda member: Document(text="x"))
    return [row for number in range(count) for row in maker.rows(Member(str(number), b""))]
