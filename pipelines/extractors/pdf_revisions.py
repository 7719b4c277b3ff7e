"""Earlier revisions of a PDF. A change is often written behind the old file, all of which is still there, before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from pipelines.extractors.assembly import Assembly
from pipelines.schema import SegmentKind

_END: Final = re.compile(rb"%%EOF[ \t]*(?:\r\n|\n|\r|\Z)")
_MAX_REVISIONS: Final = 5  # the newest
_MAX_BYTES: Final = 100_000_000  # of all revisions that are read
_LINEARIZED: Final = 2048  # bytes; the end mark so near the beginning belongs to the file's first part, not a revision


def add_revisions(assembly: Assembly, data: bytes, read: Callable[[bytes], list[str]]) -> None:
    """Append what earlier revisions say and the document no longer does. ``read``: the lines of a PDF's pages."""
    known: set[str] = set()
    for number, earlier in enumerate(_earlier(data), 1):
        if not known:
            known = set(assembly.text.split("\n"))
        gone = [line for line in dict.fromkeys(read(earlier)) if line not in known]
        known.update(gone)
        assembly.add(SegmentKind.METADATA, f"earlier revision {number}", "\n".join(gone), hidden=True)


def _earlier(data: bytes) -> Iterator[bytes]:
    """The file as it was, the newest revision first."""
    if data.count(b"%%EOF") < 2:
        return
    ends = [found.end() for found in _END.finditer(data)]
    if b"/Linearized" in data[:_LINEARIZED]:
        ends = [end for end in ends if end > _LINEARIZED]
    budget = _MAX_BYTES
    for end in ends[-2 : -2 - _MAX_REVISIONS : -1]:
        budget -= end
        if budget > 0:
            yield data[:end]
