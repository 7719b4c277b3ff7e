"""Nothing but records/ ever holds a value in full: planted values are looked for in every byte the program writes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from scanner.cli import main
from scanner.errors import Exit
from scanner.store.connection import reading
from scanner.synthetic.people import Factory, Person

PEOPLE = Factory(20171204).people(12)


def values(person: Person) -> Iterator[str]:
    yield from (person.resident_id, person.mobile, person.bank_card, person.email)
    yield person.resident_id.lower()


PLANTED = sorted({value for person in PEOPLE for value in values(person)})


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Values in texts, tables, titles, file names, addresses and metadata; and files that cannot be read."""
    path = tmp_path_factory.mktemp("archive") / "export.zip"
    host = "www.example.gov.cn"
    with zipfile.ZipFile(path, "w") as writer:
        for number, p in enumerate(PEOPLE):
            rows = f"<tr><td>{p.name}</td><td>{p.resident_id}</td><td>{p.mobile}</td><td>{p.bank_card}</td></tr>"
            html = (
                f"<html><head><title>关于{p.resident_id}的公示</title><meta name='author' content='{p.mobile}'></head>"
                f"<body><p>当前位置：首页 > {p.mobile}</p><p>发布机构：{p.resident_id}</p>"
                f"<p>{p.name}，邮箱{p.email}</p>"
                "<table><tr><th>姓名</th><th>身份证号</th><th>手机</th><th>银行卡号</th></tr>"
                f"{rows}</table></body></html>"
            )
            writer.writestr(f"{host}/xxgk/{number}_{p.resident_id}.html", html)
            writer.writestr(f"{host}/files/{p.mobile}.csv", f"姓名,身份证号\n{p.name},{p.resident_id}\n")
            writer.writestr(f"{host}/files/{p.resident_id}.pdf", f"%PDF-1.4\n{p.resident_id} {p.mobile}")
            writer.writestr(f"{host}/files/{p.resident_id}.xlsx", f"PK\x03\x04{p.resident_id}")
    return path


def leaks(content: bytes) -> list[str]:
    return [value for value in PLANTED if value.encode() in content or value.encode("utf-16-le") in content]


def written(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file but those under records/, and what is in it once unpacked."""
    for path in folder.rglob("*"):
        if path.is_file() and "records" not in path.relative_to(folder).parts:
            yield path, path.read_bytes()
            if path.suffix == ".parquet":
                yield path, str(pq.read_table(path).to_pylist()).encode()


def _reviews(place: list[str]) -> Iterator[tuple[list[str], int]]:
    """A review in which people type values into every field they can."""
    person = PEOPLE[0]
    told = f"已电话告知{person.mobile}，身份证{person.resident_id}"
    by = [*place, "--reviewer", "li"]
    yield ["case", "list", *place], Exit.OK
    yield ["case", "list", *place, "--format", "jsonl"], Exit.OK
    for number in ("1", "2", "3", "4"):
        yield ["case", "show", number, *place], Exit.OK
        yield ["case", "show", number, *place, "--text"], Exit.OK
        yield ["case", "show", number, *place, "--format", "jsonl"], Exit.OK
        yield ["case", "alike", number, *place], Exit.OK
    yield ["case", "note", "1", told, *by], Exit.OK
    yield ["case", "confirm", "1", "2", "--note", told, *by], Exit.OK
    yield ["case", "dismiss", "3", "--reason", "D04", "--note", told, *by], Exit.OK
    yield ["case", "assign", "4", told, *by], Exit.OK
    yield ["takedown", "issue", "--all", "--note", told, "--deadline", "2999-01-01", *by], Exit.OK
    yield ["takedown", "extend", "1", "--deadline", "2999-02-01", "--reason", told, *by], Exit.OK
    yield ["takedown", "receive", "1", "--note", told, *by], Exit.OK
    for command in (["takedown", "list"], ["takedown", "notices"], ["takedown", "overdue"], ["suppressions", "list"],
                    ["case", "history", "1"], ["case", "history", "3"], ["case", "show", "4"], ["stats"],
                    ["audit"]):  # fmt: skip
        yield [*command, *place], Exit.OK


def test_no_value_leaves_records(archive: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    work = tmp_path / "work"
    place = ["-w", str(work)]
    commands = [
        (["init", str(work)], Exit.OK),
        (["run", *place, str(archive)], Exit.UNREAD),
        (["run", *place, str(archive), "--fresh", "--debug"], Exit.UNREAD),
        (["findings", *place, "--limit", "1000"], Exit.OK),
        (["findings", *place, "--limit", "1000", "--format", "jsonl"], Exit.OK),
        (["status", *place], Exit.OK),
        *(
            (["export", *place, "--format", kind, "-o", str(work / "reports" / f"all.{kind}")], Exit.OK)
            for kind in ("csv", "jsonl", "parquet")
        ),
        (["export", *place], Exit.OK),
        (["run", *place, str(work / "scan.toml")], Exit.INPUT),
        *_reviews(place),
    ]
    for command, code in commands:
        assert main(command) == code, command
        output = capfdbinary.readouterr()
        assert not leaks(output.out + output.err), command
    for path, content in written(work):
        assert not leaks(content), path
    with reading(work / "findings.duckdb") as connection:
        tables = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        for table in tables:
            rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
            assert not leaks(str(rows).encode()), table
        found = connection.execute("SELECT count(DISTINCT fingerprint) FROM findings").fetchone()
    assert found
    assert found[0] >= 3 * len(PEOPLE)  # or the search above proves nothing
    assert leaks(
        b"".join(str(pq.read_table(p).to_pylist()).encode() for p in (work / "records").rglob("part-*.parquet"))
    )


def test_a_reveal_shows_one_value_and_writes_none(
    archive: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    work = tmp_path / "work"
    main(["init", str(work)])
    main(["run", "-w", str(work), str(archive)])
    with reading(work / "findings.duckdb") as connection:
        found = connection.execute(
            "SELECT finding_id FROM findings WHERE rule_id = 'resident_id.18' LIMIT 1"
        ).fetchone()
    assert found
    capfdbinary.readouterr()
    assert main(["case", "reveal", found[0], "-w", str(work), "--reviewer", "li", "--debug"]) == Exit.OK
    output = capfdbinary.readouterr()
    assert leaks(output.out)
    assert not leaks(output.err)
    assert main(["audit", "-w", str(work)]) == Exit.OK
    shown = capfdbinary.readouterr()
    assert b"li" in shown.out
    assert not leaks(shown.out + shown.err)
    for path, content in written(work):
        assert not leaks(content), path


def test_check_shows_values_only_when_asked(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "list.csv"
    rows = "\n".join(f"{p.name},{p.resident_id},{p.mobile}" for p in PEOPLE)
    path.write_text(f"姓名,身份证号,手机\n{rows}\n", encoding="utf-8")
    for kind in ("text", "jsonl"):
        assert main(["check", str(path), "--format", kind, "--debug"]) == Exit.FOUND
        output = capfdbinary.readouterr()
        assert not leaks(output.out + output.err), kind
        assert main(["check", str(path), "--format", kind, "--reveal"]) == Exit.FOUND
        assert leaks(capfdbinary.readouterr().out), kind


def test_an_error_inside_says_nothing_of_the_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def fail(*_args: object, **_values: object) -> None:
        raise ValueError(PEOPLE[0].resident_id)

    main(["init", str(tmp_path / "w")])
    monkeypatch.setattr("scanner.runs.scan", fail)
    for extra in ([], ["--debug"]):
        assert main(["run", "-w", str(tmp_path / "w"), "x.zip", *extra]) == Exit.INTERNAL
        output = capfdbinary.readouterr()
        assert not leaks(output.out + output.err)
        assert (b"Traceback" in output.err or b'File "' in output.err) == bool(extra)
