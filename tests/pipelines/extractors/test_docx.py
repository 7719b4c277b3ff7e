"""DOCX made with python-docx where it can, by hand where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract
from pipelines.schema import SegmentKind, Status

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def made(body: str, *, parts: dict[str, str] | None = None, head: str = "") -> bytes:
    """A package with a hand-written body."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in (parts or {}).items():
            package.writestr(name, text)
    return out.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(run(text)) if text else '<w:p/>'}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def read(data: bytes) -> Document:
    return extract(Member("a.docx", data))


def spans(document: Document) -> list[tuple[str, str, str]]:
    return [(s.kind, s.place, document.text[s.start : s.end]) for s in document.segments]


BODIES = [
    ("runs glue", p(run("3403"), run("0219"), "<w:hyperlink>" + run("78") + "</w:hyperlink>"), "3403021978"),
    ("tabs and breaks", p(run("甲"), "<w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"), "甲\t乙\n丙"),
    ("tab stops are no text", "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>" + run("甲") + "</w:p>", "甲"),
    ("empty paragraphs go", p(run("甲")) + "<w:p/>" + p(run(" ")) + p(run("乙")), "甲\n乙"),
    ("insertions are text", p("<w:ins>" + run("甲") + "</w:ins>"), "甲"),
    ("content controls", "<w:sdt><w:sdtContent>" + p(run("甲")) + "</w:sdtContent></w:sdt>", "甲"),
    ("field codes are no text", p("<w:r><w:instrText>PAGE</w:instrText></w:r>", run("甲")), "甲"),
    ("table", tbl(tr(tc("姓名"), tc("电话")), tr(tc("张三"), tc("1"))), "姓名\t电话\n张三\t1"),
    (
        "merged cells hold columns",
        tbl(
            tr(tc("a", '<w:gridSpan w:val="2"/>'), tc("b")),
            tr(tc("户主", '<w:vMerge w:val="restart"/>'), tc("1"), tc("2")),
            tr(tc("", "<w:vMerge/>"), tc("3"), tc("4")),
            tr(tc("x"), properties='<w:trPr><w:gridBefore w:val="1"/></w:trPr>'),
        ),
        "a\t\tb\n户主\t1\t2\n\t3\t4\n\tx",
    ),
    (
        "paragraphs in a cell",
        tbl(tr(f"<w:tc>{p(run('张三'))}{p(run('李四'))}</w:tc>", tc("1"))),
        "张三 李四\t1",
    ),
    ("a table of one column is layout", tbl(tr(f"<w:tc>{p(run('一'))}{p(run('二'))}</w:tc>")), "一\n二"),
    ("a table inside a cell", tbl(tr(f"<w:tc>{tbl(tr(tc('甲'), tc('乙')))}</w:tc>", tc("丙"))), "甲 乙\t丙"),
    (
        "a row in a content control",
        tbl(f"<w:sdt><w:sdtContent>{tr(tc('甲'), tc('乙'))}</w:sdtContent></w:sdt>"),
        "甲\t乙",
    ),
]


@pytest.mark.parametrize(("name", "body", "text"), BODIES, ids=[row[0] for row in BODIES])
def test_body(name: str, body: str, text: str) -> None:
    assert read(made(body)).text == text


def test_what_stands_beside_the_text_is_labelled() -> None:
    box = (
        f"<w:r><w:pict><v:textbox xmlns:v='v'><w:txbxContent>{p(run('框'))}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    deletion = "<w:del><w:r><w:delText>张</w:delText></w:r><w:r><w:delText>三</w:delText></w:r></w:del>"
    body = p(run("甲"), box) + p(run("乙"), deletion) + tbl(tr(tc("1"), tc("2")))
    parts = {
        "word/header1.xml": f"<w:hdr {W}>{p(run('眉'))}</w:hdr>",
        "word/footer2.xml": f"<w:ftr {W}>{p(run('脚'))}</w:ftr>",
        "word/footnotes.xml": f"<w:footnotes {W}><w:footnote>{p(run('注'))}</w:footnote></w:footnotes>",
        "word/comments.xml": f"<w:comments {W}><w:comment>{p(run('批'))}</w:comment></w:comments>",
        "docProps/core.xml": "<c xmlns:dc='dc'><dc:title>题</dc:title><dc:creator>某某</dc:creator></c>",
    }
    document = read(made(body, parts=parts))
    assert spans(document) == [
        (SegmentKind.BODY, "", "甲\n乙"),
        (SegmentKind.TABLE, "1", "1\t2"),
        (SegmentKind.TEXTBOX, "1", "框"),
        (SegmentKind.DELETION, "1", "张三"),
        (SegmentKind.COMMENT, "1", "批"),
        (SegmentKind.HEADER_FOOTER, "footer2", "脚"),
        (SegmentKind.NOTE, "1", "注"),
        (SegmentKind.HEADER_FOOTER, "header1", "眉"),
        (SegmentKind.METADATA, "title", "题"),
        (SegmentKind.METADATA, "creator", "某某"),
    ]
    assert [s.kind for s in document.segments if s.hidden] == [SegmentKind.DELETION, *[SegmentKind.METADATA] * 2]
    assert document.metadata.title == "题"


def test_a_text_box_written_twice_is_read_once() -> None:
    box = f"<w:txbxContent>{p(run('框'))}</w:txbxContent>"
    twice = f"<m:Choice>{box}</m:Choice><m:Fallback>{box}</m:Fallback>"
    body = p(f"<w:r><m:AlternateContent xmlns:m='m'>{twice}</m:AlternateContent></w:r>")
    assert spans(read(made(body))) == [(SegmentKind.TEXTBOX, "1", "框")]


def test_what_python_docx_writes() -> None:
    document = docx.Document()
    document.add_heading("公示名单", 1)
    document.add_paragraph("经审核，").add_run("现予公示。").bold = True
    table = document.add_table(2, 3)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ["姓名", "", "电话", "张三", "男", "1"], strict=True
    ):
        cell.text = text
    document.sections[0].header.paragraphs[0].text = "某某局"
    document.core_properties.title = "名单"
    out = BytesIO()
    document.save(out)
    assert [row for row in spans(read(out.getvalue())) if row[0] != SegmentKind.METADATA] == [
        (SegmentKind.BODY, "", "公示名单\n经审核，现予公示。"),
        (SegmentKind.TABLE, "1", "姓名\t\t电话\n张三\t男\t1"),
        (SegmentKind.HEADER_FOOTER, "header1", "某某局"),
    ]


def test_embedded_files_are_members_of_their_own() -> None:
    data = made(p(run("甲")), parts={"word/afchunk1.html": "<html><p>张三</p></html>"})
    (child,) = read(data).children
    assert (child.path, extract(child).text) == ("a.docx!/word/afchunk1.html", "张三")


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
)


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("entity bomb", lambda: made(p(run("&j;")), head=ENTITIES + "]>"), Status.CORRUPT),
        ("external entity", lambda: made(p(run("&x;")), head='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
         Status.EXTRACTED),
        ("deep", lambda: made("<w:sdt>" * 10_000 + "</w:sdt>" * 10_000), Status.CORRUPT),
        ("no XML", lambda: made("<w:p>"), Status.CORRUPT),
        ("cut in half", lambda: made(p(run("甲")))[:400], Status.CORRUPT),
        ("bomb", lambda: made(p(run("甲" * 20_000_000))), Status.TOO_LARGE),
        ("wrong checksum", lambda: _spoilt(made(p(run("甲")))), Status.CORRUPT),
    ],
)  # fmt: skip
def test_hostile_documents_have_a_status(name: str, data: Callable[[], bytes], status: str) -> None:
    document = read(data())
    assert document.status == status, document.reason
    assert len(document.text) < 1000


def _spoilt(data: bytes) -> bytes:
    at = data.index(b"word/document.xml") + len("word/document.xml")
    return data[: at + 40] + bytes([data[at + 40] ^ 0xFF]) + data[at + 41 :]


def rpr(properties: str, text: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


STYLES = (
    f'<w:styles {W}><w:style w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="N"><w:rPr><w:b/></w:rPr></w:style></w:styles>'
)
VANISH = rpr("<w:vanish/>", "乙")
WHITE = '<w:color w:val="FFFFFF"/>'
SHADED = f'<w:tc><w:tcPr><w:shd w:fill="336699"/></w:tcPr>{p(rpr(WHITE, "乙"))}</w:tc>'
HIDDEN_RUNS = [
    ("vanish", p(run("甲"), rpr("<w:vanish/>", "乙")), ["甲"], ["hidden text: 乙"]),
    ("vanish switched off", p(rpr('<w:vanish w:val="0"/>', "乙")), ["乙"], []),
    ("a hidden style", p(run("甲"), rpr('<w:rStyle w:val="S"/>', "乙")), ["甲"], ["hidden text: 乙"]),
    ("another style", p(rpr('<w:rStyle w:val="N"/>', "乙")), ["乙"], []),
    ("a hidden paragraph", f'<w:p><w:pPr><w:pStyle w:val="S"/></w:pPr>{run("乙")}</w:p>', [], ["hidden text: 乙"]),
    ("white", p(run("甲"), rpr('<w:color w:val="ffffff"/>', "乙")), ["甲"], ["white text: 乙"]),
    ("white on a ground of its own", p(rpr('<w:color w:val="FFFFFF"/><w:shd w:fill="0000FF"/>', "乙")), ["乙"], []),
    ("white in a shaded cell", tbl(tr(SHADED, tc("丙"))), ["乙\t丙"], []),
    ("a cell's hidden text", tbl(tr(tc("甲"), f"<w:tc>{p(VANISH)}</w:tc>")), ["甲"], ["hidden text: 乙"]),
    ("within a number", p(run("3403"), rpr("<w:vanish/>", "0219"), run("78 人")), ["340378 人"],
     ["hidden text: 3403021978"]),
    ("paragraphs", p(rpr("<w:vanish/>", "甲"), VANISH) + p(VANISH), [], ["hidden text: 甲乙\n乙"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "shown", "hidden"), HIDDEN_RUNS, ids=[row[0] for row in HIDDEN_RUNS])
def test_hidden_runs(name: str, body: str, shown: list[str], hidden: list[str]) -> None:
    document = read(made(body, parts={"word/styles.xml": STYLES}))
    texts = [(s.hidden, s.place, document.text[s.start : s.end]) for s in document.segments]
    assert [text for unseen, _, text in texts if not unseen] == shown
    assert [f"{place}: {text}" for unseen, place, text in texts if unseen] == hidden
