from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.sources import mirror
from tests.pipelines.sources.samples import page

X = "http://www.x.gov.cn"
URLS = [
    # wget
    ("www.x.gov.cn/index.html", f"{X}/index.html"),
    ("www.x.gov.cn/a/show.jsp?id=3", f"{X}/a/show.jsp?id=3"),
    ("www.x.gov.cn/a/show.jsp@id=3", f"{X}/a/show.jsp?id=3"),
    ("www.x.gov.cn/a/show.jsp@id=3&p=a@b", f"{X}/a/show.jsp?id=3&p=a@b"),
    ("www.x.gov.cn/a/show.jsp%3Fid=3", f"{X}/a/show.jsp?id=3"),
    ("www.x.gov.cn/a/show.jsp?id=3.html", f"{X}/a/show.jsp?id=3"),
    ("www.x.gov.cn/a/show?id=3.html", f"{X}/a/show?id=3"),
    ("www.x.gov.cn/a/down.jsp?file=a.html", f"{X}/a/down.jsp?file=a.html"),
    ("www.x.gov.cn/a/list.aspx.html", f"{X}/a/list.aspx"),
    ("www.x.gov.cn/a/list.v2.html", f"{X}/a/list.v2.html"),
    ("www.x.gov.cn/a/zhang@x.com.html", f"{X}/a/zhang@x.com.html"),
    ("www.x.gov.cn/名单 (1).xls", f"{X}/名单%20(1).xls"),
    ("www.x.gov.cn/a/100%.html", f"{X}/a/100%25.html"),
    ("www.x.gov.cn/a/%E5%90%8D.html", f"{X}/a/%E5%90%8D.html"),
    ("www.x.gov.cn/C#.html", f"{X}/C%23.html"),
    ("https/www.x.gov.cn/a.html", "https://www.x.gov.cn/a.html"),
    # hosts
    ("WWW.X.GOV.CN/a.html", f"{X}/a.html"),
    ("www.x.gov.cn:8080/a.html", f"{X}:8080/a.html"),
    ("www.x.gov.cn+8080/a.html", f"{X}:8080/a.html"),
    ("www.x.gov.cn_8080/a.html", f"{X}:8080/a.html"),
    ("10.1.2.3/a.html", "http://10.1.2.3/a.html"),
    ("export 2017/www.x.gov.cn/a.html", f"{X}/a.html"),
    ("www.x.gov.cn/www.x.gov.cn/a.html", f"{X}/a.html"),
    ("www.x.gov.cn/img.x.gov.cn/a.gif", "http://img.x.gov.cn/a.gif"),
    ("www.x.gov.cn/www.y.gov.cn/a.html", f"{X}/www.y.gov.cn/a.html"),
    # no host
    ("xxgk/2017/a.html", ""),
    ("a.com", ""),
    ("jquery.ui/a.js", ""),
    ("v1.2.3/a.html", ""),
    ("a/b/www.x.gov.cn/a.html", ""),
]


@pytest.mark.parametrize(("path", "url"), URLS)
def test_url_of(path: str, url: str) -> None:
    assert mirror.url_of(path) == url


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("www.x.gov.cn", "www.x.gov.cn"),
        ("www.x.gov.cn.tar.gz", "www.x.gov.cn"),
        ("www.x.gov.cn_8080.zip", "www.x.gov.cn:8080"),
        ("export.2017.zip", ""),
        ("site.zip", ""),
    ],
)
def test_archive_host(name: str, host: str) -> None:
    assert mirror.archive_host(Path("/exports") / name) == host
    assert mirror.url_of("a/b.html", host) == (f"http://{host}/a/b.html" if host else "")


def note(url: str, date: str = ", Thu, 09 Nov 2017 01:02:03 GMT") -> bytes:
    return f"\n<!-- Mirrored from {url} by HTTrack Website Copier/3.x [XR&CO'2014]{date} -->\n".encode()


FETCHED = datetime(2017, 11, 9, 1, 2, 3, tzinfo=UTC)
NOTES = [
    ("www.x.gov.cn/a/show4a5b.html", note("www.x.gov.cn/a/show.jsp?id=3"), f"{X}/a/show.jsp?id=3", FETCHED),
    ("www.x.gov.cn/a/show4a5b.html", note("https://www.x.gov.cn/a/show.jsp?id=3", ""), f"{X}/a/show.jsp?id=3", None),
    ("show4a5b.html", note("www.x.gov.cn/a/show.jsp?id=3"), f"{X}/a/show.jsp?id=3", FETCHED),
    ("index.html", note("www.x.gov.cn/"), f"{X}/", FETCHED),
    # the note of the site from which a template was copied
    ("www.x.gov.cn/a.html", note("www.template.com/a.html"), f"{X}/a.html", None),
    ("a/b.html", note("www.template.com/index.html"), "", None),
    ("www.x.gov.cn/a.html", b" " * 20_000 + note("www.x.gov.cn/b.html"), f"{X}/a.html", None),
    ("www.x.gov.cn/a.html", note("[half"), f"{X}/a.html", None),
    ("a.html", note("[half"), "", None),
]


@pytest.mark.parametrize(("path", "head", "url", "fetched_at"), NOTES)
def test_httrack_note(path: str, head: bytes, url: str, fetched_at: datetime | None) -> None:
    data = page(1, head=head)
    member = mirror.member(path, data, "")
    assert (member.path, member.data, member.url, member.fetched_at) == (path, data, url, fetched_at)


@pytest.mark.parametrize(
    ("path", "data", "copiers"),
    [
        ("hts-cache/new.zip", b"", True),
        ("project/hts-cache/new.zip", None, True),
        ("project/hts-log.txt", b"", True),
        ("backblue.gif", b"", True),
        ("index.html", b"<!-- HTTrack Website Copier --> Local index", True),
        ("index.html", b"<html>" + note("www.x.gov.cn/"), False),
        ("index.html", b"<html>", False),
        ("cookies.txt", b"# HTTrack Website Copier Cookie File", True),
        ("cookies.txt", b"a,b", False),
        ("名单.xls", bytes(99), False),
        ("project/index.html", bytes(99), False),
        ("www.x.gov.cn/hts-log.txt", b"", False),
        ("www.x.gov.cn/a/fade.gif", b"", False),
        ("project/www.x.gov.cn/index.html", b"about HTTrack Website Copier", False),
    ],
)
def test_of_copier(path: str, data: bytes | None, copiers: bool) -> None:
    assert mirror.of_copier(path, data) is copiers
