"""Links of a page to what may be an attachment, told from links to other pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urljoin

SOURCES: Final = {"a": "href", "area": "href", "iframe": "src", "embed": "src", "object": "data"}
_PAGES: Final = frozenset(("html", "htm", "shtml", "shtm", "xhtml", "jhtml"))
_PAGE_ENDINGS: Final = tuple("." + page for page in _PAGES)
# What a program or a domain may be called: the words linked, or the rest of the address, must say that it is a file.
_PROGRAMS: Final = frozenset(
    (
        *("jsp", "jspx", "asp", "aspx", "php", "do", "action", "cgi", "psp", "cfm", "nsf", "css", "js", "ico"),
        *("cn", "com", "net", "org", "gov", "edu", "top"),
    )
)
_NOT_FILES: Final = ("#", "mailto:", "tel:", "data:", "about:")
_NOT_FILES_BYTES: Final = tuple(sign.encode() for sign in _NOT_FILES)
_PAGE_BYTES: Final = tuple(ending.encode() for ending in _PAGE_ENDINGS)
_TARGET: Final = re.compile(rb"""(?:href|src|data)\s*=\s*(?:"([^"]*)|'([^']*)|([^\s>]+))""", re.IGNORECASE)
_FILE_IN_SCRIPT: Final = re.compile(
    r"""['"]([^'"]+\.(?:docx?|xlsx?|xlsm|pdf|wps|et|ofd|rtf|csv|txt|zip|rar|7z|pptx?|jpe?g|png|tiff?))['"]""",
    re.IGNORECASE,
)
_FILE_IN_VIEWER: Final = re.compile(
    r"[?&](?:file|fileurl|url|src)=([^&]+\.(?:pdf|ofd|docx?|xlsx?))(?=&|$)", re.IGNORECASE
)
_EXTENSION: Final = re.compile(r"(?!\d+$)[a-z0-9]{1,5}")
_DOWNLOADS: Final = re.compile("download|attach|accessory|fujian|getfile|showfile|fileid|upfile|uploadfile")
_WORDS: Final = re.compile(
    r"附[\s\u3000]*[件表]|下载|名单|花名册|\.(?:docx?|xlsx?|pdf|wps|et|zip|rar)\s*$", re.IGNORECASE | re.MULTILINE
)


def may_lead_to_file(token: bytes) -> bool:
    """Whether a tag may name a file, told from its bytes alone; most lead to another page."""
    found = _TARGET.search(token)
    if found is None:
        return False
    target = (found[1] or found[2] or found[3] or b"").strip().lower()
    return not (
        target in (b"", b"/")
        or target.startswith(_NOT_FILES_BYTES)
        or (b"?" not in target and target.endswith(_PAGE_BYTES))
    )


def target_of(tag: str, attributes: Mapping[str, str], words: str) -> str:
    """The file that a tag with these attributes and words leads to, as written; "" when it leads to none."""
    written = attributes.get(SOURCES[tag], "").strip()
    return _attachment(written, words) if written else ""


def _attachment(written: str, words: str) -> str:
    """The target when it may be a file, else ""."""
    if written.startswith(_NOT_FILES) or ("?" not in written and written.endswith(_PAGE_ENDINGS)):
        return ""
    if written[:11].lower() == "javascript:":
        called = _FILE_IN_SCRIPT.search(written)
        return called[1] if called else ""
    if "=" in written and (shown := _FILE_IN_VIEWER.search(written)):
        return shown[1]
    lowered = written.lower()
    name = lowered.partition("#")[0].partition("?")[0].rpartition("/")[2]
    extension = name.rpartition(".")[2] if "." in name else ""
    if extension not in _PROGRAMS and extension not in _PAGES and _EXTENSION.fullmatch(extension):
        return written
    if _DOWNLOADS.search(lowered):
        return written
    return written if _WORDS.search(words) else ""


def joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target) if base else target
    except ValueError:  # "http://[half"
        return target
