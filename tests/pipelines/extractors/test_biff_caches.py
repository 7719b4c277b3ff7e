"""What an XLS keeps in its caches: pivot tables with and without records, cells of other workbooks, damage."""

from __future__ import annotations

from io import BytesIO
from struct import pack

import olefile

from pipelines.extractors.assembly import Assembly
from pipelines.extractors.biff_caches import add_caches
from tests.pipelines.extractors.ole_files import ole_file


def record(kind: int, data: bytes = b"") -> bytes:
    return pack("<HH", kind, len(data)) + data


def words(text: str, wide: bool = True) -> bytes:
    return pack("<HB", len(text), wide) + text.encode("utf-16-le" if wide else "latin-1")


def field(name: str, flags: int = 0, *items: bytes) -> bytes:
    return record(0xC7, pack("<7H", flags, 0, 0, 0, 0, 0, len(items)) + words(name)) + b"".join(items)


def text(value: str) -> bytes:
    return record(0xCD, words(value))


def real(value: float) -> bytes:
    return record(0xC9, pack("<d", value))


def cached(stream: bytes = b"", *caches: bytes) -> list[tuple[str, str, bool]]:
    assembly = Assembly()
    tree = {"Workbook": b"x", "_SX_DB_CUR": {f"000{n}": cache for n, cache in enumerate(caches, 1)}}
    with olefile.OleFileIO(BytesIO(ole_file(tree))) as ole:
        add_caches(assembly, ole, stream)
    return [(s.place, assembly.text[s.start : s.end], s.hidden) for s in assembly.segments]


NAMES = field("姓名", 1, text("张三"), text("李四"))


def test_records_of_shared_values_and_others() -> None:
    born = record(0xCE, pack("<HHBBBB", 1990, 2, 30, 0, 0, 0))
    cache = NAMES + field("手机") + field("生日") + field("级", 0x201, text("甲"))
    cache += record(0xC8, b"\1\0\0") + real(13812345678.0) + born
    cache += record(0xC8, b"\0\7\0") + record(0xCC, pack("<h", -5))
    table = "姓名\t手机\t生日\t级\n李四\t13812345678\t1990-02-30\t甲\n张三\t-5"
    assert cached(b"", cache) == [("pivot cache 1", table, True)]


def test_records_of_values_that_are_not_shared() -> None:
    cache = field("姓名") + field("手机") + text("张三") + real(1.0) + text("李四") + real(2.0)
    assert cached(b"", cache) == [("pivot cache 1", "姓名\t手机\n张三\t1\n李四\t2", True)]


def test_without_records_there_are_the_values_of_each_field() -> None:
    assert cached(b"", NAMES, NAMES)[1] == ("pivot cache 2", "姓名\n张三\t李四", True)


def test_cells_of_another_workbook() -> None:
    cells = b"\2" + words("张三") + b"\1" + pack("<d", 13812345678.0) + b"\0" + bytes(8) + b"\2" + words("ok", False)
    rows = record(0x5A, pack("<BBH", 3, 0, 0) + cells) + record(0x0A) + record(0x5A, pack("<BBH", 0, 0, 0) + cells)
    assert cached(rows) == [("external link", "张三\t13812345678\t\tok", True)]


def test_spoilt_caches_are_read_as_far_as_they_go() -> None:
    cache = NAMES + field("手机") + record(0xC8, b"\1") + real(1.0)
    cells = record(0x5A, pack("<BBH", 1, 0, 0) + b"\2" + words("张三") + b"\1" + bytes(8))
    for cut in range(len(cache)):
        cached(cells[: cut % len(cells)], cache[:cut])
