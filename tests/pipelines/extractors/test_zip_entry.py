"""Entries read as zipfile reads them, or left to it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extractors.zip_entry import unpacked


def packed(content: bytes, name: str = "a.xml", method: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", method) as archive:
        archive.writestr("first", b"x" * 100)
        archive.writestr(name, content)
    return out.getvalue()


def read(data: bytes, name: str = "a.xml") -> bytes | None:
    return unpacked(data, ZipFile(BytesIO(data)).getinfo(name))


@given(
    st.binary(min_size=1, max_size=5000), st.sampled_from((ZIP_STORED, ZIP_DEFLATED)), st.sampled_from(("a", "名单"))
)
def test_plain_entries(content: bytes, method: int, name: str) -> None:
    data = packed(content, name, method)
    assert read(data, name) == content == ZipFile(BytesIO(data)).read(name)
    assert read(b"before" + data, name) == content


@given(st.binary(min_size=50, max_size=500), st.data())
def test_a_damaged_entry_is_never_returned_as_whole(content: bytes, draw: st.DataObject) -> None:
    data = packed(content, "a.xml", draw.draw(st.sampled_from((ZIP_STORED, ZIP_DEFLATED))))
    begin = data.index(b"a.xml") - 30
    at = draw.draw(st.integers(begin, data.index(b"PK\x01\x02") - 1))
    damaged = data[:at] + bytes((data[at] ^ draw.draw(st.integers(1, 255)),)) + data[at + 1 :]
    assert read(damaged) in (None, content)


@pytest.mark.parametrize("size", [0, 1, 4999, 5001])
def test_a_size_that_is_not_the_declared_one(size: int) -> None:
    data = packed(b"x" * 5000)
    entry = ZipFile(BytesIO(data)).getinfo("a.xml")
    entry.file_size = size
    assert unpacked(data, entry) is None


def test_what_zipfile_reads_alone() -> None:
    assert read(packed(b"x", method=ZIP_BZIP2)) is None
    data = packed(b"x" * 5000)
    entry = ZipFile(BytesIO(data)).getinfo("a.xml")
    entry.header_offset = len(data)
    assert unpacked(data, entry) is None
    entry.header_offset, entry.flag_bits = 0, 1  # encrypted
    assert unpacked(data, entry) is None
