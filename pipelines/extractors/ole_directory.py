"""Compound files whose directory runs in a circle: calamine follows it until no memory is left, and dies of it."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.extractors.assembly import Unreadable
from pipelines.extractors.ole import open_ole
from pipelines.extractors.ole_writer import repacked
from pipelines.schema import Status


def with_finite_directory(data: bytes) -> bytes:
    """The file, written anew from what olefile makes of it where its directory never ends."""
    with open_ole(data) as ole:
        if _ends(ole.fat, ole.first_dir_sector):
            return data
        try:
            return repacked(ole, [])
        except Exception as error:  # olefile raises whatever damage makes it stumble over
            raise Unreadable(Status.CORRUPT, f"ole: {error}") from error


def _ends(table: Sequence[int], at: int) -> bool:
    """Whether a chain comes to a mark or out of the table in as many steps as the table is long."""
    for _ in range(len(table) + 1):
        if at >= len(table):
            return True
        at = table[at]
    return False
