"""The front door: type by content, a status for whatever comes, never an exception."""

from __future__ import annotations

from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest

from pipelines.documents import Member
from pipelines.extractors import REGISTRY, extract, media
from pipelines.extractors.detect import detect
from pipelines.schema import Status
from tests.pipelines.extractors.pdf_writer import pdf
from tests.pipelines.extractors.test_docx import made, p, run, tbl, tc, tr
from tests.pipelines.extractors.test_workbook import ROWS, ods, xls, xlsx

WORKBOOK, OLD_WORKBOOK, CALC = xlsx({"一": ROWS}), xls({"一": ROWS}), ods({"一": ROWS})
DOCUMENT = made(p(run("张三")) + tbl(tr(tc("1"), tc("2"))))
PDF = pdf([[(50, 800, "张三丰")]])
HTML = b"<html><table><tr><td rowspan=2>1<td>2</table><a href=a.xls>x</a></html>"


def zipped(**parts: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/").replace("_DOT_", "."), text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "path", "claimed", "kind"),
    [
        (WORKBOOK, "a.doc", "", media.XLSX),
        (OLD_WORKBOOK, "a.xlsx", "", media.XLS),
        (CALC, "a.xls", "", media.ODS),
        (DOCUMENT, "a.zip", "", media.DOCX),
        (PDF, "a.jpg", "image/jpeg", media.PDF),
        (b"junk\n" + PDF, "a", "", media.PDF),
        (HTML, "a.xls", "application/vnd.ms-excel", media.HTML),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "a.doc", "", media.HTML),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html>', "a", "", media.HTML),
        (HTML.decode().encode("utf-16"), "a", "", media.HTML),
        (b"<p>\xd5\xc5", "list.jsp", "", media.HTML),
        (b"a < b <p>", "a", "text/html", media.HTML),
        (b"a,b\n", "a.csv", "", media.CSV),
        (b"<p>x", "a.txt", "", media.TEXT),
        (b"<html>x", "a.txt", "", media.HTML),
        (b'{"a": 1}', "a.json", "", media.JSON),
        (b"<?xml version='1.0'?><a/>", "a.xml", "", media.XML),
        (b"var a = 1;", "a.js", "", media.JAVASCRIPT),
        (b"p {}", "x", "text/css; charset=utf-8", media.CSS),
        ("张三".encode("gbk"), "a", "", media.TEXT),
        (b"\x89PNG\r\n\x1a\n0", "a.xls", "", "image/png"),
        (b"RIFF0000WEBP", "a", "", "image/webp"),
        (b"Rar!\x1a\x07\x00", "a.doc", "", "application/vnd.rar"),
        (b"wOF2\0\0", "a", "", "font/woff2"),
        (b"{\\rtf1 x}", "a.doc", "", media.RTF),
        (b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx", "a.eml", "", media.MAIL),
        (zipped(a_DOT_txt="x"), "a.docx", "", media.ZIP),
        (zipped(OFD_DOT_xml="<x/>"), "a.ofd", "", media.OFD),
        (bytes(range(256)) * 9, "a.txt", "", media.BINARY),
        (b"", "a.html", "", media.EMPTY),
        (b" \r\n\0", "a.html", "", media.EMPTY),
    ],
)
def test_detect(data: bytes, path: str, claimed: str, kind: str) -> None:
    assert detect(data, path, claimed) == kind


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"", Status.EXTRACTED, "no text: empty file"),
        (b"wOFF\0\1\0\0", Status.EXTRACTED, "no text: font"),
        (b"8BPS\0\1", Status.UNSUPPORTED, "image: needs OCR"),
        (b"MSCF\0\0\0\0", Status.UNSUPPORTED, "archive: application/vnd.ms-cab-compressed"),
        (b"\xffWPC", Status.UNSUPPORTED, "format: application/vnd.wordperfect"),
        (bytes(range(256)) * 9, Status.UNSUPPORTED, "unknown: binary"),
    ],
)
def test_what_is_not_read_says_why(data: bytes, status: str, reason: str) -> None:
    document = extract(Member("x", data))
    assert (document.status, document.reason, document.text, document.extractor) == (status, reason, "", "none")


def test_a_member_without_data_keeps_its_sources_word() -> None:
    document = extract(Member("x", None, status=Status.CORRUPT, reason="crc"))
    assert (document.status, document.reason) == (Status.CORRUPT, "crc")


def test_style_sheets_and_scripts_have_no_text() -> None:
    for path, reason in (("a.css", "no text: style sheet"), ("a.js", "")):
        document = extract(Member(path, b"a { color: red }"))
        assert (document.status, document.reason, document.text) == (Status.EXTRACTED, reason, "")


def test_each_media_type_has_one_extractor() -> None:
    kinds = [kind for extractor in REGISTRY for kind in extractor.media_types]
    assert len(kinds) == len(set(kinds))


def _mutated(data: bytes, random: Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(random.randrange(1, 30)):
        spoilt[random.randrange(len(spoilt))] = random.randrange(256)
    return bytes(spoilt[: random.randrange(1, len(spoilt))] if random.random() < 0.2 else spoilt)


@pytest.mark.parametrize(
    "seed", [WORKBOOK, OLD_WORKBOOK, CALC, DOCUMENT, PDF, HTML], ids=["xlsx", "xls", "ods", "docx", "pdf", "html"]
)
def test_spoilt_documents_have_a_status_and_true_offsets(seed: bytes) -> None:
    random = Random(7)
    for _ in range(150):
        document = extract(Member("x", _mutated(seed, random)))
        assert document.status in Status.ALL
        assert document.status == Status.EXTRACTED or document.reason
        assert all(0 <= s.start < s.end <= len(document.text) for s in document.segments)
