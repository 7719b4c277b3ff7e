"""What an export has in common with an earlier one, hits and all: whoever knows the earlier one's need not look again.

A part of records that two exports share is one file under two names. Where its hits were taken over as well, each
record in it is in both exports with the same hits, but for the rows that the newer one does not hold any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipelines import exports, found

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Carried:
    """Parts of the ``earlier`` export (its folder's name) that are parts of this one, under other ordinals."""

    earlier: str
    becomes: Mapping[int, int]
    gone: Mapping[int, Rows]  # rows of them that are not in this export, by the ordinal they had


def carried(records: Path, hits: Path) -> Carried | None:
    """What an export has of the one its hits were taken from; None where they were all found anew, or under its own
    name."""
    taken = found.taken(hits)
    if taken is None or taken.earlier == hits.name:
        return None
    visible = exports.rows_by_part(records)
    rows = {part.ordinal: part.rows for part in exports.parts_of(records)}
    gone = {
        was: np.setdiff1d(np.arange(rows[now]), visible[now], assume_unique=True)
        for was, now in taken.becomes.items() if now in visible
    }  # fmt: skip
    return Carried(taken.earlier, taken.becomes, gone)
