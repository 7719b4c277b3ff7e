"""WordprocessingML: paragraphs, runs and tables as lines and rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from pipelines.extractors.rows import flat

_TRANSPARENT: Final = frozenset(
    (
        *("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice", "Fallback"),
        *("body", "document", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent"),
    )
)
_BREAKS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TEXT: Final = ("{*}t", "{*}delText", "{*}tab", "{*}ptab", "{*}br", "{*}cr", "{*}noBreakHyphen")
_MAX_SPAN: Final = 1000  # Word itself stops at 63 columns


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table that holds data."""

    element: etree._Element
    is_table: bool


def name_of(element: etree._Element) -> str:
    """An element's name without its namespace; "" for what is no element (an entity, a comment)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def detach(root: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    """Take text boxes and tracked deletions out of a tree; both in document order, boxes without their doubles.

    Word writes a text box twice, for new and for old readers (mc:Choice, mc:Fallback).
    """
    for fallback in list(root.iter("{*}Fallback")):
        parent = fallback.getparent()
        if parent is not None and any(name_of(child) == "Choice" and _has_text(child) for child in parent):
            remove(fallback)
    deletions = [d for d in root.iter("{*}del", "{*}moveFrom") if _has_text(d)]
    for deletion in deletions:
        remove(deletion)
    boxes = [box for box in root.iter("{*}txbxContent") if _has_text(box)]
    for box in boxes:
        remove(box)
    return boxes, deletions


def _has_text(element: etree._Element) -> bool:
    return any(text.text for text in element.iter("{*}t", "{*}delText"))


def remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def blocks_of(parent: etree._Element) -> Iterator[Block]:
    """Paragraphs and tables of a story in their order; a table of one column is layout: its content is the story's."""
    for child in parent:
        name = name_of(child)
        if name == "p":
            yield Block(child, False)
        elif name == "tbl":
            rows = list(_rows(child))
            if max((len(_cells(row)) for row in rows), default=0) > 1:
                yield Block(child, True)
            else:
                for cell in (cell for row in rows for cell in _cells(row)):
                    yield from blocks_of(cell)
        elif name in _TRANSPARENT:
            yield from blocks_of(child)


def lines_of(block: Block) -> list[str]:
    """A paragraph's lines without the empty ones, a table's rows with them (row numbers must hold)."""
    if not block.is_table:
        return [line for line in paragraph_text(block.element).split("\n") if line.strip()]
    return ["\t".join(_columns(row)).rstrip("\t") for row in _rows(block.element)]


def paragraph_text(element: etree._Element) -> str:
    """The text of everything inside an element, runs glued as they are read."""
    parts = []
    for item in element.iter(*_TEXT):
        name = name_of(item)
        if name == "tab" and name_of(_parent(item)) == "tabs":
            continue  # a tab stop of the paragraph's format
        parts.append(_BREAKS.get(name) or item.text or "")
    return "".join(parts)


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        name = name_of(child)
        if name == "tr":
            yield child
        elif name in _TRANSPARENT:
            yield from _rows(child)


def _cells(row: etree._Element) -> list[etree._Element]:
    cells = []
    for child in row:
        name = name_of(child)
        if name == "tc":
            cells.append(child)
        elif name in _TRANSPARENT:
            cells += _cells(child)
    return cells


def _columns(row: etree._Element) -> Iterator[str]:
    """Texts of a row by column: merged cells leave empty ones, so that columns stay aligned."""
    yield from [""] * _number(row.find("{*}trPr/{*}gridBefore"), 0)
    for cell in _cells(row):
        merge = cell.find("{*}tcPr/{*}vMerge")
        continued = merge is not None and value_of(merge) in ("", "continue")
        yield "" if continued else _cell_text(cell)
        yield from [""] * (_number(cell.find("{*}tcPr/{*}gridSpan"), 1) - 1)


def _cell_text(cell: etree._Element) -> str:
    return flat(" ".join(text for p in cell.iter("{*}p") if (text := flat(paragraph_text(p)))))


def value_of(element: etree._Element) -> str:
    return next((str(value) for key, value in element.items() if str(key).endswith("}val")), "")


def _number(element: etree._Element | None, default: int) -> int:
    value = "" if element is None else value_of(element)
    return min(int(value), _MAX_SPAN) if value.isdecimal() and len(value) < 9 else default
