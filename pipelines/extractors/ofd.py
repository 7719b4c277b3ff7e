"""OFD (GB/T 33190), the official e-document: a zip of XML whose text stands in ``ofd:TextCode`` elements.

Read: pages with their templates, annotations, custom tags, document properties, who sealed it, attached files,
pictures; pages that lie in the package though the document no longer lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from posixpath import dirname, join, normpath
from typing import Final

from lxml import etree

from pipelines.documents import Document, Member, Metadata
from pipelines.extractors import ocr
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.ofd_page import lines_of, pieces_of
from pipelines.extractors.package import Package, named
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished
from pipelines.schema import SegmentKind, Status

_PROPERTIES: Final = ("Title", "Author", "Subject", "Abstract", "Creator", "Keyword")
_PAGE_FILE: Final = re.compile(r"(?:^|/)page[^/]*/content[^/]*\.xml$", re.IGNORECASE)
# Files that pages draw, by their names; pages call them by numbers that lists of resources explain.
_PICTURE: Final = re.compile(r"(?:^|/)res/[^/]*(?<!\.xml)(?<!\.[to]t[fc])$|\.(?:png|jpe?g|bmp|gif|tiff?|webp|jb2|jp2)$")
_SEAL_WORDS: Final = re.compile(rb"\x0c([\x04-\x7f])")  # DER: a UTF8String and its length
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


class _Parts:
    """The package's parts by the paths that its XML gives: absolute, or from the file that names them."""

    def __init__(self, package: Package, assembly: Assembly) -> None:
        self._package, self._assembly = package, assembly
        self._names = {name.replace("\\", "/").strip("/").lower(): name for name in package.names}
        self.read = set[str]()

    def path(self, base: str, target: str) -> str:
        target = target.strip().replace("\\", "/")
        return normpath(target.lstrip("/") if target.startswith("/") else join(dirname(base), target))

    def data(self, path: str) -> bytes | None:
        name = self._names.get(path.lower())
        return self._package.read(name) if name else None

    def xml(self, path: str) -> etree._Element | None:
        """None when the part is not there or cannot be read, which is noted."""
        self.read.add(path.lower())
        name = self._names.get(path.lower())
        if name is None:
            self._assembly.note(f"{path}: missing")
            return None
        try:
            return self._package.xml(name)
        except Unreadable as error:
            self._assembly.note(error.reason)
            return None

    def pictures(self) -> list[str]:
        """The parts that are pictures, but for those that were read as attached files."""
        return [name for path, name in self._names.items() if _PICTURE.search(path) and path not in self.read]

    def unread_pages(self) -> Iterator[str]:
        return (path for path in sorted(self._names) if _PAGE_FILE.search(path) and path not in self.read)


def extract_ofd(member: Member) -> Document:
    package, assembly = Package(member.data or b""), Assembly()
    parts = _Parts(package, assembly)
    _refuse_encrypted(package)
    root = package.xml(next((name for name in package.names if name.lower() == "ofd.xml"), "OFD.xml"))
    titles, children = list[str](), list[Member]()
    pages, blank = 0, list[int]()
    for body in root.iter("{*}DocBody"):
        titles.append(_add_properties(assembly, body))
        path = parts.path("OFD.xml", body.findtext("{*}DocRoot") or "")
        document = parts.xml(path)
        if document is not None:
            pages = _add_pages(assembly, parts, path, document, pages, blank)
            _add_custom_tags(assembly, parts, path, document)
            children += _attachments(member, parts, path, document)
        _add_signatures(assembly, parts, body)
    _add_unlisted_pages(assembly, parts)
    pictures = parts.pictures()
    if not (pictures and ocr.available()):  # with it each picture is read, or says itself why not
        _note_blank(assembly, pages, blank)
    children += named(member, package, pictures)
    title = next(filter(None, titles), "")
    return replace(finished(assembly), metadata=Metadata(title=title), children=tuple(children))


def _note_blank(assembly: Assembly, pages: int, blank: list[int]) -> None:
    if blank and len(blank) == pages:
        assembly.note(f"no text layer: {pages} pages")
    elif blank:
        assembly.note(f"no text layer: {len(blank)} of {pages} pages ({', '.join(map(str, blank[:10]))})")


def _refuse_encrypted(package: Package) -> None:
    """GM/T 0099: a package whose parts are encrypted lists how in a file of its own."""
    if any(re.search(r"(?:^|/)encr?ypt\w*\.(?:xml|dat)$", name, re.IGNORECASE) for name in package.names):
        raise Unreadable(Status.ENCRYPTED, "password")


def _add_properties(assembly: Assembly, body: etree._Element) -> str:
    title = ""
    for item in body.iterfind("{*}DocInfo//{*}*"):
        name, text = item.get("Name") or etree.QName(item).localname, flat(item.text or "")
        if text and (name in _PROPERTIES or item.get("Name")):
            title = title or (text if name == "Title" else "")
            assembly.add(SegmentKind.METADATA, name, text, hidden=True)
    return title


def _add_pages(
    assembly: Assembly, parts: _Parts, path: str, document: etree._Element, before: int, blank: list[int]
) -> int:
    """Appends a document's pages and its annotations; returns how many pages there are by now."""
    templates = {
        item.get("ID", ""): parts.path(path, item.get("BaseLoc", "")) for item in document.iter("{*}TemplatePage")
    }
    numbers = dict[str, int]()
    for number, page in enumerate(document.iterfind("{*}Pages/{*}Page"), before + 1):
        numbers[page.get("ID", "")] = number
        content = parts.xml(parts.path(path, page.get("BaseLoc", "")))
        if content is None or assembly.full:
            continue
        layers = [content, *_templates_of(content, parts, templates)]
        if not _add_page(assembly, str(number), layers) and any(_has_picture(layer) for layer in layers):
            blank.append(number)
    _add_annotations(assembly, parts, path, document, numbers)
    return before + len(numbers)


def _templates_of(content: etree._Element, parts: _Parts, templates: dict[str, str]) -> Iterator[etree._Element]:
    for use in content.iterchildren("{*}Template"):
        path = templates.get(use.get("TemplateID", ""))
        template = parts.xml(path) if path else None
        if template is not None:
            yield template


def _add_page(assembly: Assembly, place: str, layers: list[etree._Element], *, hidden: bool = False) -> bool:
    """Whether there was text: what is seen in one segment, what is invisible in another."""
    pieces = [piece for layer in layers for piece in pieces_of(layer) if piece.text]
    assembly.add(SegmentKind.PAGE, place, lines_of([p for p in pieces if not p.hidden]), hidden=hidden)
    assembly.add(SegmentKind.PAGE, place, lines_of([p for p in pieces if p.hidden]), hidden=True)
    return bool(pieces)


def _has_picture(layer: etree._Element) -> bool:
    return next(layer.iter("{*}ImageObject"), None) is not None


def _add_annotations(
    assembly: Assembly, parts: _Parts, path: str, document: etree._Element, numbers: dict[str, int]
) -> None:
    listed = document.findtext("{*}Annotations")
    index = parts.path(path, listed) if listed else ""
    root = parts.xml(index) if index else None
    for page in root.iterchildren("{*}Page") if root is not None else ():
        content = parts.xml(parts.path(index, page.findtext("{*}FileLoc") or ""))
        place = str(numbers.get(page.get("PageID", ""), ""))
        for annotation in content.iterchildren("{*}Annot") if content is not None else ():
            words = [flat(item.text or "") for item in annotation.iterfind(".//{*}Remark")]
            words += [flat(item.text or "") for item in annotation.iterfind(".//{*}Parameter")]
            text = "\n".join(filter(None, [*words, lines_of(list(pieces_of(annotation)))]))
            assembly.add(SegmentKind.COMMENT, place, text, hidden=annotation.get("Visible") == "false")


def _add_custom_tags(assembly: Assembly, parts: _Parts, path: str, document: etree._Element) -> None:
    """Tags give parts of the text a meaning, in files of any XML; their own words are seen by no reader."""
    listed = document.findtext("{*}CustomTags")
    index = parts.path(path, listed) if listed else ""
    root = parts.xml(index) if index else None
    for location in root.iter("{*}FileLoc") if root is not None else ():
        tags = parts.xml(parts.path(index, location.text or ""))
        for item in tags.iter(etree.Element) if tags is not None else ():
            text = flat(item.text or "")
            if text and not text.isdigit():  # numbers here are the IDs of text objects
                assembly.add(SegmentKind.METADATA, etree.QName(item).localname, text, hidden=True)
            for name, value in item.items():
                if _CHINESE.search(str(value)):
                    assembly.add(SegmentKind.METADATA, str(name), flat(str(value)), hidden=True)


def _attachments(member: Member, parts: _Parts, path: str, document: etree._Element) -> Iterator[Member]:
    listed = document.findtext("{*}Attachments")
    index = parts.path(path, listed) if listed else ""
    root = parts.xml(index) if index else None
    for item in root.iter("{*}Attachment") if root is not None else ():
        place = parts.path(index, item.findtext("{*}FileLoc") or item.get("FileLoc") or "")
        parts.read.add(place.lower())
        name = f"{member.path}!/{flat(item.get('Name') or '') or place}"
        try:
            data = parts.data(place)
        except Unreadable as error:
            yield Member(name, None, status=error.status, reason=error.reason)
            continue
        if data is None:
            yield Member(name, None, status=Status.CORRUPT, reason="missing")
        else:
            yield Member(name, data, fetched_at=member.fetched_at)


def _add_signatures(assembly: Assembly, parts: _Parts, body: etree._Element) -> None:
    """Who signed or sealed the document, when, and what the seal says: a hidden metadata segment a signature."""
    listed = body.findtext("{*}Signatures")
    index = parts.path("OFD.xml", listed) if listed else ""
    root = parts.xml(index) if index else None
    for number, item in enumerate(root.iter("{*}Signature") if root is not None else (), 1):
        path = parts.path(index, item.get("BaseLoc", ""))
        signature = parts.xml(path)
        if signature is None:
            continue
        provider = next(signature.iter("{*}Provider"), None)
        words = [provider.get("ProviderName", "") if provider is not None else ""]
        words += [signature.findtext(".//{*}SignatureDateTime") or ""]
        for location in (*signature.iterfind(".//{*}Seal/{*}BaseLoc"), *signature.iterfind("{*}SignedValue")):
            words += _seal_words(parts, parts.path(path, location.text or ""))
        assembly.add(SegmentKind.METADATA, f"signature {number}", flat(" ".join(dict.fromkeys(words))), hidden=True)


def _seal_words(parts: _Parts, path: str) -> list[str]:
    """The Chinese strings of a seal or signed value (GB/T 38540, DER): the seal's name, the certificates' subjects."""
    try:
        data = parts.data(path) or b""
    except Unreadable:
        return []
    found = []
    for match in _SEAL_WORDS.finditer(data):
        raw = data[match.end() : match.end() + match[1][0]]
        text = raw.decode("utf-8", "replace")
        if "\ufffd" not in text and _CHINESE.search(text) and text.isprintable():
            found.append(text)
    return found


def _add_unlisted_pages(assembly: Assembly, parts: _Parts) -> None:
    for path in list(parts.unread_pages()):
        content = parts.xml(path)
        if content is not None:
            _add_page(assembly, path, [content], hidden=True)
