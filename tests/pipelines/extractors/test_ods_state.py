"""What an ODS says where no cell shows it."""

from __future__ import annotations

from pipelines.documents import Document, Member
from pipelines.extractors import extract
from pipelines.schema import Status
from tests.pipelines.extractors.archives import zipped

NAMES = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))


def read(body: str, **more: str) -> Document:
    sheet = f'<office:body><office:spreadsheet>{body}<table:table table:name="a"/></office:spreadsheet></office:body>'
    content = f"<office:document-content {NAMES} xmlns:xlink='l'>{sheet}</office:document-content>"
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, **more}
    parts["META-INF/manifest.xml"] = "<manifest/>"
    return extract(Member("a.ods", zipped({name: text.encode() for name, text in parts.items()})))


def found(document: Document) -> list[tuple[str, str, str, bool]]:
    return [(s.kind, s.place, document.text[s.start : s.end], s.hidden) for s in document.segments]


def test_rules_links_and_constants() -> None:
    document = read(
        "<table:content-validations><v table:condition='x'><text:p>选张三</text:p></v></table:content-validations>"
        '<c table:formula="of:=IF([$名单.A1]=&quot;李四&quot;;13912345678;1234567)" office:value="13912345679"/>'
        '<c xlink:href="/q?n=%E7%8E%8B%E4%BA%94"/><c table:value="赵六"/><c table:value="7"/>'
    )
    assert found(document) == [("attribute", "", "选张三\n李四\n13912345678\n/q?n=王五\n赵六", True)]


def test_what_cells_held_before() -> None:
    document = read(
        '<table:tracked-changes><p><c office:value="13912345678"/></p><text:p>张三</text:p></table:tracked-changes>'
    )
    assert found(document) == [("deletion", "revisions", "张三\n13912345678", True)]


def test_charts_and_macros_not_pictures_of_them() -> None:
    chart, macro = "<c><p>张三</p></c>", "<m>REM 李四\nMsgBox</m>"
    document = read("", **{"Object 1/content.xml": chart, "Basic/S/M.xml": macro, "Thumbnails/a.xml": chart})
    assert found(document) == [
        ("metadata", "Basic/S/M.xml", "REM 李四 MsgBox", True),
        ("metadata", "Object 1/content.xml", "张三", True),
    ]
    assert document.status == Status.EXTRACTED
