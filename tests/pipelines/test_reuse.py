"""Exports that repeat what an earlier one held: the same records and hits as if everything had been read."""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import exports, extractors, layout, parts, reading, reuse
from pipelines.documents import Document, Member
from pipelines.extractors import extract
from pipelines.found import FOUND
from pipelines.found import file_of as hits_file
from pipelines.ingest import IngestSummary, ingest
from pipelines.isolation import Limits
from pipelines.match import MatcherFactory, match
from pipelines.schema import RECORDS
from pipelines.sites import SiteMap
from pipelines.sources import FieldMap
from scanner.synthetic.people import Factory

HOST = "www.example.gov.cn"
PERSON = Factory(3).person()
TODAY = date(2017, 12, 1)


def page(title: str, text: str, link: str = "") -> bytes:
    anchor = f'<a href="{link}">附件</a>' if link else ""
    return f"<html><head><title>{title}</title></head><body><p>{text}</p>{anchor}</body></html>".encode()


def inner(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.txt"), content)
    return out.getvalue()


def city() -> dict[str, bytes]:
    files = {f"{n}.html": page(f"公示{n}", f"第{n}页") for n in range(300)}
    files["5.html"] = page("公示", f"{PERSON.name} {PERSON.resident_id}", "list.txt")
    files["list.txt"] = f"姓名,身份证号\n{PERSON.name},{PERSON.resident_id}\n".encode()
    files["all.zip"] = inner(a=PERSON.mobile, b="无", c=PERSON.resident_id)
    files["end.html"] = page("末页", "末页", "all.zip")
    return files


def export(path: Path, files: Mapping[str, bytes], top: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{top}{HOST}/{name}"), content)
    return path


def read(path: Path, work: Path, **options: Any) -> IngestSummary:
    return ingest([path], work / "records", **{"sites": SiteMap(), "fields": FieldMap(), "workers": 1} | options)


def found(work: Path, name: str, **options: Any) -> pa.Table:
    """The hits of an archive, which are matched now; ``record_row``: the record's number in the export."""
    settings: dict[str, Any] = {"matcher": MatcherFactory(b"key", TODAY), "workers": 1} | options
    match(work / "records", [name], work / "hits", **settings)
    assert not layout.parts(work / "hits" / name)
    table = parts.columns(hits_file(work / "hits" / name), FOUND.names)
    places = exports.Places(work / "records" / name)
    numbers = places.find(table["part"].to_numpy(), table["record_row"].to_numpy())
    assert (numbers >= 0).all(), "a hit of a record that is not in the export"
    table = table.drop_columns(["part"]).set_column(1, "record_row", pa.array(numbers))
    return table.take(pa.array(np.argsort(numbers, kind="stable")))


def records(work: Path, name: str) -> pa.Table:
    return exports.read(work / "records" / name, [n for n in RECORDS.names if n != "elapsed_ms"])


def assert_as_if_fresh(tmp_path: Path, path: Path, summary: IngestSummary, hits: pa.Table) -> None:
    fresh = read(path, tmp_path / "fresh")
    (name,) = summary.archive_ids
    assert fresh.archive_ids == (name,)
    was, now = (records(work, name) for work in (tmp_path / "fresh", tmp_path))
    assert now.equals(was)
    assert (summary.records, summary.by_status) == (fresh.records, fresh.by_status)
    assert hits.equals(found(tmp_path / "fresh", name))


def edited(files: dict[str, bytes]) -> None:
    files["7.html"] = page("公示7", f"{PERSON.name} {PERSON.mobile}")


def removed(files: dict[str, bytes]) -> None:
    del files["3.html"], files["all.zip"]


def added(files: dict[str, bytes]) -> None:
    files["0new.html"] = page("新页", PERSON.resident_id)


def reordered(files: dict[str, bytes]) -> None:
    items = list(files.items())
    files.clear()
    files.update(reversed(items))


def retitled(files: dict[str, bytes]) -> None:
    files["5.html"] = page("2017年残疾儿童康复救助名单", "见附件", "list.txt")


def unlinked(files: dict[str, bytes]) -> None:
    files["5.html"] = page("公示", "没有附件")


CHANGES = [edited, removed, added, reordered, retitled, unlinked]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.__name__))
def test_a_new_export_is_read_as_if_there_had_been_none_before(tmp_path: Path, change: Any) -> None:
    files = city()
    first = read(export(tmp_path / "site-20171130.zip", files), tmp_path)
    found(tmp_path, first.archive_ids[0])
    change(files)
    path = export(tmp_path / "site-20171201.zip", files, top="20171201/")
    second = read(path, tmp_path)
    assert second.records - 3 <= second.archives[0].copied < second.records or change in (removed, reordered)
    assert_as_if_fresh(tmp_path, path, second, found(tmp_path, second.archive_ids[0]))


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(8)), st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)))
def test_any_mixture_of_old_and_new(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], gone: set[int], new: set[int]
) -> None:
    tmp_path = tmp_path_factory.mktemp("mix")
    names = ["5.html", "list.txt", "all.zip", "end.html", "1.html", "2.html", "3.html", "4.html"]
    files = {name: city()[name] for name in names}
    first = read(export(tmp_path / "site-20171130.zip", files), tmp_path)
    found(tmp_path, first.archive_ids[0])
    kept = {names[n]: files[names[n]] for n in order if n not in gone}
    kept |= {f"new{n}.html": page("新", PERSON.mobile) for n in new} | {"x.html": page("x", "x")}
    path = export(tmp_path / "site-20171201.zip", kept)
    second = read(path, tmp_path)
    assert_as_if_fresh(tmp_path, path, second, found(tmp_path, second.archive_ids[0]))


def refuses(member: Member) -> Document:
    raise AssertionError("was extracted again")


def test_nothing_is_extracted_again_without_need(tmp_path: Path) -> None:
    read(export(tmp_path / "site-20171130.zip", city()), tmp_path)
    second = read(export(tmp_path / "site-20171201.zip", city(), top="new/"), tmp_path, extractor=refuses)
    assert second.archives[0].copied == second.records and not second.unread


def test_an_extractor_that_changed_reads_its_formats_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = export(tmp_path / "site.zip", city())
    first = read(path, tmp_path)
    changed = {**extractors.versions(), "text": "next"}
    monkeypatch.setattr(reading, "versions", lambda: changed)
    second = read(path, tmp_path, extractor=_marking)
    assert second.archive_ids == first.archive_ids and not second.archives[0].reused
    again = {row["member"].rpartition("/")[2] for row in _rows(tmp_path, second) if "again" in row["text"]}
    assert again == {"list.txt", "all.zip", "a.txt", "b.txt", "c.txt"}  # the zip for what is in it
    assert read(path, tmp_path).archives[0].reused


def _marking(member: Member) -> Document:
    document = extract(member)
    return replace(document, text=document.text + " again")


def _rows(work: Path, summary: IngestSummary) -> list[dict[str, Any]]:
    return records(work, summary.archive_ids[0]).to_pylist()


def test_all_extractors_changed_or_fresh_or_other_sites_copy_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(export(tmp_path / "site-20171130.zip", city()), tmp_path)
    later = export(tmp_path / "site-20171201.zip", city(), top="x/")
    assert read(later, tmp_path, fresh=True).archives[0].copied == 0
    assert read(export(tmp_path / "other.zip", city()), tmp_path).archives[0].copied == 0
    monkeypatch.setattr(reading, "EXTRACTORS_VERSION", "next")
    assert read(later, tmp_path).archives[0].copied == 0


def test_what_a_failing_machine_decided_is_tried_again(tmp_path: Path) -> None:
    read(export(tmp_path / "site-20171130.zip", {"a.txt": b"x", "b.txt": b"y"}), tmp_path, extractor=_out_of_time)
    second = read(export(tmp_path / "site-20171201.zip", {"a.txt": b"x", "b.txt": b"y"}), tmp_path)
    assert second.by_status == {"extracted": 2} and second.archives[0].copied == 1


def test_limits_that_were_raised_read_again_what_they_had_cut_off(tmp_path: Path) -> None:
    path = export(tmp_path / "site.zip", {"a.txt": b"x", "b.txt": b"y", "c.zip": inner(d="z", e="zz")})
    tight = Limits(seconds=5, children=1)
    read(path, tmp_path, extractor=_out_of_time, limits=tight)
    assert read(path, tmp_path, limits=tight).archives[0].reused
    longer = read(path, tmp_path, limits=replace(tight, seconds=9))
    assert longer.archives[0].copied == 3 and longer.by_status == {"extracted": 3, "partial": 1}
    more = read(path, tmp_path, limits=replace(tight, seconds=9, children=2))
    assert more.archives[0].copied == 0 and more.by_status == {"extracted": 5}


def _out_of_time(member: Member) -> Document:
    return Document(status="timed_out") if member.path.endswith("a.txt") else extract(member)


CLAIMS: list[dict[str, Any]] = [
    {"data": b"y"}, {"url": "http://other"}, {"charset": "gbk"}, {"media_type": "text/html"}, {"path": "d/other.txt"},
    {"fields": {"title": "b"}}, {"status": "partial"}, {"reason": "truncated"},
]  # fmt: skip


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: next(iter(claim)))
def test_a_key_changes_with_all_that_records_depend_on(claim: dict[str, Any]) -> None:
    member = Member("d/a.txt", b"x", fields={"title": "a"})
    assert reuse.key_of(member, "l") != reuse.key_of(replace(member, **claim), "l")
    assert reuse.key_of(member, "l") != reuse.key_of(member, "m")
    assert reuse.key_of(member, "l") != reuse.key_of(replace(member, path="e/a.txt"), "l")
    somewhere = replace(member, url="http://www.example.gov.cn/a.txt")
    assert reuse.key_of(somewhere, "l") == reuse.key_of(replace(somewhere, path="e/a.txt"), "m")
    assert reuse.key_of(somewhere, "l") != reuse.key_of(replace(somewhere, path="d/b.txt"), "l")
    assert reuse.key_of(replace(member, data=None), "l") == b""


@dataclass(frozen=True, slots=True)
class Counting(MatcherFactory):
    """Leaves a line for each record that is matched."""

    log: Path = Path()

    def __call__(self) -> Any:
        return _Counting(MatcherFactory.__call__(self), self.log)


class _Counting:
    def __init__(self, matcher: Any, log: Path) -> None:
        self.matcher, self.log = matcher, log

    def match(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        with self.log.open("a") as log:
            log.writelines(f"{title}\n" for title in batch["title"].to_pylist())
        return self.matcher.match(batch)


def test_only_what_changed_is_matched_again(tmp_path: Path) -> None:
    files = city()
    log = tmp_path / "log"
    matcher = Counting(b"key", TODAY, log=log)
    first = read(export(tmp_path / "site-20171130.zip", files), tmp_path)
    found(tmp_path, first.archive_ids[0], matcher=matcher)
    assert len(log.read_text().splitlines()) == first.records
    log.write_text("")
    retitled(files)
    second = read(export(tmp_path / "site-20171201.zip", files), tmp_path)
    found(tmp_path, second.archive_ids[0], matcher=matcher)
    assert sorted(log.read_text().splitlines()) == ["2017年残疾儿童康复救助名单", "list.txt"]


def test_other_rules_or_words_match_again_and_read_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = export(tmp_path / "site-20171130.zip", city())
    first = read(path, tmp_path)
    log = tmp_path / "log"
    matcher = Counting(b"key", TODAY, log=log)
    found(tmp_path, first.archive_ids[0], matcher=matcher)
    for module, name, value in (("match", "RULES_VERSION", "next"), ("match.lexicons", "digest", lambda: "next")):
        log.write_text("")
        monkeypatch.setattr(f"pipelines.{module}.{name}", value)
        found(tmp_path, first.archive_ids[0], matcher=matcher)
        assert len(log.read_text().splitlines()) == first.records
    assert read(path, tmp_path, extractor=refuses).archives[0].reused


NOTICE = "公示期自2017年12月1日至2017年12月7日。"


def test_a_list_is_matched_again_when_its_publicity_period_is_over(tmp_path: Path) -> None:
    table = "<table><tr><th>姓名</th><th>补助金额</th></tr>" + "".join(
        f"<tr><td>{Factory(n).person().name}</td><td>500</td></tr>" for n in range(6)
    )
    head = f"<html><head><title>城乡低保救助名单公示</title></head><body><p>{NOTICE}</p>"
    files = {"1.html": f"{head}{table}</table></body></html>".encode()}
    first = read(export(tmp_path / "site-20171130.zip", files), tmp_path)
    second = read(export(tmp_path / "site-20171201.zip", files | {"2.html": b"<html>x</html>"}), tmp_path)
    for day, rule in (("2017-12-02", "S41"), ("2017-12-07", "S41"), ("2017-12-08", "S37"), ("2017-12-09", "S37")):
        for name in (*first.archive_ids, *second.archive_ids):
            hits = found(tmp_path, name, matcher=MatcherFactory(b"key", date.fromisoformat(day)))
            assert set(hits["severity_rule"].to_pylist()) == {rule}, day


@given(st.lists(st.integers(0, 40), max_size=60), st.randoms(use_true_random=False))
def test_a_member_is_found_in_any_order(wanted: list[int], chance: random.Random) -> None:
    count = 30
    keys = [chance.choice([bytes(8), bytes([1] * 8)]) + number.to_bytes(8, "little") for number in range(count)]
    keys[7] = keys[3]  # the same document twice: either is right
    columns = {"key": pa.array(keys, pa.binary(16)), "part": pa.array(range(count), pa.int32())}
    columns |= {"row": columns["part"], "rows": columns["part"], "extractors": pa.array(["x"] * count)}
    with tempfile.TemporaryDirectory() as name:
        with parts.writing(reuse.index_of(Path(name)), reuse.INDEX) as writer:
            writer.write_table(pa.table(columns, schema=reuse.INDEX))
        known = reuse.Known(Path(name), frozenset(), frozenset())
    for number in [*wanted, *range(count)]:
        found = known.find(keys[number] if number < count else bytes([9] * 16))
        assert (found is None) == (number >= count)
        (member,) = known.members([found]).to_pylist() if found is not None else [None]
        assert member is None or (member["key"] == keys[number] == keys[member["part"]])
        assert member is None or member["row"] == member["rows"] == member["part"]
