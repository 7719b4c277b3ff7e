"""scan run: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scanner.commands.options import workspace, workspace_option
from scanner.errors import Exit
from scanner.help import argument, command, option
from scanner.i18n import N_, _
from scanner.output import say, tell

if TYPE_CHECKING:
    from scanner.runs import Outcome
    from scanner.workspace import Workspace

_ROWS: Final = 20  # of the summary table; the rest is counted


@command(
    "run",
    help=N_(
        "Search exported sites for personal information. This is the main job.\n\n"
        "ARCHIVE is an exported site: a folder, zip, 7z, rar, tar, WARC, or a JSONL, CSV or Parquet export; several "
        "are fine. A run that was stopped goes on where it was when the same command is given again.\n\n"
        "Ends with 0 when everything was read, with 3 when some files could not be."
    ),
    epilog=N_("scan run export.zip\nscan run site1.zip site2.tar.gz --workers 4"),
)
@argument(
    "archives", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False), metavar=N_("ARCHIVE…"),
    help=N_("Exported sites: files or folders."),
)  # fmt: skip
@workspace_option
@option(
    "--workers", type=click.IntRange(1, 256), metavar=N_("NUMBER"),
    help=N_("Processes that work at once; default: as scan.toml says."),
)  # fmt: skip
@option("--resume/--fresh", default=True, help=N_("Go on where a stopped run was (default), or read everything again."))
def run(archives: tuple[Path, ...], root: Path | None, workers: int | None, resume: bool) -> int:
    place = workspace(root)
    outcome = execute(place, archives, workers or 0, fresh=not resume)
    summarise(place, outcome)
    say()
    say(next_step(outcome))
    return Exit.OK if outcome.complete else Exit.UNREAD


def execute(place: Workspace, archives: tuple[Path, ...], workers: int, *, fresh: bool) -> Outcome:
    """Scan with progress shown."""
    from scanner.starting import start_workers

    start_workers()
    from scanner.progress import shown
    from scanner.runs import scan

    with shown() as report:
        return scan(place, archives, workers=workers, fresh=fresh, progress=report)


def summarise(place: Workspace, outcome: Outcome) -> None:
    """What a run read and what it found."""
    from scanner.errors import one_line
    from scanner.store.connection import reading
    from scanner.store.queries import unread
    from scanner.tables import number, show, table
    from scanner.unread import counted

    _print_cases(place, outcome)
    read = _("{files} files of {archives} archives looked at in {seconds} s.")
    seconds = f"{outcome.read.seconds + outcome.matched.seconds:.1f}"
    tell(read.format(files=number(outcome.read.records), archives=len(outcome.read.archives), seconds=seconds))
    new = _("New: {cases} cases with {findings} findings; known before: {known} findings.")
    merged = outcome.merged
    tell(
        new.format(
            cases=number(merged.new_cases), findings=number(merged.new_findings), known=number(merged.known_findings)
        )
    )
    with reading(place.database) as connection:
        missed = counted(unread(connection, outcome.run_id))
    if missed:
        tell()
        tell(_("Not or not wholly read; leaks may be hidden in these files:"))
        show(table((_("why"), _("files")), [(why, number(files)) for why, files in missed], right=(1,)))
    for error in outcome.read.failed:
        say(_("Not read: {message}").format(message=one_line(error)))


def _print_cases(place: Workspace, outcome: Outcome) -> None:
    from scanner.store.connection import reading
    from scanner.store.queries import tallies, unread_by_site
    from scanner.summary import by_unit
    from scanner.tables import number, severity, show, table

    with reading(place.database) as connection:
        rows = by_unit(tallies(connection, outcome.run_id), unread_by_site(connection, outcome.run_id))
    if not any(sum(row.cases.values()) for row in rows):
        tell(_("No suspects were found."))
        return
    levels = [level for level in (5, 4, 3, 2, 1) if any(row.cases.get(level) for row in rows)]
    names = {site.id: site.name or site.id for site in place.sites.sites}
    headers = (_("site"), _("unit"), *(severity(level).plain for level in levels), _("people"), _("unread"))
    lines = [
        (
            names.get(row.site, row.site) or "—", row.unit or "—",
            *(number(row.cases.get(level, 0)) for level in levels),
            number(row.people), number(row.unread),
        )
        for row in rows[:_ROWS]
    ]  # fmt: skip
    tell(_("Number of documents with suspected leaks, by site and unit:"))
    show(table(headers, lines, right=range(2, len(headers)), fold=(0, 1)))
    if len(rows) > _ROWS:
        tell(_("… and {count} more units; `scan export` has them all.").format(count=len(rows) - _ROWS))
    tell()


def next_step(outcome: Outcome) -> str:
    if outcome.merged.new_findings or outcome.merged.known_findings:
        return _("Next: `scan review` judges them one by one; `scan findings` lists them, the worst first.")
    if not outcome.complete:
        return _("Next: `scan coverage --unread` lists what to open by hand; only then is the site clean.")
    return _("Nothing to do: everything was read, nothing was found.")
