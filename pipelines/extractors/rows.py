"""Rows of cells as text: one line a row, cells parted by one tab, nothing else that could be taken for either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pipelines.extractors.assembly import Assembly

# A longer run of empty rows is not printed: what follows it is a segment of its own that knows its row number.
MAX_EMPTY_ROWS: Final = 100
_BREAKS: Final = str.maketrans(dict.fromkeys("\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


def flat(cell: str) -> str:
    """A cell's text without line breaks and tabs.

    >>> flat("张三\\n\\t李四 ")
    '张三  李四'
    """
    cell = cell.strip()
    return cell if cell.isprintable() else cell.translate(_BREAKS)  # translate is slow, breaks are rare


def line(cells: Iterable[str]) -> str:
    return "\t".join(cells).rstrip("\t")


def blocks(lines: Iterable[str], first_row: int) -> Iterator[tuple[int, list[str]]]:
    """Lines in runs that hold no more than MAX_EMPTY_ROWS empty ones in a row, each with its first line's number."""
    lines, run = list(lines), list[str]()
    if lines and "" not in lines:
        yield first_row, lines
        return
    empty, start = 0, first_row
    for number, text in enumerate(lines, first_row):
        if not text:
            empty += 1
            continue
        if run and empty <= MAX_EMPTY_ROWS:
            run.extend([""] * empty)
        elif run:
            yield start, run
            run = []
        if not run:
            start = number
        empty = 0
        run.append(text)
    if run:
        yield start, run


@dataclass(frozen=True, slots=True)
class Concealed:
    """Rows and columns of a sheet that nobody sees, 1-based; columns as ranges, for Excel hides 16,000 at a time."""

    rows: frozenset[int] = frozenset()
    cols: tuple[range, ...] = ()

    def rows_among(self, first: int, count: int) -> tuple[int, ...]:
        """The hidden ones of ``count`` rows."""
        if len(self.rows) < count:
            return tuple(sorted(row for row in self.rows if first <= row < first + count))
        return tuple(row for row in range(first, first + count) if row in self.rows)

    def cols_among(self, first: int, count: int) -> tuple[int, ...]:
        return tuple(col for col in range(first, first + count) if any(col in span for span in self.cols))


ALL_SHOWN: Final = Concealed()


def add_rows(
    assembly: Assembly,
    kind: str,
    place: str,
    lines: Iterable[str],
    *,
    row: int = 1,
    col: int = 1,
    hidden: bool = False,
    concealed: Concealed = ALL_SHOWN,
) -> None:
    """Append the lines of one table or sheet, as many segments as its gaps ask for."""
    for start, run in blocks(lines, row):
        if assembly.full:
            return
        width = max(text.count("\t") for text in run) + 1 if concealed.cols else 0
        assembly.add(
            kind,
            place,
            "\n".join(run),
            row=start,
            col=col,
            hidden=hidden,
            hidden_rows=concealed.rows_among(start, len(run)),
            hidden_cols=concealed.cols_among(col, width),
        )
