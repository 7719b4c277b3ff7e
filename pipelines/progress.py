"""What a long run says of itself while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

READING: Final = "reading"
MATCHING: Final = "matching"


@dataclass(frozen=True, slots=True)
class Progress:
    phase: str  # READING | MATCHING
    archive: str  # file name or id of the archive last heard of
    done: int  # bytes of archives (reading) or of record parts (matching)
    total: int
    records: int  # so far, those of an earlier, interrupted run not counted
    noted: int  # reading: records that could not be fully read; matching: hits


Report = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """For callers who do not want to know."""


def never() -> bool:
    """The time is never up."""
    return False
