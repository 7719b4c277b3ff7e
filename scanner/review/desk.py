"""A reviewer's desk: everything the review screen and ``scan case`` ask of the store.

Guarantees: a decision is committed when its method returns, or an exception says it was not; it is taken from the
state it was judged in or refused (cases.Refused), so nobody's decision is overwritten; two desks never hold the same
case; every answer is masked but ``reveal``'s, which is on record before it is given. Connections are short; a method
waits while another program writes and fails with StoreHeld only after ``patience`` seconds.

A desk may be used by several threads (a screen decides in one and prefetches in another); calls follow one another.
"""

from __future__ import annotations

from datetime import date
from typing import Final

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
)  # fmt: skip
from scanner.workspace import Workspace

LEASE_SECONDS: Final = 600  # a case nobody touches for so long is anyone's again
PATIENCE: Final = 120.0  # seconds: longer than the largest merge holds the database
FIRST: Final = 50  # findings a CaseView brings along
EVERYTHING: Final = View()  # the whole queue


class Desk:
    """``reviewer`` is the name decisions are recorded under."""

    def __init__(self, workspace: Workspace, reviewer: str, *, patience: float = PATIENCE) -> None:
        raise NotImplementedError

    # Asking

    def counts(self, view: View = EVERYTHING) -> dict[int, int]:
        """How many cases of a view are left, by severity, worst first."""
        raise NotImplementedError

    def queue(self, view: View = EVERYTHING, after: int = 0, limit: int = 100) -> list[CaseRow]:
        """Cases of a view, worst and oldest first, also those others hold. ``after``: how many to leave out."""
        raise NotImplementedError

    def open(self, case_no: int, *, hold: bool = False) -> CaseView:
        """One case, in whatever state. ``hold`` leases it, or raises Refused when another reviewer holds it.

        Raises InputError when there is no such case."""
        raise NotImplementedError

    def findings(self, case_no: int, offset: int = 0, limit: int = FIRST) -> list[FindingRow]:
        """Findings of a case, worst first, in the order they stand in the document."""
        raise NotImplementedError

    def context(self, finding_id: str, lines: int = 3) -> Context:
        """A finding's line with ``lines`` before and after it; of a table its rows and its header. Masked."""
        raise NotImplementedError

    def source_text(self, case_no: int) -> list[Line]:
        """All of the document's text, masked, hidden lines marked."""
        raise NotImplementedError

    def history(self, case_no: int) -> list[Event]:
        """Every step the case has taken, oldest first."""
        raise NotImplementedError

    # Working through the queue

    def take(self, view: View = EVERYTHING) -> CaseView | None:
        """The worst, oldest case of the view that nobody else holds, leased to this reviewer; None: none is left.

        Skipped cases come after all others. Taking gives back nothing: decide, skip or release the one before."""
        raise NotImplementedError

    def prefetch(self, view: View = EVERYTHING) -> None:
        """Make the next take() of this view a matter of memory. Call it from another thread once a case is shown."""
        raise NotImplementedError

    def touch(self) -> None:
        """The reviewer is at work: renew the leases. Cheap when called often."""
        raise NotImplementedError

    def release(self) -> None:
        """Give back everything this desk holds. Call it when the reviewer leaves."""
        raise NotImplementedError

    # Deciding

    def confirm(self, case_no: int, note: str = "") -> Decided:
        """It is a leak: to be issued to its unit."""
        raise NotImplementedError

    def dismiss(self, case_no: int, reason: str, note: str = "") -> Decided:
        """It is none. ``reason``: a code of dismissals.REASONS; those in NEED_NOTE need a note."""
        raise NotImplementedError

    def skip(self, case_no: int) -> None:
        """Not now: the case is given back and comes to this desk again only after all others."""
        raise NotImplementedError

    def assign(self, case_no: int, assignee: str) -> None:
        """Somebody is to look at it: take() gives it to nobody else. "" takes the assignment back."""
        raise NotImplementedError

    def note(self, case_no: int, text: str) -> None:
        """A remark beside the case. Values in it are masked before it is stored."""
        raise NotImplementedError

    def undo(self) -> Decided | None:
        """Take back this reviewer's last decision that still stands; None: there is none. A group goes back whole."""
        raise NotImplementedError

    def reveal(self, finding_id: str) -> Revealed:
        """The raw value, read from records/. The reveal is on record before it is read."""
        raise NotImplementedError

    # Alike things at once

    def alike(self, case_no: int) -> list[Alike]:
        """What of this case stands in other open cases too, most cases first."""
        raise NotImplementedError

    def dismiss_alike(self, group: Alike, reason: str, expires: date, note: str = "") -> Decided:
        """Dismiss the open cases in which nothing but the group stands, and leave a suppression."""
        raise NotImplementedError

    def suppressions(self) -> list[Suppression]:
        """All of them, ended ones too, newest first."""
        raise NotImplementedError
