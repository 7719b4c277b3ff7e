"""Which column of an export holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

CONTENT: Final = "content"  # text or HTML, as the value itself shows

# field → names of columns, in lower case; the first column of a row that has a value counts
_GUESSES: Final[Mapping[str, tuple[str, ...]]] = {
    "url": ("url", "link", "href", "page_url", "source_url", "uri", "网址", "链接", "地址链接", "页面地址",
            "url地址", "原文链接"),
    "title": ("title", "subject", "headline", "标题", "名称", "信息名称", "信息标题", "文章标题"),
    "html": ("html", "raw_html", "page_source", "content_html", "html_content", "网页", "网页源码", "源码", "源代码"),
    "text": ("text", "plain_text", "content_text", "fulltext", "文本", "全文", "纯文本"),
    CONTENT: ("content", "body", "article", "正文", "内容", "正文内容", "信息内容", "文章内容"),
    "publisher": ("publisher", "department", "agency", "unit", "author", "source", "发布机构", "发布单位", "公开机构",
                  "公开单位", "责任单位", "部门", "来源", "信息来源", "发文机关"),
    "section": ("section", "column", "category", "channel", "栏目", "栏目名称", "所属栏目", "频道", "分类", "信息分类"),
    "published_at": ("published_at", "publish_date", "publish_time", "pubdate", "pub_date", "published", "date", "time",
                     "发布日期", "发布时间", "公开日期", "公开时间", "日期", "时间"),
    "index_no": ("index_no", "index_number", "indexno", "索引号", "索引"),
    "doc_no": ("doc_no", "doc_number", "document_no", "文号", "发文字号"),
    "fetched_at": ("fetched_at", "crawled_at", "crawl_time", "scraped_at", "fetch_time", "采集时间", "抓取时间"),
    "media_type": ("media_type", "content_type", "mime_type", "mimetype"),
}  # fmt: skip
_FIELD_OF: Final = {name: meant for meant, names in _GUESSES.items() for name in names}


@dataclass(frozen=True, slots=True)
class FieldMap:
    """``columns``: field → column, as ``scan.toml`` says. The other fields are guessed from the columns' names.

    >>> FieldMap({"url": "addr"}).fields(["addr", "URL", "标题", "x"])
    {'addr': 'url', '标题': 'title'}
    """

    columns: Mapping[str, str] = field(default_factory=dict)

    def fields(self, columns: Iterable[str]) -> dict[str, str]:
        """column → field, of the columns that mean something."""
        chosen = {_key(column): meant for meant, column in self.columns.items()}
        found = {}
        for column in columns:
            meant = chosen.get(_key(column)) or _FIELD_OF.get(_key(column), "")
            if meant and (meant not in self.columns or _key(column) in chosen):
                found[column] = meant
        return found


def _key(column: str) -> str:
    return column.strip().casefold()
