"""Which export is read, and which is left alone."""

from __future__ import annotations

import hashlib
import os
import tarfile
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.landing import Landed, Place, Why, age, group_of, look
from pipelines.sites import Site, SiteMap
from pipelines.sources import FieldMap

NOW = datetime.now(UTC) + timedelta(hours=1)
EDU = SiteMap((Site("edu", archives=("教育局*",)),))


def export(path: Path, *names: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name in names or ("www.example.gov.cn/1.html",):
            archive.writestr(name, "<html>text</html>" * 50)
    return path


def landed(folder: Path, sites: SiteMap = EDU, now: datetime = NOW, **place: object) -> Landed:
    return look([Place(folder, **place)], sites, FieldMap(), now)  # type: ignore[arg-type]


def names(found: Landed) -> list[str]:
    return [each.path.name for each in found.exports]


def test_the_newest_of_each_site_by_the_day_in_its_name(tmp_path: Path) -> None:
    for name in ("教育局-20171201.zip", "教育局-20171202.zip", "民政局_2017-11-30.zip", "民政局_2017-12-01.zip"):
        export(tmp_path / name)
    os.utime(tmp_path / "教育局-20171201.zip")  # written last: its name knows better
    found = landed(tmp_path)
    assert [(each.group, each.path.name) for each in found.exports] == [
        ("edu", "教育局-20171202.zip"), ("民政局", "民政局_2017-12-01.zip")
    ]  # fmt: skip
    assert not found.waiting and not found.empty


def test_without_days_in_their_names_the_one_written_last(tmp_path: Path) -> None:
    first, second = export(tmp_path / "教育局 a.zip"), export(tmp_path / "教育局 b.zip")
    os.utime(first, (time.time() - 5, time.time() - 5))
    assert names(landed(tmp_path)) == [second.name]


def test_a_copy_of_an_export_is_of_the_same_site(tmp_path: Path) -> None:
    for name in ("民政局-20171201.zip", "民政局-20171201 (1).zip", "民政局-20171201 - 副本.zip"):
        export(tmp_path / name)
    assert len(landed(tmp_path).exports) == 1


def unfinished_name(path: Path) -> None:
    path.rename(path.with_name(path.name + ".part"))


def partner(path: Path) -> None:
    path.with_name(path.name + ".part").touch()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def just_written(path: Path) -> None:
    os.utime(path, (NOW.timestamp() - 5, NOW.timestamp() - 5))


def wrong_sum(path: Path) -> None:
    path.with_name(path.name + ".sha256").write_text("0" * 64 + "  x.zip")


def empty_file(path: Path) -> None:
    path.write_bytes(b"")


LEFT: list[tuple[Callable[[Path], None], str]] = [
    (unfinished_name, Why.UNFINISHED), (partner, Why.UNFINISHED), (cut, Why.BROKEN), (just_written, Why.GROWING),
    (wrong_sum, Why.CHECKSUM), (empty_file, Why.BROKEN),
]  # fmt: skip


@pytest.mark.parametrize(("harm", "why"), LEFT)
def test_what_is_not_whole_is_left_and_the_last_whole_one_taken(
    tmp_path: Path, harm: Callable[[Path], None], why: str
) -> None:
    export(tmp_path / "教育局-20171201.zip")
    harm(export(tmp_path / "教育局-20171202.zip"))
    found = landed(tmp_path)
    assert names(found) == ["教育局-20171201.zip"]
    assert [waiting.why for waiting in found.waiting] == [why]


def test_a_checksum_that_fits(tmp_path: Path) -> None:
    path = export(tmp_path / "教育局-20171202.zip")
    path.with_name(path.name + ".md5").write_text(hashlib.md5(path.read_bytes()).hexdigest().upper() + " *x.zip")
    assert names(landed(tmp_path)) == [path.name]


def test_a_mark_that_is_asked_for(tmp_path: Path) -> None:
    export(tmp_path / "教育局-20171202.zip")
    assert [waiting.why for waiting in landed(tmp_path, mark=".ok").waiting] == [Why.UNMARKED]
    (tmp_path / "教育局-20171202.zip.ok").touch()
    assert names(landed(tmp_path, mark=".ok")) == ["教育局-20171202.zip"]


def test_a_mirror_while_the_copier_is_at_work(tmp_path: Path) -> None:
    page = tmp_path / "教育局" / "www.example.gov.cn" / "1.html"
    page.parent.mkdir(parents=True)
    page.write_text("x")
    assert names(landed(tmp_path)) == ["教育局"]
    assert [w.why for w in landed(tmp_path, now=datetime.now(UTC)).waiting] == [Why.GROWING]
    (tmp_path / "教育局" / "hts-in_progress.lock").touch()
    assert [w.why for w in landed(tmp_path).waiting] == [Why.UNFINISHED]


def test_a_tar_without_its_end(tmp_path: Path) -> None:
    path = tmp_path / "教育局.tar"
    with tarfile.open(path, "w") as archive:
        archive.add(__file__, "www.example.gov.cn/1.html")
    assert names(landed(tmp_path)) == [path.name]
    path.write_bytes(path.read_bytes()[:3000])
    assert [w.why for w in landed(tmp_path).waiting] == [Why.BROKEN]


def test_a_zip_that_was_cut_behind_a_zip_it_holds(tmp_path: Path) -> None:
    inner = export(tmp_path / "inner" / "list.zip").read_bytes()
    path = tmp_path / "教育局.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = "说明".encode()
        archive.writestr("www.example.gov.cn/list.zip", inner)
        archive.writestr("www.example.gov.cn/1.html", "text")
    whole = path.read_bytes()
    assert names(landed(tmp_path, glob="*.zip")) == [path.name]
    for end in (whole.index(inner) + len(inner), whole.index(inner) + len(inner) + 20):
        path.write_bytes(whole[:end])
        assert [w.why for w in landed(tmp_path, glob="*.zip").waiting] == [Why.BROKEN]


def test_a_folder_with_nothing_in_it_is_named(tmp_path: Path) -> None:
    found = landed(tmp_path / "nowhere")
    assert [place.folder for place in found.empty] == [tmp_path / "nowhere"] and not found.exports


def test_globs_and_a_site_for_all(tmp_path: Path) -> None:
    export(tmp_path / "x1-20171201.zip")
    export(tmp_path / "y2-20171202.zip")
    export(tmp_path / "z.dat")
    found = landed(tmp_path, site="edu", glob="*.zip")
    assert [(each.group, each.path.name) for each in found.exports] == [("edu", "y2-20171202.zip")]


def test_days_that_are_none_do_not_count(tmp_path: Path) -> None:
    path = export(tmp_path / "a-20170231.zip")
    assert age(path)[0] == datetime.fromtimestamp(path.stat().st_mtime).date()
    assert group_of("教育局-20171202.zip.part", EDU) == "edu"


def test_a_zip_of_more_members_than_its_last_record_can_count_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "教育局.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1 << 16):
            archive.writestr(zipfile.ZipInfo(f"www.example.gov.cn/{number}.txt"), "")
    found = landed(tmp_path)
    assert (names(found), found.waiting) == (["教育局.zip"], ())
    path.write_bytes(path.read_bytes()[:-100])
    assert names(landed(tmp_path)) == []
