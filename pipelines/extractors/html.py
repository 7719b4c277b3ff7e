"""HTML pages: text in lines and table rows, the disclosure metadata, and links to what may be attachments.

lexbor builds the tree a browser would. Marks (control characters that no page holds) go where lines, rows and cells
begin, the text of the marked tree is taken in one call, and is then cut at the marks. Marks of lines go into the
source, before the tree is built: one regular expression is cheaper than a Python object for each paragraph. Marks of
tables go into the tree: in the source, a stray character inside a table would be thrown out of it.
"""

from __future__ import annotations

import re
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

_BLOCKS: Final = (  # by first letter: twice as fast as a plain list
    "p(?:re)?|d(?:iv|[tdl]|etails)|b(?:r|lockquote)|li|[uo]l|h(?:[1-6r]|eader)|s(?:ection|ummary)|a(?:rticle|side|ddress)|"
    "f(?:o(?:oter|rm)|ig(?:ure|caption)|ieldset)|nav|ma(?:in|rquee)|legend|c(?:enter|aption)|option|textarea"
)
# Begin and end of each; "noscript" is not among them: it stands in the head, which ends at the first character of text.
_BLOCK_TAG: Final = re.compile(rf"<(?=/?(?:{_BLOCKS}|{_BLOCKS.upper()})[\s>/])")
_TABLE_MARKS: Final = {"tr": ROW, "td": CELL, "th": CELL}
_SELECTOR: Final = "script,style,title,h1,table,tr,td,th,pre,textarea"
_NO_MARKS: Final = str.maketrans(dict.fromkeys(MARKS, " "))


def extract_html(member: Member) -> Document:
    decoded = decode(member.data or b"", member.charset, markup=True)
    source = decoded.text.translate(_NO_MARKS) if any(mark in decoded.text for mark in MARKS) else decoded.text
    tree = LexborHTMLParser(_BLOCK_TAG.sub(BREAK + "<", source), options=LexborDocumentOptions.WO_EVENTS)
    nodes = _by_tag(tree)
    title, heading, links = _words(nodes["title"]), _words(nodes["h1"]), links_of(tree)
    _mark(tree, nodes)
    assembly = Assembly()
    note_damage(assembly, decoded)
    assembly.add(SegmentKind.TITLE, "", title)
    add_marked_text(assembly, _marked_text(tree))
    document = finished(assembly)
    return replace(document, metadata=metadata_of(source, document.text, heading=heading, title=title), links=links)


def _by_tag(tree: Any) -> dict[str, list[Any]]:
    """The elements that need looking at, by their tag, in the order of the page."""
    nodes: dict[str, list[Any]] = defaultdict(list)
    for node in tree.css(_SELECTOR) if tree.root is not None else ():
        nodes[node.tag].append(node)
    return nodes


def _words(nodes: list[Any]) -> str:
    """The text of the first of some elements; "" when there is none."""
    return " ".join(nodes[0].text().replace(BREAK, " ").split()) if nodes else ""


def _mark(tree: Any, nodes: dict[str, list[Any]]) -> None:
    for node in (*nodes["script"], *nodes["style"], *nodes["title"]):
        node.decompose()
    for table in nodes["table"]:
        table.insert_before(OPEN)
        table.insert_after(CLOSE)
    for tag, mark in _TABLE_MARKS.items():
        for node in nodes[tag]:
            node.insert_before(mark)
    for cell in tree.css("td[rowspan],td[colspan],th[rowspan],th[colspan]") if nodes["table"] else ():
        attributes = cell.attributes
        spans = attributes.get("colspan") or "1", attributes.get("rowspan") or "1"
        if spans != ("1", "1"):
            cell.insert_before(f"{spans[0]},{spans[1]}{SPAN}")
    for block in (*nodes["pre"], *nodes["textarea"]):
        _keep_lines(block)


def _keep_lines(block: Any) -> None:
    for node in [node for node in block.traverse(include_text=True) if node.tag == "-text"]:
        written = node.text_content or ""
        if "\n" in written:
            node.replace_with(written.replace("\n", BREAK))


def _marked_text(tree: Any) -> str:
    top = tree.body if tree.body is not None else tree.root
    return str(top.text()) if top is not None else ""
