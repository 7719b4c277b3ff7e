"""OpenDocument's text: paragraphs, lists and tables as lines and rows; what stands beside the text, apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from pipelines.extractors.assembly import Assembly
from pipelines.extractors.rows import flat, line
from pipelines.extractors.word_hidden import HIDDEN, TINY, WHITE
from pipelines.schema import SegmentKind

_LINES: Final = frozenset(("p", "h"))
_ASIDE: Final = {"note": SegmentKind.NOTE, "annotation": SegmentKind.COMMENT, "text-box": SegmentKind.TEXTBOX}
_DRAWN: Final = frozenset(("frame", "page", "custom-shape", "rect", "ellipse", "polygon", "path", "g"))  # on any ground
_WORDLESS: Final = frozenset(
    ("tracked-changes", "sequence-decls", "variable-decls", "note-citation", "creator", "date", "ruby-text", "forms",
     "desc", "title", "settings", "scripts", "font-face-decls", "automatic-styles")
)  # fmt: skip
_POINTS: Final = re.compile(r"(\d+(?:\.\d+)?)pt")
_LEAST_SIZE: Final = 2  # points
_MAX_REPEAT: Final = 1_000  # columns; a longer repetition is the empty rest of a sheet


def name_of(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


@dataclass(slots=True)
class Styles:
    """How styles hide their text, row or slide, by name; and those that give it a ground of their own."""

    hiding: dict[str, str] = field(default_factory=dict)
    shaded: set[str] = field(default_factory=set)

    def add(self, root: etree._Element) -> None:
        for style in root.iter("{*}style"):
            name = attribute(style, "name")
            for properties in style:
                if how := _how(properties):
                    self.hiding[name] = how
                if attribute(properties, "background-color") not in ("", "transparent", "#ffffff"):
                    self.shaded.add(name)


def _how(properties: etree._Element) -> str:
    if attribute(properties, "display") == "none" or attribute(properties, "visibility") == "hidden":
        return HIDDEN
    size = _POINTS.fullmatch(attribute(properties, "font-size"))
    if size and float(size[1]) < _LEAST_SIZE:
        return TINY
    return WHITE if attribute(properties, "color").lower() == "#ffffff" else ""


class Walker:
    """Goes through a tree in order, and adds its segments to an assembly."""

    def __init__(self, assembly: Assembly, styles: Styles) -> None:
        self._assembly, self._styles = assembly, styles
        self._kinds = _ASIDE
        self._lines: list[str] = []
        self._row, self._tables = 1, 0
        self._aside: list[tuple[str, str]] = []  # kind and words; or how words are hidden
        self._links: list[str] = []

    def add(self, root: etree._Element) -> None:
        """Running text in body segments, each table in one of its own, then what stands aside."""
        self._blocks(root)
        self._turn()
        self._add_aside("", numbered=True)
        for at, deletion in enumerate(root.iter("{*}deletion"), 1):
            self._assembly.add(SegmentKind.DELETION, str(at), flat(self.text_of(deletion)), hidden=True)
        self._assembly.add(SegmentKind.ATTRIBUTE, "href", "\n".join(dict.fromkeys(self._links)), hidden=True)

    def add_as(self, kind: str, place: str, root: etree._Element, *, unseen: bool = False) -> None:
        """All of it in one segment of a kind, text boxes being where a slide's text is."""
        self._kinds = {name: aside for name, aside in _ASIDE.items() if name != "text-box"}
        self._assembly.add(kind, place, self.text_of(root), hidden=unseen)
        self._add_aside(place, numbered=False)

    def text_of(self, root: etree._Element) -> str:
        lines: list[str] = []
        for child in root.iterchildren(etree.Element):
            name = name_of(child)
            if name in _LINES:
                lines += self._paragraph(child).split("\n")
            elif name == "table":
                lines += self._rows(child)
            elif name not in _WORDLESS and name not in self._kinds:
                lines.append(self.text_of(child))
            elif name in self._kinds:
                self._aside.append((self._kinds[name], self.text_of(child)))
        return "\n".join(words for words in lines if words.strip())

    def _add_aside(self, place: str, *, numbered: bool) -> None:
        counts: dict[str, int] = {}
        for kind, words in self._aside:
            if kind in (HIDDEN, TINY, WHITE):
                self._assembly.add(SegmentKind.BODY, kind, words, hidden=True)
                continue
            counts[kind] = counts.get(kind, 0) + 1
            self._assembly.add(kind, str(counts[kind]) if numbered else place, words)
        self._aside = []

    def _blocks(self, parent: etree._Element) -> None:
        for child in parent.iterchildren(etree.Element):
            name = name_of(child)
            if name in _LINES:
                self._lines += self._paragraph(child).split("\n")
            elif name == "table":
                self._turn()
                rows, self._tables = self._rows(child), self._tables + 1
                self._assembly.add(SegmentKind.TABLE, str(self._tables), "\n".join(rows))
                self._row += len(rows)
            elif name in self._kinds:
                self._aside.append((self._kinds[name], self.text_of(child)))
            elif name == "section" and attribute(child, "display") == "none":
                self._aside.append((HIDDEN, self.text_of(child)))
            elif name not in _WORDLESS:
                self._blocks(child)

    def _turn(self) -> None:
        self._assembly.add(SegmentKind.BODY, "", "\n".join(self._lines).rstrip("\n"), row=self._row)
        self._row += len(self._lines)
        self._lines = []

    def _rows(self, table: etree._Element) -> list[str]:
        rows: list[str] = []
        for row in table.iter("{*}table-row"):
            owner = next(row.iterancestors("{*}table"), None)
            if owner is not table:  # of a table in a cell, which is read with the cell
                continue
            cells: list[str] = []
            for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
                words = flat(self.text_of(cell).replace("\n", " "))
                cells += [words] * min(int(attribute(cell, "number-columns-repeated") or 1), _MAX_REPEAT)
            rows.append(line(cells))
        return rows

    def _paragraph(self, element: etree._Element) -> str:
        """Its words; none where its style hides them, which are put aside."""
        how, words = self._hides(element), self._words(element)
        if not how or not words.strip():
            return words
        self._aside.append((how, words))
        return ""

    def _hides(self, element: etree._Element) -> str:
        """How its style hides it; white words are hidden where nothing around them has a ground of its own."""
        how = self._styles.hiding.get(attribute(element, "style-name"), "")
        if how != WHITE:
            return how
        around = (element, *element.iterancestors())
        grounds = any(attribute(e, "style-name") in self._styles.shaded or name_of(e) in _DRAWN for e in around)
        return "" if grounds else WHITE

    def _words(self, element: etree._Element) -> str:
        """A paragraph's text; what is hidden or stands aside is put aside."""
        parts = [element.text or ""]
        for child in element.iterchildren():
            parts += [self._inline(child, name_of(child)), child.tail or ""]
        return "".join(parts)

    def _inline(self, child: etree._Element, name: str) -> str:
        if name == "s":
            return " " * min(int(attribute(child, "c") or 1), _MAX_REPEAT)
        if name in ("tab", "line-break"):
            return "\t" if name == "tab" else "\n"
        if name in self._kinds:
            self._aside.append((self._kinds[name], self.text_of(child)))
        elif name in ("hidden-text", "hidden-paragraph"):
            self._aside.append((HIDDEN, attribute(child, "string-value") or self._words(child)))
        elif how := self._hides(child):
            self._aside.append((how, self._words(child)))
        elif name and name not in _WORDLESS:
            if name == "a":
                self._links.append(attribute(child, "href"))
            return self._words(child)
        return ""
