"""From what lies in the database to what a reviewer sees: groups, reasons and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from patterns.publicity import Period
from patterns.reasons import case_sentence, reason
from patterns.schema import SegmentKind
from scanner.i18n import language
from scanner.review.models import CaseRow, CaseView, Event, FindingRow, Group, Note
from scanner.store.casework import Details, Stored

_TABLES = (SegmentKind.TABLE, SegmentKind.SHEET)


def finding_row(stored: Stored) -> FindingRow:
    sentence = reason(stored.entity_type, stored.severity_rule, stored.signals, language())
    return FindingRow(
        stored.finding_id, stored.entity_type, stored.rule_id, stored.masked, stored.severity, sentence,
        stored.segment, stored.place, stored.row, stored.col, stored.hidden, stored.places, stored.suppressed,
    )  # fmt: skip


def groups(found: Sequence[Stored]) -> tuple[Group, ...]:
    """Findings by the part of the document they stand in, the worst and largest first."""
    parts: dict[tuple[str, str], list[Stored]] = {}
    for one in found:
        parts.setdefault((one.segment, one.place), []).append(one)
    made = [_group(*part, members) for part, members in parts.items()]
    return tuple(sorted(made, key=lambda g: (-g.severity, -g.findings)))


def _group(segment: str, place: str, members: Sequence[Stored]) -> Group:
    return Group(
        segment, place, segment in _TABLES, len(members), len({one.row for one in members}),
        sum(one.hidden for one in members), max(one.severity for one in members),
        dict(Counter(one.entity_type for one in members).most_common()),
        max(members, key=lambda one: (one.severity, -one.start)).finding_id,
    )  # fmt: skip


def case_view(
    row: CaseRow, details: Details, found: Sequence[Stored], notes: Sequence[Note], events: Sequence[Event],
    period: Period | None, today: date, held_until: datetime | None, first: int,
) -> CaseView:  # fmt: skip
    sentence = case_sentence(
        row.severity, details.severity_rule, row.entities, language(), people=row.people, adjusted=details.adjusted,
        published=row.published_at, found=details.found,
    )  # fmt: skip
    online = (today - row.published_at).days if row.published_at else None
    end = period.end if period else None
    return CaseView(
        row, details.location, details.archive, details.index_no, details.parent_title, details.parent_url, sentence,
        online, end, (today - end).days if end else None, groups(found),
        tuple(finding_row(one) for one in worst_first(found)[:first]), tuple(notes), tuple(events), held_until,
    )  # fmt: skip


def worst_first(found: Sequence[Stored]) -> list[Stored]:
    """Worst first; of equals in the order they stand in the document."""
    return sorted(found, key=lambda one: -one.severity)
