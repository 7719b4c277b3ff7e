"""PPT: slides, what is hidden, what an earlier saving left, what stands aside, objects, damage."""

from __future__ import annotations

import struct
import zlib
from random import Random

from pipelines.documents import Document, Member
from pipelines.extractors import extract, media, ppt
from pipelines.extractors.detect import detect
from pipelines.schema import SegmentKind, Status
from tests.pipelines.extractors.ole_files import ole_file
from tests.pipelines.extractors.test_vba import compressed


def atom(kind: int, data: bytes, instance: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4, kind, len(data)) + data


def box(kind: int, *inside: bytes, instance: int = 0) -> bytes:
    data = b"".join(inside)
    return struct.pack("<HHI", instance << 4 | 0xF, kind, len(data)) + data


def chars(words: str) -> bytes:
    return atom(ppt._TEXT_CHARS, words.encode("utf-16-le"))


def string(words: str, instance: int) -> bytes:
    return atom(ppt._CSTRING, words.encode("utf-16-le"), instance)


def slide(*inside: bytes, flags: int = 0) -> bytes:
    info = atom(ppt._SLIDE_INFO, struct.pack("<4xI2xH4x", 0, flags)[:16])
    return box(ppt._SLIDE, info, box(1036, box(61442, *inside)))


def comment(words: str) -> bytes:
    note = box(ppt._COMMENT, string("赵编辑", 0), string(words, 1))
    return box(5000, box(5002, string("___PPT10", 0), atom(ppt._TAG, note)))


def file(*parts: bytes, live: tuple[int, ...] = (), mark: int = 0xE391C05F) -> bytes:
    """A presentation of the parts, of which the newest saving names those numbered in ``live``."""
    starts = [sum(map(len, parts[:n])) for n in range(len(parts))]
    data = b"".join(parts)
    listed = struct.pack("<I", len(live) << 20 | 1) + b"".join(struct.pack("<I", starts[n]) for n in live)
    places = atom(ppt.PLACES, listed)
    edit = atom(ppt.USER_EDIT, struct.pack("<8xII12x", 0, len(data)))
    user = atom(4086, struct.pack("<III", 20, mark, len(data) + len(places) if live else 0))
    return ole_file({"PowerPoint Document": data + places + edit, "Current User": user})


def read(data: bytes) -> Document:
    assert detect(data, "a.doc") == media.PPT
    return extract(Member("a.ppt", data))


def found(document: Document) -> list[tuple[str, str, str, bool]]:
    return [(s.kind, s.place, document.text[s.start : s.end], s.hidden) for s in document.segments]


def test_slides_and_what_stands_aside() -> None:
    outline = box(ppt._SLIDE_LIST, atom(ppt._PERSIST, bytes(20)), chars("公示\r名单"), instance=0)
    document = read(
        file(
            box(ppt._DOCUMENT, outline, box(ppt._HEADERS, string("页脚", 2))),
            slide(chars("张三\v李四"), atom(ppt._TEXT_BYTES, b"abc"), chars("*"), comment("批注：钱")),
            slide(chars("王五"), flags=ppt._HIDDEN),
            box(ppt._NOTES, box(1036, chars("备注：孙"))),
            box(ppt._MASTER, chars("母版")),
        )
    )
    assert (document.status, document.extractor) == (Status.EXTRACTED, "ppt")
    assert found(document) == [
        (SegmentKind.PAGE, "1", "公示\n名单", False),
        (SegmentKind.HEADER_FOOTER, "", "页脚", False),
        (SegmentKind.PAGE, "1", "张三\n李四\nabc", False),
        (SegmentKind.COMMENT, "1", "赵编辑\n批注：钱", True),
        (SegmentKind.PAGE, "2", "王五", True),
        (SegmentKind.NOTE, "1", "备注：孙", False),
        (SegmentKind.HEADER_FOOTER, "master", "母版", False),
    ]


def test_what_an_earlier_saving_left_is_hidden() -> None:
    parts = box(ppt._DOCUMENT, b""), slide(chars("旧")), slide(chars("新"))
    assert found(read(file(*parts, live=(0, 2)))) == [
        (SegmentKind.PAGE, "1", "旧", True), (SegmentKind.PAGE, "2", "新", False),
    ]  # fmt: skip


def test_embedded_files_are_children() -> None:
    inner = ole_file({"Workbook": b"abc"})
    packed = len(inner).to_bytes(4, "little") + zlib.compress(inner)
    document = read(file(box(ppt._DOCUMENT), atom(ppt._OBJECT, packed, 1), atom(ppt._OBJECT, b"abcdxxxx", 1)))
    assert [(c.path, c.data, c.status) for c in document.children] == [
        ("a.ppt!/object1", inner, Status.EXTRACTED), ("a.ppt!/object2", None, Status.CORRUPT),
    ]  # fmt: skip


def test_what_cannot_be_read_is_said() -> None:
    locked = read(file(box(ppt._DOCUMENT), mark=ppt.ENCRYPTED))
    assert (locked.status, locked.reason) == (Status.ENCRYPTED, "password")
    assert read(file(b"not a record")).status == Status.CORRUPT
    sound = file(box(ppt._DOCUMENT), slide(chars("张三")), live=(0, 1))
    for seed in range(200):
        random = Random(seed)
        spoilt = bytearray(sound)
        for _ in range(20):
            spoilt[random.randrange(512, len(spoilt))] = random.randrange(256)
        assert extract(Member("a.ppt", bytes(spoilt))).status in Status.ALL


def test_containers_inside_each_other_end() -> None:
    deep = chars("张三")
    for _ in range(3000):
        deep = box(61442, deep)
    assert read(file(box(ppt._DOCUMENT), slide(deep))).status == Status.EXTRACTED


def test_addresses_labels_and_macros() -> None:
    link = box(4055, atom(4051, bytes(4)), string("/q?n=%E5%BC%A0%E4%B8%89", 1))
    label = box(5000, box(5001, string("K", 0), string("李四", 1)))
    project = ole_file({"VBA": {"M": b"compiled" + compressed("Attribute VB_Name\r\n' 王五\r\n".encode("gb18030"))}})
    document = read(file(box(1000, box(1033, link)), slide(label), atom(4113, project)))
    assert found(document) == [("attribute", "", "/q?n=张三", True), ("attribute", "", "李四", True)]
    [child] = document.children
    macros = extract(child)
    assert macros.status == Status.EXTRACTED
    assert found(macros) == [("metadata", "macro M", "' 王五", True)]
