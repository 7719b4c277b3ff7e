"""How things look: safe text in exact columns. Colours are from a palette that colour-blind people tell apart, and
every colour only repeats what a word, a sign or a weight says.
"""

from __future__ import annotations

from typing import Final

from rich.cells import set_cell_size
from rich.text import Text

from patterns.reasons import severity_name
from patterns.schema import Severity
from scanner.i18n import language
from scanner.widths import shorten, visible, width

ORANGE: Final = "#e69f00"
BLUE: Final = "#56b4e9"
RED: Final = "#ff7f50"
_STYLES: Final = {
    Severity.CRITICAL: f"bold {RED}",
    Severity.HIGH: f"bold {ORANGE}",
    Severity.MEDIUM: BLUE,
    Severity.INFO: "dim",
}
VALUE: Final = f"bold {ORANGE}"
WARNING: Final = f"bold {ORANGE}"
QUIET: Final = "dim"
KEY: Final = f"bold {BLUE}"


def fit(text: str, columns: int) -> str:
    """Scraped text, safe, in exactly so many columns.

    >>> fit("名单.xlsx", 6) + "|", fit("a", 3) + "|"
    ('名单… |', 'a  |')
    """
    return set_cell_size(shorten(visible(text), max(columns, 1)), max(columns, 0))


def right(text: str, columns: int) -> str:
    """The same, standing on the right."""
    short = shorten(visible(text), columns)
    return " " * (columns - width(short)) + short


def cut(text: str, columns: int, at: int) -> tuple[str, int]:
    """``text`` cut to ``columns`` around the character ``at``, and where that character is now."""
    if width(text) <= columns:
        return text, at
    start, used = at, 0
    while start > 0 and used + width(text[start - 1]) <= columns // 3:
        start -= 1
        used += width(text[start])
    lead = "…" if start else ""
    return shorten(lead + text[start:], columns), at - start + len(lead)


def level_style(level: int) -> str:
    return _STYLES.get(Severity(level), "")


def severity(level: int) -> Text:
    """The word in four columns, which is enough in Chinese, or eight, in English."""
    words = severity_name(level, language())
    return Text().append(fit(words, severity_columns()), style=level_style(level))


def severity_columns() -> int:
    return 4 if language() == "zh" else 8
