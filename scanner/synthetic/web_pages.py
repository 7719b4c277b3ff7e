"""Pages as sites publish them: three templates, UTF-8 or GBK, breadcrumbs, a metadata block, attachment links."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Final

from scanner.synthetic.content import Block, Line, Table
from scanner.synthetic.writers import cells, plain

_MENU: Final = ("网站首页", "政务公开", "政务服务", "互动交流", "走进星河", "领导之窗", "政策解读", "办事指南")


@dataclass(frozen=True, slots=True)
class Meta:
    """The disclosure metadata of one page (政府信息公开元数据)."""

    site: str
    publisher: str
    section: str
    published_at: date
    index_no: str = ""
    doc_no: str = ""
    attachments: tuple[tuple[str, str], ...] = field(default=())  # (href, words)


def page(title: str, blocks: tuple[Block, ...], meta: Meta, style: int, charset: str) -> bytes:
    """One page; ``style`` 0, 1 or 2 picks the site's template, ``charset`` is utf-8 or gbk."""
    body = "".join(_block(block) for block in blocks) + _attachments(meta)
    html = (_portal, _public_directory, _old_table)[style % 3](title, body, meta, charset)
    return html.encode("gb18030" if charset == "gbk" else charset)


def _block(block: Block) -> str:
    return _table(block) if isinstance(block, Table) else _paragraph(block)


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _paragraph(line: Line) -> str:
    return f'<p style="text-indent:2em">{_text(plain(line))}</p>\n'


def _table(table: Table) -> str:
    rows = "".join("<tr>" + "".join(f"<td>{_text(text)}</td>" for text in cells(row)) + "</tr>\n" for row in table.rows)
    return f'<table border="1" cellspacing="0">\n{rows}</table>\n'


def _attachments(meta: Meta) -> str:
    return "".join(f'<p>附件：<a href="{escape(href)}">{escape(words)}</a></p>\n' for href, words in meta.attachments)


def _frame(title: str, charset: str, inside: str) -> str:
    name = "gb2312" if charset == "gbk" else charset
    return (
        f'<!DOCTYPE html>\n<html><head><meta http-equiv="Content-Type" content="text/html; charset={name}">'
        f"<title>{escape(title)}</title><style>td{{padding:2px}}</style></head>\n<body>\n{inside}</body></html>\n"
    )


def _menu() -> str:
    return "<ul>" + "".join(f'<li><a href="/">{word}</a></li>' for word in _MENU) + "</ul>\n"


def _portal(title: str, body: str, meta: Meta, charset: str) -> str:
    crumbs = f"当前位置：<a href='/'>首页</a> &gt; <a href='/xxgk/'>政务公开</a> &gt; {meta.section}"
    line = f"发布时间：{meta.published_at:%Y-%m-%d} &nbsp; 来源：{meta.publisher} &nbsp; 浏览次数：<span>321</span>"
    inside = f"<div class='nav'>{_menu()}</div><div class='pos'>{crumbs}</div><h1>{escape(title)}</h1><div>{line}</div>"
    return _frame(title, charset, f"{inside}<div class='content'>{body}</div>{_footer(meta)}")


def _public_directory(title: str, body: str, meta: Meta, charset: str) -> str:
    rows = (
        ("索引号", meta.index_no, "信息分类", meta.section),
        ("发布机构", meta.publisher, "发文日期", f"{meta.published_at:%Y-%m-%d}"),
        ("名称", title, "文号", meta.doc_no),
        ("生效时间", "", "废止时间", ""),
    )
    block = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    crumbs = f"<div>您所在的位置：首页 &gt; 信息公开目录 &gt; {meta.section}</div>"
    inside = f"{_menu()}{crumbs}<table class='xxgk'>{block}</table><h2>{escape(title)}</h2>"
    return _frame(f"{title}-{meta.site}", charset, f"{inside}<div id='zoom'>{body}</div>{_footer(meta)}")


def _old_table(title: str, body: str, meta: Meta, charset: str) -> str:
    line = f"发布日期：{meta.published_at:%Y年%m月%d日}　发布机构：{meta.publisher}　索引号：{meta.index_no}"
    inside = f"<font size='5'><b>{escape(title)}</b></font><br>{line}<hr>{body}"
    layout = f"<table width='980'><tr><td width='180'>{_menu()}</td><td>{inside}</td></tr></table>"
    return _frame(f"{title}_{meta.section}_{meta.site}", charset, layout + _footer(meta))


def _footer(meta: Meta) -> str:
    return (
        f"<div class='footer'>主办：{meta.site}　网站标识码：3499000001　备案号：皖ICP备00000001号　"
        "办公电话：0552-5550000　政务服务便民热线：12345</div>\n"
    )
