"""Links of a page to what may be an attachment, told from links to other pages."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urljoin

from pipelines.documents import Link
from pipelines.extractors.html_layout import BREAK

_SELECTOR: Final = "base[href],a[href],area[href],iframe[src],embed[src],object[data]"
_SOURCES: Final = {"a": "href", "area": "href", "iframe": "src", "embed": "src", "object": "data"}
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
    r"附[\s\u3000]*[件表]|下载|名单|花名册|\.(?:docx?|xlsx?|pdf|wps|et|zip|rar)\s*$", re.IGNORECASE
)


def links_of(tree: Any) -> tuple[Link, ...]:
    """Links in the order of the page, each target once, as written, joined to <base href> where the page has one."""
    base, found = "", dict[str, Link]()
    for node in tree.css(_SELECTOR):
        tag, attributes = node.tag, node.attributes
        if tag == "base":
            base = base or (attributes.get("href") or "").strip()
            continue
        written = attributes.get(_SOURCES[tag])
        target = _attachment(written.strip(), node, attributes.get("title") or "") if written else ""
        if target and target not in found:
            found[target] = Link(_joined(base, target), _words(node, attributes))
    return tuple(found.values())


def _attachment(written: str, node: Any, title: str) -> str:
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
    return written if _WORDS.search(node.text()) or _WORDS.search(title) else ""


def _words(node: Any, attributes: dict[str, str | None]) -> str:
    return " ".join(node.text().replace(BREAK, " ").split()) or (attributes.get("title") or "").strip()


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target) if base else target
    except ValueError:  # "http://[half"
        return target
