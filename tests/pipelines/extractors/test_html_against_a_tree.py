"""The words of a page are those that a browser's parser finds, on pages made at random."""

from __future__ import annotations

from random import Random

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipelines.documents import Member
from pipelines.extractors import extract

BLOCKS = ("p", "div", "li", "h2", "center", "section", "blockquote", "form")
INLINE = ("span", "b", "font", "a", "o:p", "st1:date", "i")
ATTRIBUTES = ("", " class=x", ' style="color:red"', " title='a>b'", ' onclick="if(a<b)c()"', " data-x", ' href="x.htm"')
PIECES = ("张三", "34030219", "&nbsp;", "&lt;b&gt;", " ", "\n", "&#24352;", "1 < 2", "a&b", "3 > 2", "\u3000", "x")
RAW = (
    *("<!-- <p>x</p> -->", "<!--[if IE]><p>y</p><![endif]-->", "<script>if(a<b)f('</p>')</script>", "<br/>", "<hr>"),
    *("<style>p>b{}</style>", "<img src=a.gif alt='x'>", "<![CDATA[z]]>", "<?php x ?>", "</x>", "<input value=1>"),
)


def element(random: Random, depth: int) -> str:
    kind = random.random()
    if depth <= 0 or kind < 0.3:
        return "".join(random.choices(PIECES, k=random.randint(1, 4)))
    if kind < 0.45:
        return random.choice(RAW)
    inner = "".join(element(random, depth - 1) for _ in range(random.randint(1, 4)))
    if kind < 0.6:
        cells = (
            f"<td{random.choice(ATTRIBUTES)}>{element(random, depth - 2)}</td>" for _ in range(random.randint(1, 4))
        )
        return f"<table><tr>{''.join(cells)}</tr></table>"
    name = random.choice(BLOCKS if kind < 0.8 else INLINE)
    name = name.upper() if random.random() < 0.2 else name
    return f"<{name}{random.choice(ATTRIBUTES)}>{inner}</{name}>"


@pytest.mark.parametrize("seed", range(200))
def test_words(seed: int) -> None:
    random = Random(seed)
    source = f"<html><body>{''.join(element(random, 5) for _ in range(6))}</body></html>"
    tree = LexborHTMLParser(source)
    for node in tree.css("script,style"):
        node.decompose()
    body = tree.body
    document = extract(Member("a.html", source.encode()))
    shown = "".join(document.text[s.start : s.end] for s in document.segments if not s.hidden and s.kind != "attribute")
    assert "".join(shown.split()) == "".join((body.text() if body is not None else "").split())
