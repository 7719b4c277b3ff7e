"""The core: one Arrow batch of records in, one Arrow batch of hits out.

Overview. Nothing loops over records in Python until numpy has said which few of them matter:

1. the batch's contiguous UTF-8 buffer is folded where full-width or zero-width characters occur (:mod:`folding`);
2. one pass marks the runs of digits (:mod:`runs`), vectorised questions make candidates of them (:mod:`candidates`);
3. records without a candidate that matters, a table of people or a title that makes a list sensitive are done;
4. the others are read closely (:mod:`reading`): labels, columns, names, masks, and the severity table.

What it guarantees:

- A valid 18-digit ID, resident's or permit, is never missed for want of context: words score and explain, they do not
  gate. It is found with full-width digits, zero-width characters, any check-digit x, in one piece or in pieces parted
  by blanks, hyphens or one line break, and as 6-8-4 over neighbouring cells; not inside a longer run of digits, save
  where it is run together with a phone or a card.
- A complete mobile number (11 digits from 13 to 19) is never missed in the same ways.
- Other kinds need their checksum and issuer, or a word or column beside them, and may be missed without.
- It may over-report: one in eleven numbers of the right shape passes MOD 11-2; dates and provinces leave 1.3 in
  100,000 random 18-digit numbers.
- ``start`` and ``end`` are code points of the text as given, whatever was folded. No text makes it raise.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import pyarrow as pa

from patterns import anchors, beside_letters, candidates, code_points, folding, pieces, reading, runs
from patterns.candidate_values import Spot
from patterns.candidates import Candidates
from patterns.context import HEAD, SENSITIVE, DocumentContext, factors_of, read_titles
from patterns.factors import Factor
from patterns.output import Hits
from patterns.places import Segment, Segments
from patterns.publicity import is_weekday
from patterns.reading import Setting
from patterns.schema import ID_CARD, SegmentKind
from patterns.triggers import by_words, matters

RULES_VERSION: Final = "6"
_SENSITIVE: Final = (
    Factor.AID | Factor.STUDENT_AID | Factor.HEALTH | Factor.HEALTH_SECRET | Factor.DISABILITY
    | Factor.MINOR_14 | Factor.MINOR_18 | Factor.PENALTY
)  # fmt: skip
_CHUNK: Final = 4 << 20  # bytes of text looked at together: what stays in the cache


class Matcher:
    """Finds personal information in record batches. One per process; ``match`` may be called any number of times.

    key: secret of the workspace, any length > 0; fingerprints are HMAC-SHA256 under it, cut to 128 bits.
    today: the date the scan counts as (ages, publicity periods); default: the system's.
    everything: also report supporting hits (Severity.SUPPORTING), such as a name alone.
    is_workday: which days count as working days in a publicity period.
    """

    def __init__(
        self,
        key: bytes,
        *,
        today: date | None = None,
        everything: bool = False,
        is_workday: Callable[[date], bool] = is_weekday,
    ) -> None:
        self._key, self._today, self._everything = key, today or date.today(), everything
        self._is_workday = is_workday

    def match(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """One batch of records (columns of MATCH_INPUT, others ignored) in, one batch of hits (HITS) out.

        ``record_row`` of a hit is the row in this batch. Hits are in order of record and start.
        """
        rows = _Rows(batch)
        hits = Hits(self._key)
        for first, last in _chunks(rows.bounds):
            for row, text, spots, where, setting in self._worth_reading(rows, first, last):
                found = reading.read(text, spots, setting)
                if found:
                    raw = text if where is None else rows.text(row)
                    hits.add((row, rows.doc_ids[row].as_py(), raw, rows.segments.of(row)), found, where)
        return hits.batch()

    def _worth_reading(self, rows: _Rows, first: int, last: int) -> Iterator[_Close]:
        """The records of a chunk that need a closer look."""
        buf = runs.pad(rows.buf[rows.bounds[first] : rows.bounds[last]])
        bounds = rows.bounds[first : last + 1] - rows.bounds[first] + runs.PAD
        said = anchors.said(buf, bounds)
        folded = folding.records(buf, bounds, said)
        folds = [folding.fold(_text(buf, bounds, record)) for record in folded.tolist()]
        buf, edges = _with_more(buf, bounds, [text for text, _ in folds])
        table = runs.find(buf, edges)
        found = candidates_of(table)
        matter = matters(table, found, everything=self._everything)[: last - first]
        matter[folded] = True
        matter[[row - first for row in rows.photographed(first, last)]] = True
        words = by_words(rows, first, buf, bounds, said, matter)
        wanted = np.flatnonzero(matter)
        place = wanted.copy()  # where a record is read: its folded text stands behind the others
        place[np.searchsorted(wanted, folded)] = last - first + np.arange(len(folded))
        told = zip(wanted.tolist(), *(flags[wanted].tolist() for flags in words), strict=True)
        in_folds = dict(zip(folded.tolist(), folds, strict=True))
        for (record, *of_record), here in zip(told, code_points.spots(buf, edges, place, found), strict=True):
            text, where = in_folds.get(record) or (_text(buf, bounds, record), None)
            here = code_points.with_emails(text, here)
            yield first + record, text, here, where, self._setting(rows, first + record, text, where, of_record)

    def _setting(self, rows: _Rows, row: int, text: str, where: list[int] | None, words: Sequence[bool]) -> Setting:
        marked, ill, home = words
        return Setting(
            context=rows.context(row, text[:HEAD]),
            sheets=rows.sheets(row, where),
            published=rows.published[row].as_py(),
            today=self._today,
            everything=self._everything,
            marked=marked,
            ill=ill,
            home=home,
            is_workday=self._is_workday,
            photos=rows.photos(row, where),
        )


# Row in the batch, folded text, candidates, where each character stood (None: nothing moved), setting.
_Close = tuple[int, str, list[Spot], list[int] | None, Setting]


def match(batch: pa.RecordBatch, *, key: bytes, today: date | None = None, everything: bool = False) -> pa.RecordBatch:
    """``Matcher(key, …).match(batch)``: the pure function that a process pool or a cluster maps."""
    return Matcher(key, today=today, everything=everything).match(batch)


class _Rows:
    """The columns of a batch, and its text as one buffer."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        text = batch.column("text").cast(pa.string())
        offsets = np.frombuffer(text.buffers()[1], np.int32)[text.offset : text.offset + len(text) + 1]
        data = text.buffers()[2]
        self.buf = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
        self.bounds = offsets.astype(np.int64)
        self.doc_ids = batch.column("doc_id")
        self._titles = read_titles(batch.column("title").to_pylist()) | read_titles(
            batch.column("parent_title").to_pylist()
        )
        self._maybe = np.flatnonzero(self._titles & SENSITIVE)
        self._sections = batch.column("section")
        self.published = batch.column("published_at")
        segments = batch.column("segments")
        self.segments = Segments(segments)
        kinds = segments.flatten().field("kind")
        self._has_sheets = SegmentKind.SHEET in kinds.unique().to_pylist()
        self._has_photos = segments.flatten().field("place").index(ID_CARD).as_py() >= 0

    def text(self, row: int) -> str:
        """A record's text as given."""
        return _text(self.buf, self.bounds, row)

    def context(self, row: int, head: str) -> DocumentContext:
        return factors_of(int(self._titles[row]), self._sections[row].as_py(), head)

    def sensitive(self, first: int, last: int) -> list[int]:
        """The rows from ``first`` to before ``last`` whose title makes a list of names sensitive."""
        a, b = np.searchsorted(self._maybe, (first, last))
        maybe = self._maybe[a:b]
        titles = zip(maybe.tolist(), self._titles[maybe].tolist(), strict=True)
        return [row for row, bits in titles if _is_sensitive(bits, self._sections[row].as_py())]

    def photographed(self, first: int, last: int) -> list[int]:
        """The rows from ``first`` to before ``last`` that show an ID card."""
        return [row for row in range(first, last) if self.photos(row, None)] if self._has_photos else []

    def photos(self, row: int, where: list[int] | None) -> list[tuple[int, int]]:
        """The spans of a record's folded text that say that a picture shows an ID card."""
        if not self._has_photos:
            return []
        spans = [(seg.start, seg.end) for seg in self.segments.of(row) if _is_photo(seg)]
        return spans if where is None else [(bisect_left(where, a), bisect_left(where, b)) for a, b in spans]

    def sheets(self, row: int, where: list[int] | None) -> list[tuple[int, int]]:
        """The spans of a record's sheets in its folded text: they are tables even where a line has no tab."""
        if not self._has_sheets:
            return []
        spans = [(seg.start, seg.end) for seg in self.segments.of(row) if seg.kind == SegmentKind.SHEET]
        return spans if where is None else [(bisect_left(where, a), bisect_left(where, b)) for a, b in spans]


@lru_cache(maxsize=4096)
def _is_sensitive(titles: int, section: str) -> bool:
    context = factors_of(titles, section, "")
    return bool((context.factors | context.minors | context.states) & _SENSITIVE)


def _is_photo(segment: Segment) -> bool:
    return segment.kind == SegmentKind.METADATA and segment.place == ID_CARD


def _chunks(bounds: runs.Offsets) -> Iterator[tuple[int, int]]:
    """Ranges of records of about _CHUNK bytes, at least one record each, all about as long."""
    records, size = len(bounds) - 1, int(bounds[-1] - bounds[0])
    parts = max(1, round(size / _CHUNK))
    cuts = np.unique(np.searchsorted(bounds, bounds[0] + np.arange(1, parts) * (size // parts)))
    edges = sorted({0, records, *(int(cut) for cut in cuts if 0 < cut < records)}) if records else []
    yield from pairwise(edges)


def candidates_of(table: runs.Runs) -> Candidates:
    """The candidates of a run table: in one piece, beside letters, in pieces."""
    return Candidates.join([candidates.find(table), beside_letters.find(table), pieces.find(table)])


def _text(buf: runs.Bytes, bounds: runs.Offsets, record: int) -> str:
    return str(buf.data[bounds[record] : bounds[record + 1]], "utf-8")


def _with_more(buf: runs.Bytes, bounds: runs.Offsets, texts: list[str]) -> tuple[runs.Bytes, runs.Offsets]:
    """A padded buffer with some more texts behind its own, and where all begin and the last one ends."""
    if not texts:
        return buf, bounds
    raw = [text.encode() for text in texts]
    more = np.frombuffer(b"".join(raw), np.uint8)
    edges = np.concatenate([bounds, bounds[-1] + np.cumsum([*map(len, raw)])])
    return np.concatenate([buf[: bounds[-1]], more, buf[bounds[-1] :]]), edges
