"""HTML pages: text in lines and table rows, the disclosure metadata, and links to what may be attachments.

lexbor builds the tree a browser would. Marks (control characters that no page holds) are put where lines, rows and
cells begin; the text of the marked tree is then taken in one call and cut at the marks: no string is built node by
node in Python.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any, Final

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.encoding import decode
from pipelines.extractors.html_layout import BREAK, CELL, CLOSE, MARKS, OPEN, ROW, SPAN, add_marked_text
from pipelines.extractors.html_links import links_of
from pipelines.extractors.html_metadata import metadata_of
from pipelines.extractors.text import finished, note_damage
from pipelines.schema import SegmentKind

_UNREAD: Final = ("script", "style")
_BLOCKS: Final = (
    "p", "div", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "nav",
    "aside", "main", "form", "fieldset", "legend", "blockquote", "pre", "address", "figure", "figcaption", "center",
    "caption", "details", "summary", "option", "textarea", "marquee", "noscript",
)  # fmt: skip
# Of each element that parts text: the mark before it and the mark after it.
_MARKED: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(_BLOCKS, (BREAK, BREAK)),
    "br": (BREAK, ""),
    "hr": (BREAK, ""),
    "table": (OPEN, CLOSE),
    "tr": (ROW, ""),
    "td": (CELL, ""),
    "th": (CELL, ""),
}
_SPANS: Final = ("owspan", "olspan", "OWSPAN", "OLSPAN", "owSpan", "olSpan")
_NO_MARKS: Final = str.maketrans(dict.fromkeys(MARKS, " "))


def extract_html(member: Member) -> Document:
    decoded = decode(member.data or b"", member.charset, markup=True)
    source = decoded.text.translate(_NO_MARKS) if any(mark in decoded.text for mark in MARKS) else decoded.text
    tree = LexborHTMLParser(source, options=LexborDocumentOptions.WO_EVENTS)
    nodes = _by_tag(tree)
    links, title, heading = links_of(nodes), _text_of(nodes, "title"), _text_of(nodes, "h1")
    _mark(tree, nodes, source)
    assembly = Assembly()
    note_damage(assembly, decoded)
    assembly.add(SegmentKind.TITLE, "", title)
    add_marked_text(assembly, _marked_text(tree))
    document = finished(assembly)
    return replace(document, metadata=metadata_of(source, document.text, heading=heading, title=title), links=links)


def _by_tag(tree: Any) -> dict[str, list[Any]]:
    """A tree's elements by their tag, in the order of the page: one walk, which is cheaper than a few selectors."""
    nodes: dict[str, list[Any]] = defaultdict(list)
    if tree.root is not None:
        for node in tree.root.traverse():
            nodes[node.tag].append(node)
    return nodes


def _text_of(nodes: dict[str, list[Any]], tag: str) -> str:
    """The words of a page's first element of a kind; "" when it has none."""
    return " ".join(nodes[tag][0].text().split()) if nodes.get(tag) else ""


def _mark(tree: Any, nodes: dict[str, list[Any]], source: str) -> None:
    for tag in _UNREAD:
        for node in nodes.get(tag, ()):
            node.decompose()
    for tag in nodes.keys() & _MARKED.keys():
        before, after = _MARKED[tag]
        for node in nodes[tag]:
            node.insert_before(before)
            if after:
                node.insert_after(after)
    if nodes.get("table") and any(word in source for word in _SPANS):
        for cell in tree.css("td[rowspan],td[colspan],th[rowspan],th[colspan]"):
            spans = cell.attributes.get("colspan") or "1", cell.attributes.get("rowspan") or "1"
            if spans != ("1", "1"):
                cell.insert_before(f"{spans[0]},{spans[1]}{SPAN}")
    for block in (*nodes.get("pre", ()), *nodes.get("textarea", ())):
        _keep_lines(block)


def _keep_lines(block: Any) -> None:
    for node in [node for node in block.traverse(include_text=True) if node.tag == "-text"]:
        written = node.text_content or ""
        if "\n" in written:
            node.replace_with(written.replace("\n", BREAK))


def _marked_text(tree: Any) -> str:
    top = tree.body if tree.body is not None else tree.root
    return str(top.text()) if top is not None else ""
