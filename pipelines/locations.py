"""What a document is called, whatever container it came in: a canonical, scheme-less URL."""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import unquote, urljoin, urlsplit

_INDEX_PAGES = ("index.html", "index.htm", "index.shtml", "default.html", "default.htm")
# A URL of which only the scheme goes, as of nearly every one. It takes a fifth of the time of splitting it.
_PLAIN = re.compile(r"https?://([a-z0-9.-]*[a-z0-9](?:/[^?#%\x00-\x20\x7f]*(?<!\s))?)")


def canonical(url: str) -> str:
    """The location of an absolute URL: no scheme, port or fragment, host in lower case, percent-escapes decoded,
    a folder's index page named by the folder.

    >>> canonical("HTTPS://WWW.Example.gov.cn:443/xxgk/%E5%90%8D%E5%8D%95.xlsx#top")
    'www.example.gov.cn/xxgk/名单.xlsx'
    >>> canonical("http://www.example.gov.cn/xxgk/index.html") == canonical("http://www.example.gov.cn/xxgk/")
    True
    >>> canonical("http://www.example.gov.cn/show.jsp?id=7")
    'www.example.gov.cn/show.jsp?id=7'
    """
    plain = _PLAIN.fullmatch(url)
    if plain:
        return _named_by_folder(plain[1] if "/" in plain[1] else plain[1] + "/")
    return _taken_apart(url)


def _taken_apart(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # "http://[half" is no URL; it still names something
        return url.strip()
    path = _named_by_folder(unquote(parts.path) or "/")
    return host + path + (f"?{unquote(parts.query)}" if parts.query else "")


def _named_by_folder(path: str) -> str:
    folder, _, last = path.rpartition("/")
    return folder + "/" if last.lower() in _INDEX_PAGES else path


def of_member(archive: str, path: str, url: str = "") -> str:
    """A member's location: of its URL where it has one, else its place in the archive."""
    if url:
        return canonical(url)
    return f"{archive}:{path}"


def resolve(base: str, target: str) -> str:
    """The location a link points to, from the location (not URL) of the page it stands in; "" if it leaves the web.

    >>> resolve("www.example.gov.cn/xxgk/1.html", "../files/名单.xlsx")
    'www.example.gov.cn/files/名单.xlsx'
    >>> resolve("site.zip:pages/1.html", "files/a.xls")
    'site.zip:pages/files/a.xls'
    >>> resolve("www.example.gov.cn/1.html", "javascript:void(0)")
    ''
    """
    target = target.strip()
    try:
        scheme = urlsplit(target).scheme.lower()
    except ValueError:
        return ""
    if scheme and scheme not in ("http", "https"):
        return ""
    if scheme or target.startswith("//"):
        return canonical(target if scheme else "http:" + target)
    archive, colon, path = base.partition(":")
    if colon and "/" not in archive:  # a place in an archive, not a URL
        joined = urljoin("http://x/" + path, target)
        return f"{archive}:{unquote(urlsplit(joined).path).lstrip('/')}"
    try:
        return canonical(urljoin("http://" + base, target))
    except ValueError:
        return ""


def doc_id(location: str) -> str:
    """32 hex digits naming the document at a location (BLAKE2b-128)."""
    return blake2b(location.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
