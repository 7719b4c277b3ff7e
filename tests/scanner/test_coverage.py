"""The ledger: nothing unread is called clean, every unread file is listed with a reason and something to do."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from pipelines.extractors import media
from pipelines.schema import Status
from scanner import i18n, unread
from scanner.cli import main
from scanner.commands import coverage
from scanner.errors import Exit
from scanner.formats import format_name
from scanner.redact import cleaner
from scanner.store import ledger, queries, runs
from scanner.store.connection import reading, writing
from scanner.synthetic.people import Factory
from tests.scanner.handmade import KEY, record, write_parts

NOW = datetime(2017, 12, 4, 2, 0)
PAGE = "<html><head><title>公示</title></head><body><p>公示</p></body></html>"


def export(path: Path, files: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w") as writer:
        for name, data in files.items():
            writer.writestr(f"www.example.gov.cn/{name}", data)
    return path


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    main(["init", str(tmp_path / "w")])
    return ["-w", str(tmp_path / "w")]


def test_every_file_is_in_the_ledger(
    work: list[str], tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    archive = export(
        tmp_path / "site.zip", {"1.html": PAGE, "cut.pdf": b"%PDF-1.4 nothing", "shot.bin": bytes(range(256)) * 9}
    )
    assert main(["run", *work, str(archive)]) == Exit.UNREAD
    assert b"scan coverage --unread" in capfdbinary.readouterr().err
    assert main(["coverage", *work, "--files", "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert {Path(row["member"]).name: row["status"] for row in rows} == {
        "1.html": "extracted", "cut.pdf": "corrupt", "shot.bin": "unsupported",
    }  # fmt: skip
    assert {row["extractor"] for row in rows} == {"html", "pdf", "none"}
    assert main(["coverage", *work, "--unread", "--format", "csv"]) == 0
    table = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode("utf-8-sig"))))
    assert [Path(row["member"]).name for row in table] == ["cut.pdf", "shot.bin"]
    assert all(row["why"] and row["todo"] for row in table)
    assert main(["coverage", *work, "--unread"]) == 0
    output = capfdbinary.readouterr()
    assert b"cut.pdf" in output.out
    assert b"nobody knows that the site is clean" in output.err
    assert main(["coverage", *work, "--files"]) == 0
    output = capfdbinary.readouterr()
    assert b"nobody knows" not in output.err and b" none " not in output.out
    assert main(["findings", *work]) == 0
    assert b"2 files were not wholly read" in capfdbinary.readouterr().err


def test_a_newer_export_takes_the_older_ones_place(
    work: list[str], tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    bad = export(tmp_path / "site-20171101.zip", {"1.html": PAGE, "cut.pdf": b"%PDF-1.4 nothing"})
    other = export(tmp_path / "other.zip", {"cut.pdf": b"%PDF-1.4 nothing"})
    good = export(tmp_path / "site-20171201.zip", {"1.html": PAGE})
    assert main(["run", *work, str(bad), str(other)]) == Exit.UNREAD
    assert main(["run", *work, str(good)]) == Exit.OK
    capfdbinary.readouterr()
    main(["coverage", *work, "--files", "--format", "jsonl"])
    rows = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert sorted((row["archive"], row["status"]) for row in rows) == [
        ("other.zip", "corrupt"), ("site-20171201.zip", "extracted"),
    ]  # fmt: skip


def test_an_archive_that_cannot_be_read_is_no_clean_site(
    work: list[str], tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 but no more")
    good = export(tmp_path / "good.zip", {"1.html": PAGE})
    assert main(["run", *work, str(good), str(tmp_path / "broken.zip")]) == Exit.UNREAD
    capfdbinary.readouterr()
    for command in (["status", *work], ["coverage", *work], ["findings", *work]):
        main(command)
        output = capfdbinary.readouterr()
        assert b"Every file was read" not in output.out + output.err, command
        assert b"coverage --unread" in output.err, command
    main(["coverage", *work, "--unread", "--format", "jsonl"])
    assert json.loads(capfdbinary.readouterr().out)["archive"] == "broken.zip"


def test_text_that_could_not_be_searched_is_unread(tmp_path: Path) -> None:
    _hits, records = write_parts(tmp_path, "a-1", [record("x/1.html", archive="a.zip", member="1.html")], [])
    gap = ledger.Gap("a.zip", "unmatched", archive_id="a-1", doc_id=record("x/1.html")["doc_id"])
    with writing(tmp_path / "db") as connection:
        run = runs.begin(connection, ["a.zip"], NOW)
        ledger.enter(connection, run, [records], [gap, ledger.Gap("a.zip", "unmatched")], cleaner(KEY))
    with reading(tmp_path / "db") as connection:
        assert [(e.member, e.status) for e in ledger.entries(connection)] == [
            ("", "unmatched"),
            ("1.html", "unmatched"),
        ]
        assert queries.unread(connection, run) == [("unmatched", "", 2)]


def test_names_are_masked_and_reasons_lose_what_quotes_the_document(tmp_path: Path) -> None:
    person = Factory(5).people(1)[0]
    rows = [
        record(
            "x/1", archive="a.zip", member=f"{person.resident_id}.xls", status=Status.PARTIAL,
            reason=f"sheet {person.name}: bad; no text layer: 2 of 3 pages (1, 2)",
        )
    ]  # fmt: skip
    _hits, records = write_parts(tmp_path, "a-1", rows, [])
    with writing(tmp_path / "db") as connection:
        ledger.enter(connection, 1, [records], [], cleaner(KEY))
    with reading(tmp_path / "db") as connection:
        (entry,) = ledger.entries(connection)
    assert person.resident_id not in entry.member
    assert entry.reason == "other; no text layer: 2 of 3 pages (1, 2)"


def test_every_reason_the_extractors_give_is_known() -> None:
    """Of what the code says why something was not read, the words in front stand in the table, or the status speaks."""
    general = re.compile(
        "(corrupt|docx?|dbf|mail|msg|odt|office|ole|pdf|pptx?|rtf|xml|zip|workbook|7z|RAR|line|row|page|sheet|ofd|missing"
        "|properties|json|over|attachment|continuation|not?|members)( |$)"
    )
    root = Path(__file__).parents[2] / "pipelines"
    pattern = re.compile(r"""(?:Unread\w*\([\w.]+, |reason=|\.note\()f?["']([^"'{:]{2,})""")
    said = {found for path in root.rglob("*.py") for found in pattern.findall(path.read_text("utf-8"))}
    assert len(said) > 40
    unknown = {s for s in said if unread.public(s) == "other" and not general.match(s) and not s.startswith("; ")}
    assert unknown == set()


@pytest.mark.parametrize("status", [*Status.UNREAD, "unmatched"])
def test_each_status_has_a_reason_and_something_to_do_in_chinese(status: str) -> None:
    i18n.activate("zh")
    why, todo = unread.explained(status, "never heard of")
    assert re.search("[一-鿿]", why)
    assert re.search("[一-鿿]", todo)


def test_what_is_packed_oddly_is_no_unknown_kind_of_file() -> None:
    for reason in ("compression method 6", "7z: compression method", "RAR: compression method 5"):
        assert "cannot be unpacked" in unread.explained(Status.UNSUPPORTED, unread.public(reason))[0]


def test_coverage_names_a_site_and_a_kind_once(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    rows = [ledger.Coverage("a.gov.cn", kind, 2, 1, 0, 1, 9, 9) for kind in (media.MAIL, "", media.BINARY, media.MSG)]
    coverage._print_coverage(rows, {})
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert [line.split()[:4] for line in lines[2:]] == [["a.gov.cn", "mail", "4", "2"], ["unknown", "4", "2", "0"]]


def test_formats_have_names() -> None:
    assert format_name(media.XLSX) == "XLSX"
    assert format_name("image/png") == "picture PNG"
    assert format_name("application/x-odd") == "application/x-odd"
