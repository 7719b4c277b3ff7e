"""RTF: against a document of synthetic people that an office suite wrote (fixtures/make.py), and word by word."""

from __future__ import annotations

import struct
from pathlib import Path
from random import Random

import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract
from pipelines.schema import SegmentKind, Status

GOLD = (Path(__file__).parent / "fixtures" / "gold.rtf").read_bytes()
HEAD = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset0 Arial;}{\f2\fcharset238 Cz;}}"


def read(data: bytes) -> Document:
    return extract(Member("a.doc", data))


def found(document: Document) -> list[tuple[str, str, str, bool]]:
    return [(s.kind, s.place, document.text[s.start : s.end], s.hidden) for s in document.segments]


def test_every_story_of_a_document() -> None:
    document = read(GOLD)
    assert (document.status, document.extractor, document.metadata.title) == (Status.EXTRACTED, "rtf", "低保名单")
    assert found(document) == [
        (SegmentKind.BODY, "", "关于低保对象的公示\n经审核，张三丰等3人符合条件，𠮷字与 émigré 不变。", False),
        (
            SegmentKind.TABLE,
            "1",
            "姓名\t性别\t身份证号\t备注\n王小明\t男\t340302199002300017\n欧阳 静\t女\t\t孤儿",
            False,
        ),
        (SegmentKind.BODY, "", "表后一段\t有制表符\n二〇一七年十一月九日", False),
        (SegmentKind.COMMENT, "1", "批注：钱批注", False),
        (SegmentKind.HEADER_FOOTER, "", "某县民政局（页眉）", False),
        (SegmentKind.HEADER_FOOTER, "", "联系人：孙页脚", False),
        (SegmentKind.BODY, "hidden text", "（隐藏：李暗文）", True),
        (SegmentKind.DELETION, "", "（删去：周删除）", True),
        (SegmentKind.METADATA, "title", "低保名单", True),
        (SegmentKind.METADATA, "creator", "赵编辑", True),
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (rb"\'d5\'c5\'c8\'fd\par", "张三"),  # GBK
        (rb"\'d5\'c5{\b\'c8}\'fd", "张三"),  # a character torn by a group
        (rb"\'81A\'d5\'c5", b"\x81A\xd5\xc5".decode("gb18030")),  # its second byte may be a letter
        (rb"\u24352?\u19977?\uc0\u20016 x", "张三丰x"),
        (rb"\uc2\u24352\'d5\'c5\u19977\'c8\'fdend", "张三end"),
        (rb"\u-10187?\u-8265?", b"\x35\xd8\xb7\xdf".decode("utf-16-le")),
        (rb"{\f2 \'e8e}{\f1 \'d5\'c5}{\f1 \'e9}", "če张é"),
        (rb"1{\*\unknown 2}3{\*\cs1 4}", "13"),
        (rb"a\line b\~c\_d\{e\}\\", "a\nb c-d{e}\\"),
        (rb"{\pict\bin4 }}}}ffff}x", "x"),
        (rb"{\upr{\bkmkstart ??}{\*\ud \u24352?}}x", "x"),
        (rb"{\stylesheet{\s0 Normal;}}{\colortbl;\red0;}x", "x"),
        (rb"{\field{\*\fldinst PAGE}{\fldrslt 5}}", "5"),
        (rb"a{\shprslt{\header b}}c", "ac"),
    ],
)
def test_text(source: bytes, text: str) -> None:
    document = read(HEAD + source + b"}")
    assert (document.text, document.status) == (text, Status.EXTRACTED)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            rb"x\par\trowd\pard\intbl a\par b\cell c\cell\row\trowd \cell d\cell\row\pard y\par",
            [("body", "x"), ("table", "a b\tc\n\td"), ("body", "y")],
        ),
        (
            rb"\pard\intbl a{\nonesttables\par}\nestcell b\nestcell{\*\nesttableprops\nestrow}\cell\row",
            [("table", "a b")],
        ),
    ],
)
def test_rows(source: bytes, expected: list[tuple[str, str]]) -> None:
    assert [(kind, text) for kind, _, text, _ in found(read(HEAD + source + b"}"))] == expected


def test_side_stories() -> None:
    source = rb"a{\v b}c{\deleted d}{\footnote e}{\header f}{\header f}{\*\annotation g}"
    box = rb"{\shp{\*\shpinst{\sp{\sn s}}{\shptxt h}}}"
    link = rb'{\field{\*\fldinst HYPERLINK "mailto:a@b.cn"}{\fldrslt i}}'
    assert found(read(HEAD + source + box + link + b"}")) == [
        ("body", "", "aci", False),
        ("note", "1", "e", False),
        ("comment", "1", "g", False),
        ("textbox", "1", "h", False),
        ("header_footer", "", "f", False),
        ("body", "hidden text", "b", True),
        ("deletion", "", "d", True),
        ("attribute", "href", "mailto:a@b.cn", True),
    ]


def _objdata(name: str, content: bytes, kind: bytes = b"Package") -> bytes:
    label = name.encode("gbk") + b"\0"
    package = (
        b"\2\0" + label + label + bytes(4) + struct.pack("<I", 2) + b"t\0" + struct.pack("<I", len(content)) + content
    )
    strings = b"".join(struct.pack("<I", len(s)) + s for s in (kind + b"\0", b"", b""))
    return struct.pack("<II", 0x501, 2) + strings + struct.pack("<I", len(package)) + package


def test_embedded_files_are_children() -> None:
    data = _objdata("名单.txt", "张三".encode()).hex().encode()
    document = read(HEAD + rb"{\object\objemb{\*\objdata " + data[:50] + b"\r\n" + data[50:] + rb"}{\result x}}y}")
    assert [(c.path, c.data) for c in document.children] == [("a.doc!/object1/名单.txt", "张三".encode())]
    assert document.text == "y"
    broken = read(HEAD + rb"{\object{\*\objdata 0102}}}")
    assert [c.status for c in broken.children] == [Status.CORRUPT]


def test_what_is_wrong_is_said() -> None:
    assert read(HEAD + b"a").reason == "truncated: groups are left open"
    deep = read(b"{\\rtf1 a" + b"{" * 100_000)
    assert (deep.status, deep.text) == (Status.PARTIAL, "a")


def test_spoilt_documents_have_a_status() -> None:
    random = Random(3)
    for _ in range(60):
        data = bytearray(GOLD)
        for _ in range(random.randrange(1, 200)):
            data[random.randrange(len(data))] = random.choice(b"{}\\'\r0az \xff")
        document = read(bytes(data))
        assert document.status in Status.ALL
        assert document.status == Status.EXTRACTED or document.reason


@pytest.mark.parametrize(
    ("source", "how"),
    [
        (rb"a{\cf1 b}c", "white text"),
        (rb"a\cf1 b\cf0 c", "white text"),
        (rb"a{\fs2 b}c", "tiny text"),
        (rb"a{\v\cf1 b}c", "hidden text"),
        (rb"a{\cf2 b}c", ""),
        (rb"a{\cf1\highlight2 b}c", ""),
        (rb"a{\chcbpat2\cf1 b}c", ""),
        (rb"\cbpat2 a{\cf1 b}c", ""),
        (rb"\cbpat2 x\par\pard a{\cf1 b}c", "white text"),
        (rb"a{\chcbpat1\cf1 b}c", "white text"),  # on a ground that is white, too
        (rb"a{\cf1\plain b}c", ""),
        (rb"a{\cf9 b}c", ""),
    ],
)
def test_what_nobody_sees(source: bytes, how: str) -> None:
    document = read(HEAD + rb"{\colortbl;\red255\green255\blue255;\red0\green0\blue128;}" + source + b"}")
    hidden = [segment[1:3] for segment in found(document) if segment[3]]
    assert hidden == ([(how, "b")] if how else [])
    assert document.text.startswith("x\n" if b"x" in source else "ac" if how else "abc")


def test_white_cells_of_a_shaded_row_are_seen() -> None:
    colors = rb"{\colortbl;\red255\green255\blue255;\red0\green0\blue128;}\trowd\clcbpat%d\cellx1\cellx2"
    row = rb"\pard\intbl{\cf1 a}\cell b\cell\row}"
    assert [f[3] for f in found(read(HEAD + colors % 2 + row))] == [False]
    assert [f[1:] for f in found(read(HEAD + colors % 1 + row))] == [("1", "\tb", False), ("white text", "a", True)]
