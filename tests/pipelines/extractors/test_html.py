"""Golden texts of the page shapes that disclosure sites are made of."""

from __future__ import annotations

import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract
from pipelines.schema import SegmentKind, Status


def page(body: str, head: str = "") -> Document:
    return extract(Member("a.html", f"<html><head>{head}</head><body>{body}</body></html>".encode()))


TEXTS = [
    ("paragraphs", "<p>一</p><p>二</p>三<div>四</div>五<br>六<br/>七", "一\n二\n三\n四\n五\n六\n七"),
    ("headings and lists", "<h1>题</h1><ul><li>甲<li>乙</ul>丙", "题\n甲\n乙\n丙"),
    ("spans glue", "<p>3403<span>0219</span><span lang=EN-US>780615</span><b>042X</b></p>", "34030219780615042X"),
    ("Word's own tags glue", "<p>138<o:p></o:p><st1:chmetcnv>1234</st1:chmetcnv>5678</p>", "13812345678"),
    ("comments do not part", "<p>340302<!-- x -->19780615042X</p>", "34030219780615042X"),
    ("white space collapses", "<p>  张\n\n  三 \t 男 </p>", "张 三 男"),
    ("other spaces stay", "<p>张\u3000三&nbsp;男</p>", "张\u3000三\xa0男"),
    ("scripts and styles go", "<style>p{}</style><p>一<script>var a='二';</script></p>", "一"),
    ("entities", "<p>&#24352;&#x4E09;&lt;&amp;</p>", "张三<&"),
    ("pre keeps lines", "<pre>张三  1\n李四  2</pre>", "张三 1\n李四 2"),
    ("pre keeps lines between tags", "<pre>一<b>二</b>\n<i>三</i>\n</pre><pre>四</pre>\n<b>五</b>", "一二\n三\n四\n五"),
    ("options are lines", "<select><option>甲</option><option>乙</option></select>", "甲\n乙"),
    ("row and cells", "<table><tr><td>张三</td><td>男</td></tr><tr><th>李四<th>女</table>", "张三\t男\n李四\t女"),
    ("cells without closing tags", "<table><tr><td>1<td>2<tr><td>3<td>4</table>", "1\t2\n3\t4"),
    ("cells never run together", "<table><tr><td>340302<td>197806<td>15042X</table>", "340302\t197806\t15042X"),
    ("blocks in a cell", "<table><tr><td><p>张三</p><p>李四</p></td><td>2<br>3</td></tr></table>", "张三 李四\t2 3"),
    ("empty cells hold columns", "<table><tr><td></td><td>b</td><td></td><td>d</td></tr></table>", "\tb\t\td"),
    ("colspan", "<table><tr><td colspan=2>a</td><td>b</td></tr><tr><td>1<td>2<td>3</tr></table>", "a\t\tb\n1\t2\t3"),
    (
        "rowspan",
        "<table><tr><td rowspan=2>户主</td><td>1</td></tr><tr><td>2</td></tr><tr><td>x<td>3</tr></table>",
        "户主\t1\n\t2\nx\t3",
    ),
    (
        "two header rows",
        "<table><tr><th rowspan=2>姓名<th colspan=2>证件<th rowspan=2>备注<tr><th>类型<th>号码<tr><td>张三"
        "<td>身份证<td>3<td>无</table>",
        "姓名\t证件\t\t备注\n\t类型\t号码\n张三\t身份证\t3\t无",
    ),
    ("rowspan=0 reaches the end", "<table><tr><td rowspan=0>a<td>1<tr><td>2<tr><td>3</table>", "a\t1\n\t2\n\t3"),
    (
        "spans that are no numbers",
        "<table><tr><td colspan=x>a<td colspan='100%'>b<td>c</table>",
        "a\tb" + "\t" * 100 + "c",
    ),
    (
        "a layout table around a data table",
        "<table><tr><td>左栏<br>导航</td><td><table><tr><td>张三<td>男</table><p>正文</p></td></tr></table>",
        "左栏\n导航\n张三\t男\n正文",
    ),
    ("one column is layout", "<table><tr><td>一<br>二</td></tr><tr><td>三</td></tr></table>", "一\n二\n三"),
    ("caption", "<table><caption>名单</caption><tr><td>a<td>b</table>", "名单\na\tb"),
    ("nothing", "", ""),
]


@pytest.mark.parametrize(("name", "body", "text"), TEXTS, ids=[row[0] for row in TEXTS])
def test_text(name: str, body: str, text: str) -> None:
    assert page(body).text == text


def test_prose_in_a_table_keeps_its_lines() -> None:
    prose = "".join(f"<p>第{n}段</p>" for n in range(20))
    lines = page(f"<table><tr><td>栏目</td><td>{prose}</td></tr></table>").text.split("\n")
    assert lines == ["栏目", *(f"第{n}段" for n in range(20))]


def test_segments_cover_title_body_and_tables() -> None:
    document = page("<p>一</p><table><tr><td>a<td>b</table><p>二</p>", "<title>题</title>")
    assert document.text == "题\n一\na\tb\n二"
    assert [(s.kind, s.place, document.text[s.start : s.end], s.row) for s in document.segments] == [
        (SegmentKind.TITLE, "", "题", 1),
        (SegmentKind.BODY, "", "一", 1),
        (SegmentKind.TABLE, "1", "a\tb", 1),
        (SegmentKind.BODY, "", "二", 3),
    ]


def test_a_page_that_ends_inside_a_tag_keeps_its_words_and_gets_no_others() -> None:
    document = extract(Member("a.html", "<html><p>一</p><a title='张三".encode()))
    assert document.text == "一\na title='张三"


@pytest.mark.parametrize(
    "part", ["<p>%s</p>", "<i title='%s'></i>", "<script>%s</script>", "<!-- %s -->", "<style>%s</style>", "<%s>"]
)
def test_damage_shows_wherever_it_is(part: str) -> None:
    source = f"<html><title>公示</title><p>张三的公示</p>{part}</html>"
    assert extract(Member("a.html", (source % "x").encode())).status == Status.EXTRACTED
    damaged = extract(Member("a.html", (source % "?").encode().replace(b"?", b"\xff")))
    assert (damaged.status, damaged.text[:8]) == (Status.PARTIAL, "公示\n张三的公示")


def test_marks_written_into_a_page_are_spaces() -> None:
    assert page("<p>a\x01b\x05c</p>").text == "a b c"


HOSTILE = [
    ("deep", "<div>" * 10_000 + "张三"),
    ("deep tables", "<table><tr><td>" * 3_000 + "张三"),
    ("deep inline", "<b>" * 10_000 + "张三"),
    ("spans of billions", "<table>" + "<tr>" + "<td colspan=1000 rowspan=65534>x" * 50 + "<tr><td>张三" * 2000),
    ("unclosed comment", "<p>张三</p><!-- "),
    ("unclosed attribute", "<p>张三</p><a href='"),
    ("zero bytes", "<p>张三</p>" + "\0" * 10),
]


@pytest.mark.parametrize(("name", "body"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_hostile_pages_are_read(name: str, body: str) -> None:
    document = page(body)
    assert document.status == Status.EXTRACTED
    assert "张三" in document.text
    assert len(document.text) < 20_000_000
