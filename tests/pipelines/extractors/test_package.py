"""Files inside office packages: every one is a child, pictures too, and what is too many is said."""

from __future__ import annotations

import pytest

from benchmarks.hidden_sheets import XLS
from pipelines.documents import Member
from pipelines.extractors import extract, package
from pipelines.schema import Status
from scanner.synthetic.people import Factory
from tests.pipelines.extractors import test_docx, test_odt, test_pptx
from tests.pipelines.extractors.archives import zipped

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(8) + (900).to_bytes(4, "big") + (600).to_bytes(4, "big")


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as old:
        return zipped({each: old.read(each) for each in old.namelist()} | {name: content})


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("a.docx", test_docx.made(""), "word/media/image1.png"),
        ("a.pptx", test_pptx.pptx(ppt__presentation="<p/>"), "ppt/media/image1.png"),
        ("a.odt", test_odt.made("<text:p>x</text:p>"), "Pictures/1.png"),
    ],
)
def test_a_picture_is_a_child(name: str, data: bytes, part: str) -> None:
    children = extract(Member(name, with_part(data, part, PICTURE))).children
    assert [(child.path, child.data) for child in children] == [(f"{name}!/{part}", PICTURE)]


def test_too_many_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_EMBEDDED", 2)
    parts = {f"word/media/{n}.png": PICTURE for n in range(5)}
    children = package.embedded(Member("a.docx", b""), package.Package(zipped(parts)), "word/")
    assert len(children) == 3
    assert (children[-1].status, children[-1].data) == (Status.TOO_LARGE, None)
    assert "3 not read" in children[-1].reason


def test_a_spreadsheet_of_kingsofts_is_one_by_its_content() -> None:
    people = Factory(3).people(2)
    write = dict(XLS)["hidden columns"]
    document = extract(Member("名单.et", write(people)))
    assert (document.status, document.extractor) == (Status.EXTRACTED, "workbook")
    assert people[0].resident_id in document.text
    assert document.segments[0].hidden_cols == (2, 3)
