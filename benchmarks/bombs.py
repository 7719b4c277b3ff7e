"""Files made to hurt, each in an archive among ordinary pages: what becomes of it, in what time and memory.

    python -m benchmarks.bombs

Ends with 1 when one has no status, an ordinary page is not read, or time or memory goes beyond the limits.
"""

from __future__ import annotations

import gzip
import io
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from benchmarks.fuzz import Peak
from pipelines import layout
from pipelines.ingest import ingest
from pipelines.isolation import Limits
from pipelines.sites import SiteMap
from pipelines.sources import FieldMap
from tests.pipelines.extractors.archives import zipped
from tests.pipelines.extractors.pdf_writer import file_of, pdf
from tests.pipelines.extractors.quine import quine

_PAGES: Final = 600  # ordinary ones, so that there is work for a second worker
_MIB: Final = 1 << 20
_ENTITIES: Final = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def zeros() -> bytes:
    """Four times half a gigabyte of zeros, packed twice."""
    inner, name = io.BytesIO(), "zeros"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as target, target.open(name, "w", force_zip64=True) as file:
        for _ in range(128):
            file.write(bytes(1 << 22))
    return zipped({f"{n}.zip": inner.getvalue() for n in range(4)})


def nested() -> bytes:
    data = b"x"
    for n in range(60):
        data = zipped({f"{n}.zip": data, f"{n}b.zip": data} if n < 12 else {f"{n}.zip": data})
    return data


def entities() -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE a [{_ENTITIES}]><a>&a11;</a>'.encode()


def entities_in_docx() -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    return zipped({"[Content_Types].xml": types.encode(), "word/document.xml": entities()})


def far_corners() -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = f'<Types><Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "[Content_Types].xml": types,
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{relations}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>',
    }
    return zipped({name: text.encode() for name, text in files.items()})


def million_objects() -> bytes:
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return file_of([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, *[b"<< /A 1 >>"] * 1_000_000])


def million_drawn() -> bytes:
    return pdf([[(50, 700, "公示")]], extra=b"0 0 1 1 re f\n" * 1_000_000)


def outside() -> bytes:
    """Names that leave the folder, and absolute ones."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as target:
        for name in ("../../../../tmp/scan-bomb", "/tmp/scan-bomb", "C:\\scan-bomb", "a/../../b"):
            info = tarfile.TarInfo(name)
            info.size = 1
            target.addfile(info, io.BytesIO(b"x"))
    return zipped({"../../tmp/scan-bomb": b"x", "/tmp/scan-bomb": b"x", "a.tar": out.getvalue()})


def wrong_crc() -> bytes:
    data = bytearray(zipped({"a.txt": b"abc" * 100, "b.txt": b"def" * 100}))
    for at in (14, data.index(b"PK\1\2") + 16):
        data[at] ^= 0xFF
    return bytes(data)


def cut_off() -> bytes:
    return zipped({f"{n}.txt": bytes(range(256)) * 20 for n in range(30)})[:3000]


BOMBS: Final[dict[str, Callable[[], bytes]]] = {
    "zip bomb.zip": zeros,
    "zips in zips.zip": nested,
    "the zip itself in it.zip": quine,
    "gzip bomb.gz": lambda: gzip.compress(bytes(1 << 30)),
    "entities.xml": entities,
    "entities.docx": entities_in_docx,
    "entities.svg": lambda: entities().replace(b"<a>&a11;</a>", b"<svg>&a11;</svg>"),
    "deep.html": lambda: b"<html><body>" + b"<div>" * 10_000 + b"x",
    "deeper.html": lambda: b"<html><body>" + b"<table><tr><td>" * 1_000_000 + b"x",
    "open tags.html": lambda: b"<html><body>" + b"<a<" * 3_000_000,
    "a million objects.pdf": million_objects,
    "a million drawn.pdf": million_drawn,
    "far corners.xlsx": far_corners,
    "outside.zip": outside,
    "wrong crc.zip": wrong_crc,
    "cut off.zip": cut_off,
    "deep.rtf": lambda: b"{\\rtf1 " + b"{" * 1_000_000,
    "deep.json": lambda: b"[" * 1_000_000,
}


def run(name: str, work: Path, limits: Limits) -> bool:
    """Whether the bomb and every page around it have a status in bounded time and memory."""
    archive = work / "site.zip"
    page = b"<html><head><title>x</title></head><body>" + "<p>公示如下。</p>".encode() * 400 + b"</body></html>"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for number in range(_PAGES):
            target.writestr(f"{number}.html", page)
            if number == 10 and name:
                target.writestr(f"bomb/{name}", BOMBS[name](), zipfile.ZIP_STORED)
    peak, began = Peak(), time.monotonic()
    read = ingest(
        [archive], work / "records", sites=SiteMap(), fields=FieldMap(), workers=2, limits=limits, progress=peak
    )
    took = time.monotonic() - began
    said, rows, pages = "", 0, 0
    for part in layout.parts(work / "records" / read.archive_ids[0]):
        for row in pq.read_table(part, columns=["member", "status", "reason", "kind"]).to_pylist():
            pages += not row["member"].startswith("bomb/") and row["status"] == "extracted"
            rows += row["member"].startswith("bomb/")
            if row["member"] == f"bomb/{name}":
                said = f"{row['status']} {row['reason']}"
    good = pages == _PAGES and (bool(said) or not name) and peak.rss <= limits.memory + 512 * _MIB
    good = good and took < 3 * limits.seconds + 10
    figures = f"{took:7.1f} s{peak.rss / _MIB:7.0f} MiB{rows:6} records"
    print(f"{name or 'no bomb':24}{figures}  {said[:70]}{'' if good else '  <<<'}", flush=True)
    return good


def main() -> int:
    limits, good = Limits(seconds=20), True
    for name in ("", *BOMBS):
        with tempfile.TemporaryDirectory() as folder:
            good = run(name, Path(folder), limits) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
