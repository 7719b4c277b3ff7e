"""Looks at pages of the office's own sites as a visitor would, politely: is it there, is it gone, or can nobody say?

Only hosts in sites.toml, as robots.txt allows, one request at a time and a pause between two to the same host. An
answer is GONE only when the site says so in a way that can be trusted: 404 or 410, the home page instead of the page,
or the same "no such page" that the site gives for an address that never was. Everything doubtful is UNKNOWN: a
refusal, an error, a timeout, a loop, a page that is too large or cut short, an address that leads elsewhere.

Needs the extra ``live`` (urllib3).
"""

from __future__ import annotations

import re
import secrets
import time
import urllib.robotparser
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from scanner.i18n import N_, _

if TYPE_CHECKING:
    import urllib3

AGENT: Final = "scan-takedown-check/1 (checks pages of its own office)"
PAUSE: Final = 2.0  # seconds between two requests to a host, at least
_LONGEST_PAUSE: Final = 30.0  # a robots.txt may ask for more; then nobody looks
_SECONDS: Final = 30.0  # for one answer, all of it
_LARGEST: Final = 50_000_000  # bytes
_REDIRECTS: Final = 5
_HOME: Final = re.compile(r"/?(?:(?:index|default|home|main)\.\w{2,5})?", re.IGNORECASE)
_NO_SUCH_PAGE: Final = re.compile(
    r"页面(?:不存在|已删除|找不到|丢失)|(?:找不到|没有找到|无法找到)[^。]{0,12}(?:页面|文件|网页|内容)|"
    r"(?:信息|文章|内容|文件)(?:不存在|已(?:被)?删除|已下线)|404 ?(?:not found|错误|error)|not found",
    re.IGNORECASE,
)
_ERROR_PAGE: Final = 2_000  # characters of visible text a page that only says "not found" may have
_TAGS: Final = re.compile(rb"(?s)<(script|style)\b.*?</\1>|<[^>]*>")


class Answer(StrEnum):
    THERE = "there"
    SAME = "same"  # not changed since it was last looked at
    GONE = "gone"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why GONE or UNKNOWN."""

    NOT_FOUND = "not_found"  # 404, 410
    SOFT = "soft_404"  # status 200 and a page that says there is none
    HOME = "home"  # the home page instead
    ROBOTS = "robots"
    OUTSIDE = "outside"  # no host of sites.toml, or led to one that is none
    REFUSED = "refused"  # 401, 403, 429
    SERVER = "server"  # 5xx and other odd answers
    LOOP = "loop"
    TIMEOUT = "timeout"
    LARGE = "large"
    CUT = "cut"  # not as long as announced
    UNREACHABLE = "unreachable"


_WORDS: Final = {
    Why.NOT_FOUND: N_("the server says it is gone"),
    Why.SOFT: N_("a page that says there is none"),
    Why.HOME: N_("the home page came instead"),
    Why.ROBOTS: N_("robots.txt does not allow it"),
    Why.OUTSIDE: N_("not on a host that sites.toml names"),
    Why.REFUSED: N_("the server refused"),
    Why.SERVER: N_("the server has a fault"),
    Why.LOOP: N_("led in a circle"),
    Why.TIMEOUT: N_("no answer in time"),
    Why.LARGE: N_("too large"),
    Why.CUT: N_("the answer was cut short"),
    Why.UNREACHABLE: N_("the server cannot be reached"),
}


def why_name(why: str) -> str:
    return _(_WORDS[Why(why)])


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at one address came to."""

    url: str
    answer: Answer
    why: str = ""
    status: int = 0
    data: bytes = field(default=b"", repr=False)
    media_type: str = ""
    etag: str = ""
    modified: str = ""


class _Stop(Exception):
    def __init__(self, answer: Answer, why: Why, status: int = 0) -> None:
        self.answer, self.why, self.status = answer, why, status


class Visitor:
    """Looks at addresses one after another. ``allowed``: whether a host is the office's own."""

    def __init__(
        self,
        allowed: Callable[[str], bool],
        *,
        pause: float = PAUSE,
        seconds: float = _SECONDS,
        largest: int = _LARGEST,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        import urllib3

        timeout = urllib3.Timeout(connect=min(10.0, seconds), read=seconds)
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False, headers={"User-Agent": AGENT})
        self._allowed, self._pause, self._seconds, self._largest, self._sleep = allowed, pause, seconds, largest, sleep
        self._robots: dict[str, urllib.robotparser.RobotFileParser] = {}
        self._silent: dict[str, Why] = {}  # sites that did not say what they allow, and why not
        self._last: dict[str, float] = {}
        self._nowhere: dict[str, bytes] = {}  # what a site says of an address that never was
        self._tired: set[str] = set()  # sites that asked not to be asked any more

    def look(self, url: str, known: Mapping[str, str] | None = None) -> Seen:
        """``known``: etag and modified of an earlier look. Never raises for what a site does."""
        try:
            return self._look(url, known or {})
        except _Stop as stop:
            return Seen(url, stop.answer, stop.why, stop.status)

    def _look(self, url: str, known: Mapping[str, str]) -> Seen:
        conditions = {"If-None-Match": known.get("etag", ""), "If-Modified-Since": known.get("modified", "")}
        at, first = url, _site(url)
        for _hop in range(_REDIRECTS + 1):
            self._may(at)
            status, headers, data = self._get(at, {name: value for name, value in conditions.items() if value})
            if status in (301, 302, 303, 307, 308):
                at = urljoin(at, headers.get("Location", ""))
                if _is_home(at) and not _is_home(url):
                    raise _Stop(Answer.GONE if _site(at)[1] == first[1] else Answer.UNKNOWN, Why.HOME, status)
                continue
            return self._seen(url, at, status, headers, data)
        raise _Stop(Answer.UNKNOWN, Why.LOOP)

    def _seen(self, url: str, at: str, status: int, headers: Mapping[str, str], data: bytes) -> Seen:
        if status == 304:
            return Seen(url, Answer.SAME, status=status)
        if status in (404, 410):
            raise _Stop(Answer.GONE, Why.NOT_FOUND, status)
        if status in (401, 403, 429):
            self._tired |= {_site(at)[1]} if status == 429 else set()
            raise _Stop(Answer.UNKNOWN, Why.REFUSED, status)
        if status != 200:
            raise _Stop(Answer.UNKNOWN, Why.SERVER, status)
        media = headers.get("Content-Type", "")
        if "html" in media and not _is_home(url) and self._is_soft(at, data):
            raise _Stop(Answer.GONE, Why.SOFT, status)
        return Seen(
            url, Answer.THERE, "", status, data, media, headers.get("ETag", ""), headers.get("Last-Modified", "")
        )

    def _is_soft(self, url: str, data: bytes) -> bool:
        """Whether a page only says that there is none."""
        words = _words(data)
        if len(words) < _ERROR_PAGE and _NO_SUCH_PAGE.search(words):
            return True
        site = "://".join(_site(url))
        if site not in self._nowhere:
            self._nowhere[site] = self._of_nowhere(urljoin(url, f"/scan-{secrets.token_hex(8)}.html"))
        return bool(self._nowhere[site]) and _alike(self._nowhere[site], data)

    def _of_nowhere(self, url: str) -> bytes:
        try:
            self._may(url)
            status, headers, data = self._get(url, {})
        except _Stop:
            return b""
        return data if status == 200 and "html" in headers.get("Content-Type", "") else b""

    def _may(self, url: str) -> None:
        """Raises _Stop where this address is not to be asked for; waits its turn otherwise."""
        scheme, host = _site(url)
        name = urlsplit(url).hostname or ""
        if scheme not in ("http", "https") or not self._allowed(name):
            raise _Stop(Answer.UNKNOWN, Why.OUTSIDE)
        if host in self._tired:
            raise _Stop(Answer.UNKNOWN, Why.REFUSED)
        if host not in self._robots:
            self._robots[host] = self._read_robots(f"{scheme}://{host}/robots.txt")
        robots = self._robots[host]
        wanted = float(robots.crawl_delay(AGENT) or 0)
        if not robots.can_fetch(AGENT, url) or wanted > _LONGEST_PAUSE:
            raise _Stop(Answer.UNKNOWN, self._silent.get(host, Why.ROBOTS))
        self._wait(host, max(self._pause, wanted))

    def _read_robots(self, url: str) -> urllib.robotparser.RobotFileParser:
        """As RFC 9309 says: no file, all allowed; no answer, nothing allowed."""
        robots = urllib.robotparser.RobotFileParser(url)
        self._wait(_site(url)[1], self._pause)
        try:
            status, _headers, data = self._get(url, {})
        except _Stop as stop:
            status, data = 500, b""
            self._silent[_site(url)[1]] = stop.why
        if status == 200:
            robots.parse(data.decode("utf-8", "replace").splitlines())
        elif status >= 500 or status == 429:
            self._silent.setdefault(_site(url)[1], Why.SERVER)
            robots.disallow_all = True  # type: ignore[attr-defined]
        else:
            robots.allow_all = True  # type: ignore[attr-defined]
        robots.modified()
        return robots

    def _wait(self, host: str, pause: float) -> None:
        since = time.monotonic() - self._last.get(host, -1e9)
        if since < pause:
            self._sleep(pause - since)
        self._last[host] = time.monotonic()

    def _get(self, url: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        import urllib3

        deadline = time.monotonic() + self._seconds
        response: Any = None
        try:
            response = self._pool.request(
                "GET", url, headers={"User-Agent": AGENT, **headers}, redirect=False, preload_content=False
            )
            return response.status, response.headers, self._body(response, deadline)
        except urllib3.exceptions.NewConnectionError:  # which is a TimeoutError, too
            raise _Stop(Answer.UNKNOWN, Why.UNREACHABLE) from None
        except urllib3.exceptions.TimeoutError:
            raise _Stop(Answer.UNKNOWN, Why.TIMEOUT) from None
        except (urllib3.exceptions.IncompleteRead, urllib3.exceptions.ProtocolError):
            raise _Stop(Answer.UNKNOWN, Why.CUT if response is not None else Why.UNREACHABLE) from None
        except (urllib3.exceptions.HTTPError, ValueError):
            raise _Stop(Answer.UNKNOWN, Why.UNREACHABLE) from None
        finally:
            if response is not None:
                response.close()

    def _body(self, response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        data = bytearray()
        while block := response.read1(1 << 16):
            data += block
            if len(data) > self._largest:
                raise _Stop(Answer.UNKNOWN, Why.LARGE, response.status)
            if time.monotonic() > deadline:
                raise _Stop(Answer.UNKNOWN, Why.TIMEOUT, response.status)
        announced = response.headers.get("Content-Length", "")
        plain = response.status != 304 and "Content-Encoding" not in response.headers
        if plain and announced.isdigit() and len(data) != int(announced):
            raise _Stop(Answer.UNKNOWN, Why.CUT, response.status)
        return bytes(data)


def _site(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.netloc.lower()


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and _HOME.fullmatch(parts.path) is not None


def _words(data: bytes) -> str:
    plain = _TAGS.sub(b" ", data[: 1 << 20])
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        text = plain.decode("gb18030", "replace")
    return " ".join(text.split())


def _alike(one: bytes, other: bytes) -> bool:
    """Whether two pages say the same, but for numbers and addresses in them."""
    first, second = (re.sub(r"[\w/.:-]*\d[\w/.:-]*|https?:\S+", "", _words(data)) for data in (one, other))
    return bool(first) and first == second
