"""OFD: lines and cells by position, and everything that is no page."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract, ocr
from pipelines.schema import SegmentKind, Status
from tests.pipelines.extractors.archives import zipped
from tests.pipelines.extractors.drawings import png

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(x: float, y: float, words: str, more: str = "", code: str = "", size: float = 4) -> str:
    """A text object at a place, its one TextCode at its own origin; characters four millimetres apart."""
    delta = f'DeltaX="g {len(words) - 1} {size}"' if len(words) > 1 and "DeltaX" not in code else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 80 5" Font="2" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="4" {delta} {code}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def page(*objects: str, template: str = "") -> str:
    layer = f'<ofd:Layer ID="3">{"".join(objects)}</ofd:Layer>'
    return f"<ofd:Page {NS}>{template}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def ofd(*pages: str, body: str = "", document: str = "", **more: str) -> bytes:
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    files = {
        "OFD.xml": f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocInfo><ofd:Title>公示</ofd:Title></ofd:DocInfo>"
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData>"
        '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)},
        **{name.replace("__", "/") + ".xml": f"<x {NS}>{content}</x>" for name, content in more.items()},
    }
    return zipped({name: content.encode() for name, content in files.items()})


def read(data: bytes) -> Document:
    return extract(Member("a.ofd", data))


def found(document: Document) -> list[tuple[str, str, str, bool]]:
    return [(s.kind, s.place, document.text[s.start : s.end], s.hidden) for s in document.segments]


TITLE = (SegmentKind.METADATA, "Title", "公示", True)


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([text(20, 10, "张三丰")], "张三丰"),
        ([text(60, 10, "住址"), text(20, 10, "姓名"), text(20, 20, "张三")], "姓名\t住址\n张三"),
        ([text(20, 10, "张"), text(24, 10.3, "三")], "张三"),
        ([text(20, 10, "13812345678", 'CTM="0.5 0 0 0.5 0 0"'), text(43, 8, "李四")], "13812345678 李四"),
        ([text(20, 10, "张三李四", code='DeltaX="4 20 4"')], "张三\t李四"),
        ([text(20, 10, "张三李四", code='DeltaX="g 2 4 x"')], "张三李四"),
        ([text(20, 10, "张三", code='DeltaX="g 999999999999 4"')], "张三"),
    ],
)
def test_lines_and_cells(objects: list[str], expected: str) -> None:
    document = read(ofd(page(*objects)))
    assert found(document) == [TITLE, (SegmentKind.PAGE, "1", expected, False)]
    assert (document.status, document.metadata.title) == (Status.EXTRACTED, "公示")


def test_templates_stand_on_the_page_that_uses_them() -> None:
    use = '<ofd:Template TemplateID="9" ZOrder="Background"/>'
    document = read(ofd(page(text(20, 30, "二"), template=use), Doc_0__Tpls__Tpl_0__Content=text(20, 10, "一")))
    assert found(document)[1:] == [(SegmentKind.PAGE, "1", "一\n二", False)]


def test_what_a_reader_does_not_see() -> None:
    data = ofd(
        page(text(20, 10, "看见"), text(20, 20, "藏起", 'Visible="false"')),
        body="<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>",
        document="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:CustomTags>Tags/Index.xml</ofd:CustomTags>"
        "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
        Doc_0__Annots__Annotations='<ofd:Page PageID="0"><ofd:FileLoc>Page_0/Annot.xml</ofd:FileLoc></ofd:Page>',
        Doc_0__Annots__Page_0__Annot=f"<ofd:Annot><ofd:Remark>批注</ofd:Remark><ofd:Appearance>{text(1, 1, '附注')}"
        "</ofd:Appearance></ofd:Annot>",
        Doc_0__Tags__Index="<ofd:CustomTag><ofd:FileLoc>Tag.xml</ofd:FileLoc></ofd:CustomTag>",
        Doc_0__Tags__Tag='<联系人 备注="王五"><a>李四</a><b>12</b></联系人>',
        Doc_0__Attachs__Attachments='<ofd:Attachment Name="名单.txt"><ofd:FileLoc>f.xml</ofd:FileLoc></ofd:Attachment>',
        Doc_0__Attachs__f="附件",
        Doc_0__Signs__Signatures='<ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/>',
        Doc_0__Signs__Sign_0__Signature='<ofd:SignedInfo><ofd:Provider ProviderName="某厂"/><ofd:SignatureDateTime>2017'
        "</ofd:SignatureDateTime><ofd:Seal><ofd:BaseLoc>Seal.xml</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>",
        Doc_0__Signs__Sign_0__Seal="\x0c\x0c示范公章",
        Doc_0__Pages__Page_7__Content=text(20, 10, "旧页"),
    )  # fmt: skip
    document = read(data)
    assert found(document)[1:] == [
        (SegmentKind.PAGE, "1", "看见", False),
        (SegmentKind.PAGE, "1", "藏起", True),
        (SegmentKind.COMMENT, "1", "批注\n附注", False),
        (SegmentKind.METADATA, "备注", "王五", True),
        (SegmentKind.METADATA, "a", "李四", True),
        (SegmentKind.METADATA, "signature 1", "某厂 2017 示范公章", True),
        (SegmentKind.PAGE, "doc_0/pages/page_7/content.xml", "旧页", True),
    ]
    assert [(c.path, "附件".encode() in (c.data or b"")) for c in document.children] == [("a.ofd!/名单.txt", True)]


def test_what_cannot_be_read_is_said() -> None:
    picture = '<ofd:ImageObject ID="5"/>'
    assert read(ofd(page(picture))).reason == "no text layer: 1 pages"
    assert read(ofd(page(picture), page(text(1, 1, "一")))).reason == "no text layer: 1 of 2 pages (1)"
    assert read(ofd(page(text(1, 1, "一")), "no xml")).status == Status.PARTIAL
    assert read(zipped({"OFD.xml": b"<x/>", "Doc_0/Encryptions.xml": b"<x/>"})).status == Status.ENCRYPTED
    assert read(zipped({"OFD.xml": b"\x01"})).status == Status.CORRUPT


def test_pictures_are_files() -> None:
    more = {"Doc_0/Res/image_1.PNG": png(400, 100), "Doc_0/Res/stamp": png(16, 16), "Doc_0/Res/font_1.ttf": b"x"}
    files = ZipFile(BytesIO(ofd(page(text(10, 10, "公示")))))
    document = read(zipped({**{name: files.read(name) for name in files.namelist()}, **more}))
    assert [child.path for child in document.children] == ["a.ofd!/Doc_0/Res/image_1.PNG", "a.ofd!/Doc_0/Res/stamp"]
    assert (document.status, document.text) == (Status.EXTRACTED, "公示\n公示")


def test_with_recognition_a_page_without_text_is_read_from_its_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    files = ZipFile(BytesIO(ofd(page('<ofd:ImageObject ID="5"/>'))))
    data = zipped({name: files.read(name) for name in files.namelist()} | {"Doc_0/Res/image_1.png": png(400, 100)})
    assert read(data).reason == "no text layer: 1 pages"
    monkeypatch.setattr(ocr, "available", lambda: True)
    assert (read(data).status, len(read(data).children)) == (Status.EXTRACTED, 1)
