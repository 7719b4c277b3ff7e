"""Parts of packages that no reader knows, the XML that old files keep of other programs."""

from __future__ import annotations

import re
from io import BytesIO

import olefile

from pipelines.extractors.assembly import Assembly
from pipelines.extractors.office_parts import add_data_store, add_spare_parts
from pipelines.extractors.package import Package
from tests.pipelines.extractors.archives import zipped
from tests.pipelines.extractors.ole_files import ole_file

READ = re.compile(r"xl/sheet\.xml")


def said(parts: dict[str, bytes]) -> list[tuple[str, str, str, bool]]:
    assembly = Assembly()
    add_spare_parts(assembly, Package(zipped(parts)), READ)
    return found(assembly)


def found(assembly: Assembly) -> list[tuple[str, str, str, bool]]:
    return [(s.kind, s.place, assembly.text[s.start : s.end], s.hidden) for s in assembly.segments]


def test_words_and_values_that_may_be_of_someone() -> None:
    part = "<a id='{12345678-1234-1234-1234-123456789012}' n='1234567' v='&#24352;三'><b>李四</b></a>".encode()
    assert said({"xl/tables/table1.xml": part}) == [("metadata", "xl/tables/table1.xml", "李四\n张三", True)]


def test_a_number_in_two_runs_is_one() -> None:
    part = "<d><w:p><w:r><w:t>1391234</w:t></w:r><w:r><w:t>5678</w:t></w:r></w:p><w:i>号</w:i></d>".encode()
    assert said({"word/glossary/document.xml": part})[0][2] == "13912345678\n号"


def test_a_diagram_is_seen_and_its_drawing_says_the_same() -> None:
    part = "<d><a:p><a:t>张三</a:t></a:p></d>".encode()
    parts = {"xl/diagrams/data1.xml": part, "xl/diagrams/drawing1.xml": part}
    assert said(parts) == [("textbox", "xl/diagrams/data1.xml", "张三", False)]


def test_what_was_read_or_holds_no_words_is_passed_over() -> None:
    part = "<a v='张三'/>".encode()
    names = ("xl/sheet.xml", "xl/theme/theme1.xml", "xl/styles.xml", "xl/vbaProject.bin", "docProps/custom.xml")
    assert said(dict.fromkeys(names, part)) == []


def test_the_same_words_in_many_parts_are_said_once() -> None:
    part = "<p:x><a:p><a:t>单击此处</a:t></a:p></p:x>".encode()
    layouts = {f"ppt/slideLayouts/slideLayout{n}.xml": part for n in (1, 2)}
    assert [place for _, place, _, _ in said(layouts)] == ["ppt/slideLayouts/slideLayout1.xml"]


def test_utf_16() -> None:
    assert said({"xl/a.xml": "<a>张三</a>".encode("utf-16")})[0][2] == "张三"


def test_xml_of_other_programs_in_old_files() -> None:
    assembly = Assembly()
    store = {"A": {"Item": "<a x='李四'>张三</a>".encode(), "Properties": b"<p/>"}, "B": {"Item": b"no xml"}}
    with olefile.OleFileIO(BytesIO(ole_file({"WordDocument": b"x", "MsoDataStore": store}))) as ole:
        add_data_store(assembly, ole)
    assert found(assembly) == [("metadata", "MsoDataStore A", "张三\n李四", True)]
