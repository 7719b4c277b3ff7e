"""The same people written into every place of every format where a reader does not look: how many are found, and are
they said to be hidden?

Every document goes through the extractors and the matcher, its embedded files too. A place whose name ends in "*" is
seen by a reader, or is a file of its own. Run: ``python -m benchmarks.hidden``; it fails where a place falls below 1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import NamedTuple

import pyarrow as pa

from benchmarks import hidden_office
from benchmarks.hidden_binary import DOC, PPT, XLS_CACHES, XLSB
from benchmarks.hidden_html import HTML
from benchmarks.hidden_pdf import PDF
from benchmarks.hidden_sheets import ODS, XLS, XLSX, Write
from benchmarks.hidden_slides import PPTX
from benchmarks.hidden_word import DOCX
from patterns.matcher import Matcher
from patterns.schema import MATCH_INPUT
from pipelines.documents import Document, Member
from pipelines.extractors import extract
from scanner.synthetic.people import TODAY, Factory, Person

PEOPLE = 5
FORMATS: tuple[tuple[str, tuple[tuple[str, Write], ...]], ...] = (
    ("html", HTML),
    ("xlsx", XLSX),
    ("xls", (*XLS, *XLS_CACHES)),
    ("xlsb", XLSB),
    ("ods", ODS),
    ("docx", DOCX),
    ("doc", DOC),
    ("pptx", PPTX),
    ("ppt", PPT),
    ("pdf", PDF),
)
# Where people may stand and no row above asks for them: what there is to know about it.
UNREACHED = (
    ("any picture", "its words, without the extra ocr: each picture is then listed as unread"),
    ("emf, wmf, pdf", "letters drawn as outlines, numbers of glyphs: lines to everybody but an eye"),
    ("doc", "Word 6 and 95: hidden and deleted text is read, and not told from the rest; the file says so"),
    ("doc, rtf, odt", "white text in a text box, or white by a style: read, and not said to be hidden"),
    ("ppt", "pictures of a file under a password: the file says that they stay locked"),
    ("xlsb", "numbers in a shared workbook's log of changes: the file says so"),
    ("xls", "numbers in a log of changes that changed the looks of their cells, too: the file says so"),
    ("odt, ods, odp", "under a password in the way of 2024 (Argon2id): listed as encrypted"),
    ("rtf", "text boxes as the office suite writes them: it leaves them out"),
    ("wps, wpd", "Microsoft Works, WordPerfect: listed as unsupported"),
    ("office", "macros (VBA): only their lines with Chinese or a long number; forms drawn in them are not looked at"),
)


class Row(NamedTuple):
    format: str
    place: str
    recall: float  # of ID and mobile numbers
    hidden: float  # share of those found that are said to be hidden
    where: str  # kind and place of the first one found

    @property
    def good(self) -> bool:
        return self.recall == 1 and (self.hidden == 1 or self.place.endswith("*"))


def documents(data: bytes, path: str) -> Iterator[Document]:
    """A document, and those embedded in it."""
    document = extract(Member(path, data))
    yield document
    for child in document.children:
        if child.data is not None:
            yield from documents(child.data, child.path)


def batch(document: Document) -> pa.RecordBatch:
    row = {
        "doc_id": "d", "text": document.text, "segments": [asdict(segment) for segment in document.segments],
        "title": "", "parent_title": "", "section": "", "published_at": None,
    }  # fmt: skip
    return pa.RecordBatch.from_pylist([row], schema=MATCH_INPUT)


def measure(matcher: Matcher, kind: str, place: str, write: Write, people: list[Person]) -> Row:
    return found_in(matcher, kind, place, write(people), people)


def found_in(matcher: Matcher, kind: str, place: str, data: bytes, people: list[Person]) -> Row:
    wanted = {number for person in people for number in (person.resident_id, person.mobile)}
    found: dict[str, bool] = {}
    where = ""
    for document in documents(data, "x.js" if place == "script file" else f"x.{kind}"):
        for hit in matcher.match(batch(document)).to_pylist():
            value = document.text[hit["start"] : hit["end"]]
            if value in wanted:
                where = where or f"{hit['segment']} {hit['place']}".strip()
                found[value] = hit["hidden"] and found.get(value, True)
    return Row(kind, place, len(found) / len(wanted), sum(found.values()) / max(1, len(found)), where)


def measured(seed: int = 2017) -> Iterator[Row]:
    matcher, factory = Matcher(b"benchmark", today=TODAY, everything=True), Factory(seed)
    for kind, places in FORMATS:
        for place, write in places:
            yield measure(matcher, kind, place, write, factory.people(PEOPLE))


def measured_office(seed: int = 2017) -> Iterator[Row]:
    """What an office suite saves; nothing where there is none."""
    matcher, people = Matcher(b"benchmark", today=TODAY, everything=True), Factory(seed).people(PEOPLE)
    for kind, place, data in hidden_office.places(people) if hidden_office.available() else ():
        yield found_in(matcher, kind, place, data, people)


def main() -> int:
    rows = [*measured(), *measured_office()]
    print(f"{'format':8}{'place':30}{'recall':>8}{'hidden':>8}  found in")
    for row in rows:
        print(
            f"{row.format:8}{row.place:30}{row.recall:8.2f}{row.hidden:8.2f}  {row.where}{'' if row.good else '  <<<'}"
        )
    print("\nnot asked for:")
    for kinds, what in UNREACHED:
        print(f"  {kinds:16}{what}")
    if not hidden_office.available():
        print("not measured: DOC, XLS, PPT, ODT, ODS, ODP, RTF of an office suite, for there is no LibreOffice here")
    return 0 if all(row.good for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
