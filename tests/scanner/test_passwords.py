"""The owner's passwords open what they fit, and are written nowhere."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from pipelines.documents import Member
from pipelines.extractors import extract
from pipelines.passwords import Passwords
from pipelines.schema import Status
from scanner.cli import main
from scanner.errors import Exit
from scanner.synthetic.people import Factory
from tests.pipelines.extractors.archives import aes_zip, old_cipher_zip
from tests.pipelines.extractors.pdf_writer import locked_pdf
from tests.pipelines.extractors.test_archive import seven_zip
from tests.pipelines.extractors.test_office_crypto import agile

SECRET = "Ku-9157-mima"
PERSON = Factory(31).people(1)[0]
LINE = f"姓名\t身份证号\n{PERSON.name}\t{PERSON.resident_id}\n"


def files() -> dict[str, bytes]:
    text = LINE.encode()
    return {
        "a.pdf": locked_pdf(LINE.replace("\n", " ").replace("\t", " "), SECRET),
        "b.zip": aes_zip("b.txt", text, SECRET.encode()),
        "c.zip": old_cipher_zip("c.txt", text, SECRET.encode()),
        "d.7z": seven_zip({"d.txt": text}, SECRET),
        "e.docx": agile(SECRET),
    }


@pytest.mark.parametrize("name", sorted(files()))
def test_each_kind_is_opened(name: str) -> None:
    def statuses(passwords: tuple[str, ...]) -> set[str]:
        document = extract(Member(name, files()[name]), passwords)
        return {document.status, *(child.status for child in document.children)}

    assert Status.ENCRYPTED in statuses(())
    assert Status.ENCRYPTED in statuses(("wrong",))
    assert statuses(("wrong", SECRET)) == {Status.EXTRACTED}


def test_a_pdf_is_read_under_its_password() -> None:
    assert PERSON.resident_id in extract(Member("a.pdf", files()["a.pdf"]), (SECRET,)).text
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(files()["a.pdf"])


def test_a_run_with_passwords_opens_and_writes_them_nowhere(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    work, archive = tmp_path / "w", tmp_path / "site.zip"
    with zipfile.ZipFile(archive, "w") as writer:
        for name, data in files().items():
            writer.writestr(f"www.example.gov.cn/{name}", data)
    (tmp_path / "locked.zip").write_bytes(aes_zip("www.example.gov.cn/f.txt", LINE.encode(), SECRET.encode()))
    run = ["run", "-w", str(work), str(archive), str(tmp_path / "locked.zip")]
    main(["init", str(work)])
    assert main(run) == Exit.UNREAD
    capfdbinary.readouterr()
    main(["coverage", "-w", str(work), "--unread", "--format", "jsonl"])
    rows = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert len(rows) == 6
    assert {row["reason"] for row in rows} == {"password"}

    settings = work / "scan.toml"
    settings.write_text(f'passwords = ["wrong", "{SECRET}"]\n' + settings.read_text("utf-8"), encoding="utf-8")
    assert main([*run, "--debug"]) == Exit.OK
    output = capfdbinary.readouterr()
    main(["check", "--debug", str(archive)])
    monkeypatch.setenv("SCAN_WORKSPACE", str(work))
    assert main(["check", "--debug", str(archive)]) == Exit.FOUND
    output = capfdbinary.readouterr()
    for content in (
        output.out,
        output.err,
        *(p.read_bytes() for p in work.rglob("*") if p.is_file() and p != settings),
    ):
        assert SECRET.encode() not in content
    assert (work / "findings.duckdb").stat().st_size


def test_passwords_do_not_show_themselves() -> None:
    words = Passwords([SECRET])
    assert SECRET not in f"{words} {words!r} {[words]}"
    assert words.digest(b"a" * 32) != words.digest(b"b" * 32) != Passwords().digest(b"b" * 32) == ""
    assert Passwords(["a", "bc"]).digest(b"k") != Passwords(["ab", "c"]).digest(b"k")


def test_zip_bytes_are_really_locked() -> None:
    with zipfile.ZipFile(BytesIO(files()["c.zip"])) as archive, pytest.raises(RuntimeError, match="password"):
        archive.read("c.txt")
