"""What people call the kinds of files."""

from __future__ import annotations

from typing import Final

from pipelines.extractors import media
from scanner.i18n import N_, _

_NAMES: Final = {
    "": N_("unknown"),
    media.EMPTY: N_("empty file"),
    media.BINARY: N_("unknown"),
    media.TEXT: N_("plain text"),
    media.HTML: N_("web page"),
    media.CSV: "CSV",
    media.JSON: "JSON",
    media.XML: "XML",
    media.CSS: N_("style sheet"),
    media.JAVASCRIPT: N_("script"),
    media.SVG: "SVG",
    media.MAIL: N_("mail"),
    media.MSG: N_("mail"),
    media.MHTML: "MHTML",
    media.PDF: "PDF",
    media.OFD: "OFD",
    media.RTF: "RTF",
    media.ZIP: "ZIP",
    media.SEVEN_ZIP: "7Z",
    media.RAR: "RAR",
    media.TAR: "TAR",
    media.GZIP: "GZ",
    media.DBF: "DBF",
    media.XZ: "XZ",
    media.ZSTD: "ZST",
    media.BZIP2: "BZ2",
    media.EPUB: "EPUB",
    media.OLE: "OLE",
    media.FLAT_PACKAGE: "Office XML",
    media.DOC: "DOC",
    media.WPS: "WPS",
    media.DOCX: "DOCX",
    media.XLS: "XLS",
    media.XLSX: "XLSX",
    media.XLSB: "XLSB",
    media.PPT: "PPT",
    media.PPTX: "PPTX",
    media.ODS: "ODS",
    media.ODT: "ODT",
    media.ODP: "ODP",
    media.SPREADSHEET_XML: "Excel XML",
    "application/x-msdownload": N_("program"),
    "application/x-executable": N_("program"),
    media.WORD_XML: "Word XML",
    media.ENCRYPTED_OFFICE: N_("Office file with a password"),
}


def format_name(media_type: str) -> str:
    """A media type's name in the active language; pictures, sounds and films by that word."""
    if media_type in _NAMES:
        return _(_NAMES[media_type])
    family, _slash, name = media_type.partition("/")
    words = {"image": _("picture"), "audio": _("sound"), "video": _("film"), "font": _("font")}
    return f"{words[family]} {name.removeprefix('x-').upper()}" if family in words else media_type
