"""scan coverage: what was read, by site and kind of file, and what a person must open by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.commands.options import ONLY_SITE, site_id, workspace, workspace_option
from scanner.help import command, option
from scanner.i18n import N_, _
from scanner.output import say

if TYPE_CHECKING:
    from scanner.store.ledger import Coverage, Entry


@command(
    "coverage",
    help=N_(
        "Show how much of each site was read, by kind of file; with --unread which files a person must open by hand, "
        "why, and what to do.\n\n"
        "It covers the newest export of each name, whichever run read it. An export under another name counts until "
        "`scan rescan` has read a whole one of the same site; sites.toml says which names are one site's (archives)."
    ),
    epilog=N_("scan coverage\nscan coverage --unread\nscan coverage --unread --format csv > by-hand.csv"),
)
@workspace_option
@option("--unread", is_flag=True, help=N_("List the files that were not wholly read, with the reason."))
@option("--files", is_flag=True, help=N_("List every file: how it was read, by what, how long it took."))
@option("--site", default="", metavar=N_("NAME"), help=ONLY_SITE)
@option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, help=N_("How many files the table shows.")
)
@option(
    "--format", "kind", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True,
    help=N_("table for people, csv for Excel, jsonl for programs."),
)  # fmt: skip
def coverage(root: Path | None, unread: bool, files: bool, site: str, limit: int, kind: str) -> int:
    from scanner.store import ledger
    from scanner.store.connection import reading

    place = workspace(root)
    site = site_id(place, site)
    names = {one.id: one.name or one.id for one in place.sites.sites}
    with reading(place.database) as connection:
        total = ledger.count_entries(connection, site)
        if unread or files:
            shown = limit if kind == "table" else None
            listed = list(ledger.entries(connection, site, everything=files, limit=shown))
            every = ledger.count_entries(connection, site, everything=files)
        rows = ledger.coverage(connection, site)
    if kind != "table":
        told = map(_entry, listed) if unread or files else map(_row, rows)
        _write(told, kind, names)
    elif unread or files:
        _print_entries(listed, every, everything=files)
    else:
        _print_coverage(rows, names)
    if kind == "table":
        say()
        say(_("Nothing matches.") if site and not rows else _closing(rows, total, listing=unread and not files))
    return 0


def _closing(rows: list[Coverage], unread: int, *, listing: bool) -> str:
    from scanner.tables import number

    if not rows:
        return _("Nothing was read yet. Next: scan run EXPORT.zip")
    if not unread:
        return _("Every file was read.")
    if listing:
        return _("Until these files were looked at by hand, nobody knows that the site is clean.")
    return _(
        "{count} files were not wholly read. Next: `scan coverage --unread` lists them and says what to do."
    ).format(count=number(unread))


def _by_name(rows: list[Coverage]) -> list[Coverage]:
    """What people call by the same name, added up; ``media_type`` is the name."""
    from dataclasses import astuple

    from scanner.formats import format_name
    from scanner.store.ledger import Coverage

    sums = dict[tuple[str, str], tuple[int, ...]]()
    for row in rows:
        key, (_site, _kind, *counts) = (row.site, format_name(row.media_type)), astuple(row)
        sums[key] = tuple(map(sum, zip(sums.get(key, (0,) * len(counts)), counts, strict=True)))
    return [Coverage(*key, *counts) for key, counts in sums.items()]


def _print_coverage(rows: list[Coverage], called: dict[str, str]) -> None:
    from scanner.tables import number, show, table

    if not rows:
        return
    headers = (_("site"), _("kind"), _("files"), _("read"), _("in part"), _("not read"), "MB", _("seconds"))
    rows = _by_name(rows)
    sites = [called.get(row.site, row.site) or "—" for row in rows]
    names = ["" if site == above else site for site, above in zip(sites, ["", *sites], strict=False)]
    lines = [
        (
            name, row.media_type, number(row.files), number(row.read), number(row.partly), number(row.unread),
            f"{row.size / 1e6:,.1f}", f"{row.elapsed_ms / 1e3:,.1f}",
        )
        for name, row in zip(names, rows, strict=True)
    ]  # fmt: skip
    show(table(headers, lines, right=range(2, len(headers)), fold=(0,)))


def _print_entries(listed: list[Entry], every: int, *, everything: bool) -> None:
    from scanner.formats import format_name
    from scanner.tables import number, show, table
    from scanner.unread import explained

    if not listed:
        return
    names = [f"{e.archive} › {e.member}" if e.member else e.archive for e in listed]
    if everything:
        from scanner.statuses import status_name

        headers = (_("file"), _("kind"), _("how"), _("read by"), _("ms"))
        lines = [
            (name, format_name(e.media_type), status_name(e.status), _reader(e), number(e.elapsed_ms))
            for name, e in zip(names, listed, strict=True)
        ]
        show(table(headers, lines, right=(4,), fold=(0,)))
    else:
        reasons = [explained(e.status, e.reason) for e in listed]
        show(table((_("file"), _("why"), _("what to do")), list(_with(names, reasons)), fold=(0, 1, 2)))
    if every > len(listed):
        say(_("… and {count} more files; --format csv lists every one.").format(count=number(every - len(listed))))


def _reader(entry: Entry) -> str:
    return entry.extractor if entry.extractor not in ("", "none") else "—"


def _with(names: list[str], reasons: list[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    for name, (why, todo) in zip(names, reasons, strict=True):
        yield name, why, todo


def _row(row: Coverage) -> dict[str, Any]:
    from dataclasses import asdict

    from scanner.formats import format_name

    return {**asdict(row), "kind": format_name(row.media_type)}


def _entry(entry: Entry) -> dict[str, Any]:
    """An entry with its reason in words; empty where it was read."""
    from dataclasses import asdict

    from pipelines.schema import Status
    from scanner.unread import explained

    why, todo = ("", "") if entry.status == Status.EXTRACTED else explained(entry.status, entry.reason)
    return {**asdict(entry), "why": why, "todo": todo}


def _in_words(row: dict[str, Any], called: dict[str, str]) -> dict[str, Any]:
    """What a person wants to read of a row, in the language of the screen."""
    from scanner.formats import format_name
    from scanner.statuses import status_name

    site = {_("site"): called.get(row["site"], row["site"]), _("kind"): format_name(row["media_type"])}
    if "member" not in row:
        counts = {_("files"): row["files"], _("read"): row["read"], _("in part"): row["partly"]}
        return site | counts | {_("not read"): row["unread"]}
    file = f"{row['archive']} › {row['member']}" if row["member"] else row["archive"]
    return (
        {_("file"): file}
        | site
        | {_("unit"): row["unit"], _("how"): status_name(row["status"])}
        | {_("why"): row["why"], _("what to do"): row["todo"]}
    )


def _write(rows: Iterable[dict[str, Any]], kind: str, called: dict[str, str]) -> None:
    from scanner.exports import translates, write_csv
    from scanner.output import binary_output, json_line

    with binary_output(None) as stream:
        if kind == "csv":
            write_csv(({**_in_words(row, called), **row} for row in rows) if translates() else rows, stream)
        else:
            for row in rows:
                stream.write(json_line(row))
