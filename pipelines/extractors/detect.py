"""What a member is, by its content. A name only decides between kinds of plain text, which content cannot tell."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final

import olefile

from pipelines.extractors import media
from pipelines.extractors.compound import CompoundFile
from pipelines.extractors.dbf import is_dbf
from pipelines.extractors.encoding import utf16_without_mark
from pipelines.extractors.zip_entry import opened, unpacked
from pipelines.sources.tar import is_tar

_MAGIC: Final = (
    (b"%PDF-", media.PDF),
    (b"{\\rtf", media.RTF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"\xd7\xcd\xc6\x9a", media.WMF),
    *((head, media.WMF) for head in (b"\1\0\x09\0\0\1", b"\1\0\x09\0\0\3", b"\2\0\x09\0\0\3")),
    (b"Rar!\x1a\x07", media.RAR),
    (b"7z\xbc\xaf\x27\x1c", media.SEVEN_ZIP),
    (b"\x1f\x8b", media.GZIP),
    (b"BZh", media.BZIP2),
    (b"\xfd7zXZ\x00", media.XZ),
    (b"\x28\xb5\x2f\xfd", media.ZSTD),
    (b"MSCF", "application/vnd.ms-cab-compressed"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"OTTO", "font/otf"),
    (b"\x00\x01\x00\x00\x00", "font/ttf"),
    (b"ttcf", "font/collection"),
    (b"FWS", "application/x-shockwave-flash"),
    (b"CWS", "application/x-shockwave-flash"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"FLV\x01", "video/x-flv"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"OggS", "application/ogg"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"\x09\x08\x10\x00", "application/vnd.ms-excel; without container"),
    (b"\x09\x04\x06\x00", "application/vnd.ms-excel; version 4"),
    (b"\x09\x02\x06\x00", "application/vnd.ms-excel; version 3"),
    (b"\x09\x00\x04\x00", "application/vnd.ms-excel; version 2"),
    (b"\x31\xbe\x00\x00", "application/x-mswrite"),
    (b"\xdb\xa5", media.DOC),  # Word 2
    (b"\xffWPC", "application/vnd.wordperfect"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"WARC/", "application/warc"),
    (b"SIMPLE  =", "application/fits"),
)
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_OOXML: Final = (
    (b"wordprocessingml", media.DOCX),
    (b"ms-word.", media.DOCX),
    (b"spreadsheetml.sheet.main", media.XLSX),
    (b"spreadsheetml.template.main", media.XLSX),
    (b"sheet.binary.macroEnabled.main", media.XLSB),
    (b"ms-excel.", media.XLSX),
    (b"presentationml", media.PPTX),
    (b"ms-powerpoint.", media.PPTX),
    (b"visio", "application/vnd.ms-visio.drawing"),
)
# Of a root storage's entries the first that stands here tells what wrote it.
_OLE_ENTRIES: Final = (
    ("EncryptedPackage", media.ENCRYPTED_OFFICE),
    ("WordDocument", media.DOC),
    ("Workbook", media.XLS),
    ("Book", media.XLS),
    ("PowerPoint Document", media.PPT),
    ("__properties_version1.0", media.MSG),
    ("MatOST", media.WPS),
    ("CONTENTS", media.WPS),
    ("SPELLING", media.WPS),
    ("VisioDocument", "application/vnd.visio"),
)
_WORKS: Final = b"CHNK"
_OOXML_FOLDERS: Final = ((b"word/", media.DOCX), (b"xl/", media.XLSX), (b"ppt/", media.PPTX))
_ODF_SIGNS: Final = ((b"opendocument.spreadsheet", media.ODS), (b"opendocument.text", media.ODT))
_XML_SIGNS: Final = (
    (b"<pkg:package", media.FLAT_PACKAGE),
    (b"<w:wordDocument", media.WORD_XML),
    (b"urn:schemas-microsoft-com:office:spreadsheet", media.SPREADSHEET_XML),
)
_HTML: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|script|style|link|table|div|span|p|br|h[1-6]|ul|ol|font|center|form|iframe)"
    rb"(?=[\s>/])",
    re.IGNORECASE,
)
_WHOLE_PAGE: Final = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_MAIL: Final = re.compile(rb"(?:From |[A-Za-z][\w-]{1,40}:)")
_MAIL_SIGN: Final = re.compile(rb"^(?:MIME-Version|Message-ID|Received):", re.IGNORECASE | re.MULTILINE)
_MAIL_TO: Final = re.compile(rb"^To:", re.IGNORECASE | re.MULTILINE)
_TEXT_NAMES: Final = {
    "csv": media.CSV, "tsv": media.CSV, "tab": media.CSV, "xls": media.CSV, "et": media.CSV,
    "css": media.CSS, "js": media.JAVASCRIPT, "mjs": media.JAVASCRIPT,
    "json": media.JSON, "jsonl": media.JSON, "map": media.JSON,
}  # fmt: skip
_OLD_TAR: Final = re.compile(rb"[ 0-7]{5,7}[\0 ]")  # where a tar's header has its checksum
_MAX_TYPES: Final = 1_000_000  # bytes of an OOXML package's list of its parts
_WINDOW: Final = 4096  # bytes looked at to tell text from binary


def detect(data: bytes, path: str = "", claimed: str = "") -> str:
    """The media type of some bytes; ``path`` and the ``claimed`` media type are hints between kinds of plain text."""
    if _WHOLE_PAGE.match(data):  # most members are: nothing below would call it anything else
        return media.HTML
    if not data.strip(b"\x00\t\n\r\f "):
        return media.EMPTY
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK")):
        return _zip_kind(data)
    if data.startswith(olefile.MAGIC):
        return _ole_kind(data)
    if data[:1] == b"<":  # most members are pages
        return _text_kind(data, path, claimed)
    return _by_magic(data) or _text_kind(data, path, claimed)


def _by_magic(data: bytes) -> str:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if b"%PDF-" in data[:1024]:  # some drawings of macOS, too, which say the same better
        return media.PDF
    if data[:4] == b"\1\0\0\0" and data[40:44] == b" EMF":
        return media.EMF
    if data[:4] == b"RIFF":
        return _RIFF.get(data[8:12], "application/octet-stream")
    if data[4:8] == b"ftyp":
        return "video/mp4"
    if is_dbf(data):
        return media.DBF
    if data[257:262] == b"ustar" or (_OLD_TAR.match(data, 148) and is_tar(data)):
        return media.TAR
    if data[:2] == b"BM" and len(data) >= 26 and data[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return "application/vnd.ms-fontobject" if data[34:36] == b"LP" and b"\0" in data[:34] else ""


def _zip_kind(data: bytes) -> str:
    try:
        archive = opened(data, again=True)
        names = set(archive.namelist())
        if "[Content_Types].xml" in names:
            entry = archive.getinfo("[Content_Types].xml")
            content = unpacked(data, entry) if entry.file_size <= _MAX_TYPES else None
            if content is not None:
                return _ooxml_kind(content)
            with archive.open(entry) as part:
                return _ooxml_kind(part.read(_MAX_TYPES))
        if "mimetype" in names:
            with archive.open("mimetype") as part:
                kind = part.read(200).strip().decode("ascii", "replace")
                return kind.replace("-template", "").replace("text-master", "text") or media.ZIP
    except Exception:  # zipfile raises a dozen kinds on damage; the first entry's name still tells an office file
        return _broken_zip_kind(data)
    if "OFD.xml" in names or "ofd.xml" in names:
        return media.OFD
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return media.ODT
    return media.XLSX if "xl/workbook.xml" in names else media.DOCX if "word/document.xml" in names else media.ZIP


def _broken_zip_kind(data: bytes) -> str:
    head = data[:4096]
    for sign, kind in _ODF_SIGNS:
        if sign in head:
            return kind
    if b"[Content_Types].xml" not in head and b"docProps/" not in head and b"_rels/.rels" not in head:
        return media.ZIP
    return next((kind for sign, kind in _OOXML_FOLDERS if sign in data), media.DOCX)


def _ooxml_kind(content_types: bytes) -> str:
    # The main part decides: a document may embed workbooks, whose types stand in the same list.
    main = b" ".join(re.findall(rb'ContentType="([^"]*\.main\+xml|[^"]*\.main)"', content_types)) or content_types
    return next((kind for sign, kind in _OOXML if sign in main), media.ZIP)


def _ole_kind(data: bytes) -> str:
    try:
        with CompoundFile(BytesIO(data)) as ole:
            names = {entry.name for entry in ole.root.kids}
            if "CONTENTS" in names and not ole.openstream("CONTENTS").read(8).startswith(_WORKS):
                names.remove("CONTENTS")  # the wrapping of another file
    except Exception:  # a broken directory: the names are still there somewhere
        names = {name for name, _ in _OLE_ENTRIES if name.encode("utf-16-le") in data}
    if (
        "WordDocument" not in names
        and "Workbook" not in names
        and {name.lower() for name in names} & {"workbook", "book"}
    ):
        return media.XLS
    return next((kind for name, kind in _OLE_ENTRIES if name in names), media.OLE)


def _text_kind(data: bytes, path: str, claimed: str) -> str:
    head = data[:_WINDOW]
    wide = utf16_without_mark(data) or head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if wide:
        head = head.replace(b"\0", b"")
    elif is_binary(head) and not _WHOLE_PAGE.match(head.lstrip()):
        return media.BINARY
    head = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f")
    if path.lower().endswith(".txt") and not _WHOLE_PAGE.match(head):
        return media.TEXT  # its offsets are promised to be the file's own
    return _office_xml(head) or _markup_kind(head, claimed) or _plain_kind(head, path, claimed)


def is_binary(head: bytes) -> bool:
    """Whether over one byte in fifty is a control character that no text holds; of random bytes one in ten is."""
    return (len(head) - len(head.translate(None, _CONTROLS))) * 50 > len(head)


_CONTROLS: Final = bytes(c for c in range(32) if c not in (9, 10, 11, 12, 13, 26, 27))


def _office_xml(head: bytes) -> str:
    """Asked before HTML, whose elements Office's XML has some of by name."""
    if head[:5].lower() != b"<?xml" and not head.startswith((b"<Workbook", b"<w:wordDocument", b"<pkg:package")):
        return ""
    return next((kind for sign, kind in _XML_SIGNS if sign in head and b"<html" not in head.lower()), "")


def _markup_kind(head: bytes, claimed: str) -> str:
    if _MAIL.match(head) and _MAIL_SIGN.search(head):
        is_page = b"multipart/related" in head.lower() and not _MAIL_TO.search(head)  # a mail with pictures is a mail
        return media.MHTML if is_page else media.MAIL
    found = _HTML.search(head, 0, 1024)
    if found and (found.start() == 0 or head[:1] == b"<" or "html" in claimed):
        return media.SVG if head.startswith(b"<svg") or b"<svg" in head[: found.start()] else media.HTML
    if head[:5].lower() == b"<?xml" or head.startswith(b"<svg"):
        return media.SVG if b"<svg" in head else media.XML
    return media.HTML if "html" in claimed and b"<" in head else ""


def _plain_kind(head: bytes, path: str, claimed: str) -> str:
    if path.lower().endswith(".xml") and head.startswith(b"<"):
        return media.XML
    extension = path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path else ""
    if extension in _TEXT_NAMES:
        return _TEXT_NAMES[extension]
    return media.CSS if claimed.startswith("text/css") else media.JAVASCRIPT if "javascript" in claimed else media.TEXT
