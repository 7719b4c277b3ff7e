"""From what was found to the Arrow batch of hits: places, safe forms, fingerprints. Columns, never rows of objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from patterns import keyed
from patterns.found import Found
from patterns.linking import pattern_of
from patterns.masking import mask
from patterns.places import Place, Places, Segment
from patterns.schema import HITS
from patterns.sketches import sketch


class Hits:
    """The hits of a batch, record by record. ``key``: the workspace's, for fingerprints and sketches.

    Places are looked up while a record's text is at hand; what values become is worked out for all at the end, column
    by column, in a tenth less time."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._columns: dict[str, list[Any]] = {name: [] for name in HITS.names}
        self._found: list[Found] = []

    def add(
        self,
        record: tuple[int, str, str, Sequence[Segment]],
        found: list[Found],
        where: list[int] | None,
    ) -> None:
        """The hits of one record, in order of start. ``record``: its row in the batch, its doc_id, its text as given,
        its segments. ``where``: where each character of the folded text stood; None when nothing moved."""
        row, doc_id, text, segments = record
        spans = [(hit.start, hit.end) for hit in found]
        if where is not None:
            spans = [(where[start], where[end - 1] + 1) for start, end in spans]
        places = Places(text, segments)
        self._extend(
            doc_id=[doc_id] * len(found),
            record_row=[row] * len(found),
            start=[start for start, _ in spans],
            end=[end for _, end in spans],
        )
        self._extend_places([places.at(start) for start, _ in spans])
        self._found += found

    def _extend(self, **columns: Sequence[Any]) -> None:
        for name, values in columns.items():
            self._columns[name] += values

    def _extend_places(self, places: list[Place]) -> None:
        segment, place, row, col, hidden = zip(*places, strict=True)
        self._extend(segment=segment, place=place, row=row, col=col, hidden=hidden)

    def _extend_values(self) -> None:
        found, self._found = self._found, []
        self._extend(
            entity_type=[hit.entity for hit in found],
            rule_id=[hit.rule for hit in found],
            masked=[mask(hit.entity, hit.value) for hit in found],
            fingerprint=[self._fingerprint(hit.value) for hit in found],
            shown=[self._shown(hit) if hit.owner else "" for hit in found],
            validation=[hit.validation for hit in found],
            score=[hit.score for hit in found],
            severity=[int(hit.severity) for hit in found],
            severity_rule=[hit.severity_rule for hit in found],
            signals=[hit.signals for hit in found],
        )

    def _shown(self, hit: Found) -> str:
        pattern = pattern_of(hit)
        return sketch(self._key, hit.owner, pattern) if pattern else ""

    def _fingerprint(self, value: str) -> str:
        return keyed.digest(self._key, value).hex()[:32]

    def batch(self) -> pa.RecordBatch:
        self._extend_values()
        return pa.record_batch([pa.array(self._columns[field.name], field.type) for field in HITS], schema=HITS)
