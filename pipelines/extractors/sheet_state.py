"""Which rows and columns of a workbook's sheets are hidden, which calamine does not say; and what its notes say.

XLSX says it in its sheets' XML, where a plain search answers "none" for nearly every sheet; XLS in its records.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pipelines.extractors.package import Package
from pipelines.extractors.rows import Concealed
from pipelines.extractors.sparse import SheetPart

_COL: Final = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ROW: Final = re.compile(rb"""<(?:\w+:)?row\s([^>]*?(?:hidden=["'](?:1|t)|ht=["']0)[^>]*)>""")
_ATTRIBUTE: Final = re.compile(rb"""(\w+)=["']([^"']*)["']""")
_SIGNS: Final = (b'hidden="', b'width="0', b'ht="0')
_ODD_SIGNS: Final = (b"hidden='", b"width='0", b"ht='0")
_MIN_WIDTH, _MIN_HEIGHT = 0.5, 1.0  # of a character, of a point: nobody sees what is smaller
_LAST_COLUMN: Final = 16_384


def concealed_xlsx(
    package: Package, sheets: Sequence[SheetPart], skeletons: Mapping[str, bytes] = MappingProxyType({})
) -> dict[str, Concealed]:
    """By sheet name, for the sheets that hide something. ``skeletons`` are parts without their cells."""
    found = {}
    for name, part, _ in sheets:
        sheet = skeletons.get(part) or package.read(part)
        sheet = sheet[: sheet.rfind(b"sheetData>")]  # margins, which stand behind, look like heights: right="0.75"
        if any(sign in sheet for sign in ((*_SIGNS, *_ODD_SIGNS) if b"'" in sheet else _SIGNS)):
            found[name] = Concealed(_rows(sheet), _columns(sheet))
    return found


def _columns(sheet: bytes) -> tuple[range, ...]:
    spans = []
    for written in _COL.findall(sheet.partition(b"sheetData")[0]):
        values = dict(_ATTRIBUTE.findall(written))
        if _true(values.get(b"hidden", b"")) or _below(values.get(b"width", b""), _MIN_WIDTH):
            first, last = _number(values.get(b"min", b"")), _number(values.get(b"max", b""))
            spans.append(range(first, min(last, _LAST_COLUMN) + 1))
    return tuple(spans)


def _rows(sheet: bytes) -> frozenset[int]:
    rows = set()
    for written in _ROW.findall(sheet):
        values = dict(_ATTRIBUTE.findall(written))
        if _true(values.get(b"hidden", b"")) or _below(values.get(b"ht", b""), _MIN_HEIGHT):
            rows.add(_number(values.get(b"r", b"")))  # writers that leave the number out hide nothing
    return frozenset(rows)


def _true(value: bytes) -> bool:
    return value.lower() in (b"1", b"true")


def _below(value: bytes, least: float) -> bool:
    try:
        return float(value) < least
    except ValueError:  # not given
        return False


def _number(value: bytes) -> int:
    return int(value) if value.isdigit() and len(value) < 9 else 0
