"""Tables that lie on their side: a line is what others have as a column, a column is a person.

姓名      张三     李四
身份证号  …        …
联系电话  …        …
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from patterns.column_kinds import IDENTIFYING, PHONES
from patterns.column_kinds import ColumnKind as K
from patterns.headers import column_kind
from patterns.name_score import looks_like_name

_MOST_LINES: Final = 60
_LABELLED: Final = 0.6  # share of lines that must begin with a label
_LONGEST_NAME: Final = 12
_NAME, _SURE = range(2, 5), 0.5  # characters of a name that no label announces, and how sure it must be one
_PEOPLE: Final = 2  # of one person alone it is a form
_WHO: Final = K.NAME | IDENTIFYING | PHONES


def line_kinds(lines: Sequence[str]) -> tuple[int, ...]:
    """What each line holds, by the label at its head; () when the table does not lie on its side."""
    if not 2 <= len(lines) <= _MOST_LINES:
        return ()
    first = _kind(lines[0]) or _kind(lines[1])  # a caption may stand in the first line
    if not first or "\t" not in lines[1] or any(map(_labels_more, lines[:2])):
        return ()
    kinds = _labels(lines)
    if not kinds or not _names_people(lines, kinds):
        return ()
    return kinds if any(kind & K.NAME for kind in kinds) else tuple(map(_or_names, kinds, lines))


def _or_names(kind: int, line: str) -> int:
    """A line whose label says nothing, and whose cells are names, is one of names."""
    cells = [cell.strip() for cell in line.split("\t")[1:] if cell.strip()]
    if kind or len(cells) < _PEOPLE:
        return kind
    return K.NAME if all(len(cell) in _NAME and looks_like_name(cell) > _SURE for cell in cells) else kind


def _labels_more(line: str) -> bool:
    """Whether a label stands behind the head of a line: it is a header."""
    return any(column_kind(cell) for cell in line.split("\t")[1:] if cell)


def _labels(lines: Sequence[str]) -> tuple[int, ...]:
    """What the head of each line says; () as soon as too many say nothing, which most tables' lines do."""
    filled = sum(1 for line in lines if line.strip())
    silent_left = len(lines) - max(2, _LABELLED * filled)
    kinds = []
    for line in lines:
        kinds.append(_kind(line))
        silent_left -= not kinds[-1]
        if silent_left < 0:
            return ()
    return tuple(kinds)


def _kind(line: str) -> int:
    head = line.partition("\t")[0]
    return column_kind(head) if head and not head.isdecimal() else 0


def _names_people(lines: Sequence[str], kinds: Sequence[int]) -> bool:
    """Whether one line tells people apart: names, numbers or telephones of two or more."""
    return any(kind & _WHO and _several(line.split("\t")[1:], kind) for line, kind in zip(lines, kinds, strict=True))


def _several(cells: Sequence[str], kind: int) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if kind & K.NAME:
        return len(filled) >= _PEOPLE and all(len(cell) <= _LONGEST_NAME for cell in filled)
    return sum(any(char.isdigit() for char in cell) for cell in filled) >= _PEOPLE
