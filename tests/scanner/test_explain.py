"""``scan explain``: a text, a file, standard input and a finding; masked unless asked; no traceback."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from patterns.registry import ALL
from scanner.cli import main
from scanner.errors import Exit
from scanner.store.connection import reading
from scanner.synthetic.people import Factory

PERSON = Factory(41).person()
TEXT = f"姓名：{PERSON.name}，身份证号：{PERSON.resident_id}。单号20171201000123"


def said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["explain", *arguments, "--format", "jsonl"]) == Exit.OK
    row: dict[str, Any] = json.loads(capsys.readouterr().out)
    return row


def resident(row: dict[str, Any]) -> dict[str, Any]:
    step: dict[str, Any] = next(step for step in row["steps"] if step["entity_type"] == "RESIDENT_ID")
    return step


def test_a_text_is_explained_masked(capsys: pytest.CaptureFixture[str]) -> None:
    for lang, words in (
        ("zh", ("级别：严重，规则 S02", "识别：校验位正确")),
        ("en", ("Level: critical, by rule S02",)),
    ):
        assert main(["explain", TEXT, "--lang", lang]) == Exit.OK
        output = capsys.readouterr().out
        assert all(word in output for word in words)
        assert PERSON.resident_id not in output
        assert "20171201000123" not in output
        assert "20**********23" in output


def test_every_example_of_every_kind_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """One text of all examples: each is a step of its own with words for what it is and how it was recognised."""
    for pattern in ALL:
        lines = [example.replace("⟦", "").replace("⟧", "") for example in pattern.finds]
        row = said(["。\n\n".join([*lines, *pattern.ignores]), "--lang", "zh"], capsys)
        steps = [step for step in row["steps"] if step["entity_type"] == pattern.entity_type]
        assert len(steps) >= len(pattern.finds), pattern.rule_id
        assert all(step["recognised"] and step["rule_words"] for step in steps), pattern.rule_id
        assert all(fact["words"].isascii() is False for step in steps for fact in step["facts"]), pattern.rule_id


def test_values_are_shown_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", TEXT, "--reveal"])
    output = capsys.readouterr().out
    assert PERSON.resident_id in output
    assert "20171201000123" in output
    assert "value" not in resident(said([TEXT], capsys))
    assert resident(said([TEXT, "--reveal"], capsys))["value"] == PERSON.resident_id


def test_a_row_holds_the_steps(capsys: pytest.CaptureFixture[str]) -> None:
    step = resident(said([TEXT, "--lang", "zh"], capsys))
    assert TEXT[step["start"] : step["end"]] == PERSON.resident_id
    assert (step["rule"], step["rule_severity"], step["severity"], step["moved"]) == ("S02", "critical", "critical", [])
    assert {"effect": "+", "words": "标签“身份证号”"} in step["facts"]
    assert "《" in step["law"]


def test_the_title_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"{PERSON.name}，手机{PERSON.mobile}"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    for what in (text, str(tmp_path / "a.txt")):
        levels = [
            next(step["severity"] for step in said([what, *title], capsys)["steps"] if step["entity_type"] == "MOBILE")
            for title in ([], ["--title", "2017年城乡低保对象名单"])
        ]
        assert levels == ["medium", "high"]


def test_files_and_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(f"姓名,身份证号\n{PERSON.name},{PERSON.resident_id}\n", encoding="utf-8")
    row = said([str(path)], capsys)
    assert (row["document"], resident(row)["rule"]) == (str(path), "S02")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"<p>{TEXT}</p>".encode())))
    assert resident(said(["-"], capsys))["rule"] == "S02"


def test_what_cannot_be_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4 broken")
    assert main(["explain", str(path), "--lang", "en"]) == Exit.UNREAD
    assert "Not wholly read" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", " ", "\udcff", "\x00\x1b[31m", "a" * 5000, "-1", "9" * 3000, "/no/such/file.txt"])
def test_any_text_is_explained(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--lang", "en", "--", text]) == Exit.OK
    output = capsys.readouterr()
    assert "about" in output.out
    assert "\x1b[31m" not in output.out
    assert not output.err


def test_a_finding_by_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive, work = tmp_path / "site.zip", tmp_path / "w"
    with zipfile.ZipFile(archive, "w") as writer:
        page = f"<html><head><title>公示</title></head><body><p>{TEXT}</p></body></html>"
        writer.writestr("www.example.gov.cn/xxgk/1.html", page)
    main(["init", str(work)])
    assert main(["run", "-w", str(work), str(archive)]) == Exit.OK
    with reading(work / "findings.duckdb") as connection:
        (found,) = connection.execute("SELECT finding_id FROM findings WHERE entity_type = 'RESIDENT_ID'").fetchall()
    capsys.readouterr()
    row = said([found[0], "-w", str(work), "--reveal"], capsys)
    assert (resident(row)["rule"], resident(row)["masked"] != PERSON.resident_id) == ("S02", True)
    assert PERSON.resident_id not in json.dumps(row)
    assert main(["explain", "0" * 32, "-w", str(work), "--lang", "en"]) == Exit.INPUT
    assert capsys.readouterr().err.startswith("Error: There is no finding with this id")
    assert main(["explain", "0" * 32, "-w", str(tmp_path)]) == Exit.WORKSPACE
