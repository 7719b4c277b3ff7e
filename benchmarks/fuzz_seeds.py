"""Sound documents of each kind, made by the project's own writers, for ``benchmarks.fuzz`` to spoil."""

from __future__ import annotations

import datetime
import gzip
import io
import random
import re
import tarfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from random import Random
from typing import Final, NamedTuple
from unittest.mock import patch
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import py7zr

from benchmarks import extract_speed
from benchmarks.hidden import FORMATS
from benchmarks.hidden_sheets import lines
from scanner.synthetic.people import Factory, Person
from tests.pipelines.extractors import (
    archives,
    drawings,
    test_blips,
    test_dbf,
    test_ofd,
    test_pdf_pictures,
    test_ppt,
    test_pptx,
    test_unlock,
    test_xlsb,
)  # fmt: skip
from tests.pipelines.extractors.pdf_writer import locked_pdf
from tests.pipelines.extractors.quine import quine

_FIXTURES: Final = Path(__file__).parents[1] / "tests" / "pipelines" / "extractors" / "fixtures"
_PEOPLE: Final = 5
_TIME: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


class Seed(NamedTuple):
    name: str
    data: bytes


def seeds() -> list[Seed]:
    """All of them, always the same bytes, whatever the writers note of the time of day or draw by lot."""
    random.seed(2017)
    with (
        patch("os.urandom", lambda size: bytes(size)),
        patch("time.time", lambda: 1_512_345_600.0),
        patch("openpyxl.writer.excel.datetime.datetime", _Day),
    ):
        return sorted((Seed(name, _timeless(data)) for name, data in _made()), key=lambda seed: seed.name)


class _Day(datetime.datetime):
    """On which it is always the same time."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
        return datetime.datetime(2017, 12, 4, tzinfo=tz)


def _timeless(data: bytes) -> bytes:
    """A package with every time in it set to one day."""
    if not data.startswith(b"PK\3\4") or data[6] & 1 or data == quine():
        return data
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            inner = _TIME.sub(b"2017-12-04T00:00:00", _timeless(old.read(name)))
            new.writestr(ZipInfo(name), inner, ZIP_DEFLATED)
    return out.getvalue()


def given(folder: Path, largest: int) -> list[Seed]:
    """The files of a folder and those below it, up to ``largest`` bytes each."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and 0 < path.stat().st_size <= largest)
    return [Seed(path.name, path.read_bytes()) for path in found]


def _made() -> Iterator[Seed]:
    people = Factory(2017).people(_PEOPLE)
    text = "\n".join(lines(people))
    for kind, places in FORMATS:
        for number, (place, write) in enumerate(places):
            if (kind, place) == ("pdf", "embedded file*"):
                continue  # its workbook holds the time of a temporary file
            yield Seed(f"{kind}{number}.{kind}", write(people))
    for name, write_rows, *_ in extract_speed.FORMATS:
        chance = Random(2017)
        yield Seed(f"plain.{name}", write_rows(extract_speed.people(chance)[:20], chance))
    for path in sorted(_FIXTURES.glob("gold.*")):
        yield Seed(path.name, path.read_bytes())
    yield Seed("list.csv", text.replace(" ", ",").encode("gb18030"))
    yield Seed("list.txt", text.encode())
    yield Seed("list.json", f'{{"list": {[text]!r}}}'.replace("'", '"').encode())
    yield Seed("list.xml", f"<?xml version='1.0'?><a><b>{text}</b></a>".encode())
    yield Seed("list.dbf", test_dbf.dbf([(b"XM", b"C", 20)], [b" " + b"abc".ljust(20)] * 9))
    yield Seed("page.ofd", test_ofd.ofd(test_ofd.page(*_placed(people))))
    slides = {"ppt__presentation": "<p/>", "ppt__slides__slide1": test_pptx.slide(text)}
    yield Seed("slides.pptx", test_pptx.pptx(**slides))
    shown = test_ppt.slide(test_ppt.chars(text), test_ppt.comment(text))
    yield Seed("slides.ppt", test_ppt.file(test_ppt.box(1000), shown, live=(0, 1)))
    yield Seed("records.xlsb", test_xlsb.book_data())
    yield Seed("locked.pdf", locked_pdf("secret", "1"))
    yield Seed("locked.doc", test_unlock.locked_doc(test_unlock.plain_rc4("1")))
    yield Seed("locked.xls", test_unlock.locked_xls(test_unlock.provider_rc4(password="1")))
    yield Seed("locked.odt", test_unlock.locked_odf("gold.odt", password="1"))
    yield from _drawn(text)
    yield Seed("mail.eml", _mail(text))
    yield from _archives({"名单.txt": text.encode(), "a/b.csv": text.encode("gb18030")})


def _drawn(text: str) -> Iterator[Seed]:
    """Metafiles, and documents with pictures."""
    words = [(10, 20 * number, line) for number, line in enumerate(text.split("\n"))]
    emf, bitmap = drawings.emf(words, drawings.emf_bitmap(drawings.dib(90, 40))), drawings.dib(90, 40)
    picture = drawings.blip(0xF01A, 0x3D4, emf, metafile=True) + drawings.blip(0xF01F, 0x7A8, bitmap)
    yield Seed("drawing.emf", emf)
    yield Seed("drawing.wmf", drawings.wmf(words))
    yield Seed("drawing.doc", test_blips.doc(picture))
    yield Seed("drawing.ppt", test_blips.ppt(picture))
    yield Seed("drawing.xls", test_blips.xls(picture))
    yield Seed("drawing.rtf", test_blips.rtf(emf))
    pdf = test_pdf_pictures.with_pictures((0, 200, 100, test_pdf_pictures.UPRIGHT))
    yield Seed("pictures.pdf", re.sub(rb"/ID ?\[[^]]*\]", lambda found: b" " * len(found[0]), pdf))  # drawn by lot


def _placed(people: list[Person]) -> Iterator[str]:
    return (test_ofd.text(10, 20 * number, words) for number, words in enumerate(lines(people)))


def _mail(text: str) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "名单", "a@example.com", "b@example.com"
    message.set_content(text)
    message.add_attachment(text.encode(), maintype="text", subtype="csv", filename="名单.csv")
    return bytes(message)


def _archives(files: dict[str, bytes]) -> Iterator[Seed]:
    zipped, packed, sevened = archives.zipped(files), io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    with py7zr.SevenZipFile(sevened, "w") as seven:
        for name, data in files.items():
            seven.writestr(data, name)
    yield Seed("files.zip", zipped)
    yield Seed("files.rar", archives.stored_rar(files))
    yield Seed("files.tgz", gzip.compress(packed.getvalue(), mtime=0))
    yield Seed("files.7z", sevened.getvalue())
    yield Seed("deep.zip", archives.zipped({"x.zip": archives.zipped({"y.zip": zipped})}))
    yield Seed("aes.zip", archives.aes_zip("a.txt", b"abc" * 50, b"1"))
    yield Seed("locked.rar", archives.locked_rar("a.txt", b"abc" * 50, "1"))
    yield Seed("itself.zip", quine())
    yield Seed("old.zip", archives.old_cipher_zip("a.txt", b"abc" * 50, b"1"))
    yield Seed("page.html.gz", gzip.compress(b"<html><body>x</body></html>" * 20, mtime=0))
