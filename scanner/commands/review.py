"""scan review: the queue on the screen, to judge case after case."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scanner.commands.options import filters, reviewer_option, site_id, who, workspace, workspace_option
from scanner.errors import InputError, ScanError
from scanner.help import command, option
from scanner.i18n import N_, n_
from scanner.output import say

if TYPE_CHECKING:
    from patterns.schema import Severity

_PATIENCE: Final = 2.0  # seconds; after that the screen says that it waits, and asks again


@command(
    "review",
    help=N_(
        "Judge what was found, case after case, in the terminal: leak or no leak.\n\n"
        "A case is one document. All keys stand at the bottom of the screen; ? explains them. Several people can judge "
        "at once: each gets other cases."
    ),
    epilog=N_("scan review --reviewer Wang\nscan review --severity high --unit Education\nscan review --hidden"),
)
@workspace_option
@reviewer_option
@filters
@option("--section", default="", metavar=N_("NAME"), help=N_("Only this section of a site, or a part of its name."))
@option("--hidden", is_flag=True, help=N_("Only what stands where a reader does not look."))
@option("--minors", is_flag=True, help=N_("Only what concerns minors."))
@option(
    "--since-run",
    type=click.IntRange(min=1),
    default=None,
    metavar=N_("RUN"),
    help=N_("Only what was first found in this run or later; `scan status` shows the number."),
)
@option("--search", default="", metavar=N_("TEXT"), help=N_("Only what has this in its title, address or number."))
def review(
    root: Path | None, reviewer: str, severity: Severity | None, site: str, unit: str, entity_type: str, section: str,
    hidden: bool, minors: bool, since_run: int | None, search: str,
) -> int:  # fmt: skip
    from scanner.review.models import View

    place = workspace(root)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        todo = N_("Without one, use `scan case`.")
        raise InputError(N_("`scan review` needs a terminal: its input or output leads elsewhere"), "", todo)
    view = View(
        severity=int(severity or 0), site=site_id(place, site), unit=unit, section=section, entity_type=entity_type,
        hidden=hidden, minors=minors, since_run=since_run or 0, search=search,
    )  # fmt: skip
    from scanner.review.app import ReviewApp
    from scanner.review.desk import Desk

    name = who(reviewer)
    desk = Desk(place, name, patience=_PATIENCE)
    app = ReviewApp(desk, view, name)
    app.run()
    if app.failure is not None:
        with suppress(ScanError):
            desk.release()
        raise app.failure
    if app.unwritten:
        words = n_("{count} decision could not be written: enter it again.",
                   "{count} decisions could not be written: enter them again.", app.unwritten)  # fmt: skip
        say(words.format(count=app.unwritten))
    done = app.standing.done
    say(n_("{count} case judged by {who}.", "{count} cases judged by {who}.", done).format(count=done, who=name))
    return 0
