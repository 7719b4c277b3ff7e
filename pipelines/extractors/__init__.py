"""Extractors: the bytes of one member in, its text and where each part of it comes from out.

``REGISTRY`` lists them all; a new format is one module and one line. ``extract`` never raises: whatever is wrong with a
member becomes its status and reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from pipelines.documents import Document, Member
from pipelines.extractors import image, media, ocr
from pipelines.extractors.archive import extract_7z, extract_packed, extract_rar, extract_tar, extract_zip
from pipelines.extractors.assembly import Unreadable
from pipelines.extractors.compound import is_compound, is_cut
from pipelines.extractors.dbf import extract_dbf
from pipelines.extractors.delimited import extract_delimited
from pipelines.extractors.detect import detect
from pipelines.extractors.doc import extract_doc
from pipelines.extractors.docx import extract_docx
from pipelines.extractors.html import extract_html
from pipelines.extractors.json_text import extract_json
from pipelines.extractors.mail import extract_mail, extract_mhtml
from pipelines.extractors.metafile import extract_metafile
from pipelines.extractors.msg import extract_msg
from pipelines.extractors.odf_unlock import unlocked as unlocked_odf
from pipelines.extractors.odt import extract_odt
from pipelines.extractors.ofd import extract_ofd
from pipelines.extractors.office_crypto import unlocked
from pipelines.extractors.office_xml import extract_flat_package, extract_spreadsheet_xml, extract_word_xml
from pipelines.extractors.ole_objects import extract_ole
from pipelines.extractors.ole_unlock import unlocked as unlocked_ole
from pipelines.extractors.ppt import extract_ppt
from pipelines.extractors.pptx import extract_pptx
from pipelines.extractors.rtf import extract_rtf
from pipelines.extractors.script import extract_script
from pipelines.extractors.text import extract_text, with_note
from pipelines.extractors.unread import unread
from pipelines.extractors.workbook import extract_workbook
from pipelines.extractors.xml_text import extract_xml
from pipelines.schema import Status

__all__ = ["REGISTRY", "Extractor", "extract", "versions"]


@dataclass(frozen=True, slots=True)
class Extractor:
    """Reads members of some media types; may raise anything, Unreadable where it knows what is wrong."""

    name: str
    media_types: tuple[str, ...]
    read: Callable[..., Document]  # of the member; with takes_passwords of the passwords, too
    takes_passwords: bool = False
    version: str = "1"  # raise it when the same member may become another document


REGISTRY: Final = (
    Extractor("html", (media.HTML,), extract_html, version="2"),
    Extractor("script", (media.JAVASCRIPT,), extract_script),
    Extractor("text", (media.TEXT,), extract_text),
    Extractor("json", (media.JSON,), extract_json),
    Extractor("xml", (media.XML, media.SVG), extract_xml, version="2"),
    Extractor("spreadsheet_xml", (media.SPREADSHEET_XML,), extract_spreadsheet_xml),
    Extractor("word_xml", (media.WORD_XML,), extract_word_xml),
    Extractor("flat_package", (media.FLAT_PACKAGE,), extract_flat_package, version="2"),
    Extractor("dbf", (media.DBF,), extract_dbf),
    Extractor("delimited", (media.CSV,), extract_delimited),
    Extractor("workbook", (media.XLSX, media.XLSB, media.XLS, media.ODS), extract_workbook, version="8"),
    Extractor("docx", (media.DOCX,), extract_docx, version="3"),
    Extractor("pdf", (media.PDF,), image.extract_pdf_and_scans, takes_passwords=True, version="4"),
    Extractor("doc", (media.DOC,), extract_doc, version="7"),
    Extractor("rtf", (media.RTF,), extract_rtf, version="4"),
    Extractor("odt", (media.ODT, media.ODP), extract_odt, version="5"),
    Extractor("pptx", (media.PPTX,), extract_pptx, version="3"),
    Extractor("ppt", (media.PPT,), extract_ppt, version="5"),
    Extractor("ofd", (media.OFD,), extract_ofd, version="2"),
    Extractor("ole", (media.OLE,), extract_ole, version="3"),
    Extractor("mail", (media.MAIL,), extract_mail, version="2"),
    Extractor("mhtml", (media.MHTML,), extract_mhtml, version="2"),
    Extractor("msg", (media.MSG,), extract_msg, version="2"),
    Extractor("image", image.MEDIA_TYPES, image.extract_image, version="2"),
    Extractor("metafile", (media.EMF, media.WMF), extract_metafile),
    Extractor("zip", (media.ZIP, media.EPUB), extract_zip, takes_passwords=True, version="2"),
    Extractor("7z", (media.SEVEN_ZIP,), extract_7z, takes_passwords=True),
    Extractor("rar", (media.RAR,), extract_rar, takes_passwords=True, version="2"),
    Extractor("tar", (media.TAR,), extract_tar),
    Extractor("packed", (media.GZIP, media.BZIP2, media.XZ, media.ZSTD), extract_packed),
)
# What opens a document under a password, which its extractor then reads as any other.
_UNLOCK: Final[dict[str, Callable[[bytes, Sequence[str]], bytes]]] = {
    **{kind: partial(unlocked_ole, kind) for kind in (media.DOC, media.XLS, media.PPT)},
    **dict.fromkeys((media.ODT, media.ODS, media.ODP), unlocked_odf),
}
_BY_MEDIA_TYPE: Final = {kind: extractor for extractor in REGISTRY for kind in extractor.media_types}


def versions() -> dict[str, str]:
    """Each extractor's version, by name: what else than a member's bytes its document depends on."""
    recognised = "+ocr" if ocr.available() else ""
    read = {each.name: each.version + (recognised if each.name in ("image", "ofd", "pdf") else "") for each in REGISTRY}
    return read | {"none": "3"}  # what nothing reads


def extract(member: Member, passwords: Sequence[str] = ()) -> Document:
    """The document in a member, whatever its name says it is; ``passwords`` are tried on what is encrypted.

    Never raises (but for the interpreter's own exits). With passwords fixed: ``partial(extract, passwords=…)``.
    """
    if member.data is None:
        return Document(media_type=member.media_type, status=member.status, reason=member.reason or "no data")
    if "!/" not in member.path:
        ocr.begin()
    kind = media.BINARY
    try:
        kind = detect(member.data, member.path, member.media_type)
        if kind == media.ENCRYPTED_OFFICE:
            return extract(replace(member, data=unlocked(member.data, passwords)), passwords)
        extractor = _BY_MEDIA_TYPE.get(kind)
        if extractor is None:
            return unread(member, kind)
        document = _read(extractor, member, kind, passwords)
        return _if_whole(document, member.data).read_as(kind, extractor.name)
    except Unreadable as error:
        return _failed(kind, error.status, error.reason)
    except MemoryError:
        return _failed(kind, Status.TOO_LARGE, "memory")
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic inside a Rust library is no Exception
        return _failed(kind, Status.CORRUPT, f"{type(error).__name__}: {_first_line(error)}")


def _read(extractor: Extractor, member: Member, kind: str, passwords: Sequence[str]) -> Document:
    if extractor.takes_passwords:
        return extractor.read(member, passwords)
    try:
        return extractor.read(member)
    except Unreadable as error:
        if error.status != Status.ENCRYPTED or kind not in _UNLOCK:
            raise
    return extractor.read(replace(member, data=_UNLOCK[kind](member.data or b"", passwords)))


def _if_whole(document: Document, data: bytes) -> Document:
    """Readers of compound files stop at the end of what there is, as if no more had been written."""
    if document.status not in (Status.EXTRACTED, Status.PARTIAL) or not is_compound(data) or not is_cut(data):
        return document
    return with_note(document, "truncated: streams")


def _failed(kind: str, status: str, reason: str) -> Document:
    extractor = _BY_MEDIA_TYPE.get(kind)
    return Document(media_type=kind, extractor=extractor.name if extractor else "none", status=status, reason=reason)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:200]
