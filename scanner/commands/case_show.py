"""scan case show, history: one case as lines for people or as JSONL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from scanner.commands.options import workspace, workspace_option
from scanner.help import argument, command, option
from scanner.i18n import N_, _, language
from scanner.output import json_line, say, tell

if TYPE_CHECKING:
    from scanner.review.desk import Desk
    from scanner.review.models import Alike, CaseView, Context, Event, Line

_NUMBER: Final = N_("The case's number, as `scan case list` and `scan findings` show it.")
_FINDINGS: Final = 20


@command(
    "show",
    help=N_("One case: where it is, why it has its level, and what stands in it, masked, in its context."),
    epilog="scan case show 12\nscan case show 12 --text",
)
@argument("number", type=click.IntRange(min=1), metavar=N_("CASE"), help=_NUMBER)
@option("--text", is_flag=True, help=N_("Show the whole text of the document instead, masked."))
@option("--limit", type=click.IntRange(min=1), default=_FINDINGS, show_default=True, help=N_("How many findings."))
@option(
    "--format", "kind", type=click.Choice(["text", "jsonl"]), default="text", show_default=True,
    help=N_("text for people, jsonl for programs: a line a finding."),
)  # fmt: skip
@workspace_option
def show(number: int, text: bool, limit: int, kind: str, root: Path | None) -> int:
    from scanner.review.desk import Desk

    desk = Desk(workspace(root), "show")
    if text:
        for line in desk.source_text(number):
            _print_line(line)
        return 0
    if kind == "jsonl":
        return _print_jsonl(desk, number, limit)
    case = desk.open(number)
    _print_head(case)
    _print_groups(desk, case)
    _print_findings(desk, number, limit, case.row.findings)
    for note in case.notes:
        from scanner import clock
        from scanner.widths import visible

        tell(_("Note of {actor}, {when}: {text}").format(
            actor=note.actor, when=clock.local(note.at), text=visible(note.text)))  # fmt: skip
    return 0


@command("history", help=N_("Every step a case has taken: when, who, from which state to which, and why."))
@argument("number", type=click.IntRange(min=1), metavar=N_("CASE"), help=_NUMBER)
@workspace_option
def history(number: int, root: Path | None) -> int:
    from scanner import clock
    from scanner.cases import state_name, step_name
    from scanner.review.desk import Desk
    from scanner.tables import show as show_table
    from scanner.tables import table

    events = Desk(workspace(root), "history").history(number)
    headers = (_("when"), _("who"), _("step"), _("state then"), _("reason"))
    lines = [
        (clock.local(e.at), e.actor, step_name(e.step), state_name(e.to_state), _why(e)) for e in events
    ]  # fmt: skip
    show_table(table(headers, lines, fold=(3, 4)))
    return 0


def alike(groups: Sequence[Alike]) -> None:
    """The groups a case belongs to, numbered as --dismiss takes them."""
    from patterns.reasons import entity_name
    from scanner.tables import number, show, table

    if not groups:
        say(_("Nothing of this case stands in another one."))
        return
    headers = (_("group"), _("what"), _("masked value"), _("cases"), _("would be dismissed"))
    lines = [
        (
            place, _("the same values together") if g.kind == "text" else entity_name(g.entity_type, language()),
            g.masked, number(g.cases), number(g.decided),
        )
        for place, g in enumerate(groups, start=1)
    ]  # fmt: skip
    show(table(headers, lines, right=(0, 3, 4)))


def _why(event: Event) -> str:
    from scanner.review.dismissals import REASONS, reason_name
    from scanner.verdicts import verdict_name

    code = event.reason  # of a dismissal, a verdict of a rescan, or a notice's number
    reason = f"{code} {reason_name(code)}" if code in REASONS else verdict_name(code) or code
    return " ".join(filter(None, (reason, event.note)))


def _print_head(case: CaseView) -> None:
    from scanner.cases import state_name
    from scanner.widths import visible

    row = case.row
    facts = (
        (_("document"), row.title or row.member), (_("state"), state_name(row.state)), (_("unit"), row.unit),
        (_("section"), row.section), (_("address"), row.url or case.location), (_("linked from"), case.parent_title),
        (_("index number"), case.index_no), (_("published"), _published(case)), (_("assigned to"), row.assignee),
        (_("open at"), row.held_by),
    )  # fmt: skip
    tell(_("Case {number}").format(number=row.case_no))
    for name, value in facts:
        if value:
            tell(_("{name}: {value}").format(name=name, value=visible(value)))
    tell(case.sentence)


def _published(case: CaseView) -> str:
    if case.row.published_at is None:
        return ""
    said = _("{day}, {days} days ago").format(day=case.row.published_at, days=case.days_online)
    if case.days_past_period is not None and case.days_past_period > 0:
        said += _("; its publicity period ended {days} days ago").format(days=case.days_past_period)
    return said


def _print_groups(desk: Desk, case: CaseView) -> None:
    from patterns.reasons import entity_name
    from scanner.places import part

    for group in case.groups:
        kinds = _(", ").join(f"{entity_name(kind, language())} × {count}" for kind, count in group.entities.items())
        hidden = _("; {count} of them hidden").format(count=group.hidden) if group.hidden else ""
        tell()
        tell(_("{name}: {value}").format(name=part(group.segment, group.place), value=kinds + hidden))
        _print_context(desk.context(group.first))


def _print_context(context: Context) -> None:
    if context.missing:
        tell("  " + context.missing)
    if context.header is not None:
        _print_line(context.header)
    for line in context.lines:
        _print_line(line)


def _print_line(line: Line) -> None:
    from scanner.widths import visible

    cells = ["".join(span.text for span in cell) for cell in line.cells]
    said = " | ".join(
        visible(cell) + (_(" (hidden)") if number in line.hidden_cells else "") for number, cell in enumerate(cells)
    )
    tell(f"  {line.number}: {said}" + (_(" (hidden)") if line.hidden else ""))


def _print_findings(desk: Desk, number: int, limit: int, total: int) -> None:
    from patterns.reasons import entity_name
    from scanner.places import Spot, where
    from scanner.tables import severity, table
    from scanner.tables import show as show_table

    headers = (_("severity"), _("what"), _("masked value"), _("where"))
    lines = [
        (
            severity(f.severity), entity_name(f.entity_type, language()), f.masked,
            where(Spot(f.segment, f.place, f.row, f.col, f.hidden)),
        )
        for f in desk.findings(number, limit=limit)
    ]  # fmt: skip
    tell()
    show_table(table(headers, lines, fold=(3,)))
    if total > len(lines):
        say(_("{shown} of {total} findings.").format(shown=len(lines), total=total) + _(" More with --limit."))


def _print_jsonl(desk: Desk, number: int, limit: int) -> int:
    from dataclasses import asdict

    from scanner import severities
    from scanner.output import binary_output

    with binary_output(None) as stream:
        for finding in desk.findings(number, limit=limit):
            said: dict[str, Any] = {"case_no": number} | asdict(finding)
            stream.write(json_line(said | {"severity": severities.name(finding.severity)}))
    return 0
