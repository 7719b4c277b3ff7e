"""Rows of a short XLSX's sheet into lines of text, by patterns: with some dozens of rows numpy takes as long to
begin as this takes to end.

Exact or not at all, as in ``xlsx_rows``: one pattern must account for every byte of the rows, else ``Unusual`` is
raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from operator import lt
from typing import Final, Protocol

from lxml import etree

from pipelines.extractors.rows import flat
from pipelines.extractors.sparse import column_number
from pipelines.extractors.xlsx_strings import Unusual

_ROW: Final = re.compile(
    rb"""(<row\ r="([1-9][0-9]{0,6})"((?:\ (?!r=)[\w:.]+="[^"<>&]*+")*+)\ ?
    (?:/>|>((?:
        <c\ r="[A-Z]{1,3}\2"(?:\ s="[0-9]{1,5}")?+(?:
            \ t="inlineStr"><is><t(?:\ xml:space="preserve")?+>[^<>]++</t></is></c>
            |(?:\ t="(?:s|n|b|e|str)")?+(?:/>|>(?:<f>[^<>&]*+</f>)?+(?:<v>[^<>]++</v>)?+</c>)
        )
    )*+)</row>))""",
    re.VERBOSE,
)  # all of a row, its number, what else its tag says, its cells
_COLUMN: Final = re.compile(rb'<c r="([A-Z]+)')
_LOOK: Final = re.compile(rb'<c r="[A-Z]+[0-9]+"(?: s="([0-9]+)")?(?: t="(\w+)")?')
_VALUE: Final = re.compile(rb"<c [^>]*+>(?:<f>[^<]*+</f>)?+(?:<v>|<is><t[^>]*+>)?+([^<]*+)")
_INLINE: Final = b' t="inlineStr">'
_DIGITS: Final = re.compile(rb"0|[1-9][0-9]{0,14}")  # of a number that is written as a person sees it
_LONGEST_INDEX: Final = 7  # digits
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOST_EMPTY: Final = 1_000  # rows in a row


class Book(Protocol):
    """What cells refer to."""

    @property
    def table(self) -> Sequence[str]:
        """The shared strings."""

    def text(self, kind: str, style: int, value: str) -> str:
        """A cell's text."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines from the first row that holds something on, each from the leftmost column that does. ``extent`` counts
    the cells of the rectangle around all cells, empty ones, too; ``tags``: of rows that say more than their number."""

    row: int
    col: int
    lines: list[str]
    extent: int
    tags: bytes


def read_lines(written: bytes, book: Book) -> Lines:
    """The cells of all rows of a sheet."""
    rows = _ROW.findall(written)
    numbers = [int(row[1]) for row in rows]
    if sum(len(row[0]) for row in rows) != len(written) or not _ascending(numbers) or numbers[-1:] > [_LAST_ROW]:
        raise Unusual
    columns = list(map(_column, _COLUMN.findall(written)))
    tags = b"".join(b'<row r="%b"%b>' % (row[1], row[2]) for row in rows if row[2])
    texts = _texts(written, book)
    bounds = list(accumulate((row[3].count(b"<c ") for row in rows), initial=0))
    if not bounds[-1] == len(columns) == len(texts):
        raise Unusual
    filled = [(number, *span) for number, span in zip(numbers, pairwise(bounds), strict=True) if span[0] < span[1]]
    if not any(texts):
        return Lines(1, 1, [], 0, tags)
    extent = (filled[-1][0] - filled[0][0] + 1) * (max(columns) - min(columns) + 1)
    width = filled[0][2]
    first, last = filled[0][0], filled[-1][0]
    if all(texts) and columns == list(range(columns[0], columns[0] + width)) * (last - first + 1):
        lines = ["\t".join(texts[at : at + width]) for at in range(0, len(texts), width)]  # without a gap
        return Lines(first, columns[0], lines, extent, tags)
    return _laid_out(filled, columns, texts, extent, tags)


def _laid_out(
    filled: list[tuple[int, int, int]], columns: list[int], texts: list[str], extent: int, tags: bytes
) -> Lines:
    left = min(column for column, text in zip(columns, texts, strict=True) if text)
    lines: list[str] = []
    first = last = 0
    for number, begin, end in filled:
        line = _line(columns[begin:end], texts[begin:end], left)
        if not line:
            continue
        if first and number - last > _MOST_EMPTY:
            raise Unusual
        lines.extend([""] * (number - last - 1 if first else 0))
        first, last = first or number, number
        lines.append(line)
    return Lines(first, left, lines, extent, tags)


def _line(columns: list[int], texts: list[str], left: int) -> str:
    if not _ascending(columns):
        raise Unusual
    line, at = "", left
    for column, text in zip(columns, texts, strict=True):
        if text:
            line += "\t" * (column - at) + text
            at = column
    return line


def _texts(rows: bytes, book: Book) -> list[str]:
    """Each cell's text; "" where it holds nothing. A cell of blanks alone is Unusual: it holds something, and that is
    nothing."""
    values: list[bytes] = _VALUE.findall(rows)
    texts = _resolved(values)
    if rows.count(_INLINE) != len(values):
        texts = list(_mixed(_LOOK.findall(rows), values, texts, book))
    if not all(texts) and any(value and not text for value, text in zip(values, texts, strict=True)):
        raise Unusual
    return texts


def _resolved(values: list[bytes]) -> list[str]:
    """The values as texts of one line each, their references resolved by libxml2, all at once."""
    together = b"\n".join(values)
    if b"_x" in together:  # Excel's escapes
        raise Unusual
    if b"&" in together:
        try:
            text = etree.fromstring(b"<a>%b</a>" % together, _parser()).text or ""
        except etree.XMLSyntaxError as error:
            raise Unusual from error
    else:
        text = together.decode()
    lines = text.split("\n")
    if len(lines) != max(1, len(values)):
        raise Unusual
    plain = " " not in text and text.replace("\n", "").isprintable()
    return lines[: len(values)] if plain else [flat(line) for line in lines[: len(values)]]


def _mixed(looks: list[tuple[bytes, bytes]], values: list[bytes], texts: list[str], book: Book) -> Iterator[str]:
    table = book.table
    for (style, kind), value, text in zip(looks, values, texts, strict=True):
        if not value or kind == b"inlineStr" or kind == b"str":
            yield text
        elif kind == b"s":
            if not value.isdigit() or len(value) > _LONGEST_INDEX or int(value) >= len(table):
                raise Unusual
            yield table[int(value)]
        elif not kind and not style and _DIGITS.fullmatch(value):
            yield text
        elif b"&" in value:
            raise Unusual
        else:
            yield book.text(kind.decode() or "n", int(style) if style else -1, value.decode())


def _ascending(numbers: list[int]) -> bool:
    return all(map(lt, numbers, numbers[1:]))


@cache
def _column(letters: bytes) -> int:
    number = column_number(letters)
    if number > _LAST_COLUMN:
        raise Unusual
    return number


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
