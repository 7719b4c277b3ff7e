from datetime import date

import pytest

from pipelines.documents import Link, Member, Metadata
from pipelines.extractors import extract
from pipelines.extractors.html_metadata import breadcrumbs, parse_date

EXPECTED = Metadata(
    title="蚌埠市2017年政务公开工作总结",
    publisher="市政务公开办",
    index_no="003031320/201712-00811",
    doc_no="蚌政办秘〔2017〕159号",
    info_class="监督保障",
    keywords="政务公开 总结",
    published_at=date(2017, 12, 19),
    written_at=date(2017, 12, 18),
    effective_at=date(2017, 12, 19),
)
FIELDS = [
    ("索引号", "003031320/201712-00811"),
    ("信息分类", "监督保障"),
    ("内容分类", "综合政务, 公民, 其他,"),
    ("发布日期", "2017-12-19"),
    ("发布机构", "市政务公开办"),
    ("发文日期", "2017年12月18日"),
    ("生效时间", "2017/12/19"),
    ("废止时间", "有效"),
    ("名称", "蚌埠市2017年政务公开工作总结"),
    ("文号", "蚌政办秘〔2017〕159号"),
    ("关键词", "政务公开 总结"),
]


def _table(columns: int, colon: str) -> str:
    cells = [f"<td>{label}{colon}</td><td>{value}</td>" for label, value in FIELDS]
    rows = [cells[n : n + columns] for n in range(0, len(cells), columns)]
    return "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


FORMS = {
    "two columns": _table(1, "："),
    "four columns": _table(2, ":"),
    "four columns without colons": _table(2, ""),
    "one column": "<table>" + "".join(f"<tr><td>{label}：{value}</td></tr>" for label, value in FIELDS) + "</table>",
    "definition list": "<dl>" + "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in FIELDS) + "</dl>",
    "list": "<ul>" + "".join(f"<li><b>{label}：</b><span>{value}</span></li>" for label, value in FIELDS) + "</ul>",
    "running": "<div>" + " ".join(f"{label}: {value}" for label, value in FIELDS) + "</div>",
    "spaced labels": "<table>"
    + "".join(f"<tr><td>{'&nbsp;'.join(label)}：</td><td>{value}</td></tr>" for label, value in FIELDS)
    + "</table>",
    "brackets": "".join(f"<p>【{label}】 {value}</p>" for label, value in FIELDS),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_block(form: str) -> None:
    source = f"<html><title>某市</title><body><p>首页</p>{form}<h1>正文</h1><p>发布日期的说明</p></body></html>"
    assert extract(Member("a.html", source.encode())).metadata == EXPECTED


def test_the_real_running_form_with_empty_values() -> None:
    text = """索引号 003031320/201712-00811 信息分类: 监督保障
内容分类: 综合政务, 公民, 其他, 发布日期: 2017-12-19
发布机构: 市政务公开办 发文日期:
2017-12-18
生效时间:
2017-12-19 废止时间: 有效
名称: 蚌埠市2017年政务公开工作总结
文号: 关键词:
蚌埠市2017年政务公开工作总结"""
    found = extract(Member("a.html", f"<html><pre>{text}</pre></html>".encode())).metadata
    assert (found.index_no, found.info_class, found.publisher) == ("003031320/201712-00811", "监督保障", "市政务公开办")
    assert (found.doc_no, found.keywords, found.expires_at) == ("", "", None)
    assert (found.published_at, found.written_at, found.effective_at) == (
        date(2017, 12, 19),
        date(2017, 12, 18),
        date(2017, 12, 19),
    )


def test_meta_tags_of_government_sites() -> None:
    source = """<html><head><title>某市人民政府</title><meta name="ArticleTitle" content="关于&quot;低保&quot;的公示">
    <meta name='PubDate' content='2017-12-19 10:30'><META NAME="ContentSource" CONTENT="市民政局">
    <meta content="低保,公示" name="Keywords"><meta name="ColumnName" content="社会救助">
    </head><body><h1>x</h1></body></html>"""
    found = extract(Member("a.html", source.encode())).metadata
    assert found == Metadata(
        title='关于"低保"的公示',
        publisher="市民政局",
        keywords="低保,公示",
        breadcrumbs="社会救助",
        published_at=date(2017, 12, 19),
    )


@pytest.mark.parametrize(
    ("body", "title"),
    [("<title>网站</title><h1>公示</h1>", "公示"), ("<title>网站</title>", "网站"), ("<p>x</p>", "")],
)
def test_title(body: str, title: str) -> None:
    assert extract(Member("a.html", f"<html>{body}</html>".encode())).metadata.title == title


def test_columns_of_a_list_are_no_metadata() -> None:
    source = "<html><table><tr><th>名称<th>文号<th>发布日期<tr><td>甲<td>乙<td>2017-01-02</table></html>"
    found = extract(Member("a.html", source.encode())).metadata
    assert (found.title, found.doc_no) == ("", "")


def test_words_that_only_begin_like_labels() -> None:
    assert extract(Member("a.html", "<html><p>昨日发布了通知，成文于年底</p></html>".encode())).metadata == Metadata()


@pytest.mark.parametrize(
    ("text", "trail"),
    [
        ("当前位置：首页 > 政务公开 > 通知", "首页 > 政务公开 > 通知"),
        ("您所在的位置:首页>>政务公开>>正文\n正文", "首页 > 政务公开 > 正文"),
        ("您现在的位置：首页 » 低保", "首页 > 低保"),
        ("当前位置:\n首页\n>\n政务公开\n>\n名单\n公示", "首页 > 政务公开 > 名单"),
        ("没有", ""),
    ],
)
def test_breadcrumbs(text: str, trail: str) -> None:
    assert breadcrumbs(text) == trail


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-12-19", date(2017, 12, 19)),
        ("2017年12月9日 08:00", date(2017, 12, 9)),
        ("2017/1/2 00:00:00", date(2017, 1, 2)),
        ("2017.12.19", date(2017, 12, 19)),
        ("20171219", date(2017, 12, 19)),
        ("2017-02-30", None),
        ("201712190", None),
        ("", None),
    ],
)
def test_parse_date(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected


LINKS = [
    ('<a href="/f/名单.xlsx">名单</a>', [Link("/f/名单.xlsx", "名单")]),
    ('<a href="P020171219.DOC?x=1#top"><b>附 件</b></a>', [Link("P020171219.DOC?x=1#top", "附 件")]),
    ('<a href="download.do?id=5">公示表</a>', [Link("download.do?id=5", "公示表")]),
    ('<a href="/module/show.jsp?i=5">附件1：名单</a>', [Link("/module/show.jsp?i=5", "附件1：名单")]),
    ("<a href=\"javascript:down('/f/a.rar')\">下载</a>", [Link("/f/a.rar", "下载")]),
    ('<iframe src="/pdfjs/viewer.html?file=/f/a.pdf"></iframe>', [Link("/f/a.pdf", "")]),
    ('<embed src="a.pdf"><object data="b.ofd"></object>', [Link("a.pdf", ""), Link("b.ofd", "")]),
    ('<a href="scan.jpg">扫描件</a>', [Link("scan.jpg", "扫描件")]),
    ('<a href="a.xls">一</a><a href="a.xls">二</a>', [Link("a.xls", "一")]),
    ('<a href="/a/index.html">附件</a><a href="#x">附件</a><a href="mailto:a@b.cn">附件</a><a>附件</a>', []),
    ('<a href="http://www.example.gov.cn">市政府</a><a href="list.jsp">更多</a><a href="/">首页</a>', []),
    (
        '<base href="http://www.example.gov.cn/x/"><a href="a.xls">一</a>',
        [Link("http://www.example.gov.cn/x/a.xls", "一")],
    ),
    ('<base href="http://[x"><a href="a.xls">一</a>', [Link("a.xls", "一")]),
]


@pytest.mark.parametrize(("body", "links"), LINKS)
def test_links(body: str, links: list[Link]) -> None:
    assert list(extract(Member("a.html", f"<html>{body}</html>".encode())).links) == links
