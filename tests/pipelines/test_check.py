"""Files before publication: what is a document, what is an export, and where hits are."""

from __future__ import annotations

import json
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pipelines.check import Checked, Given, iter_checked
from pipelines.check_orders import Answer, CheckTask, Order
from pipelines.errors import ArchiveMissing
from pipelines.isolation import Attempt, Cell, Limits, Verdict, Watch
from pipelines.schema import Status
from pipelines.sources import FieldMap, open_source
from scanner.synthetic.people import Factory

ID = Factory(1).person().resident_id
LEAK = f"姓名：张三 身份证号：{ID}"


def check(*paths: Path | Given, workers: int = 1) -> list[Checked]:
    return list(iter_checked(paths, key=b"k", workers=workers, limits=Limits(memory=1 << 30)))


def brief(found: list[Checked], root: Path) -> list[tuple[str, str, int | None, bool]]:
    return [(os.path.relpath(c.path, root), c.member, c.line, ID in leaks(c)) for c in found]


def leaks(checked: Checked) -> list[str]:
    spans = zip(checked.hits["start"].to_pylist(), checked.hits["end"].to_pylist(), strict=True)
    return [checked.text[start:end] for start, end in spans]


def text(path: Path) -> None:
    path.write_text(LEAK, encoding="utf-8")


def workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([ID])
    book.save(path)


def export_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x/1.txt", LEAK)
        archive.writestr("x/2.txt", "没有")


def export_tar(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        source = path.with_name("1.txt")
        text(source)
        archive.add(source, "1.txt")
        source.unlink()


def lines(path: Path) -> None:
    rows = [{"text": "没有"}, {"text": LEAK}]
    path.write_text("\n\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def damaged(path: Path) -> None:
    export_zip(path)
    path.write_bytes(path.read_bytes()[:-40])


KINDS: list[tuple[str, Callable[[Path], object], list[tuple[str, str, int | None, bool]]]] = [
    ("a.txt", text, [("a.txt", "", None, True)]),
    ("名单.xlsx", workbook, [("名单.xlsx", "", None, True)]),
    ("a.csv", text, [("a.csv", "", None, True)]),
    ("a.zip", export_zip, [("a.zip", "x/1.txt", None, True), ("a.zip", "x/2.txt", None, False)]),
    ("a.tar.gz", export_tar, [("a.tar.gz", "1.txt", None, True)]),
    ("a.jsonl", lines, [("a.jsonl", "", 1, False), ("a.jsonl", "", 3, True)]),
    ("a.rtf", lambda path: path.write_text(r"{\rtf1 x}"), [("a.rtf", "", None, False)]),
    ("empty.txt", Path.touch, [("empty.txt", "", None, False)]),
]


@pytest.mark.parametrize(("name", "make", "expected"), KINDS, ids=[row[0] for row in KINDS])
def test_kinds(tmp_path: Path, name: str, make: Callable[[Path], object], expected: list[object]) -> None:
    make(tmp_path / name)
    assert brief(check(tmp_path / name), tmp_path) == expected


def test_a_folder_is_walked_in_order_whatever_the_number_of_workers(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name, make, _ in KINDS:
        make(tmp_path / "b" / name)
    text(tmp_path / "0.txt")
    (tmp_path / "to_b").symlink_to("b")
    one, two = check(tmp_path), check(tmp_path, workers=2)
    assert brief(one, tmp_path) == brief(two, tmp_path)
    assert sum(leak for *_, leak in brief(one, tmp_path)) == 7
    assert [c.record["reason"] for c in one if c.path.endswith("to_b")] == ["symlink to a folder"]


def test_given_data() -> None:
    (checked,) = check(Given("-", LEAK.encode()))
    assert (checked.path, checked.member, ID in leaks(checked)) == ("-", "", True)
    assert set(checked.hits["record_row"].to_pylist()) == {0}


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    damaged(tmp_path / "a.zip")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to("nowhere")
    statuses = {Path(c.path).name: (c.record["status"], c.record["reason"][:9]) for c in check(tmp_path)}
    assert statuses["pipe"] == ("unsupported", "not a reg")
    assert statuses["dangling"] == ("corrupt", "unreadabl")
    assert statuses["a.zip"][0] == "corrupt"


def test_after_a_death_members_matched_by_themselves_give_the_same(tmp_path: Path) -> None:
    export_zip(tmp_path / "a.zip")
    source = open_source(tmp_path / "a.zip", FieldMap())
    (shard,) = source.shards()
    order = Order(0, tmp_path / "a.zip", source, shard)
    handle = CheckTask(b"k", Limits()).open()

    def answer(attempt: Attempt) -> Answer:
        return handle(order, Watch(Cell([0.0, 0.0, 0.0]), attempt, Limits(), lambda index, payload: None))

    once, careful = answer(Attempt()), answer(Attempt(careful=True))
    assert once.hits.equals(careful.hits) and len(once.hits) > 0
    condemned = answer(Attempt(careful=True, verdicts={0: Verdict(Status.TIMED_OUT, "time limit: 60 s")}))
    assert condemned.records["status"].to_pylist() == [Status.TIMED_OUT, Status.EXTRACTED]
    assert len(condemned.hits) == 0


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        check(tmp_path / "nothing")
