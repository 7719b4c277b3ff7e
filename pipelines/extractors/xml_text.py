"""XML of any kind: each element's words on a line behind its name, attributes too; comments, which no reader sees.

Office's own XML formats are recognised and read as what they are: see ``office_xml``.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.encoding import decode
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished, note_damage
from pipelines.schema import SegmentKind


def extract_xml(member: Member) -> Document:
    """What does not parse stays as it is written."""
    decoded = decode(member.data or b"", member.charset, markup=True)
    assembly = Assembly()
    note_damage(assembly, decoded)
    root = parsed(decoded.text)
    if root is None:
        assembly.add(SegmentKind.BODY, "", decoded.text)
        return finished(assembly)
    assembly.add(SegmentKind.BODY, "", "\n".join(_lines(root)))
    for comment in root.iter(etree.Comment):
        assembly.add(SegmentKind.COMMENT, "", flat(comment.text or ""), hidden=True)
    return finished(assembly)


def parsed(text: str) -> etree._Element | None:
    """The tree of an XML text, without entities of its own, network or unbounded depth; None when it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, encoding="utf-8")
    try:
        # the declaration speaks of bytes that have been decoded by now
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if isinstance(root.tag, str) else None


def _lines(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        name = _name(element)
        if name:
            for key, value in element.items():
                if words := flat(str(value)):
                    yield f"{name} {_local(str(key))}: {words}"
            if words := flat(element.text or ""):
                yield f"{name}: {words}"
        if element is not root and (words := flat(element.tail or "")):
            yield words


def _name(element: etree._Element) -> str:
    return _local(element.tag) if isinstance(element.tag, str) else ""


def _local(name: str) -> str:
    return name.rpartition("}")[2]
