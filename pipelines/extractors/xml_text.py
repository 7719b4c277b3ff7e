"""XML of any kind: each element's words on a line behind its name, attributes too; comments, which no reader sees.

Office's own XML formats are recognised and read as what they are: see ``office_xml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.encoding import decode
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished, note_damage
from pipelines.schema import SegmentKind

# libxml2's errors for what is not finished: an element, its tag, an attribute, a reference, a comment, a CDATA section.
_UNFINISHED: Final = frozenset((23, 39, 40, 41, 45, 63, 65, 68, 73, 77))


def extract_xml(member: Member) -> Document:
    """What does not parse stays as it is written."""
    decoded = decode(member.data or b"", member.charset, markup=True)
    assembly = Assembly()
    note_damage(assembly, decoded)
    root = parsed(decoded.text)
    if root is None:
        assembly.add(SegmentKind.BODY, "", decoded.text)
        if _breaks_off(decoded.text):
            assembly.note("truncated: elements are left open")
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


def _breaks_off(text: str) -> bool:
    """Whether all that is wrong with an XML text is that it ends too early."""
    parser = etree.XMLPullParser(resolve_entities=False, no_network=True, huge_tree=False, encoding="utf-8")
    try:
        parser.feed(text.encode("utf-8", "replace"))
    except (etree.XMLSyntaxError, ValueError):
        return False
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        return getattr(error, "code", 0) in _UNFINISHED
    return False


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
