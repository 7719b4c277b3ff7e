"""Live verification against a local server that plays every trick a site may play."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

pytest.importorskip("urllib3", reason="the extra live is not installed")

from scanner.cli import main
from scanner.commands.live import verify_live
from scanner.live import Answer, Visitor, Why
from scanner.live_check import Looked, Wanted, leaking, look
from scanner.rescans import rescan
from scanner.store.connection import create as create_database
from scanner.store.connection import reading
from scanner.synthetic.people import Factory
from scanner.verdicts import Verdict
from scanner.workspace import Workspace, create

PERSON = Factory(4).person()
LEAK = f"姓名,身份证号\n{PERSON.name},{PERSON.resident_id}\n".encode()
HTML = "text/html; charset=utf-8"
NOWHERE = "<html><body><h1>星河市人民政府</h1><p>您访问的栏目正在整理 编号{}</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """One page a trick."""

    asked: ClassVar[list[tuple[str, float, dict[str, str]]]] = []
    robots: ClassVar[str | int] = "User-agent: *\nDisallow: /private/\n"

    def do_GET(self) -> None:
        self.asked.append((self.path, time.monotonic(), dict(self.headers)))
        name = self.path.strip("/").partition("?")[0].partition(".")[0].replace("/", "_") or "home"
        getattr(self, f"_{name}", self._nothing)()

    def log_message(self, *words: Any) -> None:
        pass

    def _say(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        headers = {"Content-Length": str(len(body)), "Content-Type": HTML} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _nothing(self) -> None:
        self._say(NOWHERE.format(abs(hash(self.path)) % 10**6).encode(), 200)  # a site that never says 404

    def _robots(self) -> None:
        if isinstance(self.robots, int):
            self._say(b"", self.robots)
        else:
            self._say(self.robots.encode(), Content_Type="text/plain")

    def _home(self) -> None:
        self._say(b"<html>home</html>")

    def _page(self) -> None:
        self._say("<html><body>正文，附件见下</body></html>".encode())

    def _list(self) -> None:
        if self.headers.get("If-None-Match") == '"7"':
            self._say(b"", 304)
        else:
            self._say(LEAK, Content_Type="text/csv", ETag='"7"')

    def _clean(self) -> None:
        self._say("姓名,金额\n无,1\n".encode(), Content_Type="text/csv")

    def _locked(self) -> None:
        self._say(b"PK\x03\x04 broken", Content_Type="application/zip")

    def _gone(self) -> None:
        self._say(b"no", 404)

    def _gone2(self) -> None:
        self._say(b"no", 410)

    def _soft(self) -> None:
        self._say("<html><script>var a='x'</script><h1>抱歉，您访问的页面不存在</h1></html>".encode())

    def _gbk(self) -> None:
        self._say("<html><h1>该信息已被删除</h1></html>".encode("gbk"))

    def _tohome(self) -> None:
        self._say(b"", 302, Location="/")

    def _toindex(self) -> None:
        self._say(b"", 301, Location="/index.html")

    def _tolist(self) -> None:
        self._say(b"", 302, Location="/list.csv")

    def _loop(self) -> None:
        self._say(b"", 302, Location="/loop")

    def _outside(self) -> None:
        self._say(b"", 302, Location="http://other.example.com/x.html")

    def _outhome(self) -> None:
        self._say(b"", 302, Location="http://localhost:1/")

    def _forbidden(self) -> None:
        self._say(b"", 403)

    def _busy(self) -> None:
        self._say(b"", 429, Retry_After="3600")

    def _broken(self) -> None:
        self._say(b"", 500)

    def _maintenance(self) -> None:
        self._say(b"", 503)

    def _slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            try:
                self.wfile.write(b"x")
                time.sleep(0.05)
            except OSError:
                return

    def _silent(self) -> None:
        time.sleep(1.5)

    def _huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", HTML)
        self.end_headers()
        for _ in range(100):
            try:
                self.wfile.write(b"x" * 10_000)
            except OSError:
                return

    def _short(self) -> None:
        self._say(b"abc", Content_Length="1000")
        self.close_connection = True

    def _private_x(self) -> None:
        raise AssertionError("robots.txt forbids it")

    def _article(self) -> None:
        self._say(("<html><body>" + "关于页面不存在问题的整改说明。" + "正文内容。" * 900 + "</body></html>").encode())


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked, Site.robots = [], "User-agent: *\nDisallow: /private/\n"
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def visitor(**options: Any) -> Visitor:
    settings: dict[str, Any] = {"pause": 0, "seconds": 0.6, "largest": 300_000}
    return Visitor(lambda host: host == "127.0.0.1", **(settings | options))


TRICKS = [
    ("page.html", Answer.THERE, ""), ("list.csv", Answer.THERE, ""), ("tolist", Answer.THERE, ""),
    ("article.html", Answer.THERE, ""),
    ("gone.html", Answer.GONE, Why.NOT_FOUND), ("gone2.html", Answer.GONE, Why.NOT_FOUND),
    ("soft.html", Answer.GONE, Why.SOFT), ("gbk.html", Answer.GONE, Why.SOFT), ("missing.html", Answer.GONE, Why.SOFT),
    ("tohome", Answer.GONE, Why.HOME), ("toindex", Answer.GONE, Why.HOME),
    ("loop", Answer.UNKNOWN, Why.LOOP), ("outside", Answer.UNKNOWN, Why.OUTSIDE),
    ("outhome", Answer.UNKNOWN, Why.HOME), ("forbidden", Answer.UNKNOWN, Why.REFUSED),
    ("busy", Answer.UNKNOWN, Why.REFUSED), ("broken", Answer.UNKNOWN, Why.SERVER),
    ("maintenance", Answer.UNKNOWN, Why.SERVER), ("slow", Answer.UNKNOWN, Why.TIMEOUT),
    ("silent", Answer.UNKNOWN, Why.TIMEOUT), ("huge", Answer.UNKNOWN, Why.LARGE), ("short", Answer.UNKNOWN, Why.CUT),
    ("private/x", Answer.UNKNOWN, Why.ROBOTS),
]  # fmt: skip


@pytest.mark.parametrize(("path", "answer", "why"), TRICKS, ids=[row[0] for row in TRICKS])
def test_every_trick(site: str, path: str, answer: Answer, why: str) -> None:
    seen = visitor().look(f"{site}/{path}")
    assert (seen.answer, seen.why) == (answer, why)


def test_hosts_that_are_not_the_offices_are_never_asked() -> None:
    assert visitor().look("http://www.example.com/").why == Why.OUTSIDE
    assert visitor().look("ftp://127.0.0.1/x").why == Why.OUTSIDE
    assert visitor().look("http://127.0.0.1:9/x").why is Why.UNREACHABLE  # nobody answers there


@pytest.mark.parametrize(("robots", "allowed"), [(404, True), (500, False), ("User-agent: *\nDisallow: /", False)])
def test_robots(site: str, robots: str | int, allowed: bool) -> None:
    Site.robots = robots
    seen = visitor().look(f"{site}/list.csv")
    assert (seen.answer is Answer.THERE) == allowed
    assert [path for path, *_ in Site.asked] == ["/robots.txt", "/list.csv"][: 1 + allowed]


def test_a_pause_between_two_requests_and_one_robots_txt(site: str) -> None:
    pauses: list[float] = []
    polite = visitor(pause=5.0, sleep=pauses.append)
    for _ in range(3):
        polite.look(f"{site}/list.csv")
    assert [path for path, *_ in Site.asked] == ["/robots.txt", *["/list.csv"] * 3]
    assert len(pauses) == 3 and all(4 < pause <= 5 for pause in pauses)
    assert all("scan-takedown-check" in headers["User-Agent"] for *_, headers in Site.asked)


def test_crawl_delay_is_respected_up_to_a_point(site: str) -> None:
    pauses: list[float] = []
    Site.robots = "User-agent: *\nCrawl-delay: 9\n"
    assert visitor(sleep=pauses.append).look(f"{site}/list.csv").answer is Answer.THERE
    assert 8 < pauses[-1] <= 9
    Site.robots = "User-agent: *\nCrawl-delay: 600\n"
    assert visitor(sleep=pauses.append).look(f"{site}/list.csv").why == Why.ROBOTS


def test_a_site_that_says_too_many_is_left_alone(site: str) -> None:
    tired = visitor()
    tired.look(f"{site}/busy")
    assert tired.look(f"{site}/list.csv").why == Why.REFUSED
    assert len(Site.asked) == 2


CASES = [
    ("list.csv", "page.html", Verdict.STILL), ("list.csv", "soft.html", Verdict.PAGE_GONE),
    ("gone.html", "page.html", Verdict.REMOVED), ("missing.html", "", Verdict.REMOVED),
    ("clean.csv", "", Verdict.CLEAN), ("locked.zip", "", Verdict.UNREADABLE),
    ("broken", "page.html", Verdict.NOT_EXPORTED), ("private/x", "", Verdict.NOT_EXPORTED),
]  # fmt: skip


def looked(place: Workspace, site: str, document: str, page: str) -> Looked:
    case = Wanted("d", 1, f"{site}/{document}" if document else "", f"{site}/{page}" if page else "")
    (result,) = look(place, [case], visitor(), _leaks)
    return result


def _leaks(url: str, data: bytes) -> bool | None:
    return None if data.startswith(b"PK") else PERSON.resident_id.encode() in data


@pytest.mark.parametrize(("document", "page", "verdict"), CASES)
def test_verdicts(tmp_path: Path, site: str, document: str, page: str, verdict: Verdict) -> None:
    place = create(tmp_path / "work")
    assert looked(place, site, document, page).verdict is verdict
    assert looked(place, site, "", page).verdict is Verdict.NOT_EXPORTED


def test_what_did_not_change_is_not_sent_again(tmp_path: Path, site: str) -> None:
    place = create(tmp_path / "work")
    assert looked(place, site, "list.csv", "").verdict is Verdict.STILL
    again = looked(place, site, "list.csv", "")
    assert again.verdict is Verdict.UNCHANGED and again.document and again.document.status == 304
    assert looked(place, site, "list.csv", "gone.html").verdict is Verdict.PAGE_GONE
    assert PERSON.resident_id not in (place.root / "live.json").read_text()


def test_a_document_is_read_as_a_scan_reads_it() -> None:
    assert leaking(b"k" * 32, "http://x/list.csv", LEAK) is True
    assert leaking(b"k" * 32, "http://x/a.html", "<html>正文</html>".encode()) is False
    assert leaking(b"k" * 32, "http://x/a.xlsx", b"PK\x03\x04 broken") is None


def test_what_is_proven_is_recorded(tmp_path: Path, site: str, capsys: pytest.CaptureFixture[str]) -> None:
    place = create(tmp_path / "work")
    create_database(place.database)
    (place.root / "sites.toml").write_text('[[site]]\nid = "x"\ndomains = ["127.0.0.1"]\n')
    (tmp_path / "exports").mkdir()
    rows = [{"url": f"{site}/{name}", "text": LEAK.decode()} for name in ("list.csv", "gone.html", "broken")]
    (tmp_path / "exports" / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (place.root / "scan.toml").write_text(f'[[export]]\nfolder = "{tmp_path / "exports"}"\nsettle = 0\n')
    rescan(Workspace(place.root), workers=1)
    with reading(place.database) as connection:
        numbers = dict(connection.execute("SELECT regexp_extract(url, '[^/]+$'), case_no FROM cases").fetchall())
    assert verify_live(Workspace(place.root), list(numbers.values()), "", visitor()) == 3  # one cannot be said
    said = capsys.readouterr().out
    assert "verified and closed" in said and "the server has a fault" in said and "still leaking" in said
    with reading(place.database) as connection:
        sql = "SELECT case_no, state FROM cases JOIN case_states USING (doc_id)"
        states = dict(connection.execute(sql).fetchall())
    assert states[numbers["gone.html"]] == "closed" and states[numbers["list.csv"]] == "to_review"
    root = ["--lang", "en", "-w", str(place.root)]
    assert main(["takedown", "verify", str(numbers["gone.html"]), "--live", *root]) == 0
    assert main(["takedown", "verify", "999", "--live", *root]) == 6
