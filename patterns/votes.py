"""What the values of a column say it holds, where its header does not.

Five valid IDs make an ID column, also for its damaged cells, if they are 30 % of its long numbers or more; under that
it is a number column, because one in eleven permit numbers passes the ID checksum (notes §6). A column without a header
whose cells look like names is a name column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import Final

from patterns.attributes import state_of
from patterns.candidate_values import Spot
from patterns.candidates import Kind
from patterns.characters import squeeze
from patterns.column_kinds import ColumnKind as K
from patterns.lexicons import words
from patterns.name_score import looks_like_name
from patterns.tables import Table

VOTES: Final = 5
ID_SHARE: Final = 0.3
NAMED_SHARE: Final = 0.6  # mean name score from which a column is one of names
_SAMPLE: Final = 40  # rows asked for names
_SHORTEST: Final = 13  # digits of what counts as a long number
_LONG: Final = frozenset({Kind.ID18, Kind.LONG, Kind.ID15})

Column = tuple[int, int]  # identity of the governing Columns, 0-based column
Votes = dict[Column, int]  # ColumnKind bits


def of_numbers(table: Table, spots: list[Spot]) -> Votes:
    """ID and CODE columns, by a table's candidates."""
    return {} if table.form else {column: kind for column, kind in _id_votes(table, spots).items() if kind}


def may_name_ids(spots: list[Spot]) -> bool:
    """Whether candidates are enough for the vote that a column is one of IDs: a cheap question before the count."""
    return sum(1 for _, _, kind in spots if kind == Kind.ID18) >= VOTES


def _id_votes(table: Table, spots: list[Spot]) -> Votes:
    asked = [spot for spot in spots if spot[2] in _LONG and spot[1] - spot[0] >= _SHORTEST]
    if len(asked) < VOTES and not table.kinds & K.CODE:
        return {}  # too few to say anything
    starts, lines, headers = table.starts, table.lines, table.headers
    valid: dict[Column, int] = defaultdict(int)
    long: dict[Column, set[int]] = defaultdict(set)
    kinds: dict[Column, int] = {}
    wrapped = {start for start, _, kind in spots if kind == Kind.ID_WRAPPED}
    for start, end, kind in asked:
        number = bisect_right(starts, start) - 1
        line, at = lines[number], starts[number]
        if start in wrapped or number in headers or end > at + len(line):
            continue
        columns, col = table.columns(number), line.count("\t", 0, max(start - at, 0))
        column = (id(columns), col)
        if column not in kinds:
            kinds[column] = columns.kind(col)
        long[column].add(number)
        valid[column] += kind == Kind.ID18
    return {column: _vote(kinds[column], valid[column], len(rows)) for column, rows in long.items()}


def _vote(kind: int, valid: int, long: int) -> int:
    if valid >= VOTES and valid >= ID_SHARE * long:
        return K.ID
    if kind & K.ID:
        return 0
    return K.CODE if kind & K.CODE or (long >= 2 * VOTES and valid < ID_SHARE * long) else 0


def of_words(table: Table, spots: list[Spot]) -> Votes:
    """Columns without a known header, by the cells of the first rows: NAME by their look; BIRTH, the first one of dates
    beside masked IDs; REMARK where a cell says an illness and nothing else."""
    scores: dict[Column, list[float]] = defaultdict(list)
    dates: dict[Column, int] = defaultdict(int)
    remarks: Votes = {}
    rows = 0
    masked = any(kind == Kind.MASKED for _, _, kind in spots)
    for number in range(min(len(table.lines), _SAMPLE)):
        if number in table.headers:
            continue
        rows += 1
        columns = table.columns(number)
        kinds = columns.kinds
        for col, cell in enumerate(table.lines[number].split("\t")):
            if col < len(kinds) and kinds[col]:
                continue
            if 2 <= len(cell) <= 6:
                name = squeeze(cell)
                if 2 <= len(name) <= 4 and not name.isascii():
                    scores[id(columns), col].append(looks_like_name(name))
            if masked and _DATE.fullmatch(cell) and not columns.title(col):
                dates[id(columns), col] += 1
            elif 2 <= len(cell) <= _LONGEST_REMARK and not columns.title(col) and state_of(cell):
                remarks[id(columns), col] = K.REMARK
    births = {column: K.BIRTH for column, count in dates.items() if count * 2 >= rows}
    names = {
        column: K.NAME
        for column, found in scores.items()
        if len(found) * 2 >= rows and sum(found) >= NAMED_SHARE * len(found)
    }
    return remarks | dict(list(births.items())[:1]) | names


# A date that can be a grown-up's or a pupil's birth, as lists without a header write it.
_DATE: Final = re.compile(r"\s*(?:19\d\d|200\d|201\d)[-./年](?:1[0-2]|0?[1-9])[-./月](?:3[01]|[12]\d|0?[1-9])日?\s*")
_LONGEST_REMARK: Final = 24


def says_anything(title: str) -> bool:
    """Whether a column's title says nothing of what is in it: 备注, 说明."""
    return squeeze(title) in words("header_remark")
