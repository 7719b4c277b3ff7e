"""PPTX: slides in their order, hidden ones, those that are no longer listed, notes and tables."""

from __future__ import annotations

from pipelines.documents import Document, Member
from pipelines.extractors import extract
from pipelines.schema import SegmentKind, Status
from tests.pipelines.extractors.archives import zipped

NS = 'xmlns:p="urn:p" xmlns:a="urn:a" xmlns:r="urn:r"'
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def slide(*words: str, show: str = "1", more: str = "") -> str:
    paragraphs = "".join(f"<a:p><a:r><a:t>{part}</a:t></a:r></a:p>" for part in words)
    return f'<p:sld {NS} show="{show}"><p:sp><p:txBody>{paragraphs}</p:txBody></p:sp>{more}</p:sld>'


def relations(*targets: tuple[str, str]) -> str:
    items = (f'<Relationship Id="r{n}" Type="x/{kind}" Target="{part}"/>' for n, (kind, part) in enumerate(targets))
    return f"<Relationships>{''.join(items)}</Relationships>"


def pptx(**parts: str) -> bytes:
    files = {"[Content_Types].xml": f'<Types><Override PartName="/ppt/presentation.xml" ContentType="{MAIN}"/></Types>'}
    files |= {name.replace("__", "/") + ".xml": text for name, text in parts.items() if not name.endswith("rels")}
    files |= {
        name.removesuffix("_rels").replace("__", "/") + ".xml.rels": t
        for name, t in parts.items()
        if name.endswith("rels")
    }
    return zipped({name: text.encode() for name, text in files.items()})


def found(document: Document) -> list[tuple[str, str, str, bool]]:
    return [(s.kind, s.place, document.text[s.start : s.end], s.hidden) for s in document.segments]


def test_slides_and_what_belongs_to_them() -> None:
    cell = "<a:tc><a:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:txBody></a:tc>"
    rows = ("".join(map(cell.format, row)) for row in (("姓名", "证"), ("张三", "1")))
    table = f"<a:tbl>{''.join(f'<a:tr>{row}</a:tr>' for row in rows)}</a:tbl>"
    listed = '<p:sldIdLst><p:sldId id="1" r:id="r1"/><p:sldId id="2" r:id="r0"/></p:sldIdLst>'
    data = pptx(
        ppt__presentation=f"<p:presentation {NS}>{listed}</p:presentation>",
        ppt___rels__presentation_rels=relations(("slide", "slides/slide1.xml"), ("slide", "/ppt/slides/slide2.xml")),
        ppt__slides__slide1=slide("藏", show="0"),
        ppt__slides__slide2=slide("一", "二", more=table),
        ppt__slides___rels__slide2_rels=relations(
            ("notesSlide", "../notesSlides/n.xml"), ("comments", "../comments/c.xml")
        ),
        ppt__notesSlides__n=slide("备注"),
        ppt__comments__c=f"<p:cmLst {NS}><p:cm><p:text>批注</p:text></p:cm></p:cmLst>",
        ppt__slides__slide9=slide("旧"),
        docProps__core="<c:coreProperties xmlns:c='urn:c'><c:title>题</c:title></c:coreProperties>",
    )
    document = extract(Member("a.pptx", data))
    assert found(document) == [
        (SegmentKind.PAGE, "1", "一\n二", False),
        (SegmentKind.TABLE, "1", "姓名\t证\n张三\t1", False),
        (SegmentKind.NOTE, "1", "备注", False),
        (SegmentKind.COMMENT, "1", "批注", False),
        (SegmentKind.PAGE, "2", "藏", True),
        (SegmentKind.PAGE, "3", "旧", True),
        (SegmentKind.METADATA, "title", "题", True),
    ]
    assert (document.status, document.extractor, document.metadata.title) == (Status.EXTRACTED, "pptx", "题")


def test_one_broken_slide_leaves_the_others() -> None:
    data = pptx(
        ppt__presentation=f"<p:presentation {NS}/>", ppt__slides__slide1="no xml", ppt__slides__slide2=slide("一")
    )
    document = extract(Member("a.pptx", data))
    assert (document.status, document.text) == (Status.PARTIAL, "一")
    assert extract(Member("a", pptx(x="<x/>"))).reason == "pptx: no presentation part"
