"""How an XLSX's numbers are shown, as far as it is beyond doubt: as they are written, or as days."""

from __future__ import annotations

import re
from typing import Final

from pipelines.extractors.package import Package

PLAIN, DATE = "plain", "date"
_PART: Final = "xl/styles.xml"
_DAYS: Final = frozenset(map(str, range(14, 23)))  # Excel's own formats that are a date or a time of day
_TIMES: Final = frozenset(("45", "46", "47"))
_DAY: Final = re.compile(r"(?:\[\$-[0-9A-Fa-f,]*\])?[yYmMdDhH]")
_HARMLESS: Final = re.compile(r'general|\[Red\]|"[^"\\_*]*"', re.IGNORECASE)
_DOUBTFUL: Final = re.compile("[dmhysa\\[]", re.IGNORECASE)


def number_styles(package: Package) -> list[str]:
    """By a cell style's index: PLAIN or DATE; "" for what may be something else (lengths of time, …)."""
    if _PART not in package.names:
        return []
    styles = package.xml(_PART)
    own = {f.get("numFmtId", ""): f.get("formatCode", "") for f in styles.iter("{*}numFmt")}
    formats = [xf.get("numFmtId", "") for table in styles.iterchildren("{*}cellXfs") for xf in table.iterchildren()]
    looks = {number: _look(number, own.get(number)) for number in set(formats)}
    if _counts_from_1904(package):
        looks = {number: look if look != DATE else "" for number, look in looks.items()}
    return [looks[number] for number in formats]


def _look(number: str, code: str | None) -> str:
    if code is None:
        return DATE if number in _DAYS else "" if number in _TIMES else PLAIN
    if _DAY.match(code):
        return DATE
    return "" if _DOUBTFUL.search(_HARMLESS.sub("", code)) else PLAIN


def _counts_from_1904(package: Package) -> bool:
    book = package.xml("xl/workbook.xml")
    return any(each.get("date1904", "0") not in ("0", "false") for each in book.iter("{*}workbookPr"))
