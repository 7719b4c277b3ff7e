"""Parts that Word and Excel files have alike: charts with the values they were drawn from, XML of other programs."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from pipelines.extractors.assembly import Assembly
from pipelines.extractors.html_attributes import says_something
from pipelines.extractors.rows import flat, line
from pipelines.schema import SegmentKind

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
