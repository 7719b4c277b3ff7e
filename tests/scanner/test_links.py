"""Masks of one person in two documents, joined in the store without a digit in it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from patterns.schema import Severity
from scanner.cli import main
from scanner.errors import Exit
from scanner.store.connection import reading
from scanner.synthetic.people import Factory

PERSON, OTHER = Factory(79).people(2)
ID = PERSON.resident_id
SIX_FOUR, NO_TAIL = ID[:6] + "*" * 8 + ID[14:], ID[:14] + "****"


def run(work: Path, archive: str, **pages: str) -> None:
    path = work.parent / archive
    with zipfile.ZipFile(path, "w") as writer:
        for name, text in pages.items():
            page = f"<html><head><title>名单</title></head><body><p>{text}</p></body></html>"
            writer.writestr(f"www.example.gov.cn/xxgk/{name}.html", page)
    if not work.exists():
        main(["init", str(work)])
    assert main(["run", "-w", str(work), str(path)]) == Exit.OK


def said(mask: str, name: str = PERSON.name) -> str:
    return f"姓名：{name}，身份证号：{mask}"


def rows(work: Path, sql: str) -> list[tuple[Any, ...]]:
    with reading(work / "findings.duckdb") as connection:
        return connection.execute(sql).fetchall()


def masked(work: Path) -> list[tuple[Any, ...]]:
    found = rows(
        work, "SELECT severity, severity_rule, signals FROM findings WHERE entity_type = 'MASKED_ID' ORDER BY ALL"
    )
    return [(severity, rule, [s for s in signals if s.startswith("linked")]) for severity, rule, signals in found]


HIGH = (int(Severity.HIGH), "S43", ["linked:1"])
INFO = (int(Severity.INFO), "S42", [])


def test_two_documents_of_one_run(tmp_path: Path) -> None:
    work = tmp_path / "w"
    run(work, "a.zip", one=said(SIX_FOUR), two=said(NO_TAIL), three=said(SIX_FOUR, OTHER.name))
    assert masked(work) == [INFO, HIGH, HIGH]  # alone 3,585 people (提示) and 999 (中); the third is another's
    assert rows(work, "SELECT severity, count(*) FROM cases GROUP BY 1 ORDER BY 1") == [(1, 1), (4, 2)]


def test_the_order_of_runs_does_not_matter(tmp_path: Path) -> None:
    work = tmp_path / "w"
    run(work, "a.zip", one=said(SIX_FOUR))
    assert masked(work) == [INFO]
    run(work, "b.zip", two=said(ID))
    assert masked(work) == [HIGH]  # raised though no archive of this run holds it
    assert ("S43",) in rows(work, "SELECT severity_rule FROM cases")
    assert sorted(rows(work, "SELECT severity FROM cases")) == [(int(Severity.HIGH),), (int(Severity.CRITICAL),)]
    run(work, "a.zip", one=said(SIX_FOUR))
    assert masked(work) == [HIGH]


def test_no_digit_of_a_masked_number_is_stored(tmp_path: Path) -> None:
    work = tmp_path / "w"
    run(work, "a.zip", one=said(SIX_FOUR), two=said(NO_TAIL), three=said(ID))
    keyed = "finding_id, doc_id, fingerprint, shown, part"  # four digits may stand in these by chance
    stored = str(rows(work, f"SELECT * EXCLUDE ({keyed}) FROM findings"))
    for part in (ID[2:6], ID[6:14], ID[6:12], ID[13:17]):
        assert part not in stored
    assert ID[6:14] not in str(rows(work, "SELECT * FROM findings"))
    assert PERSON.name not in stored


def test_a_case_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    work = tmp_path / "w"
    run(work, "a.zip", one=said(SIX_FOUR), two=said(ID))
    ((finding,),) = rows(work, "SELECT finding_id FROM findings WHERE severity_rule = 'S43'")
    capsys.readouterr()
    assert main(["explain", finding, "-w", str(work), "--lang", "zh"]) == Exit.OK
    output = capsys.readouterr().out.replace("\n", "").replace(" ", "")
    assert "拼接后只对应1人" in output
    assert "规则S43" in output
