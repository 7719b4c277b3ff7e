"""What a DOCX holds unseen, in its text and beside it: hidden and white runs, variables, fields, alternative texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from lxml import etree

from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.html_attributes import says_something, unquoted
from pipelines.extractors.office_parts import add_chart, add_custom_xml
from pipelines.extractors.package import Package
from pipelines.extractors.rows import flat
from pipelines.extractors.wordml import name_of, paragraph_text, remove, value_of
from pipelines.schema import SegmentKind

HIDDEN, WHITE, TINY = "hidden text", "white text", "tiny text"
_DIGITS, _LAST_DIGITS = re.compile(r"[\dXx*]+"), re.compile(r"[\dXx*]+\Z")
_SIGNS: Final = (b"anish", b"webHidden", b"FFFFFF", b"ffffff", *(b'sz w:val="%d"' % size for size in range(4)))
_TELLING: Final = (b" descr=", b" title=", b"instrText", b"fldSimple")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")  # UTF-16, of which nothing can be told in this way
_OFF: Final = ("0", "false", "off")
_TINY: Final = 4  # half points


@dataclass(frozen=True, slots=True)
class HiddenStyles:
    """The styles of paragraphs and characters that hide their text, by what hides it."""

    by_id: dict[str, str] = field(default_factory=dict)


def hidden_styles(assembly: Assembly, package: Package, folder: str) -> HiddenStyles:
    part = f"{folder}/styles.xml"
    try:
        if part not in package.names or b"anish" not in package.read(part):  # hardly a style hides anything
            return HiddenStyles()
        hiding = list(package.xml(part).iter("{*}vanish", "{*}specVanish", "{*}webHidden"))
    except Unreadable as error:
        assembly.note(error.reason)
        return HiddenStyles()
    styles = (next(item.iterancestors("{*}style"), None) for item in hiding if value_of(item) not in _OFF)
    return HiddenStyles({_attribute(style, "styleId"): HIDDEN for style in styles if style is not None})


def may_hide(part: bytes, styles: HiddenStyles) -> bool:
    """A quick look at a part's bytes: may take_hidden find something?"""
    return bool(styles.by_id) or part[:2] in _WIDE or any(sign in part for sign in _SIGNS)


def may_tell(part: bytes) -> bool:
    """The same for add_story_parts."""
    return part[:2] in _WIDE or any(sign in part for sign in _TELLING)


def take_hidden(root: etree._Element, styles: HiddenStyles) -> dict[str, list[str]]:
    """Take hidden runs out of a story; their text by what hides them, a paragraph's on a line."""
    taken: dict[str, list[str]] = {}
    for paragraph in root.iter("{*}p"):
        style = _style(paragraph.find("{*}pPr/{*}pStyle"), styles)
        lines: dict[str, str] = {}
        for run in [run for run in paragraph.iter("{*}r") if _owner(run) is paragraph]:
            how = _run_hidden(run, style, styles)
            if how and (text := paragraph_text(run)):
                lines[how] = lines.get(how, "") + _whole_number(run, text)
                remove(run)
        for how, text in lines.items():
            taken.setdefault(how, []).append(flat(text))
    return taken


def _whole_number(run: etree._Element, text: str) -> str:
    """Digits that are hidden within a number, with the rest of it: else neither part is known for what it is."""
    before, after = run.getprevious(), run.getnext()
    if not _DIGITS.fullmatch(text):
        return text
    head = _LAST_DIGITS.search(paragraph_text(before)) if before is not None else None
    tail = _DIGITS.match(paragraph_text(after)) if after is not None else None
    return (head[0] if head else "") + text + (tail[0] if tail else "")


def _owner(run: etree._Element) -> etree._Element | None:
    return next(run.iterancestors("{*}p"), None)


def _run_hidden(run: etree._Element, of_paragraph: str, styles: HiddenStyles) -> str:
    properties = run.find("{*}rPr")
    if properties is None:
        return of_paragraph
    shown = properties.find("{*}vanish")
    if shown is not None and value_of(shown) in _OFF:
        return ""
    how = _how(properties) or _style(properties.find("{*}rStyle"), styles) or of_paragraph
    return how if how != WHITE or _on_white(run) else ""


def _how(properties: etree._Element | None) -> str:
    """How run properties hide a text; "" when they do not."""
    if properties is None:
        return ""
    for item in properties:
        name = name_of(item)
        if name in ("vanish", "specVanish", "webHidden") and value_of(item) not in _OFF:
            return HIDDEN
        if name == "sz" and value_of(item).isdecimal() and int(value_of(item)) < _TINY:
            return TINY
    color = properties.find("{*}color")
    if color is None or value_of(color).upper() != "FFFFFF":
        return ""
    return "" if any(name_of(item) in ("shd", "highlight") for item in properties) else WHITE


def _style(element: etree._Element | None, styles: HiddenStyles) -> str:
    return "" if element is None else styles.by_id.get(value_of(element), "")


def _on_white(run: etree._Element) -> bool:
    """Whether nothing around a run gives it another ground: a shaded paragraph or cell."""
    places = product(run.iterancestors("{*}p", "{*}tc"), ("{*}pPr/{*}shd", "{*}tcPr/{*}shd"))
    shades = [around.find(path) for around, path in places]
    return all(shade is None or _attribute(shade, "fill").upper() in ("", "AUTO", "FFFFFF") for shade in shades)


def add_story_parts(assembly: Assembly, root: etree._Element) -> None:
    """Alternative texts of pictures, and what field codes say beside what is shown of them."""
    told = (item.get(name, "") for item in root.iter("{*}docPr", "{*}cNvPr") for name in ("descr", "title"))
    assembly.add(SegmentKind.ATTRIBUTE, "alternative text", _lines(told), hidden=True)
    codes = ["".join(code.text or "" for code in p.iter("{*}instrText")) for p in root.iter("{*}p")]
    codes += [_attribute(item, "instr") for item in root.iter("{*}fldSimple")]
    assembly.add(SegmentKind.ATTRIBUTE, "field", _lines(map(unquoted, codes)), hidden=True)


def add_word_parts(assembly: Assembly, package: Package, folder: str) -> None:
    """Variables, addresses of links, authors of comments, charts, custom XML."""
    for part in sorted(package.names):
        for name, sign, read in _READERS:
            if part.startswith(name.format(folder=folder)) and part.endswith((".xml", ".rels")):
                try:
                    if sign in package.read(part):
                        read(assembly, package.xml(part), "", part)
                except Unreadable as error:
                    assembly.note(error.reason)


def _add_settings(assembly: Assembly, root: etree._Element, owner: str, part: str) -> None:
    for variable in root.iter("{*}docVar"):
        text = flat(_attribute(variable, "val"))
        if says_something(text):
            assembly.add(SegmentKind.METADATA, f"variable {_attribute(variable, 'name')}", text, hidden=True)


def _add_links(assembly: Assembly, root: etree._Element, owner: str, part: str) -> None:
    targets = (unquoted(item.get("Target", "")) for item in root if item.get("TargetMode") == "External")
    assembly.add(SegmentKind.ATTRIBUTE, "link", _lines(targets), hidden=True)


def _add_people(assembly: Assembly, root: etree._Element, owner: str, part: str) -> None:
    names = (_attribute(person, "author") for person in root.iter("{*}person"))
    assembly.add(SegmentKind.METADATA, "comment authors", _lines(names), hidden=True)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(flat(text) for text in texts if says_something(text)))


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


_READERS: Final[tuple[tuple[str, bytes, Callable[[Assembly, etree._Element, str, str], None]], ...]] = (
    ("{folder}/settings.xml", b"docVar", _add_settings),
    ("{folder}/_rels/", b"External", _add_links),
    ("{folder}/people.xml", b"author", _add_people),
    ("{folder}/charts/chart", b"", add_chart),
    ("customXml/item", b"", add_custom_xml),
)
