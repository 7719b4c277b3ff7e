"""Macros: their compressed source, in whatever holds them, and damage."""

from __future__ import annotations

from io import BytesIO
from struct import pack

import olefile
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extractors.assembly import Assembly
from pipelines.extractors.package import Package
from pipelines.extractors.vba import add_macros, add_package_macros, decompressed
from tests.pipelines.extractors.archives import zipped
from tests.pipelines.extractors.ole_files import ole_file

SOURCE = 'Attribute VB_Name = "M"\r\n\' 张三 13912345678\r\nMsgBox "hello"\r\nx = 13912345679\r\n'


def compressed(source: bytes) -> bytes:
    """A container in which nothing is copied."""
    chunks = [source[at : at + 3600] for at in range(0, len(source), 3600)]
    written = (b"".join(b"\0" + chunk[at : at + 8] for at in range(0, len(chunk), 8)) for chunk in chunks)
    return b"\1" + b"".join(pack("<H", len(data) - 1 | 0xB000) + data for data in written)


def project(module: bytes) -> bytes:
    return ole_file({"VBA": {"dir": b"\1", "_VBA_PROJECT": b"\0" * 9, "M": b"compiled" + module}})


def test_the_example_of_the_standard() -> None:
    """[MS-OVBA] 3.2.2."""
    container = "01 2f b0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6a 01 38 08 61 6b 6c 00 30 6d 6e 6f 70 06"
    container += "71 02 70 04 10 72 73 74 75 76 10 77 78 79 7a 00 3c"
    assert decompressed(bytes.fromhex(container)) == b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"


def test_a_chunk_as_it_is() -> None:
    raw = bytes(range(256)) * 16
    assert decompressed(b"\1" + pack("<H", 4095 | 0x3000) + raw + compressed(b"end")[1:]) == raw + b"end"


@given(st.binary(max_size=9000))
def test_what_is_compressed_comes_back(source: bytes) -> None:
    assert decompressed(compressed(source)) == source


@given(st.binary(max_size=300))
def test_damage_ends_it(container: bytes) -> None:
    assert len(decompressed(b"\1" + container)) <= 4096 * 150


def found(assembly: Assembly) -> list[tuple[str, str, bool]]:
    return [(s.place, assembly.text[s.start : s.end], s.hidden) for s in assembly.segments]


def test_lines_that_may_be_of_someone() -> None:
    for encoding in ("gb18030", "utf-8"):
        assembly = Assembly()
        with olefile.OleFileIO(BytesIO(project(compressed(SOURCE.encode(encoding))))) as ole:
            add_macros(assembly, ole)
        assert found(assembly) == [("macro M", "' 张三 13912345678\nx = 13912345679", True)]


def test_of_packages_and_what_is_no_project() -> None:
    assembly = Assembly()
    parts = {"xl/vbaProject.bin": project(compressed(SOURCE.encode("gb18030"))), "word/vbaProject.bin": b"no"}
    add_package_macros(assembly, Package(zipped(parts)))
    assert [place for place, _, _ in found(assembly)] == ["macro M"]
    assert len(assembly.notes) == 1
