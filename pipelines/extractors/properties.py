"""The document properties of an OOXML package: what they say of people and content."""

from __future__ import annotations

from typing import Final

from lxml import etree

from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.package import Package
from pipelines.extractors.rows import flat
from pipelines.schema import SegmentKind

_TOLD: Final = frozenset(
    (
        *("title", "subject", "creator", "lastModifiedBy", "keywords", "description", "category", "contentStatus"),
        *("Manager", "Company", "HyperlinkBase"),
    )
)
_APP: Final = "docProps/app.xml"
_PARTS: Final = ("docProps/core.xml", _APP, "docProps/custom.xml")
_SIGNS: Final = tuple(name.encode() for name in sorted(_TOLD))


def add_package_properties(assembly: Assembly, package: Package) -> str:
    """Append each as a hidden metadata segment named by the property; returns the title."""
    title = ""
    for part in (part for part in _PARTS if part in package.names):
        try:
            if part == _APP and not _says_something(package.read(part)):
                continue
            root = package.xml(part)
        except Unreadable as error:
            assembly.note(error.reason)
            continue
        for item in root.iterchildren(etree.Element):
            name, text = _name(item), flat("".join(str(text) for text in item.itertext()))
            if text and (part.endswith("custom.xml") or name in _TOLD):
                assembly.add(SegmentKind.METADATA, name, text, hidden=True)
                title = title or (text if name == "title" else "")
    return title


def _says_something(part: bytes) -> bool:
    """Whether a part may name a property that is told: most of these count pages and words, and parsing takes as long
    as all else here."""
    return b"\0" in part or any(sign in part for sign in _SIGNS)


def _name(item: etree._Element) -> str:
    return item.get("name") or (item.tag.rpartition("}")[2] if isinstance(item.tag, str) else "")
