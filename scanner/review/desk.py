"""A reviewer's desk: everything the review screen and ``scan case`` ask of the store.

Guarantees: a decision is committed when its method returns, or an exception says it was not; it is taken from the
state it was judged in or refused (cases.Refused), so nobody's decision is overwritten; two desks never hold the same
case; every answer is masked but ``reveal``'s, which is on record before it is given. Connections are short; a method
waits while another program writes and fails with StoreHeld only after ``patience`` seconds.

A desk may be used by several threads (a screen decides in one and prefetches in another); calls follow one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from patterns.publicity import Period, publicity_period
from pipelines.workdays import is_workday
from scanner import cases, clock
from scanner.errors import InputError, Refused, ScanError
from scanner.i18n import N_, _
from scanner.redact import mask
from scanner.review import assemble, dismissals, source
from scanner.review.held import AHEAD, EVERYTHING, Held, Loaded
from scanner.review.models import (
    Alike,
    CaseRow,
    CaseView,
    Context,
    Decided,
    Event,
    FindingRow,
    Line,
    Revealed,
    Suppression,
    View,
)
from scanner.store import casework, events, queue, suppressions
from scanner.store.casework import Stored
from scanner.store.connection import Connection, reading, writing
from scanner.workspace import Workspace

if TYPE_CHECKING:
    from patterns.matcher import Matcher

LEASE_SECONDS: Final = 600  # a case nobody touches for so long is anyone's again
PATIENCE: Final = 120.0  # seconds: longer than the largest merge holds the database
FIRST: Final = 50  # findings a CaseView brings along


class Desk:
    """``reviewer`` is the name decisions are recorded under."""

    def __init__(self, workspace: Workspace, reviewer: str, *, patience: float = PATIENCE) -> None:
        if not reviewer.strip():
            raise InputError(N_("A decision needs a name"), todo=N_("Say it with --reviewer NAME."))
        self.workspace, self.reviewer, self._patience = workspace, reviewer.strip(), patience
        self._held = Held()

    # Asking

    def counts(self, view: View = EVERYTHING) -> dict[int, int]:
        """How many cases of a view are left, by severity, worst first."""
        with self._reading() as connection:
            return queue.counts(connection, view)

    def queue(self, view: View = EVERYTHING, after: int = 0, limit: int = 100) -> list[CaseRow]:
        """Cases of a view, worst and oldest first, also those others hold. ``after``: how many to leave out."""
        with self._reading() as connection:
            return queue.rows(connection, view, clock.now(), after, limit)

    def open(self, case_no: int, *, hold: bool = False) -> CaseView:
        """One case, in whatever state. ``hold`` leases it, or raises Refused when another reviewer holds it.

        Raises InputError when there is no such case."""
        with self._writing() if hold else self._reading() as connection:
            doc_id = _document(connection, case_no)
            if hold:
                self._must_be_free(connection, doc_id)
                queue.lease(connection, [doc_id], self.reviewer, _until())
            (loaded,) = _load(connection, queue.of_documents(connection, [doc_id], clock.now()))
        if hold:
            self._held.lease([doc_id], _until())
        return self._shown(loaded)

    def findings(self, case_no: int, offset: int = 0, limit: int = FIRST) -> list[FindingRow]:
        """Findings of a case, worst first, of equals in the order they stand in the document."""
        with self._reading() as connection:
            doc_id = _document(connection, case_no)
            found = casework.findings(connection, [doc_id])[doc_id]
        return [assemble.finding_row(one) for one in assemble.worst_first(found)[offset : offset + limit]]

    def context(self, finding_id: str, lines: int = 3) -> Context:
        """A finding's line with ``lines`` before and after it; of a table its rows and its header. Masked."""
        finding = self._finding(finding_id)
        try:
            text = self._source(finding.doc_id)
        except InputError as error:
            return Context(False, None, (), _(error.what))
        return source.context(text, finding, lines)

    def source_text(self, case_no: int) -> list[Line]:
        """All of the document's text, masked, hidden lines marked. Raises InputError when records/ has lost it."""
        with self._reading() as connection:
            doc_id = _document(connection, case_no)
        return source.lines(self._source(doc_id))

    def history(self, case_no: int) -> list[Event]:
        """Every step the case has taken, oldest first."""
        with self._reading() as connection:
            doc_id = _document(connection, case_no)
            return casework.events(connection, [doc_id])[doc_id]

    # Working through the queue

    def take(self, view: View = EVERYTHING) -> CaseView | None:
        """The worst, oldest case of the view that nobody else holds, leased to this reviewer; None: none is left.

        Skipped cases come after all others. Taking gives back nothing: decide, skip or release the one before."""
        loaded = self._held.next(view, clock.now())
        if loaded is None:
            loaded = self._claimed(view)
        if loaded is None and self._held.skipped():
            self._held.skip_none()
            loaded = self._claimed(view)
        return self._shown(loaded) if loaded else None

    def prefetch(self, view: View = EVERYTHING) -> None:
        """Make the next take() of this view a matter of memory. Call it from another thread once a case is shown."""
        missing = self._held.missing(view)
        if missing > AHEAD // 2:
            self._claim(view, missing)
        for doc_id in self._held.coming(2):
            with suppress(InputError):
                _ = self._source(doc_id).marks

    def touch(self) -> None:
        """The reviewer is at work: renew the leases. Cheap when called often."""
        soon = clock.now() + timedelta(seconds=LEASE_SECONDS * 0.8)
        ending = self._held.ending(soon)
        if ending:
            until = _until()
            with self._writing() as connection:
                queue.renew(connection, self.reviewer, ending, until)
            self._held.renew(ending, until)

    def release(self) -> None:
        """Give back everything this desk holds. Call it when the reviewer leaves."""
        given_up = self._held.give_up()
        if given_up:
            with self._writing() as connection:
                queue.free(connection, given_up, self.reviewer)

    # Deciding

    def confirm(self, case_no: int, note: str = "") -> Decided:
        """It is a leak: to be issued to its unit."""
        return self._decide("confirm", case_no, "", note)

    def dismiss(self, case_no: int, reason: str, note: str = "") -> Decided:
        """It is none. ``reason``: a code of dismissals.REASONS; those in NEED_NOTE need a note."""
        dismissals.check(reason, note)
        return self._decide("dismiss", case_no, reason, note)

    def reconsider(self, case_no: int, note: str = "") -> Decided:
        """A dismissed case goes back to the queue, whoever dismissed it."""
        return self._decide("reconsider", case_no, "", note)

    def skip(self, case_no: int) -> None:
        """Not now: the case is given back and comes to this desk again only after all others."""
        with self._writing() as connection:
            doc_id = _document(connection, case_no)
            queue.free(connection, [doc_id], self.reviewer)
        self._held.skip(doc_id)

    def assign(self, case_no: int, assignee: str) -> None:
        """Somebody is to look at it: take() gives it to nobody else. "" takes the assignment back."""
        assignee = self._masked(assignee.strip())
        with self._writing() as connection:
            doc_id = _document(connection, case_no)
            casework.assign(connection, doc_id, self.reviewer, assignee, clock.now())
            if assignee not in ("", self.reviewer):
                queue.free(connection, [doc_id], self.reviewer)
        if assignee not in ("", self.reviewer):
            self._held.drop([doc_id])

    def note(self, case_no: int, text: str) -> None:
        """A remark beside the case. Values in it are masked before it is stored."""
        masked = self._masked(text)
        with self._writing() as connection:
            casework.add_note(connection, _document(connection, case_no), self.reviewer, masked, clock.now())

    def undo(self) -> Decided | None:
        """Take back this reviewer's last decision that still stands; None: there is none. A group goes back whole.

        A single case is held by this desk again."""
        now = clock.now()
        with self._writing() as connection:
            last = casework.last_decision(connection, self.reviewer)
            if last is None:
                return None
            decision, doc_ids = last
            state = events.step(connection, "undo", doc_ids, who=cases.REVIEWER, actor=self.reviewer, now=now)
            suppressions.end_of_decision(connection, decision, self.reviewer, now)
            again = doc_ids if len(doc_ids) == 1 and queue.holder(connection, doc_ids[0], now) is None else []
            until = _until()
            queue.lease(connection, again, self.reviewer, until)
            numbers = _numbers(connection, doc_ids)
        self._held.lease(again, until)  # only now: what is not committed is not held
        self._held.unsee(doc_ids)
        return Decided("undo", numbers, state)

    def reveal(self, finding_id: str) -> Revealed:
        """The raw value, read from records/. The reveal is on record before it is read."""
        with self._writing() as connection:
            finding = _stored(connection, finding_id)
            casework.add_reveal(connection, finding_id, finding.doc_id, self.reviewer, clock.now())
        return Revealed(finding_id, source.value(self.workspace.records, finding))

    # Alike things at once

    def alike(self, case_no: int) -> list[Alike]:
        """What of this case stands in other open cases too, most cases first."""
        with self._reading() as connection:
            doc_id = _document(connection, case_no)
            return suppressions.alike(connection, casework.findings(connection, [doc_id])[doc_id])

    def dismiss_alike(self, group: Alike, reason: str, expires: date, note: str = "") -> Decided:
        """Dismiss the open cases in which nothing but the group stands, and leave a suppression.

        Cases that another reviewer has open stay with that reviewer."""
        dismissals.check(reason, note)
        now, note = clock.now(), self._masked(note)
        if expires < clock.today():
            raise InputError(N_("This day is over"), expires.isoformat(), N_("Name a day to come."))
        with self._writing() as connection:
            decision = events.next_decision(connection)
            doc_ids = suppressions.members(connection, group, self.reviewer, now)
            number = suppressions.add(connection, group, reason, note, self.reviewer, expires, decision, now)
            state = events.step(
                connection, "dismiss", doc_ids, who=cases.REVIEWER, actor=self.reviewer, now=now, reason=reason,
                note=note, decision=decision,
            )  # fmt: skip
            queue.free(connection, doc_ids)
            numbers = _numbers(connection, doc_ids)
        self._held.drop(doc_ids)
        return Decided("dismiss", numbers, state, number)

    def suppressions(self) -> list[Suppression]:
        """All of them, ended ones too, newest first."""
        with self._reading() as connection:
            return suppressions.every(connection)

    # Within

    def _reading(self) -> AbstractContextManager[Connection]:
        return reading(self.workspace.database, self._patience)

    def _writing(self) -> AbstractContextManager[Connection]:
        return writing(self.workspace.database, self._patience)

    def _decide(self, step: str, case_no: int, reason: str, note: str) -> Decided:
        note, now = self._masked(note), clock.now()
        with self._writing() as connection:
            doc_id = _document(connection, case_no)
            self._must_be_free(connection, doc_id)
            seconds, expected = self._held.seconds(doc_id), self._held.expected(doc_id)
            state = events.step(
                connection, step, [doc_id], who=cases.REVIEWER, actor=self.reviewer, now=now, reason=reason, note=note,
                decision=events.next_decision(connection), seconds=seconds, expected=expected,
            )  # fmt: skip
            queue.free(connection, [doc_id], self.reviewer)
        self._held.drop([doc_id])
        return Decided(step, (case_no,), state)

    def _must_be_free(self, connection: Connection, doc_id: str) -> None:
        held = queue.holder(connection, doc_id, clock.now())
        if held and held[0] != self.reviewer:
            values = {"reviewer": held[0], "when": clock.local(held[1])}
            todo = N_("Wait until {when}, or speak to each other.")
            raise Refused(N_("{reviewer} has this case open"), todo=todo, values=values)

    def _claim(self, view: View, count: int) -> None:
        """Lease the next cases and read them, in one turn; what was held for another view goes back."""
        until, stale, skipped = _until(), self._held.turn_to(view), self._held.skipped()
        with self._writing() as connection:
            queue.free(connection, stale, self.reviewer)
            rows = queue.claim(connection, view, self.reviewer, skipped, clock.now(), until, count)
            loaded = _load(connection, rows)
        self._held.line_up(loaded, until)

    def _claimed(self, view: View) -> Loaded | None:
        self._claim(view, AHEAD)
        return self._held.next(view, clock.now())

    def _shown(self, loaded: Loaded) -> CaseView:
        """What the reviewer sees; from here the decision's time is measured and its state expected."""
        row, leased = loaded.row, self._held.show(loaded)
        period = self._period(row.doc_id, row.published_at)
        return assemble.case_view(
            row, loaded.details, loaded.found, loaded.notes, loaded.events, period, clock.today(), leased, FIRST
        )

    def _period(self, doc_id: str, published: date | None) -> Period | None:
        try:
            text = self._source(doc_id)
        except ScanError:
            return None
        return publicity_period(text.text, published or text.row["published_at"], is_workday=is_workday)

    def _source(self, doc_id: str) -> source.Source:
        known = self._held.source(doc_id)
        if known is not None:
            return known
        found = self._held.found(doc_id)
        if found is None:
            with self._reading() as connection:
                found = casework.findings(connection, [doc_id])[doc_id]
        read = source.load(self.workspace.records, lambda: self._matcher, found)
        self._held.keep_source(doc_id, read)
        return read

    def _finding(self, finding_id: str) -> Stored:
        known = self._held.finding(finding_id)
        if known is not None:
            return known
        with self._reading() as connection:
            return _stored(connection, finding_id)

    def _masked(self, text: str) -> str:
        return mask(self._matcher, [text])[0] if text else ""

    @cached_property
    def _matcher(self) -> Matcher:
        from patterns.matcher import Matcher  # half a second: a list of cases needs none

        return Matcher(self.workspace.key, everything=True)


def _until() -> datetime:
    return clock.now() + timedelta(seconds=LEASE_SECONDS)


def _document(connection: Connection, case_no: int) -> str:
    doc_id = queue.document(connection, case_no)
    if doc_id is None:
        raise InputError(N_("There is no case of this number"), str(case_no), N_("`scan case list` shows them."))
    return doc_id


def _numbers(connection: Connection, doc_ids: Sequence[str]) -> tuple[int, ...]:
    return queue.numbers(connection, doc_ids)


def _stored(connection: Connection, finding_id: str) -> Stored:
    found = casework.finding(connection, finding_id)
    if found is None:
        todo = N_("`scan findings --format jsonl` shows the ids there are.")
        raise InputError(N_("There is no finding with this id"), finding_id, todo)
    return found


def _load(connection: Connection, rows: Sequence[CaseRow]) -> list[Loaded]:
    """Everything about some cases, in as few questions as about one."""
    ids = [row.doc_id for row in rows]
    details, found = casework.details(connection, ids), casework.findings(connection, ids)
    notes, history = casework.notes(connection, ids), casework.events(connection, ids)
    return [Loaded(row, details[d], found[d], notes[d], history[d]) for row in rows for d in (row.doc_id,)]
