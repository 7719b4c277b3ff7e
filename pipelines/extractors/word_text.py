"""Word's running text as lines and rows, from its control characters and from what its paragraphs are in a table.

13 ends a paragraph, 7 a cell and also a row; 19, 20 and 21 begin, part and end a field; 11, 12 and 14 are breaks. Line
and row numbers of what follows hold, since characters are only ever taken out after positions were used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Final

from pipelines.extractors.rows import flat, line
from pipelines.extractors.word97_runs import IN_TABLE, INNER_CELL, ROW_END

_PARAGRAPH: Final = re.compile(r"[^\r\x07]*[\r\x07]|[^\r\x07]+$")
_FIELD: Final = re.compile(r"\x13([^\x13\x14\x15]*)(\x14?)([^\x13\x14\x15]*)\x15")
LINK: Final = re.compile(r'HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]+)"')
_EQ: Final = re.compile(r"\s*EQ\s", re.IGNORECASE)
_MARKS: Final = re.compile("[\x00-\x06\x08\x13-\x15\x1f\ufffc]")
_GONE: Final = "\0"  # stands for each character that was taken out, so that positions hold
_SHOWN: Final = (("\v", "\n"), ("\f", "\n"), ("\x0e", "\n"), ("\x1e", "-"), ("\xa0", " "))
_MAX_NESTED_FIELDS: Final = 20

Ends = Mapping[int, Set[int]]  # a paragraph's sprm: positions at which paragraphs end that have it


def without_fields(text: str) -> tuple[str, list[str]]:
    """The text with only the results of its fields, as long as before, and the addresses of its links."""
    links: list[str] = []

    def result(field: re.Match[str]) -> str:
        links.extend(LINK.findall(field[1]))
        code = len(field[1]) + len(field[2]) + 1
        if field[2]:
            return _GONE * code + field[3] + _GONE
        return _formula(field[0]) if _EQ.match(field[1]) else _kept_marks(field[0])

    for _ in range(_MAX_NESTED_FIELDS if "\x13" in text else 0):
        text, count = _FIELD.subn(result, text)
        if not count:
            break
    return text, [link.replace(_GONE, "") for link in links]


def _formula(field: str) -> str:
    """An EQ field, which Word shows drawn: of a character in a circle or under its pinyin the character."""
    last = max(field.rfind(","), field.rfind("，"))
    words = field[last + 1 :].rstrip("\x15) ") if last > 0 else ""
    return _GONE * (last + 1) + words + _GONE * (len(field) - last - 1 - len(words))


def taken_out(text: str, runs: list[tuple[int, int]], start: int, end: int) -> tuple[str, list[str]]:
    """The text without the runs that lie in a story, and what was in them; marks of paragraphs and cells stay."""
    parts, found, at = list[str](), list[str](), start
    for first, last in sorted(runs):
        first, last = max(first, at), min(last, end)
        if first < last:
            parts += [text[at:first], _kept_marks(text[first:last])]
            found.append(text[first:last])
            at = last
    return ("".join([text[:start], *parts, text[at:]]), found) if found else (text, found)


def _kept_marks(text: str) -> str:
    return re.sub(r"[^\r\x07]", _GONE, text)


def cleaned(text: str) -> str:
    text = _MARKS.sub("", text)
    if not text.isprintable():
        for mark, shown in _SHOWN:
            text = text.replace(mark, shown)
    return text


def blocks_of(text: str, start: int, end: int, ends: Ends) -> Iterator[tuple[bool, list[str]]]:
    """The lines of running text and the rows of tables of a story, in turns: is it a table, its lines."""
    in_table, row_ends, inner = ends.get(IN_TABLE, ()), ends.get(ROW_END, ()), ends.get(INNER_CELL, ())
    marked = any(start <= at < end for at in row_ends)
    lines: list[str] = []
    rows: list[str] = []
    cells: list[str] = []
    words: list[str] = []  # of the cell
    was_cell = False
    for match in _PARAGRAPH.finditer(text, start, end):
        last, content = match.end() - 1, match[0]
        is_cell = content.endswith("\x07")
        paragraph = cleaned(content.rstrip("\r\x07"))
        is_row = is_cell and (last in row_ends if marked else was_cell and not paragraph and not words)
        if is_row:
            rows.append(line(cells))
            cells, words = [], []
        elif is_cell:
            cells.append(flat(" ".join(filter(None, [*words, paragraph]))))
            words = []
        elif last in in_table or last in inner:
            words.append(paragraph)
        else:
            if rows or cells:
                yield from _turn(lines, [*rows, *([line(cells)] if cells else [])])
                lines, rows, cells = [], [], []
            lines += [*words, *paragraph.split("\n")]
            words = []
            continue
        if lines and (rows or cells):
            yield False, lines
            lines = []
        was_cell = is_cell and not is_row
    yield from _turn([*lines, *words] if not rows else lines, [*rows, *([line(cells)] if cells else [])])


def _turn(lines: list[str], rows: list[str]) -> Iterator[tuple[bool, list[str]]]:
    if lines:
        yield False, lines
    if rows:
        yield True, rows
