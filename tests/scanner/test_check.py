"""``scan check``: what it finds, where, and what a script is told."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import main
from scanner.errors import Exit
from scanner.synthetic.people import Factory

PERSON = Factory(11).person()
TEXT = f"公示名单\n\n姓名：{PERSON.name}，身份证号：{PERSON.resident_id}。\n"
FIELDS = [
    "path", "member", "url", "entity_type", "rule_id", "start", "end", "where", "masked", "severity", "score",
    "validation", "reason",
]  # fmt: skip


def rows(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def found(output: str) -> dict[str, Any]:
    return next(row for row in rows(output) if row["entity_type"] == "RESIDENT_ID")


@pytest.fixture
def leaky(tmp_path: Path) -> Path:
    path = tmp_path / "名单.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_row_says_where_in_code_points_of_the_file(leaky: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(leaky), "--format", "jsonl", "--lang", "zh"]) == Exit.FOUND
    row = found(capsys.readouterr().out)
    assert list(row) == FIELDS
    assert row["path"] == str(leaky)
    assert TEXT[row["start"] : row["end"]] == PERSON.resident_id
    assert row["where"] == "名单.txt › 正文第 3 行"
    assert row["masked"] != PERSON.resident_id
    assert row["reason"]


def test_values_are_shown_when_asked(leaky: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(leaky), "--format", "jsonl", "--reveal"])
    assert found(capsys.readouterr().out)["value"] == PERSON.resident_id
    main(["check", str(leaky), "--reveal"])
    assert PERSON.resident_id in capsys.readouterr().out


def test_a_line_of_jsonl_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pages.jsonl"
    pages = [{"url": "http://x.gov.cn/1", "text": "clean"}, {"url": "http://x.gov.cn/2", "text": TEXT}]
    path.write_text("".join(json.dumps(page) + "\n" for page in pages), encoding="utf-8")
    assert main(["check", str(path), "--format", "jsonl"]) == Exit.FOUND
    row = found(capsys.readouterr().out)
    assert (row["path"], row["line"], row["url"]) == (str(path), 2, "http://x.gov.cn/2")


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for content in (TEXT, f"<html><body><p>{TEXT}</p></body></html>"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        assert main(["check", "-", "--format", "jsonl"]) == Exit.FOUND
        assert found(capsys.readouterr().out)["path"] == "-"


@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        ({"a.txt": "nothing here"}, [], Exit.OK),
        ({"a.txt": TEXT}, [], Exit.FOUND),
        ({"a.txt": TEXT}, ["--fail-on", "严重"], Exit.FOUND),
        ({"a.txt": "x", "b.pdf": "%PDF-1.4 broken"}, [], Exit.UNREAD),
        ({"a.txt": TEXT, "b.pdf": "%PDF-1.4 broken"}, [], Exit.FOUND),
        ({"a.txt": f"联系电话：{PERSON.landline}"}, ["--fail-on", "critical"], Exit.OK),
    ],
)
def test_the_exit_code_says_whether_to_publish(
    files: dict[str, str], options: list[str], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert main(["check", str(tmp_path), "--lang", "en", *options]) == code
    output = capsys.readouterr()
    assert output.err.startswith(f"{len(files)} file")
    assert ("Do not publish" in output.err) == (code == Exit.FOUND)
    assert ("Not wholly read" in output.out) == ("b.pdf" in files)


def test_a_long_list_is_summed_up_for_people_and_whole_for_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    people = Factory(12).people(60)
    path.write_text("姓名,身份证号\n" + "".join(f"{p.name},{p.resident_id}\n" for p in people), encoding="utf-8")
    main(["check", str(path), "--lang", "en"])
    shown = capsys.readouterr().out
    assert (
        "120 problems: resident ID number 60, person's name 60" in shown and shown.count("… and 45 more of these") == 2
    )
    assert shown.index("resident ID number  ") < shown.index("person's name  ")
    assert "--format jsonl lists every one" in shown
    main(["check", str(path), "--format", "jsonl"])
    ids = [row for row in rows(capsys.readouterr().out) if row["entity_type"] == "RESIDENT_ID"]
    assert len(ids) == 60


def test_the_workspaces_threshold_counts_where_there_is_one(
    leaky: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "w"
    main(["init", str(work)])
    settings = work / "scan.toml"
    settings.write_text("[check]\nfail_on = 'bad'\n", encoding="utf-8")
    monkeypatch.chdir(work)
    assert main(["check", str(leaky)]) == Exit.WORKSPACE
    assert main(["check", str(leaky), "--fail-on", "low"]) == Exit.WORKSPACE  # its passwords would count all the same
    settings.write_text("[check]\nfail_on = 'critical'\n", encoding="utf-8")
    assert main(["check", str(leaky), "--fail-on", "low"]) == Exit.FOUND
