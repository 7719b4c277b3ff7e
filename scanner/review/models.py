"""What the desk answers with. All of it is masked; scraped text still has to be made safe for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from scanner.cases import REVIEWABLE


@dataclass(frozen=True, slots=True)
class View:
    """Which cases; an empty field asks nothing."""

    severity: int = 0  # at least this
    unit: str = ""  # the name, or a part of it; so are the next two
    site: str = ""
    section: str = ""
    entity_type: str = ""  # RESIDENT_ID, …
    hidden: bool = False  # only what stands, in part, where a reader does not look
    minors: bool = False  # only what concerns minors
    since_run: int = 0  # only cases first seen in this run or later
    search: str = ""  # a part of the title, the address, the 索引号 or of the case's number
    assignee: str = ""  # only what is assigned to this person
    states: tuple[str, ...] = REVIEWABLE


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the queue."""

    case_no: int
    doc_id: str
    state: str
    severity: int
    findings: int
    people: int  # 0: unknown
    entities: Mapping[str, int]  # different values by entity type
    hidden: bool
    site: str
    unit: str
    section: str
    title: str  # "" where the document has none: show ``member``
    member: str
    url: str
    published_at: date | None
    first_seen_run: int
    assignee: str  # "" is nobody
    held_by: str  # who has it open right now, or ""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One value in one document."""

    finding_id: str
    entity_type: str
    rule_id: str
    masked: str
    severity: int
    reason: str  # one sentence in the active language: why it has this level
    segment: str  # patterns.schema.SegmentKind
    place: str
    row: int
    col: int
    hidden: bool
    places: int  # how often the value stands in this document
    suppressed: bool  # a live suppression covers it


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that are judged together: those of one table, or of one other part of the document."""

    segment: str
    place: str
    table: bool
    findings: int
    rows: int  # different rows (or lines) they stand in
    hidden: int  # how many of them a reader does not see
    severity: int
    entities: Mapping[str, int]  # findings by entity type
    first: str  # finding_id of the first of them: ask context(first) for header and rows


@dataclass(frozen=True, slots=True)
class Note:
    at: datetime  # UTC, without a zone; scanner.clock.local shows it
    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a case's history. Never changed, never removed."""

    event_id: int
    at: datetime
    actor: str
    step: str  # a name of cases.TABLE
    from_state: str
    to_state: str
    reason: str  # a code of dismissals.REASONS, or ""
    note: str
    run_id: int | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as a reviewer judges it."""

    row: CaseRow
    location: str
    archive: str
    index_no: str
    parent_title: str  # of the page that links an attachment, or ""
    parent_url: str
    sentence: str  # why it has its level, in the active language
    days_online: int | None  # since publication; None: the date is unknown
    period_end: date | None  # last day of the publicity period; None: none known
    days_past_period: int | None  # 0 or less: still running
    groups: tuple[Group, ...]  # worst first
    findings: tuple[FindingRow, ...]  # the first FIRST of them; findings() pages through the rest
    notes: tuple[Note, ...]
    events: tuple[Event, ...]  # oldest first
    held_until: datetime | None  # the lease of this desk's reviewer; None: not held


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line. ``mark``: "" plain, "this" the finding asked about, "other" another masked value."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text (one cell), or a row of a table (a cell each). ``hidden_cells`` are 0-based."""

    number: int  # 1-based, as FindingRow.row; 0 where it is unknown
    cells: tuple[tuple[Span, ...], ...]
    hidden: bool = False  # the whole line is unseen by a reader
    hidden_cells: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        return "\t".join("".join(span.text for span in cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a finding. ``missing`` says in the active language why there is nothing to show."""

    table: bool
    header: Line | None  # of a table, where it has one
    lines: tuple[Line, ...]  # the finding's line and some before and after it
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """The same value, or the same values together (a copied text), in other open cases."""

    kind: str  # "value" | "text"
    key: str  # fingerprint, or hash of the fingerprints together: nothing that could be read
    rule_id: str  # of a value; "" of a text
    entity_type: str
    masked: str
    cases: int  # open cases that hold it, this one included
    findings: int
    decided: int  # of these cases, how many dismiss_alike would dismiss: nothing else stands in them


@dataclass(frozen=True, slots=True)
class Suppression:
    """What a group dismissal leaves behind: findings like it are hidden from the queue until it ends."""

    number: int
    kind: str  # as Alike
    key: str
    rule_id: str
    entity_type: str
    masked: str
    reason: str  # a code of dismissals.REASONS
    note: str
    reviewer: str
    made_at: datetime
    expires: date
    ended_at: datetime | None
    ended_by: str
    hides: int  # findings it covers right now
    cases: int  # documents it dismissed


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to."""

    step: str
    cases: tuple[int, ...]  # their numbers
    state: str  # what they are now
    suppression: int | None = None  # the number dismiss_alike left


@dataclass(frozen=True, slots=True)
class Revealed:
    """A raw value. Show it for some seconds, store it nowhere. Its repr says nothing."""

    finding_id: str
    value: str = field(repr=False)
