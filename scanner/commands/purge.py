"""scan purge: raw text is kept no longer than it is needed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from scanner.commands.options import workspace, workspace_option
from scanner.help import command, option
from scanner.i18n import N_, _, n_
from scanner.output import tell


@command(
    "purge",
    help=N_(
        "Throw away the raw text and hits of old exports, as [retention] in scan.toml says.\n\n"
        "The newest export of each site stays, and so does what a case that is not closed was found in. The database "
        "stays whole: masked values, fingerprints, decisions and counts."
    ),
    epilog="scan purge --dry-run\nscan purge --older-than 90",
)
@workspace_option
@option("--older-than", "days", type=click.IntRange(0), metavar=N_("DAYS"),
        help=N_("Exports read at least so many days ago; default: as scan.toml says."))  # fmt: skip
@option("--dry-run", is_flag=True, help=N_("Only say what would go."))
def purge(root: Path | None, days: int | None, dry_run: bool) -> int:
    from scanner import retention

    place = workspace(root)
    limit = place.config.keep_days if days is None else days
    now = datetime.now()
    if dry_run:
        gone = [each for each in retention.held(place, limit, now) if not each.kept]
    else:
        gone = retention.purge(place, limit, now)
    for each in gone:
        line = _("{name}, read {when}: {size} MB")
        tell(line.format(name=each.archive_id, when=f"{each.written:%Y-%m-%d}", size=f"{each.size / 1e6:.1f}"))
    total = f"{sum(each.size for each in gone) / 1e6:.1f}"
    if dry_run:
        said = n_("{count} export would go: {size} MB.", "{count} exports would go: {size} MB.", len(gone))
    else:
        said = n_(
            "{count} export was thrown away: {size} MB.", "{count} exports were thrown away: {size} MB.", len(gone)
        )
    tell(said.format(count=len(gone), size=total))
    return 0
