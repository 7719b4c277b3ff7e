"""Word documents that hold people where nobody looks: by python-docx, and by hand what it cannot write."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from benchmarks.hidden_sheets import Write, lines, rows, saved, with_parts
from scanner.synthetic.people import Person

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _document(change: Callable[[Any], object]) -> bytes:
    document = docx.Document()
    document.add_paragraph("公示如下")
    change(document)
    return saved(document)


def _runs(change: Callable[[Any], object]) -> Write:
    """Each person's line a run of its own paragraph, changed."""

    def write(people: list[Person]) -> bytes:
        def add(document: Any) -> None:
            for line in lines(people):
                change(document.add_paragraph().add_run(line))

        return _document(add)

    return write


def _xml(template: str) -> Write:
    """Each person's line in a paragraph of its own, written by hand."""

    def write(people: list[Person]) -> bytes:
        def add(document: Any) -> None:
            for line in lines(people):
                body = template.replace("{text}", line)
                document.element.body.insert(0, parse_xml(f"<w:p {W}>{body}</w:p>"))

        return _document(add)

    return write


def _hide(run: Any) -> None:
    run.font.hidden = True


def _whiten(run: Any) -> None:
    run.font.color.rgb = RGBColor(255, 255, 255)


def _shrink(run: Any) -> None:
    run.font.size = Pt(1)


def _styled(people: list[Person]) -> bytes:
    def add(document: Any) -> None:
        style = document.styles.add_style("Secret", 2)
        style.font.hidden = True
        for line in lines(people):
            document.add_paragraph().add_run(line, style=style)

    return _document(add)


def _margins(people: list[Person]) -> bytes:
    def add(document: Any) -> None:
        section = document.sections[0]
        section.header.paragraphs[0].text = "\n".join(lines(people[:2]))
        section.footer.paragraphs[0].text = "\n".join(lines(people[2:]))

    return _document(add)


def _comments(people: list[Person]) -> bytes:
    def add(document: Any) -> None:
        for line in lines(people):
            document.add_comment(document.paragraphs[0].runs, text=line, author="a", initials="a")

    return _document(add)


def _properties(people: list[Person]) -> bytes:
    return _document(lambda document: setattr(document.core_properties, "keywords", " ".join(lines(people))[:255]))


def _part(name: str, template: str) -> Write:
    """``template`` with ``{each}…{/each}`` repeated for each person, as a part of the package."""
    head, _, rest = template.partition("{each}")
    item, _, tail = rest.partition("{/each}")

    def write(people: list[Person]) -> bytes:
        texts = "".join(item.replace("{text}", line) for line in lines(people))
        return with_parts(_document(lambda _: None), {name: head + texts + tail})

    return write


def _chart(people: list[Person]) -> bytes:
    points = "".join(f"<c:pt><c:v>{line}</c:v></c:pt>" for line in lines(people))
    part = f'<c:chartSpace xmlns:c="c"><c:strCache>{points}</c:strCache></c:chartSpace>'
    return with_parts(_document(lambda _: None), {"word/charts/chart1.xml": part})


def _embedded(people: list[Person]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows(people):
        book.active.append(row)
    out = BytesIO(_document(lambda _: None))
    with ZipFile(out, "a") as package:
        package.writestr("word/embeddings/Microsoft_Excel_Sheet1.xlsx", saved(book))
    return out.getvalue()


_R, _P = "<w:r><w:t>{text}</w:t></w:r>", "<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
_BOX = (
    "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
    + _P
    + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
_PICTURE = "<w:r><w:drawing><wp:docPr xmlns:wp='wp' id='1' name='p' descr='{text}'/></w:drawing></w:r>"
_FIELD = '<w:r><w:instrText>HYPERLINK "/query?key={text}"</w:instrText></w:r>'
_NOTES = f"<w:footnotes {W}>{{each}}<w:footnote>{_P}</w:footnote>{{/each}}</w:footnotes>"
_BLOCKS = f"<w:glossaryDocument {W}>{{each}}{_P}{{/each}}</w:glossaryDocument>"
_VARIABLES = f"<w:settings {W}>{{each}}<w:docVar w:name='a' w:val='{{text}}'/>{{/each}}</w:settings>"

DOCX: tuple[tuple[str, Write], ...] = (
    ("hidden text", _runs(_hide)),
    ("text of a hidden style", _styled),
    ("white text", _runs(_whiten)),
    ("tiny text", _runs(_shrink)),
    ("tracked deletion", _xml("<w:del w:id='1'><w:r><w:delText>{text}</w:delText></w:r></w:del>")),
    ("tracked move", _xml("<w:moveFrom w:id='1'>" + _R + "</w:moveFrom>")),
    ("tracked insertion*", _xml("<w:ins w:id='1'>" + _R + "</w:ins>")),
    ("comments*", _comments),
    ("text box*", _xml(_BOX)),
    ("header and footer*", _margins),
    ("footnotes*", _part("word/footnotes.xml", _NOTES)),
    ("picture's alternative text", _xml(_PICTURE)),
    ("field code", _xml(_FIELD)),
    ("properties", _properties),
    ("custom properties", _part("docProps/custom.xml", "<p>{each}<q name='a'><v>{text}</v></q>{/each}</p>")),
    ("document variables", _part("word/settings.xml", _VARIABLES)),
    ("custom XML", _part("customXml/item9.xml", "<a>{each}<b>{text}</b>{/each}</a>")),
    ("chart cache", _chart),
    ("building blocks", _part("word/glossary/document.xml", _BLOCKS)),
    ("diagram*", _part("word/diagrams/data1.xml", "<d>{each}<p><t>{text}</t></p>{/each}</d>")),
    ("embedded workbook*", _embedded),
)  # fmt: skip
