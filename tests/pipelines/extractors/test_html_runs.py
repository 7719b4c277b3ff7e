"""A page that is cut into runs of tags is read as one that is cut into single tags."""

from __future__ import annotations

from random import Random

import pytest

from pipelines.documents import Document, Member
from pipelines.extractors import extract, html, html_page
from tests.pipelines.extractors.test_html_against_a_tree import element

# What the two ways could take for different things: hidden ends, lines of <pre>, links and notes inside runs.
EXTRAS = (
    *("<i hidden>", "<b style='display:none'>", "<p hidden>", "<td hidden>", "</p>", "</i>", "</b>", "</div>", "13"),
    *("<pre>一\n<b>\n", "</pre>", "<a href=x.doc title='附件'>", "</a>", "<img alt='张三'>\n", "<table>\n<tr>"),
    *("<h1>", "</h1>", "<base href='http://x.cn/'>", "<meta name=keywords content='公示'>", "<br>\n<br>", "&nbsp;"),
    *("<!-- 李四 -->", "<script>f('王五')</script>", "<title>题</title>", "<style>p{}</style>"),
)


def one_by_one(member: Member, monkeypatch: pytest.MonkeyPatch) -> Document:
    with monkeypatch.context() as patched:
        for module in (html, html_page):
            patched.setattr(module, "sound_page", lambda source: None)
        return extract(member)


@pytest.mark.parametrize("seed", range(300))
def test_runs_and_tags_agree(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)
    parts = (element(random, 3) + "".join(random.choices(EXTRAS, k=random.randrange(6))) for _ in range(8))
    member = Member("a.html", f"<html><body>公示{''.join(parts)}</body></html>".encode())
    assert extract(member) == one_by_one(member, monkeypatch)
