"""PPTX, read from its XML: slides in their order with their tables, hidden ones, speakers' notes, comments, properties,
embedded files; slides that lie in the package though the presentation no longer shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from posixpath import dirname, join, normpath
from typing import Final

from lxml import etree

from pipelines.documents import Document, Member, Metadata
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.office_parts import add_spare_parts
from pipelines.extractors.package import Package, embedded
from pipelines.extractors.properties import add_package_properties
from pipelines.extractors.rows import flat, line
from pipelines.extractors.text import finished
from pipelines.extractors.vba import add_package_macros
from pipelines.schema import SegmentKind, Status

_SLIDES: Final = "ppt/slides/"
_MAIN: Final = "ppt/presentation.xml"
_READ: Final = re.compile(r"ppt/(?:slides|notesSlides|comments)/[^/]*\.xml")


def extract_pptx(member: Member) -> Document:
    package, assembly = Package(member.data or b""), Assembly()
    if _MAIN not in package.names:
        raise Unreadable(Status.CORRUPT, "pptx: no presentation part")
    shown = _listed(package)
    unlisted = [n for n in sorted(package.names) if n.startswith(_SLIDES) and n.count("/") == 2 and n not in shown]
    for number, name in enumerate([*shown, *(n for n in unlisted if n.endswith(".xml"))], 1):
        _add_slide(assembly, package, name, str(number), unlisted=name not in shown)
    add_spare_parts(assembly, package, _READ)
    add_package_macros(assembly, package)
    title = add_package_properties(assembly, package)
    return replace(finished(assembly), metadata=Metadata(title=title), children=embedded(member, package, "ppt/"))


def _listed(package: Package) -> list[str]:
    """The slides' parts, in the order they are shown."""
    targets = {identity: target for identity, _, target in _relations(package, _MAIN)}
    slides = package.xml(_MAIN).iterfind("{*}sldIdLst/{*}sldId")
    ids = [next((str(v) for k, v in slide.items() if str(k).endswith("}id")), "") for slide in slides]
    return [targets[identity] for identity in ids if targets.get(identity) in package.names]


def _relations(package: Package, part: str) -> Iterator[tuple[str, str, str]]:
    """Identity, kind and part of what a part refers to inside the package."""
    folder, _, file = part.rpartition("/")
    name = f"{folder}/_rels/{file}.rels"
    if name not in package.names:
        return
    for relation in package.xml(name).iter("{*}Relationship"):
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
        yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], path


def _add_slide(assembly: Assembly, package: Package, name: str, place: str, *, unlisted: bool) -> None:
    try:
        slide = package.xml(name)
        hidden = unlisted or slide.get("show") in ("0", "false")
        tables = list(slide.iter("{*}tbl"))
        assembly.add(SegmentKind.PAGE, place, _text(slide), hidden=hidden)
        for table in tables:
            assembly.add(SegmentKind.TABLE, place, _rows(table), hidden=hidden)
        for _, kind, part in _relations(package, name):
            if part in package.names and kind in ("notesSlide", "comments"):
                words = _text(package.xml(part)) or _plain(package.xml(part))
                aside = SegmentKind.NOTE if kind == "notesSlide" else SegmentKind.COMMENT
                assembly.add(aside, place, words, hidden=hidden)
    except Unreadable as error:
        assembly.note(error.reason)


def _text(root: etree._Element) -> str:
    """The paragraphs outside tables, a line each; fields such as the slide's number left out."""
    lines = (_paragraph(p) for p in root.iter("{*}p") if next(p.iterancestors("{*}tbl"), None) is None)
    return "\n".join(words for words in lines if words.strip())


def _paragraph(paragraph: etree._Element) -> str:
    parts: list[str] = []
    for item in paragraph.iter("{*}t", "{*}br", "{*}tab"):
        name = etree.QName(item).localname
        parts.append(item.text or "" if name == "t" else "\n" if name == "br" else "\t")
    return "".join(parts).replace("\v", "\n")


def _plain(root: etree._Element) -> str:
    return "\n".join(flat(item.text or "") for item in root.iter("{*}text") if item.text)


def _rows(table: etree._Element) -> str:
    rows = (
        line(flat(" ".join(filter(None, map(_paragraph, cell.iter("{*}p"))))) for cell in row.iterchildren("{*}tc"))
        for row in table.iterchildren("{*}tr")
    )
    return "\n".join(rows)
