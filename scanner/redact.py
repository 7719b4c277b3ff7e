"""Masks values that stand where only context is expected: an ID number in a title, a phone number in a file's name.

Everything that goes from a document into the database or a report besides a hit's own masked value passes here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from patterns.schema import MATCH_INPUT

if TYPE_CHECKING:
    from patterns.matcher import Matcher

# What a value cannot do without: eleven digits, with at most one sign between two of them; a document number's letter
# and digits; an @. The matcher takes 0.1 ms a string, and a big merge brings half a million.
_SUSPECT: Final = (
    r"([0-9０-９*＊×][ \-–.·\x{a0}\x{200b}\x{3000}]?){10}[0-9０-９xXＸ*＊×]|[A-Z][A-Z]?[0-9０-９]{7,}|[@＠]"
)
_KEPT: Final = frozenset({"PERSON_NAME", "LANDLINE"})  # offices name people and print their own phones in titles


def cleaner(key: bytes) -> Callable[[pa.Table], pa.Table]:
    """A function that masks every value in a table's string columns."""
    matcher = _matcher(key)

    def clean(table: pa.Table) -> pa.Table:
        for number, field in enumerate(table.schema):
            if pa.types.is_string(field.type) and field.name not in ("doc_id", "status", "kind"):
                table = table.set_column(number, field.name, _cleaned(matcher(), table.column(number)))
        return table

    return clean


def cleaner_of(key: bytes) -> Callable[[str], str]:
    """A function that masks every value in what a person typed."""
    matcher = _matcher(key)
    return lambda text: mask(matcher(), [text])[0]


def _matcher(key: bytes) -> Callable[[], Matcher]:
    """Makes the matcher when something is to be masked: a list of cases needs none, and would wait for its imports."""

    @cache
    def made() -> Matcher:
        from patterns.matcher import Matcher

        return Matcher(key, everything=True)

    return made


def _cleaned(matcher: Matcher, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column with its values masked; equal strings are looked at once."""
    encoded = column.combine_chunks().dictionary_encode()
    texts = encoded.dictionary
    suspect = pc.match_substring_regex(texts, _SUSPECT)
    found = texts.filter(suspect).to_pylist()
    if not found:
        return column
    masked = pc.replace_with_mask(texts, suspect, pa.array(mask(matcher, found), pa.string()))
    return pa.chunked_array([masked.take(encoded.indices)], pa.string())


def mask(matcher: Matcher, texts: Sequence[str]) -> list[str]:
    """Each text with every value in it masked."""
    masked = list(texts)
    hits = matcher.match(_batch(texts)).to_pylist() if texts else []
    for hit in sorted(hits, key=lambda h: (h["record_row"], h["start"]), reverse=True):  # from the end: offsets stay
        if hit["entity_type"] not in _KEPT:
            row = hit["record_row"]
            masked[row] = masked[row][: hit["start"]] + hit["masked"] + masked[row][hit["end"] :]
    return masked


def _batch(texts: Sequence[str]) -> pa.RecordBatch:
    count = len(texts)
    blank = [""] * count
    columns = {
        "doc_id": blank, "text": list(texts), "segments": [[]] * count, "title": blank, "parent_title": blank,
        "section": blank, "published_at": [None] * count,
    }  # fmt: skip
    return pa.RecordBatch.from_pydict(columns, schema=MATCH_INPUT)
