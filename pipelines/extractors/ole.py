"""OLE compound files (the old Office formats): streams by name, and document properties in their code page."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pipelines.extractors import ole_properties
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.compound import CompoundFile
from pipelines.extractors.rows import flat
from pipelines.schema import SegmentKind, Status


@contextmanager
def open_ole(data: bytes) -> Iterator[Any]:
    """The compound file in some bytes; Unreadable when its tables are broken."""
    try:
        ole = CompoundFile(BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:  # olefile raises whatever damage makes it stumble over
        raise Unreadable(Status.CORRUPT, f"ole: {error}") from error
    with ole:
        yield ole


def stream_of(ole: Any, path: str | list[str]) -> bytes:
    """A stream's bytes; Unreadable when it is missing or its chain of sectors is broken."""
    try:
        return bytes(ole.openstream(path).read())
    except MemoryError:
        raise
    except Exception as error:
        name = path if isinstance(path, str) else "/".join(path)
        raise Unreadable(Status.CORRUPT, f"{name}: {error}") from error


def spare_stream(assembly: Assembly, ole: Any, name: str) -> bytes:
    """A stream that the text can do without: empty where there is none, noted when it cannot be read."""
    try:
        return stream_of(ole, name) if ole.exists(name) else b""
    except Unreadable as error:
        assembly.note(error.reason)
        return b""


def add_properties(assembly: Assembly, ole: Any) -> str:
    """Author, company and the like, each a hidden metadata segment; returns the title."""
    title = ""
    for name in ole_properties.NAMES:
        stream = spare_stream(assembly, ole, name)
        try:
            for ours, text in ole_properties.texts(name, stream) if stream else ():
                value = flat(text.replace("\0", ""))
                title = value if ours == "title" else title
                assembly.add(SegmentKind.METADATA, ours, value, hidden=True)
        except struct.error as error:
            assembly.note(f"properties: {type(error).__name__}")
    return title
