"""Findings as the lines a reviewer reads: those of one table row are one line, with the header of their table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from rich.text import Text

from scanner.i18n import _
from scanner.places import Spot, where
from scanner.review.looks import QUIET, VALUE, WARNING, cut, fit
from scanner.review.models import Context, FindingRow, Line, Span
from scanner.widths import visible, width

_GAP: Final = "  "
_LEAST: Final = 4
_PLACE: Final = 16  # columns of the place before a sentence
BESIDE: Final = _PLACE + 8  # columns of a line that its sentence does not get
_AROUND: Final = 60  # rows of a table that are read at once

_Where = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """Findings that stand in one row of a table, or one in a sentence."""

    findings: tuple[FindingRow, ...]
    line: Line | None  # None: ``missing`` says why there is nothing to show
    header: Line | None
    table: bool
    missing: str = ""

    @property
    def hidden(self) -> bool:
        return any(finding.hidden for finding in self.findings)

    @property
    def cells(self) -> list[str]:
        return _texts(self.line) if self.table else []

    @property
    def spans(self) -> list[Span]:
        return [span for cell in self.line.cells for span in cell] if self.line else []

    @property
    def titles(self) -> list[str]:
        return _texts(self.header)


def gather(findings: Sequence[FindingRow], context: Callable[[str, int], Context]) -> list[Entry]:
    """Each finding with its line; ``context`` is asked once for many rows of a table."""
    rows: dict[_Where, tuple[Line, Line | None]] = {}
    return joined([], [_entry(finding, _where(finding), rows, context) for finding in findings])


def joined(known: Sequence[Entry], found: Iterable[Entry]) -> list[Entry]:
    """Both, findings of one row or line in one entry: they come worst first, so a row's may lie far apart."""
    entries = list(known)
    at = {_where(entry.findings[0]): number for number, entry in enumerate(entries) if entry.line}
    for entry in found:
        place = _where(entry.findings[0])
        if entry.line and place in at:
            same = entries[at[place]]
            entries[at[place]] = replace(same, findings=_in_order((*same.findings, *entry.findings), same))
            continue
        if entry.line:
            at[place] = len(entries)
        entries.append(entry)
    return entries


def _in_order(findings: Sequence[FindingRow], entry: Entry) -> tuple[FindingRow, ...]:
    """As they stand in their row or line."""
    values = [span.text for span in entry.spans if span.mark]
    last = len(values)
    places = {value: number for number, value in reversed(list(enumerate(values)))}
    return tuple(sorted(findings, key=lambda finding: (finding.col, places.get(finding.masked, last))))


def _where(finding: FindingRow) -> _Where:
    return finding.segment, finding.place, finding.row


def _entry(
    finding: FindingRow, place: _Where, rows: dict[_Where, tuple[Line, Line | None]],
    context: Callable[[str, int], Context],
) -> Entry:  # fmt: skip
    if place in rows:
        return Entry((finding,), *rows[place], finding.col > 0)
    around = context(finding.finding_id, _AROUND if finding.col > 0 else 0)
    own = next((line for line in around.lines if line.number == finding.row), None) or _marked(around.lines)
    if around.table:
        rows.update({(*place[:2], line.number): (line, around.header) for line in around.lines})
    elif own is not None:
        rows[place] = own, None
    return Entry((finding,), own, around.header, around.table and own is not None, around.missing)


def _marked(lines: Sequence[Line]) -> Line | None:
    """The line that holds the finding asked about."""
    return next((line for line in lines if any(span.mark == "this" for cell in line.cells for span in cell)), None)


def header(entry: Entry | None, widths: Sequence[int]) -> Text:
    """The header of the table an entry stands in; empty for a sentence, or a table without one."""
    if entry is None or not entry.titles:
        return Text()
    cells = (fit(cell, size) for cell, size in zip(entry.titles, widths, strict=False) if size)
    return Text(" " * _mark_columns() + _GAP.join(cells), style="bold")


def column_widths(found: Iterable[Entry], columns: int) -> list[int]:
    """How wide each column is drawn; 0: not at all. What holds a value is whole as long as that is possible."""
    rows = [entry for entry in found if entry.cells]
    texts = [entry.titles for entry in rows] + [entry.cells for entry in rows]
    natural = [max(width(visible(cell)) for cell in column) for column in zip_longest(*texts, fillvalue="")]
    values = {finding.col - 1 for entry in rows for finding in entry.findings}
    widths = [max(size, 1) for size in natural]
    room = columns - _mark_columns()
    others = [number for number in range(len(widths)) if number not in values]
    _shrink(widths, others, room)
    for number in reversed(others):
        if _taken(widths) > room:
            widths[number] = 0
    _shrink(widths, [number for number in values if 0 <= number < len(widths)], room)
    return widths


def _taken(widths: Sequence[int]) -> int:
    drawn = [size for size in widths if size]
    return sum(drawn) + len(_GAP) * (len(drawn) - 1)


def _shrink(widths: list[int], which: list[int], room: int) -> None:
    """Take from the widest of ``which`` until all fit, or each is at its least."""
    while which and _taken(widths) > room:
        widest = max(which, key=lambda number: widths[number])
        if widths[widest] <= _LEAST:
            return
        widths[widest] -= 1


def draw(entry: Entry, columns: int, widths: Sequence[int], chosen: int) -> Text:
    """An entry's line; ``chosen``: which of its findings is looked at, or -1."""
    text = Text().append(_("hid ") if entry.hidden else " " * _mark_columns(), style=WARNING)
    if entry.table:
        text.append_text(_cells(entry, widths, chosen))
    else:
        text.append_text(_sentence(entry, columns - _mark_columns(), chosen))
    text.truncate(columns)
    return text


def _mark_columns() -> int:
    return width(_("hid "))


def _texts(line: Line | None) -> list[str]:
    return ["".join(span.text for span in cell) for cell in line.cells] if line else []


def _cells(entry: Entry, widths: Sequence[int], chosen: int) -> Text:
    """The cells of a row; every value stands out, those too whose findings are not loaded yet."""
    at = {finding.col - 1: number for number, finding in enumerate(entry.findings)}
    marks = [any(span.mark for span in cell) for cell in entry.line.cells] if entry.line else []
    parts = []
    for number, (cell, size) in enumerate(zip(entry.cells, widths, strict=False)):
        style = f"{VALUE} reverse" if at.get(number, -2) == chosen else VALUE if number in at or marks[number] else ""
        if size:
            parts.append(Text(fit(cell, size), style=style))
    return Text(_GAP).join(parts)


def _sentence(entry: Entry, columns: int, chosen: int) -> Text:
    finding = entry.findings[max(chosen, 0)]
    place = fit(where(Spot(finding.segment, finding.place, finding.row, finding.col, False)), _PLACE)
    text = Text().append(place + _GAP, style=QUIET)
    room = columns - _PLACE - len(_GAP)
    if entry.line is None:
        return text.append(visible(finding.masked), style=VALUE).append("  " + fit(entry.missing, room), style=QUIET)
    return text.append_text(sentence(entry, room, chosen))


def sentence(entry: Entry, columns: int, chosen: int) -> Text:
    """A sentence cut around the value that is looked at; every value in it stands out."""
    spans = [(visible(span.text), span) for span in entry.spans]
    wanted = entry.findings[max(chosen, 0)].masked
    here = next((n for n, (_words, span) in enumerate(spans) if span.mark and span.text == wanted), None)
    at = sum(len(words) for words, _span in spans[: here or 0])
    words, now = cut("".join(words for words, _span in spans), columns, at)
    text, start = Text(words), now - at
    for number, (part, span) in enumerate(spans):
        if span.mark:
            style = f"{VALUE} reverse" if number == here and chosen >= 0 else VALUE
            text.stylize(style, max(start, 0), max(min(start + len(part), len(words)), 0))
        start += len(part)
    return text
