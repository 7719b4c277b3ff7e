"""The disclosure metadata of a page: its block of labels (索引号, 发布机构, …), its <meta> tags, its breadcrumbs.

The block comes as a table of one, two or four columns, as dt and dd, or as "label: value" in running text. All of them
are read from the page's text, in which table cells are parted by tabs and everything else by line breaks or spaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from pipelines.documents import Metadata

_LABELS: Final = {
    "index_no": ("索引号", "索引编号"),
    "info_class": ("信息分类", "主题分类", "信息类别"),
    "content_class": (
        "内容分类",
        "体裁分类",
        "服务对象分类",
        "公开方式",
        "公开时限",
        "有效性",
        "信息来源",
    ),  # ends a value
    "publisher": ("发布机构", "发文机关", "发布单位", "公开责任部门", "发文单位", "发布机关"),
    "written_at": ("发文日期", "成文日期", "生成日期", "发文时间"),
    "published_at": ("发布日期", "发布时间", "公开日期"),
    "effective_at": ("生效时间", "生效日期", "实施日期", "施行日期"),
    "expires_at": ("废止时间", "废止日期", "失效时间", "失效日期"),
    "title": ("名称", "信息名称", "文件名称"),
    "doc_no": ("文号", "发文字号", "文件编号"),
    "keywords": ("关键词", "主题词", "关键字"),
    "source": ("作者", "来源", "信息来源", "作者/来源", "文章来源", "阅读", "浏览次数", "点击数", "字体"),
}
_FIELD: Final = {label: field for field, labels in _LABELS.items() for label in labels}
_DATES: Final = ("written_at", "published_at", "effective_at", "expires_at")
_GAP: Final = "[ \\u3000\\xa0]*"
_LABEL: Final = re.compile(
    rf"({'|'.join(_GAP.join(label) for label in sorted(_FIELD, key=len, reverse=True))})(?:[】\]])?"
    rf"{_GAP}(?:([:：])|(?=[\t\n])|(?= )|$)"
)
_WORD: Final = re.compile(r"[\w（(]")  # before a label: then it is part of a longer word
_SQUEEZE: Final = re.compile("[ \\u3000\\xa0]+")
_ANCHOR: Final = re.compile("索[ \xa0\u3000]*引|信息分类|发[布文]|成文")
_BLOCK: Final = 2000  # characters after the first anchor; the longest block seen takes 700
_BEFORE: Final = 300
_DATE: Final = re.compile(
    r"\s*((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})|\s*((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"
)
_HERE: Final = re.compile("(?:当前|现在|所在|您)的?位置")
_SEPARATOR: Final = re.compile(r"\s*[>＞»›→/]")
_STEP: Final = re.compile(r"\s*(?:>+|＞+|»|›|→|-+>|&gt;|/)\s*")


def metadata_of(tags: Mapping[str, str], text: str, *, heading: str = "", title: str = "") -> Metadata:
    """What a page says of itself: the contents of its <meta> ``tags`` by name in lower case, its extracted ``text``."""
    block = _block(text)
    return Metadata(
        title=tags.get("articletitle") or block.get("title") or heading or title,
        publisher=block.get("publisher") or tags.get("contentsource", ""),
        index_no=block.get("index_no", ""),
        doc_no=block.get("doc_no", ""),
        info_class=block.get("info_class", ""),
        keywords=block.get("keywords") or tags.get("keywords", ""),
        breadcrumbs=breadcrumbs(text) or tags.get("columnname", ""),
        published_at=_date(block.get("published_at")) or _date(tags.get("pubdate")),
        written_at=_date(block.get("written_at")),
        effective_at=_date(block.get("effective_at")),
        expires_at=_date(block.get("expires_at")),
    )


def parse_date(text: str) -> date | None:
    """The date that a text begins with, whatever comes after it.

    >>> parse_date("2017年12月19日 10:30"), parse_date("20171219"), parse_date("2017.2.30"), parse_date("有效")
    (datetime.date(2017, 12, 19), datetime.date(2017, 12, 19), None, None)
    """
    found = _DATE.match(text)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date(text: str | None) -> date | None:
    return parse_date(text) if text else None


def breadcrumbs(text: str) -> str:
    """The path to a page as it shows it, steps parted by " > "; "" when it shows none."""
    place = text.find("位置")  # a plain search first: it is ten times as fast as the expression
    here = _HERE.search(text, max(0, place - 3)) if place >= 0 else None
    if here is None:
        return ""
    first, *following = text[here.end() : here.end() + 500].split("\n")
    trail = first.lstrip(" \xa0\u3000:：")
    for line in following[:15]:  # each step on a line of its own
        if trail.strip() and not (_SEPARATOR.match(line) or _SEPARATOR.match(trail.strip()[-1:])):
            break
        trail += line
    steps = (step.strip(" \t\xa0\u3000:：") for step in _STEP.split(trail))
    return " > ".join(step for step in steps if step)[:300]


def _block(text: str) -> dict[str, str]:
    """The values of the labels around the page's first label, each label's first value."""
    anchor = _ANCHOR.search(text)
    if anchor is None:
        return {}
    window = text[max(0, anchor.start() - _BEFORE) : anchor.start() + _BLOCK]
    labels = [label for label in _LABEL.finditer(window) if not _WORD.match(window[label.start() - 1 : label.start()])]
    values: dict[str, str] = {}
    ends = [label.start() for label in labels[1:]] + [len(window)]
    for label, end in zip(labels, ends, strict=False):  # one end too many where there is no label at all
        field = _FIELD[_SQUEEZE.sub("", label[1])]
        value = _value(window, label, end, is_date=field in _DATES)
        if value and field not in values:
            values[field] = value
    return values


def _value(window: str, label: re.Match[str], end: int, *, is_date: bool) -> str:
    """What follows a label up to the next: on its line, in the next cell or, for a label alone, on the next line."""
    rest = window[label.end() : end]
    if rest.startswith("\t"):
        return _clean(rest[1:].partition("\n")[0].partition("\t")[0])
    same_line, newline, below = rest.partition("\n")
    if same_line.strip(" \t\xa0\u3000"):
        return _clean(same_line.partition("\t")[0]) if label[2] or not rest.startswith("\t") else ""
    alone = not window[: label.start()].rpartition("\n")[2].strip(" \t【[")
    below = below.partition("\n")[0]
    return _clean(below) if newline and (parse_date(below) if is_date else alone and len(below) < 120) else ""


def _clean(value: str) -> str:
    return _SQUEEZE.sub(" ", value).strip(" \t:：,，;；")
