"""scan takedown: from a confirmed leak to its verified removal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from scanner.commands.options import note_option, reviewer_option, who, workspace, workspace_option
from scanner.errors import InputError
from scanner.help import argument, command, group, option
from scanner.i18n import N_, _
from scanner.output import say, tell

if TYPE_CHECKING:
    from scanner.store.takedown import Order
    from scanner.takedown import Takedown


class _CaseNumber(click.IntRange):
    """The number of a case; who writes a notice's is told how to."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if _NOTICE_NO.fullmatch(str(value)):
            words = _("{value} is the number of a notice: write --notice {value}")
            self.fail(words.format(value=value), param, ctx)
        return int(super().convert(value, param, ctx))


_NOTICE_NO: Final = re.compile(r"\d{4}-\d+")
_DAY: Final = click.DateTime(["%Y-%m-%d"])
_numbers = argument(
    "numbers", type=_CaseNumber(min=1), nargs=-1, metavar=N_("CASE…"),
    help=N_("The cases' numbers; none with --notice."),
)  # fmt: skip
_notice = option("--notice", default="", metavar=N_("NO"), help=N_("All cases of this notice that it is possible for."))


@command(
    "list",
    help=N_("Confirmed cases on their way to removal, the earliest deadline first."),
    epilog=N_("scan takedown list --unit Education\nscan takedown list --notice 2026-0001"),
)
@option("--unit", default="", metavar=N_("NAME"), help=N_("Only this unit: its name, or a part of it."))
@option("--notice", default="", metavar=N_("NO"), help=N_("Only the cases of this notice."))
@workspace_option
def list_orders(unit: str, notice: str, root: Path | None) -> int:
    rows = _takedown(root, "list").orders(unit=unit, notice=notice)
    _print_orders(rows)
    say(_("{count} cases.").format(count=len(rows)))
    return 0


@command(
    "issue",
    help=N_(
        "Issue confirmed cases to their units: one notice a unit, with a deadline by severity (scan.toml).\n\n"
        "Name cases, or a unit, or --all."
    ),
    epilog=N_("scan takedown issue --unit Education\nscan takedown issue 12 13 --deadline 2026-12-04"),
)
@argument("numbers", type=click.IntRange(min=1), nargs=-1, metavar=N_("CASE…"), help=N_("The cases' numbers."))
@option("--unit", default="", metavar=N_("NAME"), help=N_("Only this unit: its name, or a part of it."))
@option("--all", "everything", is_flag=True, help=N_("All units."))
@option("--deadline", type=_DAY, default=None, metavar=N_("DAY"), help=N_("This day instead of the severity's."))
@note_option
@reviewer_option
@workspace_option
def issue(
    numbers: tuple[int, ...], unit: str, everything: bool, deadline: datetime | None, note: str, reviewer: str,
    root: Path | None,
) -> int:  # fmt: skip
    if not (numbers or unit or everything):
        raise InputError(N_("Which cases?"), "", N_("Name their numbers, or --unit, or --all."))
    made = _takedown(root, who(reviewer)).issue(unit, numbers, deadline, note)
    for one in made:
        words = _("Notice {no} to {unit}: {count} cases.")
        tell(words.format(no=one.notice_no, unit=one.unit or "—", count=len(one.orders)))
        tell(_("Contact: {name}").format(name=one.contact) if one.contact else _("sites.toml names nobody to notify."))
        _print_orders(one.orders)
    if not made:
        say(_("There is nothing to issue: no confirmed case."))
    return 0


def _step(name: str, help: str) -> Any:
    """One command a step that a unit takes."""

    @command(name, help=help, epilog=f"scan takedown {name} 12\nscan takedown {name} --notice 2026-0001")
    @_numbers
    @_notice
    @note_option
    @reviewer_option
    @workspace_option
    def take(numbers: tuple[int, ...], notice: str, note: str, reviewer: str, root: Path | None) -> int:
        _named(numbers, notice)
        return _say(_takedown(root, who(reviewer)).step(name, numbers, notice, note), _target(name))

    return take


receive = _step("receive", N_("The unit has received the notice."))
fix = _step("fix", N_("The unit has begun to fix it."))
report = _step("report", N_("The unit reports that it is fixed; now it has to be verified."))


@command(
    "verify",
    help=N_(
        "A person has looked: --clean closes the case, --leaking returns it to its unit.\n\n"
        "A rescan does the same by itself when it reads the document again. With --live the pages and attachments are "
        "looked at on the web now, politely, and only on hosts in sites.toml; what is proven is recorded."
    ),
    epilog=N_("scan takedown verify 12 --clean\nscan takedown verify 13 --leaking --note 'attachment still there'"),
)
@_numbers
@_notice
@option("--clean/--leaking", "clean", default=None, help=N_("What was seen."))
@option("--live", is_flag=True, help=N_("Look at the pages on the web now."))
@note_option
@reviewer_option
@workspace_option
def verify(
    numbers: tuple[int, ...], notice: str, clean: bool | None, live: bool, note: str, reviewer: str, root: Path | None
) -> int:
    from scanner.cases import CLOSED, RETURNED

    _named(numbers, notice)
    if live:
        from scanner.commands.live import verify_live

        return verify_live(workspace(root), numbers, notice)
    if clean is None:
        raise InputError(N_("It is not said what was seen"), "", N_("Say --clean or --leaking."))
    done = _takedown(root, who(reviewer)).verify(numbers, notice, clean, note)
    return _say(done, CLOSED if clean else RETURNED)


@command("extend", help=N_("Give a case a later deadline, with the reason; the one before stays on record."))
@argument("number", type=click.IntRange(min=1), metavar=N_("CASE"), help=N_("The case's number."))
@option("--deadline", type=_DAY, required=True, metavar=N_("DAY"), help=N_("The new last day: 2026-12-04."))
@option("--reason", required=True, metavar=N_("TEXT"), help=N_("Why."))
@reviewer_option
@workspace_option
def extend(number: int, deadline: datetime, reason: str, reviewer: str, root: Path | None) -> int:
    _takedown(root, who(reviewer)).extend(number, deadline, reason)
    tell(_("Case {number}: deadline {day}.").format(number=number, day=f"{deadline:%Y-%m-%d}"))
    return 0


@command("overdue", help=N_("What units should have fixed by now, by unit."))
@workspace_option
def overdue(root: Path | None) -> int:
    late = _takedown(root, "overdue").overdue()
    for unit, orders in late.items():
        tell(_("{unit}: {count} overdue").format(unit=unit or "—", count=len(orders)))
        _print_orders(orders)
    say(_("Nothing is overdue.") if not late else _("{count} units are late.").format(count=len(late)))
    return 0


@command("notices", help=N_("All notices: number, unit, contact, how many cases and how many are open."))
@workspace_option
def notices(root: Path | None) -> int:
    from scanner import clock
    from scanner.tables import number, show, table

    headers = (_("notice"), _("when"), _("unit"), _("contact"), _("cases"), _("not closed"), _("who"))
    lines = [
        (n.notice_no, clock.local(n.at), n.unit or "—", n.contact or "—", number(n.cases), number(n.open), n.actor)
        for n in _takedown(root, "notices").notices()
    ]
    show(table(headers, lines, right=(4, 5), fold=(2, 3)))
    return 0


def _named(numbers: tuple[int, ...], notice: str) -> None:
    if bool(numbers) == bool(notice):
        raise InputError(N_("Which cases?"), "", N_("Name their numbers, or --notice."))


def _takedown(root: Path | None, name: str) -> Takedown:
    from scanner.takedown import Takedown

    return Takedown(workspace(root), name)


def _target(name: str) -> str:
    from scanner.cases import STEPS

    return STEPS[name].target


def _say(done: Iterable[Order], state: str) -> int:
    from scanner.cases import state_name

    none = True
    for order in done:
        none = False
        tell(_("Case {number}: {state}.").format(number=order.case_no, state=state_name(state)))
    if none:
        say(_("No case of this notice is in a state for this."))
    return 0


def _print_orders(rows: Iterable[Order]) -> None:
    from scanner import clock
    from scanner.cases import state_name
    from scanner.tables import severity, show, table

    headers = (_("no."), _("severity"), _("state"), _("deadline"), _("notice"), _("unit"), _("document"))
    lines = [
        (
            o.case_no, severity(o.severity), state_name(o.state) + (_(" (overdue)") if o.late(clock.now()) else ""),
            clock.local(o.deadline) if o.deadline else "—", o.notice_no or "—", o.unit or "—", o.title or o.member,
        )
        for o in rows
    ]  # fmt: skip
    if lines:
        show(table(headers, lines, right=(0,), fold=(2, 5, 6)))


takedown = group(
    "takedown",
    help=N_("See confirmed leaks through to their removal: notices, deadlines, reports, verification."),
    commands=(list_orders, issue, receive, fix, report, verify, extend, overdue, notices),
)
