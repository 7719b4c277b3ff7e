"""What a document is made of, as data: paragraphs, running lists and grids with their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scanner.synthetic.content import Block, Content, Line, Part, Table
from scanner.synthetic.filling import Filler
from scanner.synthetic.people import Person

EMPTY: Final[Line] = ()


@dataclass(frozen=True, slots=True)
class Each:
    """A running list: the same words for each person, joined."""

    item: str
    joint: str = "、"
    before: str = ""
    after: str = ""
    per_line: int = 0  # 0: all in one paragraph


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``columns`` are parted by white space, each "header=cell"; "group/header=cell": a two-row header."""

    columns: str
    caption: str = ""  # a first row of its own, merged over all columns
    side: int = 1  # blocks side by side
    repeat: int = 0  # the header again after so many rows
    total: str = ""  # a last row: its first cell
    blank: str = ""  # headers whose cells stay empty except in every third row (merged downwards)
    name: str = "Sheet1"
    hidden: bool = False
    hidden_cols: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """Rows given cell by cell, parted by "|": forms with their labels at the left, people side by side ({2.name})."""

    rows: tuple[str, ...]
    each: bool = False  # the rows again for every person


@dataclass(frozen=True, slots=True)
class Template:
    name: str
    expect: int | None
    title: str
    parts: tuple[str | Each | Grid | Cards, ...]
    section: str = "公示公告"
    minor: bool = False
    few: int = 4
    many: int = 24
    parent_title: str = ""
    bare: bool = False  # no menu before it, no footer after it: a marking counts at a document's head or end


def make(template: Template, filler: Filler) -> Content:
    """One document of the template with new people."""
    count = filler.rng.randint(template.few, template.many)
    people = [filler.factory.person(minor=template.minor or None) for _ in range(count)]
    blocks: list[Block] = []
    for part in template.parts:
        if isinstance(part, Grid):
            blocks.append(_grid(part, filler, people))
        elif isinstance(part, Each):
            blocks.extend(_each(part, filler, people))
        elif isinstance(part, Cards):
            blocks.append(_cards(part, filler, people))
        else:
            blocks.append(filler.line(part, people))
    title = "".join(part for part in filler.line(template.title, people) if isinstance(part, str))
    date, parent = filler.published(), template.parent_title
    return Content(title, tuple(blocks), template.name, template.expect, template.section, date, parent)


def _each(part: Each, filler: Filler, people: list[Person]) -> list[Line]:
    size = part.per_line or len(people)
    lines = []
    for at in range(0, len(people), size):
        line: list[Part] = [part.before]
        for index, person in enumerate(people[at : at + size]):
            line.extend((part.joint if index else "", *filler.line(part.item, [person], at + index + 1)))
        lines.append(tuple(p for p in (*line, part.after) if p != ""))
    return lines


def _cards(cards: Cards, filler: Filler, people: list[Person]) -> Table:
    groups = [[person] for person in people] if cards.each else [people]
    return Table(
        tuple(
            tuple(filler.line(cell, group, serial) for cell in row.split("|"))
            for serial, group in enumerate(groups, 1)
            for row in cards.rows
        )
    )


def _grid(grid: Grid, filler: Filler, people: list[Person]) -> Table:
    columns = [(name, cell) for name, _, cell in (column.partition("=") for column in grid.columns.split())]
    header = _header(_header_names(columns), grid.side)
    width = len(header[0])
    rows: list[tuple[Line, ...]] = [((grid.caption,), *[EMPTY] * (width - 1))] if grid.caption else []
    rows.extend(header)
    body = [_row(grid, filler, columns, person, index + 1) for index, person in enumerate(people)]
    for index in range(0, len(body), grid.side):
        if grid.repeat and index and index // grid.side % grid.repeat == 0:
            rows.extend(header)
        rows.append(tuple(cell for row in body[index : index + grid.side] for cell in row))
    if grid.total:
        rows.append(((grid.total,), *[EMPTY] * (width - 1)))
    return Table(tuple(rows), grid.name, grid.hidden, grid.hidden_cols)


def _row(grid: Grid, filler: Filler, columns: list[tuple[str, str]], person: Person, serial: int) -> tuple[Line, ...]:
    blank = grid.blank.split()
    return tuple(
        EMPTY if name in blank and serial % 3 != 1 else filler.line(cell, [person], serial) for name, cell in columns
    )


def _header_names(columns: list[tuple[str, str]]) -> list[str]:
    """A number written over three cells leaves two headers empty."""
    return [part for name, cell in columns for part in ((name, "", "") if ":cells}" in cell else (name,))]


def _header(names: list[str], side: int) -> list[tuple[Line, ...]]:
    if not any("/" in name for name in names):
        return [tuple((name,) if name else EMPTY for name in names) * side]
    top: list[Line] = []
    sub: list[Line] = []
    last = ""
    for name in names:
        group, _, own = name.partition("/")
        top.append((group,) if group != last else EMPTY)
        sub.append((own,) if own else EMPTY)
        last = group if own else ""
    return [tuple(top) * side, tuple(sub) * side]
