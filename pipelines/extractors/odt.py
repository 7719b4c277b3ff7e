"""ODT and ODP, read from their XML: text and tables, slides, headers and footers, notes, comments, text boxes, tracked
deletions, hidden text, properties, embedded objects."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Final
from zipfile import ZipFile, ZipInfo

from lxml import etree

from pipelines.documents import Document, Member, Metadata
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.odf_text import Styles, Walker, attribute, name_of
from pipelines.extractors.odf_unlock import MANIFEST, is_locked
from pipelines.extractors.office_parts import add_spare_parts
from pipelines.extractors.package import MAX_EMBEDDED, Package, embedded
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished
from pipelines.extractors.word_hidden import HIDDEN
from pipelines.schema import SegmentKind, Status

_PROPERTIES: Final = {
    "title": "title", "subject": "subject", "description": "description", "keyword": "keywords",
    "creator": "lastModifiedBy", "initial-creator": "creator", "user-defined": "",
}  # fmt: skip
# What is left: macros, which are XML here.
_READ: Final = re.compile(
    r"(?:content|styles|meta|settings)\.xml|(?:META-INF|Configurations2|Thumbnails|Object[^/]*)/.*"
)
_HEADERS: Final = ("{*}header", "{*}header-left", "{*}header-first", "{*}footer", "{*}footer-left", "{*}footer-first")


def extract_odt(member: Member) -> Document:
    package, assembly = Package(member.data or b""), Assembly()
    if is_locked(package):
        raise Unreadable(Status.ENCRYPTED, "password")
    content = package.xml("content.xml") if "content.xml" in package.names else None
    if content is None:
        raise Unreadable(Status.CORRUPT, "odt: no content")
    styles = _part(assembly, package, "styles.xml")
    hidden, of_pages = Styles(), Styles()
    if styles is not None:
        of_pages.add(styles)
        for common in styles.iter("{*}styles"):
            hidden.add(common)
    hidden.add(content)
    body = next(content.iter("{*}body"), content)
    slides = list(body.iterfind("{*}presentation/{*}page"))
    if slides:
        for number, slide in enumerate(slides, 1):
            _add_slide(assembly, slide, str(number), hidden)
    else:
        Walker(assembly, hidden).add(body)
    if styles is not None:
        _add_headers(assembly, styles, of_pages)
    add_spare_parts(assembly, package, _READ)
    title = _add_properties(assembly, package)
    children = (*_objects(member, package), *embedded(member, package, ""))
    return replace(finished(assembly), metadata=Metadata(title=title), children=children)


def _part(assembly: Assembly, package: Package, name: str) -> etree._Element | None:
    if name not in package.names:
        return None
    try:
        return package.xml(name)
    except Unreadable as error:  # the text is worth having without it
        assembly.note(error.reason)
        return None


def _add_slide(assembly: Assembly, slide: etree._Element, place: str, hidden: Styles) -> None:
    unseen = hidden.hiding.get(attribute(slide, "style-name")) == HIDDEN
    for notes in slide.findall("{*}notes"):
        slide.remove(notes)
        Walker(assembly, hidden).add_as(SegmentKind.NOTE, place, notes)
    Walker(assembly, hidden).add_as(SegmentKind.PAGE, place, slide, unseen=unseen)


def _add_headers(assembly: Assembly, styles: etree._Element, hidden: Styles) -> None:
    seen: set[str] = set()
    for part in styles.iter(*_HEADERS):
        master = part.getparent()
        if master is None or name_of(master) != "master-page":
            continue
        whole = "".join(str(words) for words in part.itertext())
        if whole not in seen:
            seen.add(whole)
            Walker(assembly, hidden).add_as(SegmentKind.HEADER_FOOTER, name_of(part), part)


def _add_properties(assembly: Assembly, package: Package) -> str:
    meta = _part(assembly, package, "meta.xml")
    title = ""
    for item in meta.iterfind("{*}meta/*") if meta is not None else ():
        name, text = name_of(item), flat("".join(str(words) for words in item.itertext()))
        if text and name in _PROPERTIES:
            own = attribute(item, "name") or name
            title = text if name == "title" else title
            assembly.add(SegmentKind.METADATA, _PROPERTIES[name] or own, text, hidden=True)
    return title


def _objects(member: Member, package: Package) -> list[Member]:
    """Embedded documents: those that are folders of the package, packed again, and those that are one part."""
    kinds = {}
    if MANIFEST in package.names:
        for entry in package.xml(MANIFEST).iter("{*}file-entry"):
            path, kind = attribute(entry, "full-path"), attribute(entry, "media-type")
            kinds[path] = kind
    found = []
    for path, kind in kinds.items():
        name = f"{member.path}!/{path.rstrip('/')}"
        try:
            if path.endswith("/") and path != "/" and f"{path}content.xml" in package.names and "opendocument" in kind:
                found.append(Member(name, _repacked(package, path, kind), fetched_at=member.fetched_at))
            elif path in package.names and path.count("/") == 0 and path.startswith("Object"):
                found.append(Member(name, package.read(path), fetched_at=member.fetched_at))
        except Unreadable as error:
            found.append(Member(name, None, status=error.status, reason=error.reason))
    return found[:MAX_EMBEDDED]


def _repacked(package: Package, folder: str, kind: str) -> bytes:
    """An embedded document as a file of its own: the same bytes whenever it is read, so no date but zip's first."""
    out = BytesIO()
    with ZipFile(out, "w") as target:
        target.writestr(ZipInfo("mimetype"), kind)
        for name in package.names:
            if name.startswith(folder) and not name.endswith("/"):
                target.writestr(ZipInfo(name.removeprefix(folder)), package.read(name))
    return out.getvalue()
