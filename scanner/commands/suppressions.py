"""scan suppressions: what group dismissals left behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.commands.options import reviewer_option, who, workspace, workspace_option
from scanner.errors import InputError
from scanner.help import argument, command, group, option
from scanner.i18n import N_, _, language
from scanner.output import say, tell

if TYPE_CHECKING:
    from scanner.review.models import Suppression

_number = argument("number", type=click.IntRange(min=1), metavar=N_("RULE"), help=N_("The suppression's number."))


@command("list", help=N_("All suppressions, ended ones too: what, why, by whom, until when, what they hide."))
@workspace_option
def list_suppressions(root: Path | None) -> int:
    from patterns.reasons import entity_name
    from scanner.review.desk import Desk
    from scanner.tables import number, show, table

    found = Desk(workspace(root), "list").suppressions()
    headers = (_("no."), _("what"), _("masked value"), _("reason"), _("who"), _("until"), _("hides"), _("cases"))
    lines = [
        (
            s.number, entity_name(s.entity_type, language()) if s.kind == "value" else _("the same values together"),
            s.masked, s.reason, s.reviewer, _until(s), number(s.hides), number(s.cases),
        )
        for s in found
    ]  # fmt: skip
    if lines:
        show(table(headers, lines, right=(0, 6, 7), fold=(1, 4)))
    say(_("{count} suppressions.").format(count=len(lines)))
    return 0


@command("test", help=N_("What a suppression hides now: the cases it dismissed, by title."))
@_number
@workspace_option
def test(number: int, root: Path | None) -> int:
    from scanner.store import suppressions
    from scanner.store.connection import reading
    from scanner.tables import show, table

    with reading(workspace(root).database) as connection:
        found = suppressions.dismissed_by(connection, number)
    if found:
        show(table((_("no."), _("document")), [(no, title) for no, _doc, title in found], right=(0,), fold=(1,)))
    say(_("{count} cases are dismissed by it.").format(count=len(found)))
    return 0


@command("end", help=N_("End a suppression: new findings like it are judged again. --reopen also returns its cases."))
@_number
@option("--reopen", is_flag=True, help=N_("The cases it dismissed go back to the queue."))
@reviewer_option
@workspace_option
def end(number: int, reopen: bool, reviewer: str, root: Path | None) -> int:
    from scanner import cases, clock
    from scanner.store import events, suppressions
    from scanner.store.connection import writing

    name, now = who(reviewer), clock.now()
    with writing(workspace(root).database) as connection:
        if not suppressions.end(connection, number, name, now):
            todo = N_("`scan suppressions list` shows them.")
            raise InputError(N_("There is no suppression of this number that counts"), str(number), todo)
        back = [doc for _no, doc, _title in suppressions.dismissed_by(connection, number)] if reopen else []
        events.step(connection, "reconsider", back, who=cases.REVIEWER, actor=name, now=now)
    tell(_("Suppression {number} has ended; {count} cases went back.").format(number=number, count=len(back)))
    return 0


def _until(one: Suppression) -> str:
    if one.ended_at is not None:
        return _("ended by {name}").format(name=one.ended_by)
    return f"{one.expires:%Y-%m-%d}"


suppressions = group(
    "suppressions",
    help=N_("Group dismissals hide what is alike until a day; this lists, tests and ends them."),
    commands=(list_suppressions, test, end),
)
