"""What one reviewer's desk holds in memory: cases claimed ahead, leases, what was shown, documents lately read.

Guarantees: everything here may be called by several threads, and nothing here reads a database or a file, so no call
waits for long; what is dropped is forgotten whole, so that a case given back is never decided from an old state.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from scanner.review.models import CaseRow, Event, Note, View
from scanner.review.source import Source
from scanner.store.casework import Details, Stored

AHEAD: Final = 5  # cases claimed at once, so that most moves ask no database
EVERYTHING: Final = View()  # the whole queue
_KEPT: Final = 2 * AHEAD  # documents whose findings and text stay in memory
_MARGIN: Final = timedelta(seconds=30)  # before its end from which a lease is not relied upon
_LONGEST: Final = 86_400.0  # seconds at one case; longer was a night, and is not measured
_T = TypeVar("_T")


@dataclass(frozen=True)
class Loaded:
    """A case as it was read from the database."""

    row: CaseRow
    details: Details
    found: list[Stored]
    notes: list[Note]
    events: list[Event]

    @property
    def doc_id(self) -> str:
        return self.row.doc_id


class Held:
    """Empty at first; documents go by their ids, times are the store's (UTC without a zone)."""

    def __init__(self) -> None:
        self._guard = threading.RLock()
        self._ahead: list[Loaded] = []
        self._view = EVERYTHING  # of the cases ahead
        self._leases: dict[str, datetime] = {}  # until when
        self._seen: dict[str, str] = {}  # the state it was shown in
        self._shown_at: dict[str, float] = {}
        self._skipped: set[str] = set()
        self._found: OrderedDict[str, list[Stored]] = OrderedDict()
        self._sources: OrderedDict[str, Source] = OrderedDict()

    # Cases claimed ahead

    def missing(self, view: View) -> int:
        """How many cases of the view could be claimed ahead."""
        with self._guard:
            return AHEAD - len(self._ahead) if view == self._view else AHEAD

    def turn_to(self, view: View) -> list[str]:
        """From now on cases of this view are claimed; what was held for another one is forgotten and to be freed."""
        with self._guard:
            stale = [one.doc_id for one in self._ahead] if view != self._view else []
            self.drop(stale)
            self._view = view
            return stale

    def line_up(self, claimed: Sequence[Loaded], until: datetime) -> None:
        """Behind the cases ahead; they are leased until then."""
        with self._guard:
            self.lease([one.doc_id for one in claimed], until)
            self._ahead += claimed

    def next(self, view: View, now: datetime) -> Loaded | None:
        """The first of the cases ahead whose lease is sure to last."""
        with self._guard:
            while self._ahead and view == self._view:
                one = self._ahead.pop(0)
                if self._leases.get(one.doc_id, now) > now + _MARGIN:
                    return one
                self.drop([one.doc_id])
        return None

    def coming(self, count: int) -> list[str]:
        """The documents that are shown next."""
        with self._guard:
            return [one.doc_id for one in self._ahead[:count]]

    # Leases

    def lease(self, doc_ids: Collection[str], until: datetime) -> None:
        with self._guard:
            self._leases |= dict.fromkeys(doc_ids, until)

    def ending(self, before: datetime) -> list[str]:
        with self._guard:
            return [doc_id for doc_id, until in self._leases.items() if until < before]

    def renew(self, doc_ids: Collection[str], until: datetime) -> None:
        """Those that were given back meanwhile stay so."""
        with self._guard:
            self._leases |= {doc_id: until for doc_id in doc_ids if doc_id in self._leases}

    def give_up(self) -> list[str]:
        """Forgets all leases; returns what was leased."""
        with self._guard:
            held = list(self._leases)
            self._leases.clear()
            self._ahead.clear()
        return held

    def drop(self, doc_ids: Collection[str]) -> None:
        """These documents are no longer this desk's."""
        gone = set(doc_ids)
        with self._guard:
            self._ahead = [one for one in self._ahead if one.doc_id not in gone]
            for doc_id in gone:
                self._leases.pop(doc_id, None)
                self._shown_at.pop(doc_id, None)
            self.unsee(gone)

    # What was shown

    def show(self, one: Loaded) -> datetime | None:
        """The case is on the screen: time is measured from here. Returns the end of its lease."""
        with self._guard:
            self._seen[one.doc_id] = one.row.state
            self._shown_at[one.doc_id] = time.monotonic()
            _keep(self._found, one.doc_id, one.found)
            return self._leases.get(one.doc_id)

    def expected(self, doc_id: str) -> Mapping[str, str] | None:
        """The state a decision is taken from, where the case was shown."""
        with self._guard:
            return {doc_id: self._seen[doc_id]} if doc_id in self._seen else None

    def unsee(self, doc_ids: Collection[str]) -> None:
        """Their state is no longer the one they were shown in."""
        with self._guard:
            for doc_id in doc_ids:
                self._seen.pop(doc_id, None)

    def seconds(self, doc_id: str) -> float | None:
        """Since it was shown; None: it was not, or too long ago to say anything."""
        with self._guard:
            shown = self._shown_at.pop(doc_id, None)
        spent = time.monotonic() - shown if shown is not None else _LONGEST
        return spent if spent < _LONGEST else None

    def skip(self, doc_id: str) -> None:
        with self._guard:
            self._skipped.add(doc_id)
            self.drop([doc_id])

    def skipped(self) -> set[str]:
        with self._guard:
            return set(self._skipped)

    def skip_none(self) -> None:
        with self._guard:
            self._skipped.clear()

    # Documents lately read

    def found(self, doc_id: str) -> list[Stored] | None:
        """Its findings, if they are at hand."""
        with self._guard:
            ahead = (one.found for one in self._ahead if one.doc_id == doc_id)
            return self._found.get(doc_id) or next(ahead, None)

    def finding(self, finding_id: str) -> Stored | None:
        with self._guard:
            every = (one for found in reversed(self._found.values()) for one in found)
            return next((one for one in every if one.finding_id == finding_id), None)

    def source(self, doc_id: str) -> Source | None:
        with self._guard:
            return self._sources.get(doc_id)

    def keep_source(self, doc_id: str, read: Source) -> None:
        with self._guard:
            _keep(self._sources, doc_id, read)


def _keep(kept: OrderedDict[str, _T], doc_id: str, what: _T) -> None:
    """The newest few stay."""
    kept[doc_id] = what
    kept.move_to_end(doc_id)
    while len(kept) > _KEPT:
        kept.popitem(last=False)
