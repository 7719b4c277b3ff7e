"""What a page holds unseen: each kind of it a segment of its own, with its place."""

from __future__ import annotations

import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract
from pipelines.schema import SegmentKind, Status

ATTRIBUTE, COMMENT, BODY, TABLE = SegmentKind.ATTRIBUTE, SegmentKind.COMMENT, SegmentKind.BODY, SegmentKind.TABLE
META = SegmentKind.METADATA


def page(body: str) -> Document:
    return extract(Member("a.html", f"<html><body>{body}</body></html>".encode()))


def spans(document: Document) -> list[tuple[str, str, str, bool]]:
    return [(s.kind, s.place, document.text[s.start : s.end], s.hidden) for s in document.segments]


UNSEEN = [
    ("comment", "<!-- 张三 13800000000 -->", (COMMENT, "", "张三 13800000000", True)),
    ("markup in a comment", "<!--<tr><td>张三<td>男</tr><tr><td>李四</tr>-->", (COMMENT, "", "张三\t男\n李四", True)),
    ("comment never closed", "<!-- 张三 13800000000", (COMMENT, "", "张三 13800000000", True)),
    ("hidden input", '<input type=hidden name="sfz" value="340302">', None),
    ("hidden input", '<input type=hidden name="sfz" value="3403021978">', (ATTRIBUTE, "input sfz", "3403021978", True)),
    ("form value", '<input name="xm" value="张三">', (ATTRIBUTE, "input xm", "张三", False)),
    ("alt", '<img src="1.jpg" alt="张三身份证">', (ATTRIBUTE, "img alt", "张三身份证", True)),
    ("data", "<p data-phone='13800000000'></p>", (ATTRIBUTE, "p data-phone", "13800000000", True)),
    ("attribute over lines", "<img alt='张三\n 男'>", (ATTRIBUTE, "img alt", "张三 男", True)),
    ("entities in an attribute", '<img alt="&#24352;&#19977;">', (ATTRIBUTE, "img alt", "张三", True)),
    ("bracket in an attribute", '<img alt="1>0 张三">', (ATTRIBUTE, "img alt", "1>0 张三", True)),
    ("meta", '<meta name="description" content="张三的公示">', (META, "meta description", "张三的公示", True)),
    ("fonts are silent", '<p style="font-family:仿宋"></p>', None),
    ("dates are short", "<p data-time='2017-12'></p>", None),
    ("query", '<a href="/q?x=%E5%BC%A0&t=13800000000"></a>', (ATTRIBUTE, "a href", "/q?x=张&t=13800000000", True)),
    ("query in GBK", '<a href="/q?xm=%D5%C5%C8%FD"></a>', (ATTRIBUTE, "a href", "/q?xm=张三", True)),
    ("path with a date", '<a href="/upload/20171219101112345.html"></a>', None),
    ("call", '<a onclick="show(\'13800000000\')"></a>', (ATTRIBUTE, "a onclick", "show('13800000000')", True)),
    ("tel", '<a href="tel:13800000000"></a>', (ATTRIBUTE, "a href", "tel:13800000000", True)),
    ("script", '<script>var a=[{x:"张三",t:"13800000000"},{x:"李四"}]</script>',
     (ATTRIBUTE, "script", "张三\t13800000000\n李四", True)),
    ("numbers in a script", "<script>f(13800000000)</script>", (ATTRIBUTE, "script", "13800000000", True)),
    ("escapes in a script", r'<script>f("\u5f20\u4e09")</script>', (ATTRIBUTE, "script", "张三", True)),
    ("comment in a script", "<script>// 张三丰\nf()</script>", (ATTRIBUTE, "script", "张三丰", True)),
    ("addresses in a script", '<script>f("http://x.cn/1")//"</script>', None),
    ("style sheet", "<style>p{font-family:'仿宋体'}</style>", None),
    ("display:none", "<div style='display: none'>张三</div>", (BODY, "display:none", "张三", True)),
    ("visibility", "<p style='visibility:hidden'>张三</p>", (BODY, "visibility:hidden", "张三", True)),
    ("font-size", "<span style='color:red;font-size:0px'>张三</span>", (BODY, "font-size:0", "张三", True)),
    ("white on white", "<b style='color:#FFF;background:white'>张三</b>", (BODY, "white on white", "张三", True)),
    ("hidden", "<div hidden><div>张三</div></div>", (BODY, "hidden", "张三", True)),
    ("template", "<template><p>张三</p></template>", (BODY, "template", "张三", True)),
    ("within a number", "3403<i hidden>0219</i><b>78</b>", (BODY, "hidden", "3403021978", True)),
    ("never closed", "<div style='display:none'>张三", (BODY, "display:none", "张三", True)),
    ("hidden table", "<table hidden><tr><td>张三<td>男</table>", (TABLE, "hidden", "张三\t男", True)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "segment"), UNSEEN, ids=[row[0] for row in UNSEEN])
def test_unseen(name: str, body: str, segment: tuple[str, str, str, bool] | None) -> None:
    shown = (BODY, "", "公示" + ("340378" if name == "within a number" else ""), False)
    assert spans(page("公示" + body)) == [shown, segment] if segment else [shown]


SHOWN = [
    ("white on another ground", "<b style='color:#fff;background:#369'>张三</b>", "张三"),
    ("white, ground unknown", "<font color=white>张三</font>", "张三"),
    ("small type", "<b style='font-size:0.8em'>张三</b>", "张三"),
    ("what follows a hidden paragraph", "<p style='display:none'>一<p>二", "二"),
    ("what follows a hidden element", "<i hidden>一<i>二</i></i>三<b>四</b>", "三四"),
    ("a script within a hidden element", "<div hidden>一<script>f('</div>')</script>二</div>三", "三"),
    ("hidden elements side by side", "一<b><i hidden>x</i> <i hidden>y</i></b><i hidden></i>二", "一 二"),
    ("a hidden piece parts nothing", "3403<span hidden>x</span>0219", "34030219"),
    ("no tag", "1 < 2, 3 > 2", "1 < 2, 3 > 2"),
    ("no tag, with angles by turns", "若 1 < 2 > 0 则", "若 1 < 2 > 0 则"),
    ("bracket in an attribute", "<a onclick='if(1>0)x()'>张三</a>", "张三"),
    ("attribute never closed", "<a title='x>张三</a>", "张三"),
    ("script never closed", "<script>x<p>张三</p>", "x\n张三"),
    ("a script that holds tags", "<script>f('<p>x</p>')</script>张三", "张三"),
    ("a row without a table", "<div><td>甲</td><td>乙</td></div>", "甲\n乙"),
    ("words before a row's first cell", "<table><tr>甲<td>1<td>2</table>", "甲\n1\t2"),
    ("a table never closed", "<table><tr><td>1<td>2", "1\t2"),
]


@pytest.mark.parametrize(("name", "body", "text"), SHOWN, ids=[row[0] for row in SHOWN])
def test_shown(name: str, body: str, text: str) -> None:
    document = page(body)
    assert "\n".join(document.text[s.start : s.end] for s in document.segments if not s.hidden) == text


def test_hidden_rows_and_columns_stay_in_their_table() -> None:
    rows = ("<th>姓名<th style='display:none'>电话<th>村", "<td>张三<td style='display:none'>1<td>甲",
            "<td>李四<td hidden>2<td>乙")  # fmt: skip
    table = "".join(f"<tr{' hidden' * (row[4] == '李')}>{row}</tr>" for row in rows)
    (segment,) = page(f"<table>{table}</table>").segments
    assert (segment.hidden, segment.hidden_rows, segment.hidden_cols) == (False, (3,), (2,))


def test_what_is_shown_as_well_is_not_said_twice() -> None:
    body = "<a href=1.html title='关于张三的公示'>关于张三的公示</a><p>李四</p><img alt='李四'><!-- 李四 -->"
    assert spans(page(body)) == [(BODY, "", "关于张三的公示\n李四", False)]


def test_many_notes_of_one_place_are_lines_of_one_segment() -> None:
    assert spans(page("<img alt='张三'><img alt='李四'><img alt='张三'>")) == [
        (ATTRIBUTE, "img alt", "张三\n李四", True)
    ]


def test_scripts_of_their_own() -> None:
    document = extract(Member("data.js", 'var people = ["张三", "x", 13800000000];'.encode()))
    assert spans(document) == [(ATTRIBUTE, "script", "张三\t13800000000", True)]
    assert extract(Member("a.js", b"f()")).status == Status.EXTRACTED


@pytest.mark.parametrize(
    "piece",
    [
        *("<script>", "<!--", "<!--->", "<p hidden>", "<div hidden>", "<a href=x.doc>", "<area href=x.doc>"),
        *("<textarea>", "<pre>", "<pre>\n一", "<b>" + " " * 200),
    ],
)
def test_repeated_openings_lose_nothing_and_take_linear_time(piece: str) -> None:
    assert "张三" in page(piece * 20_000 + "张三 13800000000").text
