"""What is known of the hits of an export, what there is still to match, and how both become ``hits.parquet``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines import exports, found, layout, parts
from pipelines.match_worker import UNREADABLE, MatchPart


@dataclass(slots=True)
class Plan:
    """What is known and what there is to match of one export."""

    records: Path
    hits: Path
    made_with: dict[str, str]
    parts: list[exports.Part]
    visible: dict[int, npt.NDArray[np.int64]]  # rows of parts that hold others too
    source: found.Source
    todo: list[MatchPart]

    @property
    def archive_id(self) -> str:
        return self.records.name

    def fresh(self) -> list[Path]:
        """The parts of hits that were matched for this export."""
        known = self.source.known
        return [self.hits / layout.part_name(part.ordinal) for part in self.parts if part.ordinal not in known]

    def finish(self) -> bool:
        """Puts the hits together where they are not; False if what was known before cannot be read."""
        own = self.source.found if self.source.found.folder == self.hits else None
        if own and len(own.parts) == len(self.parts) == len(self.source.becomes) and found.file_of(self.hits).exists():
            return True
        if not self.parts and not self.hits.exists():
            return True
        try:
            self.put_together()
        except (OSError, pa.ArrowException):
            return False
        return True

    def put_together(self) -> None:
        for part in self.todo:
            if any(UNREADABLE in why for _, why in found.note_of(part.hits).unmatched):
                layout.put_away(part.records)  # so that another run finds it missing, and reads its documents again
        found.put_together(self.hits, self.made_with, self.source, self.fresh(), self.visible)

    def forget(self) -> None:
        for path in (found.file_of(self.hits), *layout.parts(self.hits)):
            path.unlink(missing_ok=True)
        self.source = found.Source(found.look(self.hits), {})
        self.todo = self.unmatched(date.max)

    def unmatched(self, today: date) -> list[MatchPart]:
        """The parts whose hits are not known, and not matched by a run that was interrupted."""
        todo, known = [], self.source.known
        for part in self.parts:
            name = layout.part_name(part.ordinal)
            if part.ordinal not in known and not self._is_matched(self.hits / name, today):
                rows = self.visible.get(part.ordinal)
                some = None if rows is None else tuple(rows.tolist())
                count = part.rows if some is None else len(some)
                todo.append(
                    MatchPart(self.archive_id, self.records / name, self.hits / name, self.made_with, count, some)
                )
        return todo

    def _is_matched(self, part: Path, today: date) -> bool:
        noted = parts.notes(part)
        return self.made_with.items() <= noted.items() and found.note_of(part).holds(today)


def plan_of(records: Path, hits: Path, signature: str, today: date) -> Plan:
    """What there is to match in an export. Hits of parts that are no more are removed."""
    every = exports.parts_of(records)
    made_with = {"rules": signature, "records": exports.digest(records)}
    source = found.known(records, hits, made_with, today)
    known = source.known
    needed = {layout.part_name(part.ordinal) for part in every if part.ordinal not in known}
    for stale in layout.parts(hits):
        if stale.name not in needed:
            stale.unlink(missing_ok=True)
    plan = Plan(records, hits, made_with, every, exports.rows_by_part(records), source, [])
    plan.todo = plan.unmatched(today)
    return plan
