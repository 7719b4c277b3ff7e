"""scan init: a new workspace."""

from __future__ import annotations

from pathlib import Path

import click

from scanner.help import argument, command
from scanner.i18n import N_, _
from scanner.output import say


@command(
    "init",
    help=N_(
        "Make a workspace: the folder that keeps settings, results and history.\n\n"
        "It gets two settings files with notes inside. Nothing that exists is overwritten."
    ),
    epilog=N_("scan init work\ncd work\nscan run export.zip"),
)
@argument(
    "folder",
    metavar=N_("[FOLDER]"),
    type=click.Path(path_type=Path, readable=False),
    default=Path(),
    help=N_("Where; default: the current folder."),
)
def init(folder: Path) -> int:
    from scanner.store.connection import create as create_database
    from scanner.workspace import create

    made = create(folder)
    create_database(made.database)
    say(_("Workspace made: {folder}").format(folder=made.root.resolve()))
    say()
    say(_("  scan.toml   settings; works as it is"))
    say(_("  sites.toml  your sites and the units that answer for them; fill it in when you can"))
    say(_("  key         keeps fingerprints secret; back it up, show it to nobody"))
    say()
    cd = "" if made.root.resolve() == Path.cwd() else f"cd {folder} && "
    say(_("Next: {command}").format(command=f"{cd}scan run " + _("EXPORT.zip")))
    return 0
