"""Chains of sectors that run in a circle: calamine follows one until there is no memory left, and dies of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Final

import olefile

_WORKBOOKS: Final = ("workbook", "book")
_MACROS: Final = "_VBA_PROJECT_CUR"  # calamine reads its streams, too


def has_endless_chain(data: bytes) -> bool:
    """Whether a chain that calamine follows in an XLS never ends; a file that cannot be opened counts as sound."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            return _is_endless(ole)
    except Exception:  # olefile raises whatever damage makes it stumble over
        return False


def _is_endless(ole: Any) -> bool:
    entries = [entry for entry in ole.direntries if entry is not None]
    all_streams = any(entry.name == _MACROS for entry in entries)
    streams = [e for e in entries if e.entry_type == olefile.STGTY_STREAM and (all_streams or _is_workbook(e))]
    large = [entry.isectStart for entry in streams if entry.size >= ole.minisectorcutoff]
    small = [entry.isectStart for entry in streams if 0 < entry.size < ole.minisectorcutoff]
    if _any_endless(ole.fat, (ole.first_dir_sector, ole.first_mini_fat_sector, ole.root.isectStart, *large)):
        return True
    if small:
        ole.loadminifat()
    return bool(small) and _any_endless(ole.minifat, small)


def _is_workbook(entry: Any) -> bool:
    return str(entry.name).lower() in _WORKBOOKS


def _any_endless(table: Sequence[int], starts: Iterable[int]) -> bool:
    return any(not _ends(table, start) for start in starts)


def _ends(table: Sequence[int], at: int) -> bool:
    """Whether a chain comes to a mark or out of the table in as many steps as the table is long."""
    for _ in range(len(table) + 1):
        if at >= len(table):
            return True
        at = table[at]
    return False
