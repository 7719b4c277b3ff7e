"""scan export: all findings as a file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.commands.options import filters, site_id, workspace, workspace_option
from scanner.help import command, option
from scanner.i18n import N_, _
from scanner.output import say

if TYPE_CHECKING:
    from patterns.schema import Severity


@command(
    "export",
    help=N_(
        "Write the findings to a file: csv opens in Excel, jsonl and parquet are for programs.\n\n"
        "Numbers are masked in every format."
    ),
    epilog=N_("scan export --format csv -o findings.csv\nscan export --format jsonl --severity high > high.jsonl"),
)
@workspace_option
@filters
@option(
    "--format", "kind", type=click.Choice(["csv", "jsonl", "parquet"]), default="csv", show_default=True,
    help=N_("The kind of file."),
)  # fmt: skip
@option(
    "-o", "--output", type=click.Path(path_type=Path, readable=False, dir_okay=False), metavar=N_("FILE"),
    help=N_("Where to write; default: standard output."),
)  # fmt: skip
def export(
    root: Path | None, severity: Severity | None, site: str, unit: str, entity_type: str, kind: str, output: Path | None
) -> int:
    from scanner.exports import write
    from scanner.output import binary_output
    from scanner.store.connection import reading
    from scanner.store.queries import Filter, snapshot

    place = workspace(root)
    wanted = Filter(int(severity or 0), site_id(place, site), unit, entity_type)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=place.root) as folder:
        parquet = Path(folder) / "findings.parquet"
        with reading(place.database) as connection:  # closed before writing: a slow disk holds nobody up
            snapshot(connection, wanted, parquet)
        with binary_output(output) as stream:
            write(parquet, kind, stream, {site.id: site.name for site in place.sites.sites if site.name})
    if output is not None:
        say(_("Written: {path}").format(path=output))
    return 0
