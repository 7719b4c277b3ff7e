"""scan demo: a made-up city, to see the whole thing work."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import click

from scanner.commands.run import execute, summarise
from scanner.help import argument, command, option
from scanner.i18n import N_, _
from scanner.output import say

_SEED: Final = 2017
_PAGES: Final = 2000


@command(
    "demo",
    help=N_(
        "See it work: makes the archives of a small made-up city with leaks in them, and searches them.\n\n"
        "All people are invented. Takes under a minute; give a FOLDER to keep the result where you want it."
    ),
)
@argument(
    "folder",
    metavar=N_("[FOLDER]"),
    required=False,
    type=click.Path(path_type=Path, readable=False),
    help=N_("Where; default: a temporary folder."),
)
@option("--pages", type=click.IntRange(20, 200_000), default=_PAGES, show_default=True, help=N_("How many pages."))
def demo(folder: Path | None, pages: int) -> int:
    from scanner.store.connection import create as create_database
    from scanner.synthetic.city import build_city
    from scanner.workspace import create

    folder = folder or Path(tempfile.mkdtemp(prefix="scan-demo-"))
    place = create(folder / "work")
    create_database(place.database)
    say(_("Making a city of {pages} pages …").format(pages=pages))
    gold = build_city(folder / "archives", _SEED, pages)
    (place.root / "sites.toml").write_text(gold.sites_toml, encoding="utf-8")
    outcome = execute(place, tuple(gold.archives), 0, fresh=False)
    summarise(place, outcome)
    say()
    say(_("Try next:"))
    say(f"  cd {place.root}")
    say(_("  scan findings --severity high     the worst, one by one"))
    say(_("  scan review                       judge them, case after case"))
    say(_("  scan export -o findings.csv       all of them, for Excel"))
    say(_("  scan status                       the workspace at a glance"))
    say(_("When you have seen enough, delete {folder}.").format(folder=folder))
    return 0
