"""scan rescan: what happens every night."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scanner.commands.options import ClockType, workspace, workspace_option
from scanner.errors import Exit
from scanner.help import command, option
from scanner.i18n import N_, _
from scanner.output import json_line, say, tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.morning import Morning
    from scanner.rescans import Rescan
    from scanner.workspace import Workspace

_ROWS: Final = 40


@command(
    "rescan",
    help=N_(
        "Read the newest export of each site, as scan.toml says where they land, and follow every case.\n\n"
        "Only what changed is read. A case is closed when its document was read again and is clean, or is proven "
        "gone; a leak that comes back reopens it. What was not exported or could not be read changes nothing.\n\n"
        "Ends with 0 when everything was read, with 3 when something could not be, with 9 when the time was up: "
        "the next rescan goes on."
    ),
    epilog="scan rescan\nscan rescan --until 06:00 --format json",
)
@workspace_option
@option("--until", type=ClockType(), help=N_("Stop at this time and go on the next night; default: as scan.toml says."))
@option("--workers", type=click.IntRange(1, 256), metavar=N_("NUMBER"),
        help=N_("Processes that work at once; default: as scan.toml says."))  # fmt: skip
@option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True,
        help=N_("How the summary is written."))  # fmt: skip
def rescan(root: Path | None, until: time | None, workers: int | None, form: str) -> int:
    from scanner.starting import start_workers

    start_workers()
    from scanner.progress import shown
    from scanner.rescans import rescan as run

    place = workspace(root)
    end = until or place.config.until
    with shown() as report:
        result = run(place, workers=workers or 0, over=until_then(end), progress=report)
    morning = summary(place, result)
    if form == "json":
        from scanner.morning import as_json

        tell(json_line(as_json(morning, site_names(place))).decode().rstrip())
    else:
        show_morning(place, morning)
    if not result.finished:
        return Exit.UNFINISHED
    return Exit.OK if result.complete else Exit.UNREAD


def until_then(end: time | None) -> Callable[[], bool]:
    """Whether the next such time of day has come; never without one."""
    if end is None:
        return lambda: False
    start = datetime.now()
    limit = datetime.combine(start.date(), end)
    if limit <= start:
        limit += timedelta(days=1)
    return lambda: datetime.now() >= limit


def summary(place: Workspace, result: Rescan) -> Morning:
    from scanner.clock import now
    from scanner.morning import of
    from scanner.store.connection import reading
    from scanner.store.history import counts

    with reading(place.database) as connection:
        return of(result, counts(connection, result.run_id, now()))


def site_names(place: Workspace) -> dict[str, str]:
    return {site.id: site.name or site.id for site in place.sites.sites}


def show_morning(place: Workspace, morning: Morning) -> None:
    from scanner.morning import MEASURES, headline, problem_lines
    from scanner.tables import number, show, table

    tell(headline(morning))
    names = site_names(place)
    used = [name for name in MEASURES if morning.total(name)]
    if used:
        rows = [
            (names.get(row.site, row.site), row.unit or "—", *(number(getattr(row, name)) for name in used))
            for row in morning.rows[:_ROWS]
        ]
        headers = (_("site"), _("unit"), *(_(MEASURES[name]) for name in used))
        show(table(headers, rows, right=range(2, len(headers)), fold=(0, 1)))
    if len(morning.rows) > _ROWS:
        tell(_("… and {count} more units; --format json has them all.").format(count=len(morning.rows) - _ROWS))
    for line in problem_lines(morning, names):
        tell(line)
    read = _("{taken} exports read, {unchanged} unchanged; {files} files, {copied} of them as before; {seconds} s.")
    tell(
        read.format(
            taken=morning.taken, unchanged=morning.unchanged, files=number(morning.members),
            copied=number(morning.copied), seconds=f"{morning.seconds:.1f}",
        )
    )  # fmt: skip
    if morning.total("unread"):
        say(_("Next: `scan coverage --unread` lists what to open by hand; only then is the site clean."))
    if not morning.finished:
        say(_("The time was up. The next rescan goes on where this one stopped."))
