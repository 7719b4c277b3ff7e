"""Workbooks in Excel's binary formats that keep people in caches, written by hand: no library does."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from struct import pack, unpack_from
from typing import Any

import olefile

from benchmarks.hidden_sheets import Write, lines, xls
from scanner.synthetic.people import Person
from tests.pipelines.extractors.archives import zipped
from tests.pipelines.extractors.ole_files import ole_file
from tests.pipelines.extractors.test_xlsb import FIRST_SHEET, field, record, text, wide

_Streams = dict[str, Any]
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def biff(kind: int, data: bytes) -> bytes:
    return pack("<HH", kind, len(data)) + data


def _words(words: str) -> bytes:
    return pack("<HB", len(words), 1) + words.encode("utf-16-le")


def _xls(change: Callable[[bytes, list[Person]], _Streams]) -> Write:
    def write(people: list[Person]) -> bytes:
        with olefile.OleFileIO(BytesIO(xls(None, lambda *_: None))) as ole:
            stream = ole.openstream("Workbook").read()
        return ole_file(change(stream, people))

    return write


def _pivot(stream: bytes, people: list[Person]) -> _Streams:
    """A field whose values are listed once, and one whose values stand in the records."""
    shared = pack("<7H", 1, 0, 0, 0, 0, 0, len(people)) + _words("名单")
    cache = biff(0xC7, shared) + b"".join(biff(0xCD, _words(line)) for line in lines(people))
    cache += biff(0xC7, pack("<7H", 0, 0, 0, 0, 0, 0, 0) + _words("手机"))
    for number, person in enumerate(people):
        cache += biff(0xC8, bytes([number])) + biff(0xC9, pack("<d", int(person.mobile)))
    return {"Workbook": stream, "_SX_DB_CUR": {"0001": cache + biff(0x0A, b"")}}


def _external(stream: bytes, people: list[Person]) -> _Streams:
    """The records go behind the first one; what lies behind them moves on."""
    rows = (b"".join(b"\2" + _words(value) for value in (p.name, p.resident_id, p.mobile)) for p in people)
    cells = b"".join(biff(0x5A, pack("<BBH", 2, 0, number) + row) for number, row in enumerate(rows))
    first = 4 + unpack_from("<H", stream, 2)[0]
    at = stream.index(b"\x85\0") + 4
    sheet = pack("<I", unpack_from("<I", stream, at)[0] + len(cells))
    return {"Workbook": stream[:first] + cells + stream[first:at] + sheet + stream[at + 4 :]}


XLS_CACHES: tuple[tuple[str, Write], ...] = (("pivot cache", _xls(_pivot)), ("external link cache", _xls(_external)))


def _xlsb(parts: Callable[[list[Person]], dict[str, bytes]]) -> Write:
    def write(people: list[Person]) -> bytes:
        sheets = record(131) + record(143) + record(156, pack("<II", 0, 1) + wide("rId1") + wide("名单"))
        sheets += record(144) + record(132)
        relation = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
        relations = f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">{relation}</Relationships>'
        kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
        types = f'<Types><Override PartName="/xl/workbook.bin" ContentType="{kind}"/></Types>'
        book = {
            "[Content_Types].xml": types.encode(),
            "xl/workbook.bin": sheets,
            "xl/_rels/workbook.bin.rels": relations.encode(),
            "xl/worksheets/sheet1.bin": FIRST_SHEET,
        }
        return zipped(book | parts(people))

    return write


def _xlsb_pivot(people: list[Person]) -> dict[str, bytes]:
    fields = field("名单", 8, *map(text, lines(people))) + field("手机", 0x40)
    rows = b"".join(record(33, pack("<Id", number, int(p.mobile))) for number, p in enumerate(people))
    relation = '<R><Relationship Type="x/pivotCacheRecords" Target="pivotCacheRecords1.bin"/></R>'
    return {
        "xl/pivotCache/pivotCacheDefinition1.bin": fields,
        "xl/pivotCache/_rels/pivotCacheDefinition1.bin.rels": relation.encode(),
        "xl/pivotCache/pivotCacheRecords1.bin": rows,
    }


def _xlsb_external(people: list[Person]) -> dict[str, bytes]:
    rows = b""
    for number, person in enumerate(people):
        rows += record(366, pack("<I", number))
        values = (person.name, person.resident_id, person.mobile)
        rows += b"".join(record(371, pack("<I", column) + wide(value)) for column, value in enumerate(values))
    return {"xl/externalLinks/externalLink1.bin": rows}


def _xlsb_notes(people: list[Person]) -> dict[str, bytes]:
    notes = b"".join(
        record(635, pack("<5I", 0, number, number, 1, 1)) + record(637, b"\0" + wide(line))
        for number, line in enumerate(lines(people))
    )
    relation = '<R><Relationship Id="r" Type="x/comments" Target="../comments1.bin"/></R>'
    return {"xl/comments1.bin": notes, "xl/worksheets/_rels/sheet1.bin.rels": relation.encode()}


XLSB: tuple[tuple[str, Write], ...] = (
    ("notes", _xlsb(_xlsb_notes)),
    ("pivot cache", _xlsb(_xlsb_pivot)),
    ("external link cache", _xlsb(_xlsb_external)),
)
