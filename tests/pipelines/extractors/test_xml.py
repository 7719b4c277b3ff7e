"""XML and JSON: plain ones, and Office's formats of 2003 and 2006 that are one file."""

from __future__ import annotations

from base64 import b64encode

import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract, media
from pipelines.extractors.detect import detect
from pipelines.schema import SegmentKind, Status

SS = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
OFFICE = "http://schemas.microsoft.com/office"
W3 = f'xmlns:w="{OFFICE}/word/2003/wordml" xmlns:wx="{OFFICE}/word/2003/auxHint"'
PKG = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
W6 = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(text: str, path: str = "a.xls", encoding: str = "utf-8") -> Document:
    return extract(Member(path, text.encode(encoding)))


def found(document: Document) -> list[tuple[str, str, str, bool]]:
    return [(s.kind, s.place, document.text[s.start : s.end], s.hidden) for s in document.segments]


def test_excel_2003() -> None:
    sheet = (
        '<Table><Column ss:Index="2" ss:Hidden="1"/><Row><Cell ss:MergeAcross="1"><Data>名单</Data></Cell>'
        '<Cell><Data ss:Type="Number">13812345678.0</Data></Cell></Row>'
        '<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="String">张\n三</Data>'
        "<Comment><Data>批<B>注</B></Data></Comment></Cell></Row></Table>"
    )
    document = read(
        f'<?xml version="1.0" encoding="gb2312"?><?mso-application progid="Excel.Sheet"?><Workbook {SS}>'
        "<DocumentProperties><Author>赵</Author></DocumentProperties><Styles><Style ss:ID='a'/></Styles>"
        f'<Worksheet ss:Name="一">{sheet}</Worksheet><Worksheet ss:Name="二"><Table><Row><Cell><Data>1</Data>'
        "</Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>",
        encoding="gbk",
    )
    assert found(document) == [
        (SegmentKind.METADATA, "Author", "赵", True),
        (SegmentKind.SHEET, "一", "名单\t\t13812345678\n\n\t张 三", False),
        (SegmentKind.COMMENT, "一 R3C2", "批注", True),
        (SegmentKind.SHEET, "二", "1", True),
    ]
    assert (document.segments[1].hidden_rows, document.segments[1].hidden_cols) == ((3,), (2,))


def test_an_excel_2003_of_two_far_cells_takes_little() -> None:
    far = '<Row ss:Index="1048576"><Cell ss:Index="16384"><Data>x</Data></Cell></Row>'
    document = read(
        f'<?xml version="1.0"?><Workbook {SS}><Worksheet ss:Name="a"><Table>{far}</Table></Worksheet></Workbook>'
    )
    assert (len(document.text), document.segments[0].row) == (16384, 1048576)


def test_word_2003_and_the_flat_package() -> None:
    body = (
        "<w:body>{}<w:p><w:r><w:t>张三</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>一</w:t></w:r></w:p></w:tc>"
    )
    body += "<w:tc><w:p><w:r><w:t>二</w:t></w:r></w:p></w:tc></w:tr></w:tbl>{}</w:body>"
    sections = body.format("<wx:sect>", "</wx:sect>")
    document = read(f'<?xml version="1.0"?><w:wordDocument {W3}>{sections}</w:wordDocument>', "a.doc")
    assert [f[2] for f in found(document)] == ["张三", "一\t二"]
    main = f"<pkg:xmlData><w:document {W6}>{body.format('', '')}</w:document></pkg:xmlData>"
    flat = f'<pkg:part pkg:name="/word/document.xml">{main}</pkg:part>'
    binary = f"<pkg:binaryData>{b64encode(b'x').decode()}</pkg:binaryData>"
    embedded = f'<pkg:part pkg:name="/word/embeddings/a.txt">{binary}</pkg:part>'
    document = read(f'<?xml version="1.0"?><pkg:package {PKG}>{flat}{embedded}</pkg:package>', "a.doc")
    assert [f[2] for f in found(document)] == ["张三", "一\t二"]
    assert [c.data for c in document.children] == [b"x"]


def test_plain_xml() -> None:
    document = read(
        '<?xml version="1.0"?><人 证="1"><!-- 李四 --><n:名 xmlns:n="u">张&#19977;</n:名>尾<a><![CDATA[<b>]]></a></人>',
        "a.xml",
    )
    assert document.text == "人 证: 1\n名: 张三\n尾\na: <b>\n李四"
    assert [(s.kind, s.hidden) for s in document.segments] == [(SegmentKind.BODY, False), (SegmentKind.COMMENT, True)]
    assert read("<?xml version='1.0'?><a>张三", "a.xml").text == "<?xml version='1.0'?><a>张三"
    assert detect(b"<!-- x --><a/>", "a.xml") == media.XML
    assert detect(b"<?xml version='1.0'?><!DOCTYPE svg><svg><text>1</text></svg>", "a") == media.SVG


def test_entities_are_not_followed() -> None:
    bomb = "<!ENTITY a 'x'>" + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 20}'>" for n in range(12))
    document = read(f"<?xml version='1.0'?><!DOCTYPE r [{bomb}]><r>&m;</r>", "a.xml")
    assert len(document.text) < 10_000
    outside = read("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><r>&e;1</r>", "a.xml")
    assert "root:" not in outside.text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('{"名单": [{"姓名": "张三", "证": 12345678901234567890, "x": null, "y": true}]}',
         "名单[0].姓名: 张三\n名单[0].证: 12345678901234567890"),
        ('{"a": 1}\n{"a": "b\\nc"}\n', "a: 1\na: b c"),
        ('["\\u5f20"]', "[0]: 张"),
        ("[" * 20_000, "[" * 20_000),
        ('"x"', "x"),
    ],
)  # fmt: skip
def test_json(source: str, text: str) -> None:
    document = read(source, "a.json")
    assert (document.text, document.status) == (text, Status.EXTRACTED)


def test_a_json_that_breaks_off() -> None:
    document = read('{"a": 1} {"b": "张三', "a.json")
    assert (document.status, document.text) == (Status.PARTIAL, 'a: 1\n{"b": "张三')
