"""scan case: the decisions of the review screen, one by one, for scripts and for those who cannot use the screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scanner.commands.case_show import alike, history, show
from scanner.commands.options import filters, note_option, reviewer_option, site_id, who, workspace, workspace_option
from scanner.errors import InputError
from scanner.help import argument, command, group, option
from scanner.i18n import N_, _
from scanner.output import json_line, say, tell

if TYPE_CHECKING:
    from patterns.schema import Severity
    from scanner.review.desk import Desk
    from scanner.review.models import CaseRow, Decided

_NUMBER: Final = N_("The case's number, as `scan case list` and `scan findings` show it.")
_numbers = argument("numbers", type=click.IntRange(min=1), nargs=-1, required=True, metavar=N_("CASE…"), help=_NUMBER)
_number = argument("number", type=click.IntRange(min=1), metavar=N_("CASE"), help=_NUMBER)


@command(
    "list",
    help=N_("List cases, worst and oldest first: those to be reviewed, or those in another state."),
    epilog=N_("scan case list --severity high\nscan case list --state dismissed --search 2017"),
)
@workspace_option
@filters
@option(
    "--state",
    "states",
    multiple=True,
    metavar=N_("STATE"),
    help=N_("This state instead: as the list shows it; several may be given."),
)
@option("--search", default="", metavar=N_("TEXT"), help=N_("Only what has this in its title, address or number."))
@option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help=N_("How many lines to show."))
@option(
    "--format", "kind", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help=N_("table for people, jsonl for programs."),
)  # fmt: skip
def list_cases(
    root: Path | None, severity: Severity | None, site: str, unit: str, entity_type: str, states: tuple[str, ...],
    search: str, limit: int, kind: str,
) -> int:  # fmt: skip
    from scanner.cases import REVIEWABLE
    from scanner.review.models import View

    view = View(
        severity=int(severity or 0), site=site_id(workspace(root), site), unit=unit, entity_type=entity_type,
        search=search, states=tuple(map(_state, states)) or REVIEWABLE,
    )  # fmt: skip
    desk = _desk(root, "list")
    rows, left = desk.queue(view, limit=limit), sum(desk.counts(view).values())
    if kind == "jsonl":
        _print_jsonl(rows)
    else:
        _print_rows(rows)
        say(_("{shown} of {total} cases.").format(shown=len(rows), total=left))
    return 0


@command("confirm", help=N_("These cases are leaks: each is to be issued to its unit."))
@_numbers
@note_option
@reviewer_option
@workspace_option
def confirm(numbers: tuple[int, ...], note: str, reviewer: str, root: Path | None) -> int:
    desk = _desk(root, who(reviewer))
    return _say(desk.confirm(number, note) for number in numbers)


@command(
    "dismiss",
    help=N_("These cases are no leaks. A reason is needed; `scan case reasons` lists the fourteen."),
    epilog=N_("scan case dismiss 12 13 --reason D01\nscan case dismiss 14 --reason D04 --note 'Article 20'"),
)
@_numbers
@option("--reason", required=True, metavar=N_("CODE"), help=N_("Why: D01 to D14."))
@note_option
@reviewer_option
@workspace_option
def dismiss(numbers: tuple[int, ...], reason: str, note: str, reviewer: str, root: Path | None) -> int:
    from scanner.review.dismissals import parse

    desk, code = _desk(root, who(reviewer)), parse(reason) or reason
    return _say(desk.dismiss(number, code, note) for number in numbers)


@command("reconsider", help=N_("Dismissed cases go back to the queue."))
@_numbers
@note_option
@reviewer_option
@workspace_option
def reconsider(numbers: tuple[int, ...], note: str, reviewer: str, root: Path | None) -> int:
    desk = _desk(root, who(reviewer))
    return _say(desk.reconsider(number, note) for number in numbers)


@command("undo", help=N_("Take back your last decision that still stands; a group goes back whole."))
@reviewer_option
@workspace_option
def undo(reviewer: str, root: Path | None) -> int:
    desk = _desk(root, who(reviewer))
    done = desk.undo()
    desk.release()
    if done is None:
        say(_("There is no decision of yours to take back."))
        return 0
    return _say([done])


@command("assign", help=N_("Somebody is to look at this case. An empty name takes it back."))
@_number
@argument("assignee", metavar=N_("NAME"), help=N_("Who is to look at it."))
@reviewer_option
@workspace_option
def assign(number: int, assignee: str, reviewer: str, root: Path | None) -> int:
    desk = _desk(root, who(reviewer))
    desk.assign(number, assignee)
    name = desk.open(number).row.assignee  # as it is stored: a number typed by mistake is masked
    tell(_("Case {number} is for {name}.").format(number=number, name=name or "—"))
    return 0


@command("note", help=N_("Write a remark beside a case. Numbers in it are masked."))
@_number
@argument("text", metavar=N_("TEXT"), help=N_("The remark."))
@reviewer_option
@workspace_option
def note(number: int, text: str, reviewer: str, root: Path | None) -> int:
    if not text.strip():
        raise InputError(N_("The remark is empty"), "", N_("Write it behind the case's number."))
    _desk(root, who(reviewer)).note(number, text)
    tell(_("Noted beside case {number}.").format(number=number))
    return 0


@command(
    "reveal",
    help=N_("Show the full value of one finding. Who asked, and when, is kept first: `scan audit` lists it."),
)
@argument("finding_id", metavar=N_("FINDING"), help=N_("The finding's id, as `scan case show --format jsonl` has it."))
@reviewer_option
@workspace_option
def reveal(finding_id: str, reviewer: str, root: Path | None) -> int:
    from scanner.widths import visible

    tell(visible(_desk(root, who(reviewer)).reveal(finding_id).value))
    say(_("This was kept on record."))
    return 0


@command("reasons", help=N_("List the reasons for which a case can be dismissed."))
def reasons() -> int:
    from scanner.review.dismissals import NEED_NOTE, REASONS, reason_name

    for code in REASONS:
        tell(f"{code}  {reason_name(code)}" + (_(" (needs --note)") if code in NEED_NOTE else ""))
    return 0


@command(
    "alike",
    help=N_(
        "What of this case stands in other cases too: the same value, or the same values together.\n\n"
        "With --dismiss all cases in which nothing else stands are dismissed at once, and a suppression hides new "
        "ones until --until."
    ),
    epilog="scan case alike 12\nscan case alike 12 --dismiss 1 --reason D01 --until 2027-06-30",
)
@_number
@option("--dismiss", "choice", type=click.IntRange(min=1), default=None, help=N_("Dismiss the group of this line."))
@option("--reason", default="", metavar=N_("CODE"), help=N_("Why: D01 to D14."))
@option("--until", "expires", type=click.DateTime(["%Y-%m-%d"]), default=None, help=N_("The last day it counts."))
@note_option
@reviewer_option
@workspace_option
def alike_cases(
    number: int, choice: int | None, reason: str, expires: datetime | None, note: str, reviewer: str, root: Path | None
) -> int:
    from scanner.review.dismissals import parse

    desk = _desk(root, who(reviewer))
    groups = desk.alike(number)
    if choice is None:
        alike(groups)
        return 0
    if choice > len(groups):
        todo = N_("`scan case alike` without --dismiss shows the groups there are.")
        raise InputError(N_("There is no group of this number"), str(choice), todo)
    if expires is None:
        raise InputError(N_("A suppression needs an end"), "--until", N_("Name the last day it counts: 2027-06-30."))
    done = desk.dismiss_alike(groups[choice - 1], parse(reason) or reason, expires.date(), note)
    words = _("{count} cases dismissed; suppression {number} hides new ones until {day}.")
    tell(words.format(count=len(done.cases), number=done.suppression, day=f"{expires:%Y-%m-%d}"))
    return 0


def _state(typed: str) -> str:
    from scanner.cases import STATES, state_name

    found = next((state for state in STATES if typed in (state, state_name(state))), None)
    if found is None:
        known = ", ".join(map(state_name, STATES))
        raise InputError(N_("There is no such state"), typed, N_("Use one of: {known}."), {"known": known})
    return found


def _desk(root: Path | None, name: str) -> Desk:
    from scanner.review.desk import Desk

    return Desk(workspace(root), name)


def _say(done: Iterable[Decided]) -> int:
    """One line a decision, as soon as it is committed."""
    from scanner.cases import state_name

    for one in done:
        for number in one.cases:
            tell(_("Case {number}: {state}.").format(number=number, state=state_name(one.state)))
    return 0


def _print_jsonl(rows: list[CaseRow]) -> None:
    from dataclasses import asdict

    from scanner import severities
    from scanner.output import binary_output

    with binary_output(None) as stream:
        for row in rows:
            day = row.published_at.isoformat() if row.published_at else None
            said = asdict(row) | {"severity": severities.name(row.severity), "published_at": day}
            stream.write(json_line(said))


def _print_rows(rows: list[CaseRow]) -> None:
    from scanner.cases import state_name
    from scanner.tables import number, severity, show, table

    if not rows:
        return
    headers = (_("no."), _("severity"), _("state"), _("people"), _("findings"), _("unit"), _("document"))
    lines = [
        (
            row.case_no, severity(row.severity), state_name(row.state), number(row.people), number(row.findings),
            row.unit or "—", row.title or row.member,
        )
        for row in rows
    ]  # fmt: skip
    show(table(headers, lines, right=(0, 3, 4), fold=(2, 5, 6)))


case = group(
    "case",
    help=N_("Look at cases and judge them one by one. A case is one document; `scan review` shows them on a screen."),
    commands=(
        list_cases, show, confirm, dismiss, assign, note, history, undo, reconsider, reveal, alike_cases, reasons,
    ),
)  # fmt: skip
