"""DOCX, read from its XML: body and tables, text boxes, headers and footers, notes, comments, tracked deletions,
document properties. Parsing the parts directly is ten to forty times faster than an object model and loses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from lxml import etree

from pipelines.documents import Document, Member, Metadata
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.office_parts import add_spare_parts
from pipelines.extractors.package import Package, embedded
from pipelines.extractors.properties import add_package_properties
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished
from pipelines.extractors.vba import add_package_macros
from pipelines.extractors.word_hidden import (
    HiddenStyles,
    add_story_parts,
    add_word_parts,
    hidden_styles,
    may_hide,
    may_tell,
    take_hidden,
)
from pipelines.extractors.wordml import Block, blocks_of, detach, lines_of, paragraph_text
from pipelines.schema import SegmentKind, Status

_MAIN: Final = (
    "wordprocessingml.document.main",
    "wordprocessingml.template.main",
    "macroenabledtemplate.main",
    "ms-word.document",
)
# What stands outside the running text: how the part's name begins, the kind of its segments, the tag of one of them.
_SIDE_PARTS: Final = (
    ("header", SegmentKind.HEADER_FOOTER, ""),
    ("footer", SegmentKind.HEADER_FOOTER, ""),
    ("footnotes", SegmentKind.NOTE, "footnote"),
    ("endnotes", SegmentKind.NOTE, "endnote"),
    ("comments", SegmentKind.COMMENT, "comment"),
)


class Look(NamedTuple):
    """How closely to read a part."""

    styles: HiddenStyles | None  # None: no run is hidden
    telling: bool  # there are alternative texts or field codes


def extract_docx(member: Member) -> Document:
    package = Package(member.data or b"")
    main = _main_part(package)
    assembly = Assembly()
    folder = main.rpartition("/")[0]
    styles = hidden_styles(assembly, package, folder)
    _add_story(assembly, package.xml(main), _look(package, main, styles))
    for name in sorted(package.names):
        _add_side_part(assembly, package, folder, name, styles)
    add_word_parts(assembly, package, folder)
    add_spare_parts(assembly, package, _read_elsewhere(folder))
    add_package_macros(assembly, package)
    title = add_package_properties(assembly, package)
    children = embedded(member, package, f"{folder}/")
    return replace(finished(assembly), metadata=Metadata(title=title), children=children)


def _main_part(package: Package) -> str:
    """The document's own part: as the content types say, usually word/document.xml."""
    names = {f"/{name}": name for name in package.names}
    if "[Content_Types].xml" in package.names:
        for override in package.xml("[Content_Types].xml").iter("{*}Override"):
            kind = override.get("ContentType", "").lower()
            if any(sign in kind for sign in _MAIN) and override.get("PartName") in names:
                return names[override.get("PartName", "")]
    if "word/document.xml" in package.names:
        return "word/document.xml"
    raise Unreadable(Status.CORRUPT, "docx: no document part")


@cache
def _read_elsewhere(folder: str) -> re.Pattern[str]:
    names = "|".join(name for name, _, _ in _SIDE_PARTS)
    return re.compile(
        rf"customXml/item.*|{re.escape(folder)}/(?:_rels/.*|charts/chart.*|(?:document|settings|webSettings|people|{names})\d*\.xml)"
    )


def _add_side_part(assembly: Assembly, package: Package, folder: str, name: str, styles: HiddenStyles) -> None:
    part_folder, _, file = name.rpartition("/")
    if part_folder != folder or not file.endswith(".xml"):
        return
    for beginning, kind, tag in _SIDE_PARTS:
        if file.removesuffix(".xml").rstrip("0123456789") != beginning:
            continue
        try:
            root = package.xml(name)
        except Unreadable as error:  # the running text is worth having without its comments
            assembly.note(error.reason)
            continue
        for at, item in enumerate(root.iterchildren(f"{{*}}{tag}") if tag else [root], 1):
            place = str(at) if tag else file.removesuffix(".xml")
            _add_story(assembly, item, _look(package, name, styles), kind, place)


def _look(package: Package, part: str, styles: HiddenStyles) -> Look:
    """What to look for in a part: nearly none hides anything, and its bytes say so at once."""
    data = package.read(part)
    return Look(styles if may_hide(data, styles) else None, may_tell(data))


def _add_story(assembly: Assembly, root: etree._Element, look: Look, kind: str = "", place: str = "") -> None:
    """One story's text, then what was taken out of it: text boxes, deletions, hidden text. ``kind`` "" is the running
    text."""
    boxes, deletions = detach(root)
    hidden = [take_hidden(part, look.styles) for part in (root, *boxes)] if look.styles is not None else []
    _add_blocks(assembly, blocks_of(root), kind, place)
    for at, box in enumerate(boxes, 1):
        text = "\n".join(line for block in blocks_of(box) for line in lines_of(block))
        assembly.add(kind or SegmentKind.TEXTBOX, place or str(at), text)
    for at, deletion in enumerate(deletions, 1):
        assembly.add(SegmentKind.DELETION, str(at), flat(paragraph_text(deletion)), hidden=True)
    for how, lines in (item for taken in hidden for item in taken.items()):
        assembly.add(kind or SegmentKind.BODY, how, "\n".join(lines), hidden=True)
    if look.telling:
        add_story_parts(assembly, root)


def _add_blocks(assembly: Assembly, blocks: Iterator[Block], kind: str, place: str) -> None:
    """Running text in body segments and each table in one of its own; a header or a note is one segment."""
    if kind:
        assembly.add(kind, place, "\n".join(line for block in blocks for line in lines_of(block)))
        return
    lines: list[str] = []
    row, tables = 1, 0
    for block in blocks:
        if not block.is_table:
            lines += lines_of(block)
            continue
        assembly.add(SegmentKind.BODY, "", "\n".join(lines), row=row)
        rows, tables = lines_of(block), tables + 1
        assembly.add(SegmentKind.TABLE, str(tables), "\n".join(rows))
        row += len(lines) + len(rows)
        lines = []
    assembly.add(SegmentKind.BODY, "", "\n".join(lines), row=row)
