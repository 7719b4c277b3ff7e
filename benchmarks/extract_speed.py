"""How fast each format is read, on one core, beside the library that would first come to mind.

The documents are made here, from a seed. Every reader must find every number and name that was written before its time
counts; peers that are not installed are left out. Run: ``python -m benchmarks.extract_speed [seconds]``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from random import Random
from time import process_time
from typing import Any

import docx
import openpyxl
import xlwt

from pipelines.documents import Member
from pipelines.extractors import extract
from pipelines.runners.worker import collect_seldom
from tests.pipelines.extractors.pdf_writer import pdf

ROWS = 40
LONG = 1000
Row = tuple[str, str, str, str]
Reader = Callable[[bytes], str]


def people(random: Random, count: int = ROWS) -> list[Row]:
    """Made-up rows: no checksum holds, no number is anyone's."""
    words = "王李张刘陈杨黄赵周吴伟芳娜敏静丽强磊军洋"
    return [
        (str(n), "".join(random.choices(words, k=3)), f"城北社区{n}组", f"9999{random.randrange(10**14):014d}")
        for n in range(1, count + 1)
    ]


def html(rows: list[Row], random: Random, size: int = 30_000) -> bytes:
    """A page of ``size`` bytes: menu, metadata block, prose in Word's spans, a list; an element to 110 bytes, as on the
    150 pages of a procurement portal that this was modelled on."""

    def prose(count: int) -> str:
        return "".join(chr(0x4E00 + random.randrange(3000)) for _ in range(count))

    menu = "".join(f'<li><a href="/xxgk/{n}/index.html" target="_blank">{prose(5)}</a></li>\n' for n in range(30))
    style = "".join(f".c{n}{{margin:0 auto;padding:{n}px;color:#333}}\n" for n in range(60))
    script = "".join(f'function f{n}(a){{ if(a<{n}){{return document.getElementById("x{n}");}} }}\n' for n in range(40))
    cells = "".join("<tr>" + "".join(f"<td><span>{cell}</span></td>" for cell in row) + "</tr>\n" for row in rows[:10])
    head = f"<!DOCTYPE html><html><head><title>{prose(9)}</title><style>{style}</style><script>{script}</script></head>"
    block = (
        "<table><tr><td>索引号：</td><td>003031320/201712-00811</td><td>发布日期：</td><td>2017-12-19</td></tr></table>"
    )
    tail = f'<table>{cells}</table><a href="/f/1.xlsx">附件</a></body></html>'
    page = f"{head}<body><ul>{menu}</ul><div>当前位置：首页 &gt; 公示</div>{block}<h1>{prose(12)}</h1>"
    while len((page + tail).encode()) < size:
        page += f'<p style="text-indent:2em"><span style="font-family:仿宋_GB2312">{prose(110)}</span></p>\n'
    return (page + tail).encode()


def xlsx(rows: list[Row], random: Random) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return _saved(book)


def xls(rows: list[Row], random: Random) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell)
    return _saved(book)


def word(rows: list[Row], random: Random) -> bytes:
    document = docx.Document()
    document.add_paragraph("经审核，现予公示。")
    table = document.add_table(len(rows), 4)
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    return _saved(document)


def page(rows: list[Row], random: Random) -> bytes:
    columns = (50, 80, 160, 300)
    return pdf([[(x, 820 - 18 * y, text) for y, row in enumerate(rows) for x, text in zip(columns, row, strict=True)]])


def _saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def ours(data: bytes) -> str:
    return extract(Member("x", data)).text


def soup(data: bytes) -> str:
    return str(import_module("bs4").BeautifulSoup(data, "html.parser").get_text("\t"))


def lxml_text(data: bytes) -> str:
    return "\t".join(import_module("lxml.html").document_fromstring(data.decode()).itertext())


def lexbor_text(data: bytes) -> str:
    return str(import_module("selectolax.lexbor").LexborHTMLParser(data.decode()).text(separator="\t"))


def openpyxl_text(data: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(data), read_only=True)
    return "\n".join("\t".join(str(c) for c in row) for sheet in book for row in sheet.iter_rows(values_only=True))


def python_docx_text(data: bytes) -> str:
    tables = docx.Document(BytesIO(data)).tables
    return "\n".join("\t".join(cell.text for cell in row.cells) for table in tables for row in table.rows)


def pdfplumber_text(data: bytes) -> str:
    with import_module("pdfplumber").open(BytesIO(data)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def pdfium_text(data: bytes) -> str:
    document = import_module("pypdfium2").PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


FORMATS: tuple[tuple[str, Callable[[list[Row], Random], bytes], int, dict[str, Reader]], ...] = (
    ("html", html, 10, {"lexbor": lexbor_text, "lxml itertext": lxml_text, "BeautifulSoup": soup}),
    ("xlsx", xlsx, ROWS, {"openpyxl": openpyxl_text}),
    ("xlsx long", xlsx, LONG, {"openpyxl": openpyxl_text}),
    ("xls", xls, ROWS, {}),
    ("docx", word, ROWS, {"python-docx": python_docx_text}),
    ("pdf", page, ROWS, {"pdfplumber": pdfplumber_text, "pdfium alone": pdfium_text}),
)


def found(read: Reader, documents: list[bytes], rows: list[list[Row]]) -> bool:
    """Whether a reader finds every name and number of the first documents."""
    for data, people_ in zip(documents[:5], rows, strict=False):
        tokens = set(re.split(r"\s+", read(data)))
        if not all(row[1] in tokens and row[3] in tokens for row in people_):
            return False
    return True


def rates(readers: dict[str, Reader], documents: list[bytes], seconds: float) -> dict[str, float]:
    """Documents a second of processor time of each reader: the best of its rounds, which take turns, because a machine
    that others use is faster at one time than at another."""
    best, until = dict.fromkeys(readers, 0.0), process_time() + seconds * len(readers)
    while process_time() < until:
        for name, read in readers.items():
            started = process_time()
            for data in documents:
                read(data)
            best[name] = max(best[name], len(documents) / (process_time() - started))
    return best


def measured(seconds: float) -> Iterator[str]:
    yield f"{'format':10}{'reader':16}{'KB':>6}{'docs/s':>10}{'MB/s':>8}{'this is':>10}  all found"
    for name, write, shown, peers in FORMATS:
        random = Random(2017)
        rows = [people(random, max(shown, ROWS)) for _ in range(30 if shown < LONG else 5)]
        documents = [write(each, random) for each in rows]
        size = sum(map(len, documents)) / len(documents)
        readers, complete = dict[str, Reader](), dict[str, bool]()
        for reader, read in {"this": ours, **peers}.items():
            with suppress(ImportError):
                complete[reader] = found(read, documents, [each[:shown] for each in rows])
                readers[reader] = read
        if not complete["this"]:
            raise AssertionError(f"{name}: not every name and number was found")
        speeds = rates(readers, documents, seconds)
        for reader, speed in speeds.items():
            numbers = f"{size / 1e3:6.1f}{speed:10.0f}{speed * size / 1e6:8.1f}{speeds['this'] / speed:8.2f} ×"
            yield f"{name:10}{reader:16}{numbers}  {'yes' if complete[reader] else 'NO'}"


if __name__ == "__main__":
    collect_seldom()  # as workers do; the peers gain by it, too
    for line in measured(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0):
        print(line)
