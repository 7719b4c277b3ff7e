"""Workbooks in Excel's binary formats that keep people in caches, names, rules, charts, logs and macros, written by
hand: no library does."""

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
    rows = (b"".join(b"\2" + _words(value) for value in (p.name, p.resident_id, p.mobile)) for p in people)
    return _of_all_sheets(stream, *(biff(0x5A, pack("<BBH", 2, 0, number) + row) for number, row in enumerate(rows)))


def _of_all_sheets(stream: bytes, *more: bytes) -> _Streams:
    """The records go behind the first one; what lies behind them moves on."""
    added = b"".join(more)
    first = 4 + unpack_from("<H", stream, 2)[0]
    at = stream.index(b"\x85\0") + 4
    sheet = pack("<I", unpack_from("<I", stream, at)[0] + len(added))
    return {"Workbook": stream[:first] + added + stream[first:at] + sheet + stream[at + 4 :]}


def _of_the_sheet(stream: bytes, *more: bytes) -> _Streams:
    """The records go before the sheet's end, which is the stream's."""
    return {"Workbook": stream[:-4] + b"".join(more) + stream[-4:]}


def _constant(words: str) -> bytes:
    return pack("<BBB", 0x17, len(words), 1) + words.encode("utf-16-le")


def _names(stream: bytes, people: list[Person]) -> _Streams:
    """One holds a constant, the other a table of them."""
    one, *others = lines(people)
    cells = b"".join(b"\2" + _words(text) for text in others)
    table = pack("<BH", 0, len(others) - 1) + cells
    formulas = ((_constant(one), b""), (b"\x60" + bytes(7), table))
    names = (
        biff(0x18, pack("<HBBHHHBBBB", 0, 0, 1, len(tokens), 0, 0, 0, 0, 0, 0) + b"\0n" + tokens + behind)
        for tokens, behind in formulas
    )
    return _of_all_sheets(stream, *names)


def _choices(stream: bytes, people: list[Person]) -> _Streams:
    rules = []
    for line in lines(people):
        formula = _constant(line)
        told = _words("\0") * 4 + pack("<HH", len(formula), 0) + formula + pack("<HH", 0, 0)
        rules.append(biff(0x1BE, pack("<I", 3) + told + pack("<5H", 1, 4, 4, 0, 0)))
    return _of_the_sheet(stream, *rules)


def _chart(stream: bytes, people: list[Person]) -> _Streams:
    """The values of a chart whose table is gone: text as names of what it shows, numbers as its bars."""
    names = [biff(0x204, pack("<3H", n, 0, 0) + _words(p.resident_id)) for n, p in enumerate(people)]
    bars = [biff(0x203, pack("<3Hd", n, 0, 0, int(p.mobile))) for n, p in enumerate(people)]
    begin = biff(0x809, pack("<HHHHII", 0x600, 0x20, 0, 0, 0, 0))
    series = (biff(0x1065, pack("<H", 2)), *names, biff(0x1065, pack("<H", 1)), *bars)
    return _of_the_sheet(stream, begin, *series, biff(0x0A, b""))


def _log(stream: bytes, people: list[Person]) -> _Streams:
    """A log of changes: an ID was there, a mobile number took its place."""
    log = b""
    for number, person in enumerate(people):
        head = pack("<IIHHH", 0, number, 8, 0, 1) + pack("<HHHHIH", 3 << 3 | 2, 0, number, 0, 0, 0)
        log += biff(0x13B, head + _words(person.resident_id) + pack("<d", int(person.mobile)))
    return {"Workbook": stream, "Revision Log": log + biff(0x0A, b"")}


def _macro(stream: bytes, people: list[Person]) -> _Streams:
    return {"Workbook": stream, "_VBA_PROJECT_CUR": {"VBA": {"Module1": module(lines(people))}}}


def module(comments: list[str]) -> bytes:
    """A module's stream: what was compiled, then its source, compressed as far as that it could be."""
    source = 'Attribute VB_Name = "Module1"\r\n' + "".join(f"' {text}\r\n" for text in comments)
    return b"compiled" + compressed(source.encode("gb18030"))


def compressed(source: bytes) -> bytes:
    """A container of [MS-OVBA] in which nothing is copied: a byte of flags before every eight characters."""
    chunks = [source[at : at + 3600] for at in range(0, len(source), 3600)]
    written = (b"".join(b"\0" + chunk[at : at + 8] for at in range(0, len(chunk), 8)) for chunk in chunks)
    return b"\1" + b"".join(pack("<H", len(data) - 1 | 0xB000) + data for data in written)


XLS_CACHES: tuple[tuple[str, Write], ...] = (
    ("pivot cache", _xls(_pivot)),
    ("external link cache", _xls(_external)),
    ("defined names", _xls(_names)),
    ("data validation", _xls(_choices)),
    ("chart cache", _xls(_chart)),
    ("log of changes", _xls(_log)),
    ("macros", _xls(_macro)),
)


_SHEET = record(156, pack("<II", 0, 1) + wide("rId1") + wide("名单"))
_BOOK = record(131) + record(143) + _SHEET + record(144)


def _xlsb(parts: Callable[[list[Person]], dict[str, bytes]]) -> Write:
    def write(people: list[Person]) -> bytes:
        relation = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
        relations = f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">{relation}</Relationships>'
        kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
        types = f'<Types><Override PartName="/xl/workbook.bin" ContentType="{kind}"/></Types>'
        book = {
            "[Content_Types].xml": types.encode(),
            "xl/workbook.bin": _BOOK + record(132),
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


def _wide_constant(words: str) -> bytes:
    """A formula that is a text: its tokens and its constant tables, each counted."""
    tokens = pack("<BH", 0x17, len(words)) + words.encode("utf-16-le")
    return pack("<I", len(tokens)) + tokens + pack("<I", 0)


def _xlsb_names(people: list[Person]) -> dict[str, bytes]:
    names = (record(39, pack("<IBI", 0, 0, 0) + wide("n") + _wide_constant(text)) for text in lines(people))
    return {"xl/workbook.bin": _BOOK + b"".join(names) + record(132)}


def _xlsb_choices(people: list[Person]) -> dict[str, bytes]:
    ranges = pack("<II4I", 0, 1, 4, 4, 0, 0)
    empty = pack("<II", 0, 0)
    rules = (record(64, ranges + wide(None) * 4 + _wide_constant(text) + empty) for text in lines(people))
    return {"xl/worksheets/sheet1.bin": FIRST_SHEET[:-3] + b"".join(rules) + record(130)}


def _xlsb_log(people: list[Person]) -> dict[str, bytes]:
    changes = (record(406, bytes(21) + wide(text)) for text in lines(people))
    return {"xl/revisions/revisionLog1.bin": b"".join(changes)}


def _vba_project(people: list[Person]) -> dict[str, bytes]:
    return {"xl/vbaProject.bin": ole_file({"VBA": {"Module1": module(lines(people))}})}


XLSB: tuple[tuple[str, Write], ...] = (
    ("defined names", _xlsb(_xlsb_names)),
    ("data validation", _xlsb(_xlsb_choices)),
    ("log of changes", _xlsb(_xlsb_log)),
    ("macros", _xlsb(_vba_project)),
    ("notes", _xlsb(_xlsb_notes)),
    ("pivot cache", _xlsb(_xlsb_pivot)),
    ("external link cache", _xlsb(_xlsb_external)),
)
