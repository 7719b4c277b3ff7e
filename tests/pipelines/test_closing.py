"""Exports that share parts with earlier ones: each stands for itself, and holds what a scan from scratch would find."""

from __future__ import annotations

import base64
import errno
import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from patterns.schema import HITS
from pipelines import exports, layout, parts, shards
from pipelines import found as hits_of
from pipelines.erasing import erase
from pipelines.match import MatcherFactory
from pipelines.schema import RECORDS
from tests.pipelines.test_reuse import PERSON, TODAY, assert_as_if_fresh, city, export, found, page, read

OTHER_RULES = MatcherFactory(b"another key", TODAY)


def two_nights(tmp_path: Path, change: Callable[[dict[str, bytes]], object]) -> tuple[str, Path, dict[str, bytes]]:
    """The first night's export, read and matched; the second's, not read yet."""
    files = city()
    first = read(export(tmp_path / "site-20171130.zip", files), tmp_path)
    found(tmp_path, first.archive_ids[0])
    change(files)
    return first.archive_ids[0], export(tmp_path / "site-20171201.zip", files, top="new/"), files


def edit(files: dict[str, bytes]) -> None:
    files["7.html"] = page("公示7", f"{PERSON.name} {PERSON.mobile}")


def test_an_export_needs_nothing_of_the_one_before(tmp_path: Path) -> None:
    first, path, files = two_nights(tmp_path, edit)
    second = read(path, tmp_path)
    found(tmp_path, second.archive_ids[0])
    folder = tmp_path / "records" / second.archive_ids[0]
    shared = [part for part in exports.parts_of(folder) if part.origin >= 0]
    assert shared and all((folder / layout.part_name(part.ordinal)).stat().st_nlink == 2 for part in shared)
    assert not list(folder.glob("shard-*")) and read(path, tmp_path).archives[0].reused
    for place in ("records", "hits"):
        shutil.rmtree(tmp_path / place / first)
    assert_as_if_fresh(tmp_path, path, second, found(tmp_path, second.archive_ids[0]))
    again = found(tmp_path, second.archive_ids[0], matcher=OTHER_RULES)
    assert again.equals(found(tmp_path / "fresh", second.archive_ids[0], matcher=OTHER_RULES))
    edit(files)
    files["8.html"] = page("公示8", PERSON.mobile)
    third = read(export(tmp_path / "site-20171202.zip", files), tmp_path)
    assert third.archives[0].copied == third.records - 1


def test_many_nights_leave_few_parts(tmp_path: Path) -> None:
    chance, files = random.Random(4), city()
    for night in range(1, 25):
        for name in chance.sample(sorted(files), 3):
            if name != "end.html":
                files[name] = page(f"公示{night}", f"{PERSON.name} {PERSON.resident_id} {night}")
        path = export(tmp_path / f"site-201712{night:02}.zip", files)
        summary = read(path, tmp_path)
        (name,) = summary.archive_ids
        hits = found(tmp_path, name)
        for older in (tmp_path / "records").iterdir():
            if older.name != name:
                shutil.rmtree(older)
        assert len(exports.parts_of(tmp_path / "records" / name)) < 20
    assert_as_if_fresh(tmp_path, path, summary, hits)


def cut_off(part: Path) -> None:
    content = part.read_bytes()
    part.unlink()
    part.write_bytes(content[: len(content) // 2])


def spoil(part: Path) -> None:
    """Neither its length nor its end says that anything is wrong with it."""
    content = part.read_bytes()
    part.unlink()
    part.write_bytes(content[:4] + bytes(len(content) * 3 // 4) + content[4 + len(content) * 3 // 4 :])


LOSSES: list[tuple[str, Callable[[Path], object]]] = [
    ("part gone", lambda folder: layout.parts(folder)[0].unlink()),
    ("part cut off", lambda folder: cut_off(layout.parts(folder)[0])),
    ("part spoilt", lambda folder: spoil(layout.parts(folder)[0])),
    ("index gone", lambda folder: (folder / "members.parquet").unlink()),
    ("index spoilt", lambda folder: spoil(folder / "members.parquet")),
    ("rows gone", lambda folder: exports.rows_of(folder).unlink()),
    ("rows spoilt", lambda folder: spoil(exports.rows_of(folder))),
    ("context gone", lambda folder: (folder / "context.parquet").unlink()),
    ("hits spoilt", lambda folder: spoil(folder.parents[1] / "hits" / folder.name / "hits.parquet")),
]


@pytest.mark.parametrize(("name", "lose"), LOSSES, ids=[name for name, _ in LOSSES])
def test_what_is_lost_of_an_earlier_export_is_read_again(
    tmp_path: Path, name: str, lose: Callable[[Path], object]
) -> None:
    first, path, _ = two_nights(tmp_path, edit)
    lose(tmp_path / "records" / first)
    second = read(path, tmp_path)
    assert_as_if_fresh(tmp_path, path, second, found(tmp_path, second.archive_ids[0]))


def test_what_is_lost_of_an_export_itself_is_read_again(tmp_path: Path) -> None:
    _, path, _ = two_nights(tmp_path, edit)
    second = read(path, tmp_path)
    folder = tmp_path / "records" / second.archive_ids[0]
    for lost in (exports.rows_of(folder), layout.parts(folder)[0], folder / "manifest.json"):
        lost.unlink()
        again = read(path, tmp_path)
        assert not again.archives[0].reused
    assert_as_if_fresh(tmp_path, path, again, found(tmp_path, second.archive_ids[0]))


BREAKS: list[tuple[str, Callable[[Path, Path], object]]] = [
    ("nothing", lambda base, folder: None),
    ("the earlier export gone", lambda base, folder: shutil.rmtree(base)),
    ("a shard without its content", lambda base, folder: next(folder.glob("shard-*")).write_bytes(b"")),
    ("a shard spoilt", lambda base, folder: spoil(next(folder.glob("shard-*")))),
    ("closed in part", lambda base, folder: layout.link(layout.parts(base)[0], folder / "part-1000000003.parquet")),
]


@pytest.mark.parametrize(("name", "between"), BREAKS, ids=[name for name, _ in BREAKS])
def test_an_interrupted_run_goes_on(tmp_path: Path, name: str, between: Callable[[Path, Path], object]) -> None:
    first, path, _ = two_nights(tmp_path, edit)
    asked = iter([False, *[True] * 9])
    assert read(path, tmp_path, over=lambda: next(asked)).unfinished == (path,)
    (folder,) = [each for each in (tmp_path / "records").iterdir() if each.name != first]
    assert len(list(folder.glob("shard-*"))) == 1
    between(tmp_path / "records" / first, folder)
    second = read(path, tmp_path)
    assert_as_if_fresh(tmp_path, path, second, found(tmp_path, second.archive_ids[0]))


def test_where_there_are_no_hard_links_parts_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "a").write_text("content")
    for _ in range(2):
        layout.link(tmp_path / "a", tmp_path / "new" / "b")
    assert (tmp_path / "new" / "b").read_text() == "content" and (tmp_path / "new" / "b").stat().st_nlink == 1


def age(work: Path, name: str) -> None:
    """Makes an export, and its hits, what the version before this one left."""
    folder, hits = work / "records" / name, work / "hits" / name
    context = pq.read_table(folder / "context.parquet")
    noted = parts.notes(hits_of.file_of(hits))
    every = pq.read_table(hits_of.file_of(hits))
    for part in layout.parts(folder):
        ordinal = layout.ordinal(part)
        mine = context.filter(pa.compute.equal(context["part"], ordinal)).drop_columns(["part"])
        if len(mine):
            (folder / "context").mkdir(exist_ok=True)
            pq.write_table(mine, folder / "context" / part.name)
        old = shards.members(part).select(["key", "row", "rows", "extractors"])
        old = old.append_column("origin", pa.array([""] * len(old))).append_column("origin_row", old["row"])
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, old.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
            writer.write_table(old)
        content = {"members": base64.b64encode(sink.getvalue()).decode()}
        table = pq.read_table(part)
        with parts.writing(part, RECORDS) as rewritten:
            rewritten.write_table(table.cast(RECORDS))
            rewritten.add_key_value_metadata(content)
        said = json.loads(noted["parts"])[str(ordinal)]
        found_here = every.filter(pa.compute.equal(every["part"], ordinal)).select(HITS.names)
        with parts.writing(hits / part.name, HITS) as rewritten:
            rewritten.write_table(found_here.cast(HITS))
            rewritten.add_key_value_metadata({n: noted[n] for n in ("rules", "records")} | said)
    for path in (hits_of.file_of(hits), exports.rows_of(folder), folder / "context.parquet"):
        path.unlink()
    manifest = layout.read_json(folder / "manifest.json")
    assert manifest
    layout.write_json(folder / "manifest.json", {n: manifest[n] for n in ("plan", "totals")})


def test_what_an_older_version_read_and_matched_is_used(tmp_path: Path) -> None:
    first, path, _ = two_nights(tmp_path, edit)
    age(tmp_path, first)
    second = read(path, tmp_path)
    assert second.archives[0].copied == second.records - 1
    known = hits_of.known(
        tmp_path / "records" / second.archive_ids[0], tmp_path / "hits" / second.archive_ids[0],
        {"rules": MatcherFactory(b"key", TODAY).signature, "records": ""}, TODAY,
    )  # fmt: skip
    assert len(known.becomes) == 2
    assert_as_if_fresh(tmp_path, path, second, found(tmp_path, second.archive_ids[0]))
    again = read(tmp_path / "site-20171130.zip", tmp_path)
    assert again.records == len(city()) + 3 and exports.is_listed(tmp_path / "records" / first)
    assert not list((tmp_path / "records" / first).glob("context/part-*"))


def test_texts_that_no_kept_export_holds_are_erased(tmp_path: Path) -> None:
    first, path, files = two_nights(tmp_path, lambda files: (edit(files), files.pop("9.html")))
    second = read(path, tmp_path)
    found(tmp_path, second.archive_ids[0])
    edited = files | {"10.html": page("公示10", "另")}
    third = read(export(tmp_path / "site-20171202.zip", edited), tmp_path)
    hits = found(tmp_path, third.archive_ids[0])
    folders = [tmp_path / "records" / name for name in (first, second.archive_ids[0], third.archive_ids[0])]
    assert erase(folders) == 0
    shutil.rmtree(folders[0])
    assert erase(folders[1:]) == 2  # 7.html as it was, and 9.html
    assert erase(folders[1:]) == 0
    shared = [part for part in layout.parts(folders[2]) if part.stat().st_nlink == 2]
    texts = pa.concat_tables([parts.columns(part, ["text"]) for part in layout.parts(folders[2])])["text"].to_pylist()
    assert shared and texts.count("") == 2 and not any("第9页" in text for text in texts)
    assert sum("第10页" in text for text in texts) == 1
    shutil.rmtree(folders[1])
    assert erase(folders[2:]) == 1
    assert read(tmp_path / "site-20171202.zip", tmp_path).archives[0].reused
    assert_as_if_fresh(tmp_path, tmp_path / "site-20171202.zip", third, hits)
    again = read(export(tmp_path / "site-20171203.zip", city()), tmp_path)
    assert again.archives[0].copied == again.records - 3


def test_nothing_stays_in_a_file_that_no_row_of_it_says(tmp_path: Path) -> None:
    """What moves from one export to the next as dictionaries leaves behind what only rows said that are gone."""
    published = b'<meta name="PubDate" content="2017-11-02"><meta name="ContentSource" content="GoneOffice">'
    files = city()
    files["odd.html"] = page("公示", f"{PERSON.name} {PERSON.mobile}").replace(b"<head>", b"<head>" + published)
    first = read(export(tmp_path / "site-20171130.zip", files), tmp_path)
    found(tmp_path, first.archive_ids[0])
    del files["odd.html"]
    second = read(export(tmp_path / "site-20171201.zip", files), tmp_path)
    found(tmp_path, second.archive_ids[0])
    units, documents = list[list[str]](), list[int]()
    for folder in (tmp_path / "records" / name for name in (first.archive_ids[0], second.archive_ids[0])):
        units.append(_dictionary(exports.rows_of(folder), "unit"))
        documents.append(len(_dictionary(hits_of.file_of(tmp_path / "hits" / folder.name), "doc_id")))
    assert "GoneOffice" in units[0] and "GoneOffice" not in units[1]
    assert documents[1] == documents[0] - 1


def _dictionary(path: Path, name: str) -> list[str]:
    """All that the file holds of a column, also what no row of it says."""
    with pq.ParquetFile(path, read_dictionary=[name]) as file:
        return [value for chunk in file.read(columns=[name])[name].chunks for value in chunk.dictionary.to_pylist()]
