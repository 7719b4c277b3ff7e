"""What an XLSX holds beside its cells: notes, text boxes, headers, defined names, what charts and links to other
workbooks keep of data that was deleted from the sheets long ago."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from posixpath import dirname, join, normpath
from typing import Final

from lxml import etree

from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.biff_state import SheetState
from pipelines.extractors.html_attributes import says_something
from pipelines.extractors.office_parts import add_chart, add_custom_xml, part_number
from pipelines.extractors.package import Package
from pipelines.extractors.rows import flat, line
from pipelines.extractors.sparse import SheetPart, column_letters
from pipelines.schema import SegmentKind

_HEADERS: Final = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]+)<")
_HEADER_CODES: Final = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d{2}[+-]\d{3}|\d+|[A-JL-Z])')
_NAMED: Final = re.compile(rb"definedName[\s>]|\0")  # not the empty list of names that some write; nor UTF-16
_CONSTANT: Final = re.compile(r'"([^"]+)"')
_FORMULA: Final = re.compile(rb"<(?:\w+:)?(?:f|formula[12]?)(?:\s[^>]*+)?+>([^<]++)<")
_IN_FORMULA: Final = re.compile(r'"([^"]+)"|(\d{11,})')
_ASIDE: Final = re.compile(
    rb"""\s(?:prompt|promptTitle|error|errorTitle|tooltip|display|location|name|comment|user|val)="([^"]++)\""""
)


def add_sheet_parts(assembly: Assembly, package: Package, sheets: Sequence[SheetPart]) -> None:
    """Append them all, hidden, each named by its sheet or part; a broken part is noted."""
    owner = owners(package, sheets)
    for name, part, _ in sheets:
        _add_margins(assembly, name, package.read(part))
    for part in sorted(package.names):
        for read in _readers_of(part):
            try:
                if read is _add_names and not _NAMED.search(package.read(part)):
                    continue  # parsed once already, for its sheets
                read(assembly, package.xml(part), owner.get(part.lower(), ""), part)
            except Unreadable as error:
                assembly.note(error.reason)


@lru_cache(4096)  # the same few names in most packages
def _readers_of(part: str) -> tuple[_Reader, ...]:
    return tuple(read for pattern, read in _READERS if pattern.match(part))


def add_sheet_state(assembly: Assembly, sheet: str, state: SheetState) -> None:
    """The notes, text boxes, headers and footers, lists to choose from and charts of an XLS's sheet."""
    headers = dict.fromkeys(header_text(text) for text in state.margins)
    assembly.add(SegmentKind.HEADER_FOOTER, sheet, "\n".join(text for text in headers if text))
    for thing, text in state.texts.items():
        lines = "\n".join(flat(part) for part in text.splitlines() if part.strip())
        if thing in state.notes:
            row, col = state.notes[thing]
            assembly.add(SegmentKind.COMMENT, f"{sheet}!{column_letters(col)}{row}", lines, hidden=True)
        else:
            assembly.add(SegmentKind.TEXTBOX, sheet, lines)
    add_asides(assembly, sheet, state.asides)
    for place, chart in enumerate(state.charts, 1):
        series = map(line, chart.series.values())
        text = "\n".join(text for text in (*chart.titles, *series) if text)
        assembly.add(SegmentKind.TABLE, f"{sheet} chart {place}", text, hidden=True)


def add_asides(assembly: Assembly, sheet: str, texts: Iterable[str]) -> None:
    """What a sheet says that no cell shows: rules and what they offer, constants in formulas, links, filters."""
    told = dict.fromkeys(text.replace(",", "\t") for text in texts if says_something(text))
    assembly.add(SegmentKind.ATTRIBUTE, sheet, "\n".join(told), hidden=True)


def owners(package: Package, sheets: Sequence[SheetPart]) -> dict[str, str]:
    """The sheet each part belongs to, by the relations of sheets and of their drawings."""
    found: dict[str, str] = {}
    todo = [(part, name) for name, part, _ in sheets]
    while todo:
        part, sheet = todo.pop()
        for target in _related(package, part):
            if target.lower() not in found:
                found[target.lower()] = sheet
                todo.append((target, sheet))
    return found


def header_text(written: str) -> str:
    """A header or footer without its codes for pages, dates and fonts."""
    return flat(_HEADER_CODES.sub(" ", written))


def _related(package: Package, part: str) -> Iterator[str]:
    relations = f"{dirname(part)}/_rels/{part.rpartition('/')[2]}.rels"
    if relations not in package.names:
        return
    try:
        root = package.xml(relations)
    except Unreadable:
        return
    for relation in root.iter("{*}Relationship"):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            yield target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))


def _add_margins(assembly: Assembly, sheet: str, data: bytes) -> None:
    """Headers, footers, and what is said beside the cells: rules for them, links, filters, scenarios, formulas."""
    behind = data[max(0, data.rfind(b"</sheetData>")) :]
    texts = map(_written, _HEADERS.findall(behind))
    headers = dict.fromkeys(header_text(text) for text in texts)
    assembly.add(SegmentKind.HEADER_FOOTER, sheet, "\n".join(text for text in headers if text))
    formulas = dict.fromkeys(_FORMULA.findall(data if b"f>" in data else behind))
    constants = (one or other for formula in formulas for one, other in _IN_FORMULA.findall(_written(formula)))
    add_asides(assembly, sheet, map(flat, (*constants, *map(_written, _ASIDE.findall(behind)))))


def _written(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))


def _add_notes(assembly: Assembly, root: etree._Element, sheet: str, part: str) -> None:
    """Cell comments, old and threaded: one segment each, its place the sheet and the cell."""
    for note in root.iter("{*}comment", "{*}threadedComment"):
        text = "\n".join(flat(part) for part in _text(note).split("\n") if part.strip())
        assembly.add(SegmentKind.COMMENT, f"{sheet}!{note.get('ref', '')}", text, hidden=True)


def _add_people(assembly: Assembly, root: etree._Element, sheet: str, part: str) -> None:
    names = dict.fromkeys(flat(person.get("displayName", "")) for person in root.iter("{*}person"))
    assembly.add(SegmentKind.METADATA, "comment authors", "\n".join(name for name in names if name), hidden=True)


def _add_drawing(assembly: Assembly, root: etree._Element, sheet: str, part: str) -> None:
    paragraphs = ["".join(t.text or "" for t in p.iter("{*}t")) for p in root.iter("{*}p")]
    assembly.add(SegmentKind.TEXTBOX, sheet, "\n".join(flat(text) for text in paragraphs if text.strip()))
    told = (shape.get(name, "") for shape in root.iter("{*}cNvPr") for name in ("descr", "title"))
    texts = dict.fromkeys(flat(text) for text in told if says_something(text))
    assembly.add(SegmentKind.ATTRIBUTE, sheet, "\n".join(texts), hidden=True)


def _add_external(assembly: Assembly, root: etree._Element, sheet: str, part: str) -> None:
    """Cells of another workbook, as they were when this one was saved."""
    rows = (line(flat(v.text or "") for v in row.iter("{*}v")) for row in root.iter("{*}row"))
    text = "\n".join(row for row in rows if row)
    assembly.add(SegmentKind.TABLE, f"external link {part_number(part)}", text, hidden=True)


def _add_names(assembly: Assembly, root: etree._Element, sheet: str, part: str) -> None:
    """The constants of defined names; of ranges there is nothing to say."""
    for name in root.iter("{*}definedName"):
        text = flat(name.text or "")
        if "!" in text:
            text = "\n".join(_CONSTANT.findall(text))
        if says_something(text):
            assembly.add(SegmentKind.METADATA, f"name {name.get('name', '')}", text.strip('="'), hidden=True)


def _add_revisions(assembly: Assembly, root: etree._Element, sheet: str, part: str) -> None:
    """A shared workbook's log of changes: what cells held before."""
    texts = (flat(_text(cell)) for cell in root.iter("{*}oc", "{*}nc"))
    assembly.add(SegmentKind.DELETION, "revisions", "\n".join(text for text in texts if text), hidden=True)


def _text(element: etree._Element) -> str:
    parts = (t.text or "" for t in element.iter("{*}t", "{*}text", "{*}v") if not len(t))
    return "".join(parts)


_Reader = Callable[[Assembly, etree._Element, str, str], None]
_READERS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (r"xl/(?:comments/?\w*|threadedComments/\w+)\.xml", _add_notes),
        (r"xl/persons/\w+\.xml", _add_people),
        (r"xl/(?:drawings/drawing\d*\.xml|drawings/vmlDrawing\d*\.vml)", _add_drawing),
        (r"xl/charts/chart\w*\.xml", add_chart),
        (r"xl/externalLinks/externalLink\d*\.xml", _add_external),
        (r"xl/workbook\.xml", _add_names),
        (r"xl/revisions/revisionLog\w*\.xml", _add_revisions),
        (r"customXml/item\d+\.xml", add_custom_xml),
    )
)
READ_ELSEWHERE: Final = re.compile(
    "|".join([r"xl/(?:worksheets|pivotCache|pivotTables)/[^/]*", *(pattern.pattern for pattern, _ in _READERS)]),
    re.IGNORECASE,
)
