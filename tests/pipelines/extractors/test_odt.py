"""ODT and ODP: against a document of synthetic people that an office suite wrote (fixtures/make.py), and by hand."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract, media
from pipelines.extractors.detect import detect
from pipelines.schema import SegmentKind, Status
from tests.pipelines.extractors.archives import zipped

GOLD = (Path(__file__).parent / "fixtures" / "gold.odt").read_bytes()
NAMES = " ".join(
    f'xmlns:{n}="urn:{n}"' for n in ("office", "text", "table", "draw", "style", "presentation", "manifest", "fo")
)


def made(body: str, automatic: str = "", kind: str = "text", **more: bytes) -> bytes:
    content = f"<office:document {NAMES}>{automatic}<office:body>{body}</office:body></office:document>"
    files = {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": content.encode()}
    return zipped(files | {name.replace("__", "/") + ".xml": data for name, data in more.items()})


def found(document: Document) -> list[tuple[str, str, str, bool]]:
    return [(s.kind, s.place, document.text[s.start : s.end], s.hidden) for s in document.segments]


def read(data: bytes) -> Document:
    return extract(Member("a.odt", data))


def test_a_whole_document() -> None:
    document = read(GOLD)
    assert (document.status, document.extractor, document.metadata.title) == (Status.EXTRACTED, "odt", "低保名单")
    assert found(document)[:-1] == [
        (SegmentKind.BODY, "", "关于低保对象的公示\n经审核，张三丰等3人符合条件，𠮷字与 émigré 不变。", False),
        (
            SegmentKind.TABLE,
            "1",
            "姓名\t性别\t身份证号\t备注\n王小明\t男\t340302199002300017\n欧阳 静\t女\t\t孤儿",
            False,
        ),
        (SegmentKind.BODY, "", "表后一段\t有制表符\n二〇一七年十一月九日", False),
        (SegmentKind.COMMENT, "1", "批注：钱批注", False),
        (SegmentKind.BODY, "hidden text", "（隐藏：李暗文）", True),
        (SegmentKind.DELETION, "1", "（删去：周删除）", True),
        (SegmentKind.HEADER_FOOTER, "header", "某县民政局（页眉）", False),
        (SegmentKind.HEADER_FOOTER, "footer", "联系人：孙页脚", False),
        (SegmentKind.METADATA, "title", "低保名单", True),
        (SegmentKind.METADATA, "creator", "赵编辑", True),
    ]
    assert document.segments[2].row == 6


def test_paragraphs_cells_and_what_stands_aside() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    inner = "<table:table><table:table-row>" + cell.format("", "内") + "</table:table-row></table:table>"
    row = cell.format(' table:number-columns-repeated="2"', "a") + f"<table:table-cell>{inner}</table:table-cell>"
    body = (
        '<office:text><text:p>张<text:s text:c="2"/>三<text:tab/>丰<text:line-break/>续'
        '<text:a office:href="mailto:a@b.cn">'
        "信</text:a><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body>"
        "</text:note></text:p><text:list><text:list-item><text:p>项</text:p></text:list-item></text:list>"
        '<text:section text:display="none"><text:p>藏</text:p></text:section>'
        "<draw:frame><draw:text-box><text:p>框</text:p>"
        f"</draw:text-box></draw:frame><table:table><table:table-row>{row}</table:table-row></table:table></office:text>"
    )
    assert found(read(made(body))) == [
        (SegmentKind.BODY, "", "张  三\t丰\n续信\n项", False),
        (SegmentKind.TABLE, "1", "a\ta\t内", False),
        (SegmentKind.NOTE, "1", "注", False),
        (SegmentKind.BODY, "hidden text", "藏", True),
        (SegmentKind.TEXTBOX, "1", "框", False),
        (SegmentKind.ATTRIBUTE, "href", "mailto:a@b.cn", True),
    ]


def test_slides() -> None:
    slide = (
        "<draw:page{}><draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
        "<presentation:notes><draw:frame><draw:text-box><text:p>备</text:p></draw:text-box></draw:frame></presentation:notes>"
        "</draw:page>"
    )
    style = (
        '<style:style style:name="h"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    pages = slide.format("", "一") + slide.format(' draw:style-name="h"', "二")
    document = read(made(f"<office:presentation>{pages}</office:presentation>", style, "presentation"))
    assert [f for f in found(document) if f[0] == SegmentKind.PAGE] == [
        (SegmentKind.PAGE, "1", "一", False), (SegmentKind.PAGE, "2", "二", True)
    ]  # fmt: skip
    assert [f[2] for f in found(document) if f[0] == SegmentKind.NOTE] == ["备", "备"]


def test_embedded_documents_are_packed_again() -> None:
    kind = "application/vnd.oasis.opendocument.text"
    entry = f'<manifest:file-entry manifest:full-path="Object 1/" manifest:media-type="{kind}"/>'
    manifest = f"<manifest:manifest {NAMES}>{entry}</manifest:manifest>"
    body = "<office:body><office:text><text:p>内</text:p></office:text></office:body>"
    inner = f"<office:document {NAMES}>{body}</office:document>"
    more = {"META-INF__manifest": manifest.encode(), "Object 1__content": inner.encode()}
    child = read(made("<office:text/>", **more)).children[0]
    assert (child.path, detect(child.data or b""), extract(child).text) == ("a.odt!/Object 1", media.ODT, "内")
    with ZipFile(BytesIO(child.data or b"")) as packed:  # a date of today would make it another file tomorrow
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_encrypted_one_is_said_to_be() -> None:
    manifest = f"<manifest:manifest {NAMES}><manifest:encryption-data/></manifest:manifest>".encode()
    document = read(made("<office:text/>", **{"META-INF__manifest": manifest}))
    assert (document.status, document.reason) == (Status.ENCRYPTED, "password")


@pytest.mark.parametrize(
    ("paragraph", "span", "how"),
    [
        ("", 'fo:color="#ffffff"', "white text"),
        ("", 'fo:font-size="1.5pt"', "tiny text"),
        ("", 'text:display="none"', "hidden text"),
        ("", 'fo:color="#FFFFFF" fo:background-color="#000080"', ""),
        ('fo:background-color="#000080"', 'fo:color="#ffffff"', ""),
        ('fo:background-color="transparent"', 'fo:color="#ffffff"', "white text"),
        ("", 'fo:color="#fffffe" fo:font-size="12pt"', ""),
    ],
)
def test_what_nobody_sees(paragraph: str, span: str, how: str) -> None:
    styles = "".join(
        f'<style:style style:name="{name}"><style:properties {properties}/></style:style>'
        for name, properties in (("P1", paragraph), ("T1", span))
    )
    words = '<text:p text:style-name="P1">a<text:span text:style-name="T1">b</text:span>c</text:p>'
    segments = found(read(made(f"<office:text>{words}</office:text>", styles)))
    assert [f[1:3] for f in segments if f[3]] == ([(how, "b")] if how else [])
    assert segments[0][2] == ("ac" if how else "abc")
    boxed = f"<draw:frame><draw:text-box>{words}</draw:text-box></draw:frame>"  # on a ground that is not looked at
    segments = found(read(made(f"<office:text>{boxed}</office:text>", styles)))
    assert [f[1] for f in segments if f[3]] == ([how] if how not in ("", "white text") else [])


def test_a_whole_paragraph_is_hidden_by_its_style() -> None:
    style = '<style:style style:name="P1"><style:text-properties text:display="none"/></style:style>'
    body = '<office:text><text:p>a</text:p><text:p text:style-name="P1">b</text:p></office:text>'
    assert found(read(made(body, style))) == [
        (SegmentKind.BODY, "", "a", False), (SegmentKind.BODY, "hidden text", "b", True)
    ]  # fmt: skip


def test_what_is_hidden_in_a_header_is_read() -> None:
    hide = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    header = '<style:header><text:p>a<text:span text:style-name="T1">b</text:span></text:p></style:header>'
    page = f'<style:master-page style:name="s">{header}</style:master-page>'
    styles = f"<office:document-styles {NAMES}>{hide}{page}</office:document-styles>".encode()
    assert found(read(made("<office:text><text:p>x</text:p></office:text>", styles=styles))) == [
        (SegmentKind.BODY, "", "x", False),
        (SegmentKind.HEADER_FOOTER, "header", "a", False),
        (SegmentKind.BODY, "hidden text", "b", True),
    ]
