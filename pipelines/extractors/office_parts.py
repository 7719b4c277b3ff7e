"""Parts that Office's files have alike: charts with the values they were drawn from, XML of other programs, and parts
that are seldom there: diagrams, tables, connections, building blocks, labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any, Final

from lxml import etree

from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.encoding import decode
from pipelines.extractors.html_attributes import says_something, unquoted
from pipelines.extractors.ole import stream_of
from pipelines.extractors.package import Package
from pipelines.extractors.rows import flat, line
from pipelines.extractors.xml_text import parsed
from pipelines.schema import SegmentKind

_STORE: Final = "MsoDataStore"
_CHART, _DIAGRAMS = "/charts/chart", "/diagrams/"
# Parts that hold no words of a document's own: looks, fonts, names of tags, pictures of what other parts say.
_SILENT: Final = re.compile(
    r"""\[Content_Types\]\.xml|_rels/.*|docProps/.*|customXml/(?:itemProps.*|_rels/.*)
    |.*/theme/.*|.*/diagrams/(?!data).*|.*\.bin|.*\.vml
    |.*/(?:styles|stylesWithEffects|fontTable|numbering|tableStyles|presProps|viewProps|calcChain|sharedStrings)\.xml""",
    re.IGNORECASE | re.VERBOSE,
)
_PARAGRAPH_END: Final = re.compile(rb"</(?:\w+:)?p>")
_RUN: Final = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*+)?+>([^<]++)<")
_WORDS: Final = re.compile(rb">([^<>]++)<")
_VALUE: Final = re.compile(rb"""=(?:"([^"<>]++)"|'([^'<>]++)')""")
_TELLING_VALUE: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]|\d{11}")
_IDENTITY: Final = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
_NUMBERED: Final = re.compile(r"(\d+)\.xml$")


def part_number(part: str) -> str:
    """
    >>> part_number("xl/charts/chart12.xml"), part_number("xl/workbook.xml")
    ('12', '')
    """
    found = _NUMBERED.search(part)
    return found[1] if found else ""


def add_chart(assembly: Assembly, root: etree._Element, owner: str, part: str) -> None:
    """Its titles and its series, one on a line, which stay when the table they came from is gone."""
    series = (line(flat(v.text or "") for v in cache.iter("{*}v")) for cache in root.iter("{*}strCache", "{*}numCache"))
    titles = (flat("".join(t.text or "" for t in p.iter("{*}t"))) for p in root.iter("{*}p"))
    place = f"{owner} chart {part_number(part)}".strip()
    assembly.add(SegmentKind.TABLE, place, "\n".join(text for text in (*titles, *series) if text), hidden=True)


def add_custom_xml(assembly: Assembly, root: etree._Element, owner: str, part: str) -> None:
    written = [str(text) for text in root.itertext()]
    written += [str(value) for item in root.iter(etree.Element) for value in item.values()]
    texts = dict.fromkeys(flat(text) for text in written if says_something(text))
    assembly.add(SegmentKind.METADATA, part.rpartition("/")[2], "\n".join(texts), hidden=True)


def add_data_store(assembly: Assembly, ole: Any) -> None:
    """The same of a DOC, an XLS, a PPT."""
    for path in sorted(ole.listdir()):
        if path[0] == _STORE and path[-1].lower() == "item":
            try:
                data = stream_of(ole, path)
            except Unreadable as error:
                assembly.note(error.reason)
                continue
            root = parsed(decode(data, markup=True).text)
            if root is not None:
                add_custom_xml(assembly, root, "", " ".join(path[:2]))


def add_spare_parts(assembly: Assembly, package: Package, read: re.Pattern[str]) -> None:
    """What parts say that no reader knows; ``read``: the names of those that one has read. A diagram is seen."""
    seen = set[str]()  # the same words stand in every layout of a presentation
    for part in sorted(package.names):
        if not _is_spare(part, read.pattern, read.flags):
            continue
        try:
            if _CHART in part:
                add_chart(assembly, package.xml(part), "", part)
                continue
            data = package.read(part)
            if part.endswith(".rels") and b"External" not in data:
                continue
            told = dict.fromkeys(text for text in said(data) if text not in seen)
        except Unreadable as error:
            assembly.note(error.reason)
            continue
        seen.update(told)
        drawn = _DIAGRAMS in part
        assembly.add(SegmentKind.TEXTBOX if drawn else SegmentKind.METADATA, part, "\n".join(told), hidden=not drawn)


@lru_cache(4096)  # the same few names in most packages
def _is_spare(part: str, read: str, flags: int) -> bool:  # of a pattern's text, because a pattern is slow to hash
    unread = part.endswith((".xml", ".rels")) and not _SILENT.fullmatch(part)
    return unread and not re.compile(read, flags).fullmatch(part)


def said(data: bytes) -> Iterator[str]:
    """Paragraphs, texts outside them, and values of attributes, as far as they say something."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    runs = [_RUN.findall(part) for part in _PARAGRAPH_END.split(data)]
    in_runs = {run for part in runs for run in part}
    others = (words for words in _WORDS.findall(data) if words not in in_runs)
    yield from filter(says_something, map(_written, (*map(b"".join, runs), *others)))
    for one, other in _VALUE.findall(data):
        value = unquoted(_written(one or other))
        if _TELLING_VALUE.search(value) and not _IDENTITY.search(value):
            yield value


def _written(raw: bytes) -> str:
    return flat(unescape(raw.decode("utf-8", "replace")))
