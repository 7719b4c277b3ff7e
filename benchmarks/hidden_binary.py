"""Workbooks in Excel's binary formats that keep people in caches, names, rules, charts, logs and macros, written by
hand: no library does."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from struct import pack, pack_into, unpack_from
from typing import Any

import olefile

from benchmarks.hidden_sheets import Write, lines, xls
from scanner.synthetic.people import Person
from tests.pipelines.extractors import test_ppt
from tests.pipelines.extractors.archives import zipped
from tests.pipelines.extractors.ole_files import ole_file
from tests.pipelines.extractors.test_unlock import gold_streams
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


def _links(stream: bytes, people: list[Person]) -> _Streams:
    """An address with IDs, tooltips with mobile numbers."""
    cells, records = bytes(8), []
    for person in people:
        address = f"http://a.gov.cn/q?id={person.resident_id}\0".encode("utf-16-le")
        moniker = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b") + pack("<I", len(address)) + address
        records.append(biff(0x1B8, cells + bytes(16) + pack("<II", 2, 3) + moniker))
        records.append(biff(0x800, pack("<H", 0x800) + cells + f"{person.name} {person.mobile}\0".encode("utf-16-le")))
    return _of_the_sheet(stream, *records)


def _filters(stream: bytes, people: list[Person]) -> _Streams:
    """Those with an ID or a number."""
    records = []
    for person in people:
        criteria = pack("<BB4xB3x", 6, 2, len(person.resident_id)) + pack("<BBd", 4, 2, int(person.mobile))
        records.append(biff(0x9E, pack("<HH", 0, 0) + criteria + b"\0" + person.resident_id.encode()))
    return _of_the_sheet(stream, *records)


def _scenarios(stream: bytes, people: list[Person]) -> _Streams:
    records = []
    for person in people:
        head = pack("<HBBBBB", 1, 0, 0, 1, len(person.resident_id), 1) + b"\0n" + _words("a")
        records.append(biff(0xAF, head + _words(person.resident_id) + bytes(4) + _words(person.mobile) + bytes(2)))
    return _of_the_sheet(stream, *records)


def _formulas(stream: bytes, people: list[Person]) -> _Streams:
    """Of cells that show nothing of it."""
    records = []
    for number, tokens in enumerate(map(_constant, lines(people))):
        cell = pack("<3H", number + 5, 0, 0) + bytes(8) + bytes(6) + pack("<H", len(tokens)) + tokens
        records.append(biff(0x06, cell))
    return _of_the_sheet(stream, *records)


def _looks(stream: bytes, people: list[Person]) -> _Streams:
    formulas = map(_constant, lines(people))
    return _of_the_sheet(stream, *(biff(0x1B1, pack("<BBHHI", 2, 0, len(f), 0, 0) + bytes(2) + f) for f in formulas))


def own_properties(people: list[Person]) -> bytes:
    """A set of properties that a user made, behind an empty one."""
    texts = [text.encode() for text in lines(people)]
    values = [pack("<IH2x", 2, 65001), *(pack("<2I", 30, len(t) + 1) + t + bytes(4 - len(t) % 4) for t in texts)]
    at, places = 8 + 8 * len(values), b""
    for number, value in enumerate(values, 1):
        places += pack("<2I", number, at)
        at += len(value)
    head = pack("<HHI16sI", 0xFFFE, 0, 0, bytes(16), 2) + bytes(16) + pack("<I", 68) + bytes(16) + pack("<I", 76)
    return head + pack("<2I", 8, 0) + pack("<2I", at, len(values)) + places + b"".join(values)


def data_store(people: list[Person]) -> _Streams:
    words = "".join(f"<b>{text}</b>" for text in lines(people))
    return {"MsoDataStore": {"A": {"Item": f"<a>{words}</a>".encode()}}}


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
    ("links", _xls(_links)),
    ("filters", _xls(_filters)),
    ("scenarios", _xls(_scenarios)),
    ("constants in formulas", _xls(_formulas)),
    ("rules for looks", _xls(_looks)),
    ("custom properties", _xls(lambda s, p: {"Workbook": s, "\x05DocumentSummaryInformation": own_properties(p)})),
    ("custom XML", _xls(lambda stream, people: {"Workbook": stream, **data_store(people)})),
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


def _xlsb_sheet(*records: bytes) -> dict[str, bytes]:
    return {"xl/worksheets/sheet1.bin": FIRST_SHEET[:-3] + b"".join(records) + record(130)}


def _xlsb_links(people: list[Person]) -> dict[str, bytes]:
    tips = (wide("rId1") + wide("") + wide(text) + wide("x") for text in lines(people))
    return _xlsb_sheet(*(record(494, bytes(16) + texts) for texts in tips))


def _xlsb_filters(people: list[Person]) -> dict[str, bytes]:
    return _xlsb_sheet(*(record(167, wide(text)) for text in lines(people)))


def _xlsb_formulas(people: list[Person]) -> dict[str, bytes]:
    cells = (record(8, bytes(8) + wide("") + bytes(2) + _wide_constant(text)) for text in lines(people))
    begin = FIRST_SHEET.index(record(146))
    return {"xl/worksheets/sheet1.bin": FIRST_SHEET[:begin] + b"".join(cells) + FIRST_SHEET[begin:]}


def _xlsb_log(people: list[Person]) -> dict[str, bytes]:
    changes = (record(406, bytes(21) + wide(text)) for text in lines(people))
    return {"xl/revisions/revisionLog1.bin": b"".join(changes)}


def _vba_project(people: list[Person]) -> dict[str, bytes]:
    return {"xl/vbaProject.bin": ole_file({"VBA": {"Module1": module(lines(people))}})}


def _doc(streams: Callable[[list[Person]], _Streams]) -> Write:
    return lambda people: ole_file({**gold_streams(), **streams(people)})


def _ppt(*parts: Callable[[str], bytes]) -> Write:
    def write(people: list[Person]) -> bytes:
        return test_ppt.file(test_ppt.box(1000, *(part(text) for text in lines(people) for part in parts)))

    return write


def _ppt_macros(people: list[Person]) -> bytes:
    project = ole_file({"VBA": {"Module1": module(lines(people))}})
    return test_ppt.file(test_ppt.box(1000), test_ppt.atom(4113, project))


def with_variables(values: list[str]) -> _Streams:
    """The gold document with a variable for each value, listed behind all else in its table stream."""
    streams = gold_streams()
    names = b"".join(pack("<H", 1) + b"v\0" + bytes(4) for _ in values)
    texts = b"".join(pack("<H", len(value)) + value.encode("utf-16-le") for value in values)
    listed = pack("<3H", 0xFFFF, len(values), 4) + names + texts
    main, table = bytearray(streams["WordDocument"]), streams["1Table"]
    pack_into("<2I", main, 154 + 8 * 60, len(table), len(listed))
    return {"WordDocument": bytes(main), "1Table": table + listed}


DOC: tuple[tuple[str, Write], ...] = (
    ("macros", _doc(lambda people: {"Macros": {"VBA": {"Module1": module(lines(people))}}})),
    ("custom properties", _doc(lambda people: {"\x05DocumentSummaryInformation": own_properties(people)})),
    ("custom XML", _doc(data_store)),
    ("document variables", _doc(lambda people: with_variables(lines(people)))),
)
PPT: tuple[tuple[str, Write], ...] = (
    ("links", _ppt(lambda text: test_ppt.box(1033, test_ppt.box(4055, test_ppt.string(f"/q?k={text}", 1))))),
    (
        "labels",
        _ppt(lambda text: test_ppt.box(5000, test_ppt.box(5001, test_ppt.string("K", 0), test_ppt.string(text, 1)))),
    ),
    ("macros", _ppt_macros),
)
XLSB: tuple[tuple[str, Write], ...] = (
    ("links", _xlsb(_xlsb_links)),
    ("filters", _xlsb(_xlsb_filters)),
    ("constants in formulas", _xlsb(_xlsb_formulas)),
    ("defined names", _xlsb(_xlsb_names)),
    ("data validation", _xlsb(_xlsb_choices)),
    ("log of changes", _xlsb(_xlsb_log)),
    ("macros", _xlsb(_vba_project)),
    ("notes", _xlsb(_xlsb_notes)),
    ("pivot cache", _xlsb(_xlsb_pivot)),
    ("external link cache", _xlsb(_xlsb_external)),
)
