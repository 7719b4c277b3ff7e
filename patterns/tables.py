"""Tables in text: a row is a line, a tab parts cells. Which header governs a cell, and which cells are one person's.

What is told apart here, all by the header's words and the shape of the rows:

- one or two header rows on top, repeated on later pages, or in the middle when a second table follows without a break;
- side-by-side blocks (序号 姓名 … 序号 姓名 …): each block of columns is a subject of its own;
- tables on their side (a person per column): see :mod:`patterns.transposed`;
- forms (姓名 │ 李某 │ 性别 │ 男): the label stands to the left of its value and the whole table is one subject;
- continued tables without a header (a new page): they keep the columns of the table before them if as wide.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, count
from operator import add, itemgetter
from typing import Final, NamedTuple

from patterns.headers import ColumnKind, column_kind
from patterns.name_score import looks_like_name
from patterns.transposed import line_kinds

# Rows worth asking whether they are headers; a data row seldom holds one of these words.
_HEADER_HINT: Final = re.compile(
    r"姓[ \u3000\u00a0]*名|名[ \u3000\u00a0]*字|序[ \u3000\u00a0]*号|户主|身份证|证件|电话|手机|联系|账号|帐号"
    r"|卡号|账户|住址|地址|申请人|对象|成员|学生|患者|业主|农户|[村居]民|人员|负责人|当事人|出生|病种|残疾|编号|号码|权利人"
    r"|承包|领[取款]|ID|NAME|XM|SFZ",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")
_IN_BRACKETS: Final = re.compile(r"[（(][^）)]*[）)]")
_LONGEST_FORM: Final = 60
_TELLING: Final = 12
_TOP: Final = 3  # rows of a table that may be its header without a word that says so
_LONG_NUMBER: Final = re.compile(r"\d{5}")
_NUMBER: Final = re.compile(r"\d{3}|\d[\u4e00-\u9fff]")
_STRONG: Final = ~(ColumnKind.SEQ | ColumnKind.CODE | ColumnKind.AMOUNT | ColumnKind.ORG)


class Cell(NamedTuple):
    start: int  # code points in the record's text
    end: int
    text: str
    col: int = 0  # 0-based; asked for only where a column is a person


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column holds; ``period`` > 0 when blocks of that many columns stand side by side, from ``first`` on."""

    kinds: tuple[int, ...]
    titles: tuple[str, ...]
    period: int = 0
    first: int = 0

    def kind(self, col: int) -> int:
        return self.kinds[col] if col < len(self.kinds) else ColumnKind.NONE

    def title(self, col: int) -> str:
        return self.titles[col] if col < len(self.titles) else ""

    def group(self, col: int) -> int:
        """The block of a column; columns before the first block (序号) belong to it."""
        return max(col - self.first, 0) // self.period if self.period else 0

    @property
    def all(self) -> int:
        every = ColumnKind.NONE
        for kind in self.kinds:
            every |= kind
        return every


NO_COLUMNS: Final = Columns((), ())


@dataclass(slots=True)
class Row:
    start: int
    end: int
    text: str
    columns: Columns
    header: bool = False
    _cells: list[Cell] = field(default_factory=list)

    @property
    def cells(self) -> list[Cell]:
        if not self._cells:
            at = self.start
            for col, text in enumerate(self.text.split("\t")):
                self._cells.append(Cell(at, at + len(text), text, col))
                at += len(text) + 1
        return self._cells


@dataclass(slots=True)
class Table:
    """Lines, and the columns that govern them from some line on. Rows are made when asked for: most never are."""

    start: int
    end: int
    lines: list[str]
    starts: list[int]  # of each line, in the record's text
    governed: list[tuple[int, Columns]]  # from this line on, these columns; in order, the first is line 0
    headers: frozenset[int]  # lines that are headers
    form: bool = False  # labels stand to the left of their values
    lying: tuple[int, ...] = ()  # on its side: what each line holds
    form_lines: frozenset[int] = frozenset()  # of a form that holds a table, too: its lines of labels and values
    kinds: int = 0  # what any of its columns hold
    _from: list[int] = field(default_factory=list)  # the lines of ``governed``

    def __post_init__(self) -> None:
        self._from = [line for line, _ in self.governed]
        for kind in (*self.lying, *(columns.all for _, columns in self.governed)):
            self.kinds |= kind

    def row(self, number: int) -> Row:
        line = self.lines[number]
        start = self.starts[number]
        return Row(start, start + len(line), line, self.columns(number), number in self.headers)

    def number_at(self, offset: int) -> int:
        """The line that holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def col_at(self, number: int, offset: int) -> int:
        """The 0-based column of an offset in a line."""
        return self.lines[number].count("\t", 0, max(offset - self.starts[number], 0))

    def columns(self, number: int) -> Columns:
        return self.governed[bisect_right(self._from, number) - 1][1]

    @property
    def last_columns(self) -> Columns:
        """Those of the last line: a table that goes on behind a break keeps them."""
        return self.governed[-1][1]


def find(text: str, sheets: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans of a text that are tables: lines with a tab, and sheets (whole, also of one column)."""
    at = 0
    for start, end in sheets:
        yield from _blocks(text, at, start)
        if start < end:
            yield start, end
        at = max(at, end)
    yield from _blocks(text, at, len(text))


def _blocks(text: str, at: int, stop: int) -> Iterator[tuple[int, int]]:
    """Neighbouring lines with a tab each."""
    while (tab := text.find("\t", at, stop)) >= 0:
        start = max(text.rfind("\n", at, tab) + 1, at)
        other = _WITHOUT_TAB.search(text, tab, stop)
        end = other.start() if other else stop
        yield start, end
        at = end + 1


_WITHOUT_TAB: Final = re.compile(r"\n[^\t\n]*(?=\n|\Z)")


def parse(text: str, start: int, end: int, inherited: Columns = NO_COLUMNS) -> Table:
    """The lines of one table and the columns that govern them."""
    lines = text[start:end].split("\n")
    starts = list(map(add, accumulate(map(len, lines[:-1]), initial=start), count()))
    if lying := line_kinds(lines):
        return Table(start, end, lines, starts, [(0, NO_COLUMNS)], frozenset(), lying=lying)
    governed: list[tuple[int, Columns]] = [(0, _if_as_wide(inherited, lines[0]))]
    headers: list[int] = []
    for number in _maybe_headers(lines):
        found = _as_header(lines[number], on_top=number < _TOP and _has_digits("".join(lines[number + 1 : number + 2])))
        if found is not None:
            above = headers and headers[-1] == number - 1
            governed.append((number, _merge(governed[-1][1], found) if above else found))
            headers.append(number)
    fields = _form_lines(lines, headers[0]) if headers and headers[0] else _NO_LINES
    if fields:
        governed = sorted([*governed, *((number, NO_COLUMNS) for number in fields)], key=itemgetter(0))
    form = not headers and _is_form(lines)
    return Table(start, end, lines, starts, governed, frozenset(headers), form, form_lines=fields)


_NO_LINES: Final = frozenset[int]()


def _form_lines(lines: list[str], header: int) -> frozenset[int]:
    """Of a form that holds a table, too (the members of a family), the lines of labels and values; none of others.
    ``header``: the table's first one, which a form's first lines stand above."""
    if len(lines) > _LONGEST_FORM or not any(map(_is_form_line, lines[: min(header, _TOP)])):
        return _NO_LINES
    return frozenset(number for number, line in enumerate(lines) if _is_form_line(line))


def _is_form_line(line: str) -> bool:
    cells = [cell.strip() for cell in line.split("\t")]
    return _alternates(cells, [column_kind(cell) for cell in cells])


def _if_as_wide(columns: Columns, line: str) -> Columns:
    """The columns of the table before, if this one goes on with as many."""
    return columns if len(columns.kinds) == line.count("\t") + 1 else NO_COLUMNS


def _maybe_headers(lines: list[str]) -> list[int]:
    """The top lines; further down only lines without digits that hold a word of headers, and repetitions of the top."""
    top, digit, hint = set(lines[:_TOP]), _DIGIT.search, _HEADER_HINT.search
    return [
        number
        for number, line in enumerate(lines)
        if number < _TOP or line in top or (digit(line) is None and hint(line) is not None)
    ]


def _has_digits(line: str) -> bool:
    return _NUMBER.search(line) is not None


def _as_header(line: str, *, on_top: bool) -> Columns | None:
    """The columns this line names, or None when it is no header.

    Half of its cells must be column names; on top of the table, above a row with numbers, one is enough. Elsewhere a
    label alone is a field of a form left empty. A line that holds values beside its labels is a line of a form.
    """
    cells = [cell.strip() for cell in line.split("\t")]
    filled = sum(1 for cell in cells if cell)
    if not filled or (filled == 1 < len(cells) and not on_top) or _LONG_NUMBER.search(_IN_BRACKETS.sub("", line)):
        return None
    kinds = [column_kind(cell) for cell in cells]
    named = [kind for kind in kinds if kind]
    weak = not any(kind & _STRONG for kind in named)
    codes_on_top = on_top and ColumnKind.CODE in named  # 项目 │ 许可证编号 │ 项目经理
    if weak and not codes_on_top and (len(named) < 2 or len(named) * 2 < filled):
        return None
    others_are_values = any(_DIGIT.search(cell) for cell, kind in zip(cells, kinds, strict=True) if not kind)
    if (len(named) * 2 < filled and (not on_top or others_are_values)) or _alternates(cells, kinds):
        return None
    titles = tuple(cells)
    return Columns(tuple(kinds), titles, *_blocks_of(titles))


def _alternates(cells: list[str], kinds: list[int]) -> bool:
    """Label, value, label, value: a line of a form. At least one value must stand behind a label.

    Merged cells leave empty ones behind their values.
    """
    if _alternate(cells, kinds):
        return True
    filled = [(cell, kind) for cell, kind in zip(cells, kinds, strict=True) if cell]
    return len(filled) < len(cells) and _alternate([cell for cell, _ in filled], [kind for _, kind in filled])


def _alternate(cells: list[str], kinds: list[int]) -> bool:
    if len(cells) < 2 or len(cells) % 2:
        return False
    labels, values = kinds[0::2], kinds[1::2]
    return all(labels) and not any(values) and any(_is_value(cell.strip()) for cell in cells[1::2])


def _is_value(cell: str) -> bool:
    """A number, a sex, a name: what stands behind a label rather than over a column."""
    return (
        _DIGIT.search(cell) is not None
        or cell in ("男", "女")
        or (len(cell) in (2, 3, 4) and looks_like_name(cell) > 0.5)
    )


def _blocks_of(titles: tuple[str, ...]) -> tuple[int, int]:
    """The width of blocks that stand side by side, by the repetition of their titles, and where the first begins.

    (0, 0) for none. 序号 may stand before them once.
    """
    count = len(titles)
    first = next((title for title in titles if title and titles.count(title) > 1), "")
    begin = titles.index(first) if first else 0
    if not first or (any(titles[:begin]) and begin > 1):
        return 0, 0
    width = titles.index(first, begin + 1) - begin
    if width < 2 and count > 2:
        return 0, 0
    repeats = all(titles[k] == titles[k + width] or not titles[k + width] for k in range(begin, count - width))
    return (width, begin) if repeats else (0, 0)


def _merge(upper: Columns, lower: Columns) -> Columns:
    """Two header rows as one: the lower names the column, the upper says more or stands alone over a merged cell."""
    kinds, titles = [], []
    spanning = ""
    for col in range(max(len(upper.kinds), len(lower.kinds))):
        spanning = upper.title(col) or (spanning if lower.title(col) else "")
        joined = spanning + lower.title(col)
        kind = lower.kind(col) or (column_kind(joined) if lower.title(col) else upper.kind(col))
        if lower.kind(col) and spanning:
            kind |= column_kind(joined)
        kinds.append(kind)
        titles.append(joined)
    blocks = _blocks_of(tuple(titles))
    return Columns(tuple(kinds), tuple(titles), *(blocks if blocks[0] else _blocks_of(lower.titles)))


def _is_form(lines: list[str]) -> bool:
    """Whether most lines are labels and values; a few lines tell."""
    if len(lines) > _LONGEST_FORM or not any(column_kind(line.partition("\t")[0]) for line in lines[:_TOP]):
        return False
    asked = lines[:_TELLING]
    labelled = 0
    for line in asked:
        cells = line.split("\t")[:8]
        kinds = [column_kind(cell) for cell in cells]
        labelled += _alternates(cells, kinds) or bool(kinds[0] and len(kinds) > 1 and not kinds[1])
    return labelled * 2 >= len(asked)
