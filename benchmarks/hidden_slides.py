"""Presentations (PPTX) that keep people beside their slides, written by hand."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.hidden_sheets import Write, diagram, lines
from scanner.synthetic.people import Person
from tests.pipelines.extractors.test_pptx import pptx, slide


def _part(name: str, body: Callable[[list[Person]], str]) -> Write:
    shown = {"ppt__presentation": "<p/>", "ppt__slides__slide1": slide("公示")}
    return lambda people: pptx(**shown, **{name: body(people)})


def _each(before: str, after: str, root: str) -> Callable[[list[Person]], str]:
    return lambda people: f"<{root}>{''.join(before + text + after for text in lines(people))}</{root}>"


PPTX: tuple[tuple[str, Write], ...] = (
    ("labels", _part("ppt__tags__tag1", _each('<tag name="K" val="', '"/>', "tagLst"))),
    ("chart cache", _part("ppt__charts__chart1", _each("<pt><v>", "</v></pt>", "strCache"))),
    ("custom XML", _part("customXml__item1", _each("<b>", "</b>", "a"))),
    ("diagram*", _part("ppt__diagrams__data1", diagram)),
)
