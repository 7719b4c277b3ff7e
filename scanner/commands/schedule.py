"""scan schedule: the rescan every night, by itself."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Final

import click

from scanner.commands.options import ClockType, workspace, workspace_option
from scanner.help import argument, command, option
from scanner.i18n import N_, _
from scanner.output import say, tell

_ACTIONS: Final = ("install", "show", "remove", "run")
_LINES: Final = 12  # of the log


@command(
    "schedule",
    help=N_(
        "Run `scan rescan` every night by itself.\n\n"
        "install puts it into the system's schedule (a systemd timer, else cron; where there is neither, the lines are "
        "printed for the operator); show says what is there and what happened; remove takes it away; run is what the "
        "schedule calls: a rescan if one is due. A night the machine was off is caught up."
    ),
    epilog="scan schedule install --at 02:00\nscan schedule show",
)
@argument("action", type=click.Choice(_ACTIONS), metavar=N_("install|show|remove|run"), help=N_("What to do."))
@workspace_option
@option("--at", type=ClockType(), default="02:00", show_default=True, help=N_("When, every night."))
@option("--by", type=click.Choice(("systemd", "cron", "print")), help=N_("Which schedule; default: what there is."))
def schedule(action: str, root: Path | None, at: time, by: str | None) -> int:
    from scanner import schedule as entries

    place = workspace(root)
    nightly = entries.Nightly(place.root, at)
    if action == "run":
        from scanner.nightly import run

        return run(place, nightly.at)
    if action == "install":
        _install(nightly, by or entries.backend())
    elif action == "remove":
        tell(_("Removed.") if entries.remove(nightly) else _("There was no entry for this workspace."))
    else:
        _show(place, nightly)
    return 0


def _install(nightly: object, by: str) -> None:
    from scanner import schedule as entries

    assert isinstance(nightly, entries.Nightly)
    if by == entries.PRINT:
        say(_("For the operator: a crontab entry,"))
        for line in entries.cron_lines(nightly):
            tell(line)
        say(_("or two systemd units."))
        for name, content in entries.units(nightly).items():
            tell(f"# {entries.unit_folder() / name}\n{content}")
        return
    entries.remove(nightly)
    entries.install(nightly, by)
    tell(_("Installed ({by}): every night at {at}.").format(by=by, at=f"{nightly.at:%H:%M}"))
    say(_("What happens stands in {folder}.").format(folder=nightly.root.resolve() / "logs"))


def _show(place: object, nightly: object) -> None:
    from scanner import schedule as entries
    from scanner.nightly import last_lines
    from scanner.workspace import Workspace

    assert isinstance(nightly, entries.Nightly) and isinstance(place, Workspace)
    found = entries.installed(nightly)
    if found is None:
        tell(_("There is no entry for this workspace. Next: {command}").format(command="scan schedule install"))
    else:
        tell(_("Installed ({by}):").format(by=found[0]))
        for line in found[1]:
            tell("  " + line)
    lines = last_lines(place, _LINES)
    if lines:
        tell(_("What happened last:"))
        for line in lines:
            tell("  " + line)
