"""Tables and lines for people. Scraped text is shown as it is, never as markup or control codes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Final

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from patterns.reasons import severity_name
from patterns.schema import Severity
from scanner.i18n import language
from scanner.widths import visible

_ENOUGH: Final = 20  # columns of the terminal in which a name can be read, on several lines
# Told apart without red and green: weight and brightness, and the word itself.
_STYLES: Final = {
    Severity.SECRET: "bold reverse",
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "bold yellow",
    Severity.MEDIUM: "cyan",
}


def console(*, stderr: bool = False) -> Console:
    """A terminal, or a pipe that gets plain text without cutting anything off."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 200
    return Console(file=stream, width=width, highlight=False, soft_wrap=not stream.isatty())


def show(made: Table) -> None:
    """A table on standard output. On a narrow terminal its columns move together before any of them is broken."""
    out = console()
    if sys.stdout.isatty():
        fit(made, out.width)
    out.print(made)


def fit(made: Table, columns: int) -> None:
    """Make a table as tight as ``columns`` of a terminal ask for. Nothing of it is ever cut off: what cannot stand in
    one line takes several."""
    needed = sum(_least(column) for column in made.columns)
    gaps = len(made.columns) - 1
    made.padding = (0, 1) if needed + 3 * gaps <= columns else (0, 0)
    if needed + gaps > columns:
        for column in made.columns:
            column.no_wrap = False


def _least(column: Column) -> int:
    """The columns of the terminal that a column of the table should have."""
    widest = max(cell_len(str(cell)) for cell in (column.header, *column.cells))
    return widest if column.no_wrap else min(widest, _ENOUGH)


def severity(level: int) -> Text:
    """A severity's word in its colour."""
    return Text(severity_name(level, language()), style=_STYLES.get(Severity(level), ""))


def table(
    headers: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[int] = (), fold: Sequence[int] = ()
) -> Table:
    """``right``: columns of numbers; ``fold``: columns that may take several lines, the others are never broken."""
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, header in enumerate(headers):
        made.add_column(
            header, justify="right" if number in right else "left", no_wrap=number not in fold, overflow="fold"
        )
    for row in rows:
        made.add_row(*(item if isinstance(item, Text) else Text(visible(str(item))) for item in row))
    return made


def number(count: int) -> str:
    """12,345: the way people read a large number."""
    return f"{count:,}"
