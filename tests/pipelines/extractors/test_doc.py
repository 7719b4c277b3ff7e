"""DOC: against a document of synthetic people that an office suite wrote (fixtures/make.py), and against damage."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from random import Random

import olefile
import pytest

from benchmarks.hidden_binary import with_variables
from pipelines.documents import Document, Member
from pipelines.extractors import extract
from pipelines.extractors.word97_runs import (
    CHARACTERS,
    DELETED,
    HIDDEN,
    IN_TABLE,
    PARAGRAPHS,
    ROW_END,
    SHADED,
    TINY,
    WHITE,
    _codes,
)  # fmt: skip
from pipelines.extractors.word97_unseen import unseen
from pipelines.extractors.word_text import blocks_of, without_fields
from pipelines.schema import SegmentKind, Status
from tests.pipelines.extractors.ole_files import ole_file
from tests.pipelines.extractors.test_unlock import gold_streams

GOLD = (Path(__file__).parent / "fixtures" / "gold.doc").read_bytes()


def read(data: bytes) -> Document:
    return extract(Member("a.doc", data))


def found(document: Document) -> list[tuple[str, str, str, bool, int]]:
    return [(s.kind, s.place, document.text[s.start : s.end], s.hidden, s.row) for s in document.segments]


def test_every_story_of_a_document() -> None:
    document = read(GOLD)
    assert (document.status, document.extractor, document.metadata.title) == (Status.EXTRACTED, "doc", "低保名单")
    assert found(document) == [
        (SegmentKind.BODY, "", "关于低保对象的公示\n经审核，张三丰等3人符合条件，𠮷字与 émigré 不变。", False, 1),
        (
            SegmentKind.TABLE, "1",
            "姓名\t性别\t身份证号\t备注\n王小明\t男\t340302199002300017\n欧阳 静\t女\t\t孤儿", False, 1,
        ),
        (SegmentKind.BODY, "", "表后一段\t有制表符\n二〇一七年十一月九日", False, 6),
        (SegmentKind.COMMENT, "1", "批注：钱批注", False, 1),
        (SegmentKind.HEADER_FOOTER, "", "某县民政局（页眉）\n联系人：孙页脚", False, 1),
        (SegmentKind.DELETION, "1", "（删去：周删除）", True, 1),
        (SegmentKind.BODY, "hidden text", "（隐藏：李暗文）", True, 1),
        (SegmentKind.METADATA, "title", "低保名单", True, 1),
        (SegmentKind.METADATA, "creator", "赵编辑", True, 1),
    ]  # fmt: skip


def test_an_encrypted_one_is_said_to_be() -> None:
    header = GOLD.index(b"\xec\xa5")
    data = bytearray(GOLD)
    data[header + 11] |= 1
    document = read(bytes(data))
    assert (document.status, document.reason, document.text) == (Status.ENCRYPTED, "password", "")


def test_text_that_is_cut_off_is_said_to_be() -> None:
    with olefile.OleFileIO(BytesIO(GOLD)) as ole:
        streams = {entry[0]: ole.openstream(entry).read() for entry in ole.listdir() if len(entry) == 1}
    text = streams["WordDocument"]
    document = read(ole_file(streams | {"WordDocument": text[: text.index("经审核".encode("utf-16-le"))]}))
    assert (document.status, document.reason) == (Status.PARTIAL, "truncated: text beyond the end of the file")
    assert document.text.startswith("关于低保对象的公示")


def test_word_6_is_read_in_its_code_page() -> None:
    header = GOLD.index(b"\xec\xa5")
    data, words = bytearray(GOLD), "姓名\x07电话\x07\x07张三\x07139\x07\x07完\r".encode("gbk")
    struct.pack_into("<3H", data, header, 0xA5DC, 0x68, 0)
    struct.pack_into("<H", data, header + 6, 0x804)
    struct.pack_into("<H", data, header + 10, 0)
    struct.pack_into("<II", data, header + 0x18, 0x400, 0x400 + len(words))
    data[header + 0x400 : header + 0x400 + len(words)] = words
    document = read(bytes(data))
    assert document.status == Status.PARTIAL
    assert found(document)[:2] == [
        (SegmentKind.TABLE, "1", "姓名\t电话\n张三\t139", False, 1),
        (SegmentKind.BODY, "", "完", False, 3),
    ]


@pytest.mark.parametrize(
    ("text", "in_table", "row_ends", "expected"),
    [
        ("一\r二\r", (), (), [(False, ["一", "二"])]),
        ("a\x07b\x07\x07c\r", (), (5 - 1,), [(True, ["a\tb"]), (False, ["c"])]),
        ("a\x07\x07\x07c\r", (), (3,), [(True, ["a"]), (False, ["c"])]),
        ("前\ra\rb\x07c\x07\x07", (3,), (8,), [(False, ["前"]), (True, ["a b\tc"])]),
        ("a\x07b", (), (), [(True, ["a"]), (False, ["b"])]),
        ("a\vb\r", (), (), [(False, ["a", "b"])]),
    ],
)
def test_rows_and_lines(
    text: str, in_table: tuple[int, ...], row_ends: tuple[int, ...], expected: list[tuple[bool, list[str]]]
) -> None:
    ends = {IN_TABLE: set(in_table), ROW_END: set(row_ends)}
    assert list(blocks_of(text, 0, len(text), ends)) == expected


@pytest.mark.parametrize(
    ("text", "shown", "links"),
    [
        ('见\x13HYPERLINK "mailto:a@b.cn"\x14这里\x15。', "见这里。", ["mailto:a@b.cn"]),
        ("\x13TOC\x14\x13PAGEREF\x14一\x15\r二\x15", "一\r二", []),
        ("\x13 EQ \\o\\ad(\\s\\up 9(zhāng),张)\x15三", "张三", []),
        ("\x13PAGE\x15a\x13b", "a\x13b", []),
    ],
)
def test_fields_leave_their_results(text: str, shown: str, links: list[str]) -> None:
    left, addresses = without_fields(text)
    assert (left.replace("\0", ""), len(left), addresses) == (shown, len(text), links)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ("0008 01", {DELETED}),
        ("3c08 81 0008 00", {HIDDEN}),
        ("3c08 01 3c08 00", set()),
        ("08d6 0500 00000000 0008 01", {DELETED}),
        ("434a 1200 3c08 01", {HIDDEN}),
        ("15c6 ff", set()),
        ("0008", set()),
        ("422a 08", {WHITE}),
        ("422a 08 7068 333333 00", set()),  # the later colour is the better one
        ("422a 08 7068 ffffff 00", {WHITE}),
        ("7068 ffffff 00 6648 0000", {WHITE}),
        ("7068 ffffff 00 6648 4000", {WHITE, SHADED}),
        ("7068 ffffff 00 71ca 0a 000000ff 000080 00 0000", {WHITE, SHADED}),
        ("7068 ffffff 00 71ca 0a 000000ff 000000ff 0000", {WHITE}),
        ("0c2a 07 71ca 0a 000000ff 000000ff 0000", {SHADED}),
        ("434a 0200", {TINY}),
    ],
)
def test_lists_of_changes(changes: str, codes: set[int]) -> None:
    assert _codes(bytes.fromhex(changes), CHARACTERS.rules) == codes


def test_grounds_of_paragraphs_and_rows() -> None:
    changes = ("2d44 4000", "4dc6 0a 000000ff 000080 00 0000", "12d6 14" + 2 * "000000ff 000080 00 0000", "2d44 0001")
    assert [SHADED in _codes(bytes.fromhex(change), PARAGRAPHS.rules) for change in changes] == [
        True,
        True,
        True,
        False,
    ]


def test_white_is_seen_on_a_ground() -> None:
    text = "a1\rb2\rc3\x07d4\x07\x07e5\r"
    in_table = {8, 11, 12}
    ends = {IN_TABLE: in_table, ROW_END: {12}, SHADED: {5, 12}}
    runs = {HIDDEN: [], TINY: [(0, 1)], WHITE: [(0, 16)], SHADED: [(14, 15)]}
    found = {how: [text[a:b] for a, b in spans] for how, spans in unseen(text, runs, ends, [])}
    assert found == {"hidden text": [], "white text": ["a1\r", "\r", "\x07e", "\r"], "tiny text": ["a"]}
    assert dict(unseen(text, runs, ends, [(0, 20)]))["white text"] == []


def test_a_number_that_is_hidden_in_part_is_hidden() -> None:
    runs = {HIDDEN: [(5, 9)], TINY: [], WHITE: [], SHADED: []}
    assert dict(unseen("号 340302199002300017，", runs, {}, []))["hidden text"] == [(2, 20)]


def test_spoilt_documents_have_a_status() -> None:
    random = Random(5)
    for _ in range(300):
        data = bytearray(GOLD)
        for _ in range(random.randrange(1, 40)):
            data[random.randrange(len(data))] = random.randrange(256)
        document = read(bytes(data[: random.randrange(1, len(data))] if random.random() < 0.2 else data))
        assert document.status in Status.ALL
        assert document.status == Status.EXTRACTED or document.reason
        assert all(0 <= s.start < s.end <= len(document.text) for s in document.segments)


def test_variables() -> None:
    data = ole_file({**gold_streams(), **with_variables(["张三\r李四", "7", "王五"])})
    told = [(s.place, s.kind, s.hidden) for s in read(data).segments if s.place.startswith("variable")]
    assert told == [("variable v", SegmentKind.METADATA, True)] * 2
    assert "\n张三 李四\n王五" in read(data).text
