"""A file that breaks off (a download that ended too early) is never passed for a whole one that says less."""

from __future__ import annotations

import io
import struct
import tarfile
import tracemalloc
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import olefile
import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract
from pipelines.extractors.compound import CompoundFile, is_cut
from pipelines.schema import Status
from tests.pipelines.extractors.archives import stored_rar, zipped
from tests.pipelines.extractors.ole_files import ole_file
from tests.pipelines.extractors.pdf_writer import pdf

FIXTURES: Final = Path(__file__).parent / "fixtures"
ROWS: Final = "".join(f"<tr><td>第{n}户</td><td>{n * 7919}</td></tr>" for n in range(40))
PAGE: Final = f"<!DOCTYPE html><html><head><title>公示</title></head><body><table>{ROWS}</table></body></html>"
FILES: Final = {f"{n}.txt": f"第{n}户".encode() * 20 for n in range(4)}


def _page() -> bytes:
    return PAGE.encode("gb18030")


def _mail() -> bytes:
    made = EmailMessage()
    made["Subject"] = "名单"
    made.set_content("正文\n" * 30)
    made.add_attachment(b"a,b\n" * 40, maintype="text", subtype="csv", filename="a.csv")
    return made.as_bytes()


def _saved_page() -> bytes:
    made = EmailMessage()
    made["MIME-Version"] = "1.0"
    made.set_content(PAGE, subtype="html")
    made.make_related()
    made.add_attachment(b"x" * 99, maintype="image", subtype="png", filename="a.png")
    return made.as_bytes()


def _xml() -> bytes:
    rows = "".join(f'<r n="{n}"><!-- {n} -->第{n}户 &amp; 其他<![CDATA[{n}]]></r>' for n in range(30))
    return f'<?xml version="1.0" encoding="utf-8"?><all>{rows}</all>'.encode()


def _zip_of_zip() -> bytes:
    return zipped({"a.zip": zipped(FILES), "b.txt": b"b" * 50})


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as target:
        for name, data in FILES.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            target.addfile(info, io.BytesIO(data))
    return out.getvalue()


MADE: Final[dict[str, Callable[[], bytes]]] = {
    "mail": _mail,
    "xml": _xml,
    "pdf": lambda: pdf([[(50, 700, f"page {n}")] for n in range(5)]),
    "zip": lambda: zipped(FILES),
    "zip in a zip": _zip_of_zip,
    "rar": lambda: stored_rar(FILES),
    "tar.gz": _tar,
    **{name: (FIXTURES / name).read_bytes for name in ("gold.doc", "gold.rtf", "gold.odt", "constants.xls")},
}


def _passes_for_whole(document: Document, whole: Document) -> bool:
    """Whether it says less, and nothing says that it does: neither its own status nor that of a file in it."""
    less = len(document.text) < len(whole.text) or len(document.children) < len(whole.children)
    return less and all(each.status == Status.EXTRACTED for each in (document, *document.children))


@pytest.mark.parametrize("kind", MADE)
def test_whatever_is_cut_off_is_said(kind: str) -> None:
    data = MADE[kind]()
    whole = extract(Member("a.bin", data))
    assert whole.status == Status.EXTRACTED
    begin = data.index(b"\n\n") if kind == "mail" else len(data) // 10  # cut headers are those of a shorter mail
    cuts = range(begin, len(data), max(1, len(data) // 80))
    assert [at for at in cuts if _passes_for_whole(extract(Member("a.bin", data[:at])), whole)] == []


def test_a_page_that_breaks_off_in_a_table_or_a_tag() -> None:
    data = _page()
    assert extract(Member("a.html", data)).status == Status.EXTRACTED
    for at in range(data.index(b"<td>") + 1, data.index(b"</table"), 7):
        document = extract(Member("a.html", data[:at]))
        assert document.status == Status.PARTIAL
        assert document.reason.endswith("truncated: the page breaks off")
    saved = _saved_page()
    assert extract(Member("a.mhtml", saved[: len(saved) - 200])).status == Status.PARTIAL


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>没有结尾的页面",
        "<html><body><table><tr><td>1</table><p>没有结尾",
        "<p>片段<table><tr><td>1",
        "<html><body><table><tr><td>未关闭的表格</body></html>",
        "<html><body><table><tr><td>1</body></html>" + "<!-- x -->\n" * 200,
        "<html><body>3 < 5",
        "<HTML><BODY><SCRIPT>a<b</SCRIPT>",
    ],
)
def test_a_page_that_only_leaves_out_its_end_is_whole(page: str) -> None:
    assert extract(Member("a.html", page.encode())).status == Status.EXTRACTED


@pytest.mark.parametrize("xml", ["<a>&nbsp;</a>", "<a><b></a>", "<a/><b/>", "<a/>x", "<?xml version='1.0'?>"])
def test_xml_with_other_mistakes_is_whole(xml: str) -> None:
    assert "truncated" not in extract(Member("a.xml", xml.encode())).reason


# --- compound files -----------------------------------------------------------------------------------------------


def _entry_of_fat(data: bytes, sector: int) -> int:
    """Where the FAT's entry of a sector lies, in a file with one FAT sector."""
    (fat,) = struct.unpack_from("<I", data, 76)
    return int((fat + 1) * 512 + 4 * sector)


def test_a_stream_whose_chain_ends_too_early() -> None:
    sound = ole_file({"WordDocument": bytes(9000), "short": b"x" * 300})
    assert not is_cut(sound)
    with olefile.OleFileIO(io.BytesIO(sound)) as ole:
        chains = [ole.root.isectStart, *(entry.isectStart for entry in ole.root.kids if entry.size > 4096)]
    for first in chains:
        spoilt = bytearray(sound)
        struct.pack_into("<I", spoilt, _entry_of_fat(sound, first), 0xFFFFFFFE)
        size = 300 if first == chains[0] else 9000
        assert is_cut(bytes(spoilt)) == (size > 512)


def test_a_ring_of_sectors_is_followed_no_further_than_the_file_is_long() -> None:
    sound = ole_file({"short": b"x" * 300, "long": bytes(5000)})
    table_of_short = struct.unpack_from("<I", sound, 60)[0]
    ring = bytearray(sound)
    struct.pack_into("<I", ring, _entry_of_fat(sound, table_of_short), table_of_short)
    struct.pack_into("<I", ring, 64, 1 << 17)  # sectors: 64 MiB
    tracemalloc.start()
    with CompoundFile(io.BytesIO(bytes(ring))) as ole:
        assert ole.openstream("short").read() == b"x" * 300
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1 << 20


def test_a_list_of_sectors_longer_than_the_file() -> None:
    sound = bytearray(ole_file({"a": bytes(5000)}))
    struct.pack_into("<I", sound, 44, 1 << 30)  # sectors of the FAT
    struct.pack_into("<II", sound, 68, 0, ((1 << 30) - 109 + 126) // 127)  # the list of those beyond 109
    assert extract(Member("a.bin", bytes(sound))).status == Status.CORRUPT
