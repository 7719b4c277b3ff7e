"""What an ODS says of its sheets beside their cells: hidden rows and columns, annotations, headers and footers; rules,
links, filters, constants in formulas and of names, what cells held before, charts, macros."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from lxml import etree

from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.html_attributes import says_something, unquoted
from pipelines.extractors.office_parts import add_spare_parts, said
from pipelines.extractors.package import Package
from pipelines.extractors.rows import Concealed, flat
from pipelines.schema import SegmentKind

_UNSEEN: Final = (b"collapse", b"filter", b"office:annotation", b":annotation")
_BLOCKS: Final = re.compile(rb"<table:(tracked-changes|content-validations)[ >].*?</table:\1>", re.DOTALL)
_ASIDES: Final = re.compile(
    rb"""\s(?:(?:table|style|calcext):(?:formula|condition|expression|value|comment)|xlink:href|form:[\w-]++)="([^"]++)\""""
)
_CONSTANT: Final = re.compile(r'"([^"]+)"|(?<![\d.])(\d{11,})')
# Parts read above, or of looks and of pictures of what others say. What is left: charts and macros.
_READ: Final = re.compile(
    r"(?:.*/)?(?:styles|meta|settings)\.xml|content\.xml|(?:META-INF|Configurations2|Thumbnails|ObjectReplacements)/.*"
)
_MOST_ROWS: Final = 1_048_576
_TOLD: Final = frozenset(
    ("title", "subject", "description", "keyword", "creator", "initial-creator", "user-defined", "printed-by")
)


def concealed_ods(package: Package) -> dict[str, Concealed]:
    """By sheet name, for the sheets that hide something."""
    content = package.read("content.xml") if "content.xml" in package.names else b""
    if not any(sign in content for sign in _UNSEEN[:2]):
        return {}
    found = {}
    for table in package.xml("content.xml").iter("{*}table"):
        columns = tuple(range(first, last + 1) for first, last in _hidden(table, "table-column"))
        rows = [range(first, last + 1) for first, last in _hidden(table, "table-row")]
        numbers = frozenset(row for span in rows for row in span if len(span) < _MOST_ROWS)
        if columns or numbers:
            found[_attribute(table, "name")] = Concealed(numbers, columns)
    return found


def _hidden(table: etree._Element, name: str) -> Iterator[tuple[int, int]]:
    """First and last number of each run of hidden rows or columns."""
    at, nested = 1, table.iter(f"{{*}}{name}")
    for item in nested:
        repeated = _attribute(item, f"number-{name.removeprefix('table-')}s-repeated")
        count = int(repeated) if repeated.isdecimal() and len(repeated) < 9 else 1
        if _attribute(item, "visibility") in ("collapse", "filter") and count < _MOST_ROWS // 4:
            yield at, at + count - 1
        at += count


def add_ods_parts(assembly: Assembly, package: Package) -> None:
    """Append annotations, headers and footers, the document's properties, and what else no cell shows."""
    for part, read in (("content.xml", _add_annotations), ("styles.xml", _add_margins), ("meta.xml", _add_properties)):
        if part in package.names:
            try:
                if part == "content.xml":
                    _add_asides(assembly, package.read(part))
                if part != "content.xml" or _UNSEEN[3] in package.read(part):
                    read(assembly, package.xml(part))
            except Unreadable as error:
                assembly.note(error.reason)
    add_spare_parts(assembly, package, _READ)


def _add_asides(assembly: Assembly, content: bytes) -> None:
    changes, rules = list[str](), list[str]()
    for block in _BLOCKS.finditer(content):
        (changes if block[1] == b"tracked-changes" else rules).extend(said(block[0]))
    for raw in dict.fromkeys(_ASIDES.findall(content)):
        value = unquoted(unescape(raw.decode("utf-8", "replace")))
        found = [one or other for one, other in _CONSTANT.findall(value)] if '"' in value or "of:" in value else [value]
        rules += (flat(text) for text in found if says_something(text))
    assembly.add(SegmentKind.ATTRIBUTE, "", "\n".join(dict.fromkeys(rules)), hidden=True)
    assembly.add(SegmentKind.DELETION, "revisions", "\n".join(dict.fromkeys(changes)), hidden=True)


def _add_annotations(assembly: Assembly, root: etree._Element) -> None:
    for note in root.iter("{*}annotation"):
        table = next((_attribute(up, "name") for up in note.iterancestors("{*}table")), "")
        assembly.add(SegmentKind.COMMENT, table, "\n".join(_paragraphs(note)), hidden=True)


def _add_margins(assembly: Assembly, root: etree._Element) -> None:
    for kind in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first"):
        texts = dict.fromkeys(text for item in root.iter(f"{{*}}{kind}") for text in _paragraphs(item))
        assembly.add(SegmentKind.HEADER_FOOTER, kind, "\n".join(texts))


def _add_properties(assembly: Assembly, root: etree._Element) -> None:
    for item in root.iter(etree.Element):
        name = etree.QName(item).localname
        if name in _TOLD:
            text = flat("".join(str(text) for text in item.itertext()))
            assembly.add(SegmentKind.METADATA, _attribute(item, "name") or name, text, hidden=True)


def _paragraphs(item: etree._Element) -> list[str]:
    texts = (flat("".join(str(text) for text in p.itertext())) for p in item.iter("{*}p"))
    return [text for text in texts if text]


def _attribute(item: etree._Element, name: str) -> str:
    return next((str(value) for key, value in item.items() if str(key).rpartition("}")[2] == name), "")
