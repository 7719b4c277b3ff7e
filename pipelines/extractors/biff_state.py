"""What an XLS says of its sheets beside their cells: hidden rows and columns, notes, text boxes, headers and footers,
the values that charts were drawn from; what ``biff_asides`` reads.

A sheet's records stand between a BOF and an EOF; BOUNDSHEET in the workbook's first part tells where each begins. A
note (NOTE) names a drawn object; the object (OBJ, its number) is followed by its text (TXO, continued in CONTINUE).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from pipelines.extractors.biff import records
from pipelines.extractors.biff_asides import KINDS, asides
from pipelines.extractors.cells import number
from pipelines.extractors.rows import Concealed, flat

_BOUNDSHEET, _ROW, _COLINFO, _NOTE, _OBJ, _TXO, _CONTINUE = 0x85, 0x208, 0x7D, 0x1C, 0x5D, 0x1B6, 0x3C
_MARGINS: Final = frozenset((0x14, 0x15))
_BEGIN_8: Final = 0x809
_BEGIN: Final = frozenset((0x09, 0x209, 0x409, _BEGIN_8))
_END: Final = 0x0A
_SERIES_TEXT, _SERIES_OF, _NUMBER, _LABEL = 0x100D, 0x1065, 0x203, 0x204
_READ: Final = _BEGIN | _MARGINS | {_ROW, _COLINFO, _NOTE, _OBJ, _TXO, _CONTINUE} | KINDS
_READ_OF_CHARTS: Final = _READ | {_SERIES_TEXT, _SERIES_OF, _NUMBER, _LABEL, _END}
_OF_A_CHART: Final = frozenset((_SERIES_TEXT, _NUMBER, _LABEL))
_CHART: Final = 0x20  # what begins here is one
_HIDDEN_ROW, _HIDDEN_COL = 0x20, 0x01  # bits of the records' flags


@dataclass(slots=True)
class Chart:
    """Its titles, and the values of each series by what they are for (names, values, …) and the series' number."""

    titles: list[str] = field(default_factory=list)
    series: dict[tuple[int, int], list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class SheetState:
    """What is known of one sheet; ``texts`` by the number of the drawn object, ``notes``: object → row and column,
    ``asides``: what its records say that no cell shows; ``charts``: of each its titles, then each series' values."""

    rows: set[int] = field(default_factory=set)
    cols: list[range] = field(default_factory=list)
    notes: dict[int, tuple[int, int]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    margins: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)

    @property
    def concealed(self) -> Concealed:
        return Concealed(frozenset(self.rows), tuple(self.cols))


def sheet_states(stream: bytes) -> list[SheetState]:
    """One state for each sheet, in the order in which the workbook lists them."""
    order = {at: number for number, at in enumerate(_beginnings(stream))}
    states = [SheetState() for _ in order]
    state = SheetState()
    thing = owed = 0  # the object that text belongs to, and how much of it is still to come
    purpose = 0  # of a chart's values
    read = _READ
    for kind, at, size in records(stream):
        if kind not in read:
            continue
        data = stream[at : at + min(size, 9000)]
        if kind in _BEGIN:
            number = order.get(at - 4)
            state = states[number] if number is not None else state
            if _word(data, 2) == _CHART and kind == _BEGIN_8:
                state.charts.append(Chart())
                read = _READ_OF_CHARTS
        elif kind == _END:
            read = _READ
        elif kind == _SERIES_OF:
            purpose = _word(data, 0)
        elif read is _READ_OF_CHARTS and kind in _OF_A_CHART:
            with suppress(struct.error):
                _take_of_chart(state.charts[-1], kind, data, purpose)
        elif kind == _OBJ and size >= 8:
            thing = _word(data, 6)
        elif kind == _TXO and size >= 12:
            owed = _word(data, 10)
            state.texts[thing] = ""
        elif kind == _CONTINUE and owed and thing in state.texts:
            text = _characters(data[1:], data[:1] == b"\1", owed)
            state.texts[thing] += text
            owed -= len(text)
        else:
            _take(state, kind, data)
    return states


def _take(state: SheetState, kind: int, data: bytes) -> None:
    if kind == _ROW and len(data) >= 14:
        if _word(data, 12) & _HIDDEN_ROW or not _word(data, 6) & 0x7FFF:
            state.rows.add(_word(data, 0) + 1)
    elif kind == _COLINFO and len(data) >= 10:
        if _word(data, 8) & _HIDDEN_COL or not _word(data, 4):
            state.cols.append(range(_word(data, 0) + 1, min(_word(data, 2), 255) + 2))
    elif kind == _NOTE and len(data) >= 8:
        state.notes[_word(data, 6)] = _word(data, 0) + 1, _word(data, 2) + 1
    elif kind in _MARGINS and len(data) >= 4:
        state.margins.append(_characters(data[3:], data[2:3] == b"\1", _word(data, 0)))
    elif kind in KINDS:
        state.asides += asides(kind, data)


def _take_of_chart(chart: Chart, kind: int, data: bytes, purpose: int) -> None:
    if kind == _SERIES_TEXT:
        count, wide = struct.unpack_from("<BB", data, 2)
        chart.titles.append(flat(_characters(data[4:], bool(wide & 1), count)))
        return
    _row, series = struct.unpack_from("<HH", data)
    if kind == _NUMBER:
        text = number(struct.unpack_from("<d", data, 6)[0])
    else:
        count, wide = struct.unpack_from("<HB", data, 6)
        text = flat(_characters(data[9:], bool(wide & 1), count))
    chart.series.setdefault((purpose, series), []).append(text)


def _beginnings(stream: bytes) -> Iterator[int]:
    for kind, at, size in records(stream):
        if kind == _END:
            return
        if kind == _BOUNDSHEET and size >= 4:
            yield int.from_bytes(stream[at : at + 4], "little")


def _characters(data: bytes, wide: bool, count: int) -> str:
    return data[: 2 * count].decode("utf-16-le", "replace") if wide else data[:count].decode("latin-1")


def _word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")
