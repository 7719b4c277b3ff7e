"""From a mirror's file names back to the URLs they were fetched from: wget and HTTrack.

A path's first folder, or the one below a project's folder, is a host when it looks like one. A directory, a zip and a
tar of the same mirror go through the same functions, so their pages have the same URLs.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from pipelines.documents import Member

# A short list on purpose: folders such as "jquery.ui" or "v2.site" are no hosts.
_TLD: Final = "cn|com|net|org|gov|edu|info|mil|biz|cc|tv|hk|mo|tw|top|vip|xyz|中国|政务|公益|公司|网络|xn--[a-z0-9]+"
_HOST: Final = re.compile(rf"((?:[\w-]+\.)+(?:{_TLD})|\d{{1,3}}(?:\.\d{{1,3}}){{3}})(?:[:+_](\d{{2,5}}))?", re.I)
_DYNAMIC: Final = r"(?:aspx?|ashx|jspx?|jhtml|php\d?|do|action|cgi|cfm|pl)"
_ADJUSTED: Final = re.compile(rf"(\.{_DYNAMIC})\.html?$", re.I)  # wget --adjust-extension
_QUERY: Final = re.compile(r"\?|%3F", re.I)
_WINDOWS_QUERY: Final = re.compile(r"([^@]+)@([\w.%\[\]-]+=.*)")
# The value of a query that names a file may end in .html by itself.
_FILE_VALUE: Final = re.compile(r"(?:^|&)(?:file|filename|path|url|page|href|src|u)=[^&]*$", re.I)
_BARE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")

_HTTRACK: Final = re.compile(
    rb"<!-- Mirrored from (\S{1,2000}) by HTTrack Website Copier/[^>\r\n]{0,80}?(?:, (\w{3}, [\w :]{10,30} GMT))? -->"
)
_HTTRACK_WITHIN: Final = 16 << 10  # bytes from the page's start

# What the copiers write for themselves beside the hosts' folders. Members with these names are no documents of the
# site, and are left out of the count of members.
COPIER_FOLDERS: Final = ("hts-cache",)
COPIER_FILES: Final = (
    "hts-log.txt", "hts-ioinfo.txt", "hts-paths.txt", "hts-stop.lock", "hts-in_progress.lock", "backblue.gif",
    "fade.gif", "wget-log",
)  # fmt: skip
_COPIER_MARKS: Final = {  # names that a site may use too: told by their content
    "index.html": b"HTTrack Website Copier",
    "cookies.txt": b"Cookie File",
}


class _Place(NamedTuple):
    scheme: str
    host: str  # "" where the path has none
    folders: str  # below the host, as a URL has them; "" or ending in "/"


def _host(part: str) -> str:
    found = _HOST.fullmatch(part)
    if not found:
        return ""
    return found[1].lower() + (f":{found[2]}" if found[2] else "")


@lru_cache(maxsize=1 << 12)  # neighbours lie in the same folder
def _place(folder: str) -> _Place:
    """Of a file's folder: "" or parted by "/"."""
    parts, scheme = folder.split("/") if folder else [], "http"
    if len(parts) > 1 and parts[0].lower() in ("http", "https"):  # wget --protocol-directories
        scheme = parts.pop(0).lower()
    hosts = [_host(part) for part in parts[:2]] + ["", ""]
    second = hosts[1] and (not hosts[0] or hosts[1].endswith(hosts[0].removeprefix("www.")))
    host, rest = (hosts[1], parts[2:]) if second else (hosts[0], parts[1:] if hosts[0] else parts)
    return _Place(scheme, host, "".join(_escaped(part).replace("?", "%3F") + "/" for part in rest))


def archive_host(path: Path) -> str:
    """The host an archive is named after ("www.x.gov.cn", "www.x.gov.cn.zip"), or ""."""
    name = path.name
    for suffix in ("", ".zip", ".7z", ".rar", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"):
        if name.lower().endswith(suffix) and _host(name.removesuffix(suffix)):
            return _host(name.removesuffix(suffix))
    return ""


def url_of(path: str, host: str = "") -> str:
    """The URL of a mirrored file; ``host`` serves where the path names none. "" when neither does.

    >>> url_of("www.x.gov.cn/a/show.jsp@id=3"), url_of("site/www.x.gov.cn+8080/a.aspx.html")
    ('http://www.x.gov.cn/a/show.jsp?id=3', 'http://www.x.gov.cn:8080/a.aspx')
    >>> url_of("xxgk/a.html")
    ''
    """
    folder, _, name = path.rpartition("/")
    place = _place(folder)
    if not (place.host or host):
        return ""
    return f"{place.scheme}://{place.host or host}/{place.folders}{_file(name)}"


def _file(name: str) -> str:
    windows = _WINDOWS_QUERY.fullmatch(name)
    mark = _QUERY.search(name)
    if mark:
        return _escaped(name[: mark.start()]) + "?" + _escaped(_query(name[mark.end() :]))
    if windows:
        return _escaped(windows[1]) + "?" + _escaped(_query(windows[2]))
    return _escaped(_ADJUSTED.sub(r"\1", name))


def _query(query: str) -> str:
    return query if _FILE_VALUE.search(query) else re.sub(r"\.html?$", "", query, flags=re.I)


def _escaped(part: str) -> str:
    """A file name as a part of a URL; what is readable stays so."""
    return _BARE_PERCENT.sub("%25", part).replace("#", "%23").replace(" ", "%20")


def of_copier(path: str, data: bytes | None) -> bool:
    """Whether a file belongs to the copier, not to the site; see COPIER_FILES."""
    folders = path.split("/")
    name = folders.pop().lower()
    if COPIER_FOLDERS[0] in folders[:2]:
        return True
    if len(folders) > 1 or (folders and _host(folders[0])):
        return False  # within a host's folder: the site's own
    if name in COPIER_FILES:
        return True
    mark = _COPIER_MARKS.get(name)
    return bool(mark and data and mark in data[:_HTTRACK_WITHIN] and not _HTTRACK.search(data))


def member(path: str, data: bytes, host: str) -> Member:
    """A file of a mirror with its URL: from HTTrack's note in the page, else from the path."""
    url, fetched_at = url_of(path, host), None
    note = _HTTRACK.search(data, 0, _HTTRACK_WITHIN) if b"HTTrack" in data[:_HTTRACK_WITHIN] else None
    if note:
        noted = "http://" + note[1].decode("utf-8", "replace").removeprefix("http://").removeprefix("https://")
        if _believable(noted, url, path):
            url, fetched_at = noted, _date(note[2])
    return Member(path, data, url, fetched_at=fetched_at)


def _believable(noted: str, url: str, path: str) -> bool:
    """A page may carry the note of another mirror, from which its template was copied: then host or name differ."""
    try:
        noted_host, noted_path = urlsplit(noted).hostname, urlsplit(noted).path
        if url:
            return noted_host == urlsplit(url).hostname
    except ValueError:
        return False
    stem = noted_path.rpartition("/")[2].partition(".")[0] or "index"
    return path.rpartition("/")[2].startswith(stem)


def _date(text: bytes | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text.decode("ascii")) if text else None
    except ValueError:
        return None
