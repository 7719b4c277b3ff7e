"""What the screens say about cases, as lines of safe text for so many columns. No widget here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from rich.text import Text

from patterns.reasons import entity_name, severity_name
from patterns.schema import Severity
from scanner.cases import TO_REVIEW, state_name
from scanner.i18n import _, language, n_
from scanner.places import Spot, where
from scanner.review import looks
from scanner.review.looks import QUIET, WARNING, fit, right
from scanner.review.models import CaseRow, CaseView, FindingRow, View
from scanner.tables import number
from scanner.widths import shorten, visible, width, wrap

_LEVELS: Final = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO)
_SHOWN_KINDS: Final = 6
_MOST_LINES: Final = 2  # of a sentence, so that a small terminal keeps room for the findings
_SAID_TOGETHER: Final = "  ·  "


def left(counts: Mapping[int, int]) -> Text:
    """Cases left by severity, worst first."""
    total = sum(counts.values())
    text = Text(n_("{count} case left", "{count} cases left", total).format(count=number(total)))
    for level in _LEVELS:
        if counts.get(level):
            text.append("  ")
            text.append(severity_name(level, language()), style=looks.level_style(level))
            text.append(f" {number(counts[level])}")
    return text


def filters(view: View) -> str:
    """What is filtered, in one line; "" when nothing is."""
    said = [
        _("from level {level}").format(level=severity_name(view.severity, language())) if view.severity else "",
        view.unit, view.site, view.section,
        entity_name(view.entity_type, language()) if view.entity_type else "",
        _("only hidden") if view.hidden else "",
        _("only minors") if view.minors else "",
        _("new since run {number}").format(number=view.since_run) if view.since_run else "",
        _("assigned to {who}").format(who=view.assignee) if view.assignee else "",
        _("search: {words}").format(words=view.search) if view.search else "",
    ]  # fmt: skip
    return " · ".join(visible(part) for part in said if part)


def queue_header(columns: int) -> Text:
    """The titles over lines of so many columns; two more stand before them."""
    title, unit = _queue_columns(columns)
    parts = (
        fit(_("level"), looks.severity_columns()), fit(_("no."), 6), fit(_("document"), title), fit(_("unit"), unit),
        right(_("values"), 6), fit(_("published"), 10),
    )  # fmt: skip
    return Text("  " + " ".join(parts), style="bold")


def queue_line(row: CaseRow, columns: int, reviewer: str) -> Text:
    """``reviewer``: who looks at it; the cases of others are marked."""
    title, unit = _queue_columns(columns)
    mark = _("hid ") if row.hidden else ""
    text = looks.severity(row.severity)
    text.append(f" {row.case_no:<6} ", style=QUIET)
    if row.held_by not in ("", reviewer):
        mark = f"[{visible(row.held_by)}] " + mark
    text.append(mark, style=WARNING)
    text.append(fit(row.title or row.member, title - width(mark)) + " ")
    text.append(fit(row.unit, unit) + " ")
    text.append(right(number(row.findings), 6) + " ")
    text.append(fit(str(row.published_at or ""), 10), style=QUIET)
    return text


def _queue_columns(columns: int) -> tuple[int, int]:
    """Columns of title and unit."""
    room = columns - looks.severity_columns() - 6 - 6 - 10 - 5
    unit = min(max(room // 3, 10), 28)
    return max(room - unit, 10), unit


def case_lines(case: CaseView, columns: int, holder: str) -> Iterator[Text]:
    """Where the case is, and why it has its level. ``holder``: the other reviewer who has it, or ""."""
    row = case.row
    yield _title(row, columns)
    if case.parent_title:
        yield Text(shorten(_("attached to: {title}").format(title=visible(case.parent_title)), columns), style=QUIET)
    yield Text(shorten(" › ".join(visible(part) for part in (row.unit, row.section, row.site) if part), columns))
    yield Text(shorten(" · ".join(part for part in (_dates(case), _index(case)) if part), columns))
    yield Text(shorten(visible(row.url or row.member), columns), style=QUIET)
    yield from map(Text, _why(case, columns))
    yield _tally(row, columns)
    yield from (Text(line, style=WARNING) for line in _cut(_SAID_TOGETHER.join(_warnings(case, holder)), columns))


def _why(case: CaseView, columns: int) -> list[str]:
    return _cut(_("Why: {why}").format(why=visible(case.sentence)), columns)


def _cut(words: str, columns: int) -> list[str]:
    """At most two lines of it."""
    lines = wrap(words, columns)
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES - 1] = shorten(lines[_MOST_LINES - 1] + lines[_MOST_LINES], columns)
    return lines[:_MOST_LINES]


def _title(row: CaseRow, columns: int) -> Text:
    text = looks.severity(row.severity)
    text.append(f" {row.case_no}  ", style=QUIET)
    return text.append(shorten(visible(row.title or row.member), columns - text.cell_len), style="bold")


def _dates(case: CaseView) -> str:
    if case.row.published_at is None:
        return _("no publication date")
    return _("published {day}").format(day=case.row.published_at) + _past(case.days_past_period)


def _past(days: int | None) -> str:
    """How long it should have been gone."""
    if days is None:
        return ""
    if days <= 0:
        return _(" (publicity period still running)")
    words = n_(" ({count} day after the publicity period)", " ({count} days after the publicity period)", days)
    return words.format(count=number(days))


def _index(case: CaseView) -> str:
    return _("index no. {number}").format(number=visible(case.index_no)) if case.index_no else ""


def _tally(row: CaseRow, columns: int) -> Text:
    values = n_("{count} value", "{count} values", row.findings).format(count=number(row.findings))
    people = n_("{count} person", "{count} people", row.people).format(count=number(row.people)) if row.people else ""
    kinds = sorted(row.entities.items(), key=lambda kind: -kind[1])[:_SHOWN_KINDS]
    text = Text().append(_(", ").join(part for part in (values, people) if part) + _(": "), style="bold")
    text.append(_(", ").join(f"{entity_name(kind, language())} {number(count)}" for kind, count in kinds))
    text.truncate(columns, overflow="ellipsis")
    return text


def _warnings(case: CaseView, holder: str) -> Iterator[str]:
    if holder:
        yield _("{who} has this case at the moment: you can read it, not decide it.").format(who=visible(holder))
    if hidden := sum(group.hidden for group in case.groups):
        yield n_(
            "{count} value stands where a reader does not look: marked “hid”.",
            "{count} values stand where a reader does not look: marked “hid”.", hidden,
        ).format(count=number(hidden))  # fmt: skip
    if case.row.state != TO_REVIEW:
        yield _("State: {state}").format(state=state_name(case.row.state))
    if case.row.assignee:
        yield _("Assigned to {who}").format(who=visible(case.row.assignee))
    if case.notes:
        note = case.notes[-1]
        yield _("Note by {who}: {note}").format(who=visible(note.actor), note=visible(note.text))


def finding_line(finding: FindingRow, number_of: tuple[int, int]) -> str:
    """What is under the mark: kind, masked value, place."""
    at, count = number_of
    spot = Spot(finding.segment, finding.place, finding.row, finding.col, finding.hidden)
    several = f"← {at + 1}/{count} →  " if count > 1 else ""
    times = _(", {count} times in this document").format(count=number(finding.places)) if finding.places > 1 else ""
    covered = _(" (dismissed with others like it)") if finding.suppressed else ""
    return (
        several
        + f"{entity_name(finding.entity_type, language())}  {visible(finding.masked)}  {where(spot)}"
        + times
        + covered
    )
