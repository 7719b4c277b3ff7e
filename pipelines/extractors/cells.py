"""A workbook's cell values as text, as a person sees them, without loss."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from pipelines.extractors.rows import flat, line

_WRITTEN_OUT: Final = 1e21  # below this a number is written digit by digit, never as 3.4E+17


def number(value: float) -> str:
    """A number as digits: Excel stores phones and IDs as floating point.

    >>> number(13812345678.0), number(12.5), number(3.40302199003074e17), number(1e300)
    ('13812345678', '12.5', '340302199003074000', '1e+300')
    """
    if value.is_integer() and abs(value) < _WRITTEN_OUT:
        return str(int(value)) if abs(value) < 1e15 else f"{Decimal(repr(value)):f}".removesuffix(".0")
    return repr(value)


def moment(value: datetime) -> str:
    """A date; with its time of day when it has one."""
    text = value.isoformat(sep=" ", timespec="seconds")
    return text.removesuffix(" 00:00:00")


FORMATS: Final[dict[type, Callable[[Any], str]]] = {
    str: flat,
    float: number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: moment,
    date: date.isoformat,
    time: lambda value: value.isoformat(timespec="seconds"),
    timedelta: str,
}


def cell_text(value: object) -> str:
    return FORMATS.get(type(value), str)(value)


def row_text(row: Sequence[Any]) -> str:
    """A row's cells in a line.

    >>> row_text(["张三", " 李\\t四 ", 3.0, "", ""])
    '张三\\t李 四\\t3'
    """
    try:
        written = "\t".join(row)
    except TypeError:  # not texts alone
        written = " "
    if " " in written or written.count("\t") >= len(row) or not written.replace("\t", "").isprintable():
        return line([FORMATS.get(type(value), cell_text)(value) for value in row])
    return written.rstrip("\t")  # no cell has a blank, a tab or a line break of its own
