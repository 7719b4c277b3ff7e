"""Tables whose cells became lines, one under the other, as text out of a PDF often has them.

姓名            Told by the distance from the header of the names to the first name, at which the names go on; as many
身份证号        lines as that make a row. Such a table's line breaks become tabs, nothing is moved: it is read as any
张三            table is.
340302…
李四
340302…
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from patterns.column_kinds import ColumnKind as K
from patterns.headers import column_kind
from patterns.name_cells import name_in_cell
from patterns.table_reading import people_and_more

_HEADS: Final = (
    "姓名", "姓 名", "姓　名", "户主", "农户", "村民", "学生", "申请人", "当事人", "领款人", "承租人", "被征收人",
    "患者", "老人", "对象",
)  # fmt: skip
_ENDS: Final = re.compile("|".join(head + "\n" for head in _HEADS))
_WHO: Final = re.compile(rf"^[ \u3000]*(?:[一-鿿（）()]{{0,4}}(?:{'|'.join(_HEADS)}))[ \u3000]*$", re.MULTILINE)
_LEAST_ROWS: Final = 2
_COLUMNS: Final = range(2, 13)
_LONGEST_CELL: Final = 40
_LONGEST_NAME: Final = 12
_NAMED: Final = 0.8  # share of the rows that must have a name where names stand


def restored(text: str) -> str:
    """The text with such tables' line breaks as tabs: as long as it was, every other character where it was."""
    heads = list(_WHO.finditer(text)) if _ENDS.search(text) else []
    if not heads:
        return text
    lines = text.split("\n")
    seams = ["\n"] * len(lines)  # what stands behind each line
    done, at, passed = 0, 0, 0
    for head in heads:
        at, passed = at + text.count("\n", passed, head.start()), head.start()
        if at >= done and (found := _table(lines, at, done)):
            first, columns, rows = found
            done = first + columns * rows
            for line in range(first, done):
                if (line - first) % columns < columns - 1:
                    seams[line] = "\t"
    if not done:
        return text
    return "".join(line + seam for line, seam in zip(lines, seams, strict=True))[:-1]


def _table(lines: list[str], at: int, floor: int) -> tuple[int, int, int] | None:
    """The first line, the columns and the rows, header and all, of a table in which ``at`` is the header of names."""
    columns = next((n for n in _COLUMNS if _is_name(lines, at + n)), 0)
    if not columns:
        return None
    first = at
    while first > max(floor, at - columns + 1) and column_kind(lines[first - 1].strip()):
        first -= 1
    most = (len(lines) - first) // columns
    rows = 1 + _reach(_is_name(lines, at + row * columns) for row in range(1, most))
    header, cells = lines[first : first + columns], lines[first : first + columns * rows]
    kinds = 0
    for label in header:
        kinds |= column_kind(label.strip())
    fits = rows > _LEAST_ROWS and all("\t" not in cell and len(cell) <= _LONGEST_CELL for cell in cells)
    return (first, columns, rows) if fits and people_and_more(kinds | K.NAME) else None


def _reach(names: Iterable[bool]) -> int:
    """How many rows there are: up to the last name from which most rows before have one."""
    reach = found = 0
    for row, is_name in enumerate(names, 1):
        found += is_name
        if found < _NAMED * row:
            break
        reach = row if is_name else reach
    return reach


def _is_name(lines: list[str], at: int) -> bool:
    cell = lines[at].strip() if at < len(lines) else ""
    if not 2 <= len(cell) <= _LONGEST_NAME:
        return False
    spans = name_in_cell(cell)
    return len(spans) == 1 and spans[0].end - spans[0].start == len(cell)
