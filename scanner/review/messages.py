"""What screens tell the app. None of them does anything itself: the desk decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual.message import Message

from scanner.review.models import Alike, View


@dataclass
class Opened(Message):
    """A case of the queue was chosen."""

    case_no: int


class Next(Message):
    """The next case, whatever becomes of this one."""


@dataclass
class Filtered(Message):
    """The queue is to show other cases."""

    view: View


class MoreQueue(Message):
    """The next lines of the queue."""


@dataclass
class MoreFindings(Message):
    case_no: int
    offset: int


@dataclass
class Decision(Message):
    """What the reviewer entered about a case; kept until the desk has it."""

    case_no: int


class Confirmed(Decision):
    pass


@dataclass
class Dismissed(Decision):
    reason: str
    note: str


class Skipped(Decision):
    pass


@dataclass
class Assigned(Decision):
    to: str


@dataclass
class Noted(Decision):
    text: str


@dataclass
class AlikeDismissed(Decision):
    group: Alike
    reason: str
    note: str
    expires: date


@dataclass
class Revealed(Message):
    finding_id: str


@dataclass
class SourceWanted(Message):
    case_no: int
    title: str


@dataclass
class AlikeWanted(Message):
    case_no: int


@dataclass
class AssigneesWanted(Message):
    case_no: int


class Undone(Message):
    pass


class Left(Message):
    """Back to the queue; or, from there, out."""
