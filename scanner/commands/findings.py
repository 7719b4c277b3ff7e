"""scan findings: what was found, on the screen or as JSONL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.commands.options import filters, site_id, workspace, workspace_option
from scanner.help import command, option
from scanner.i18n import N_, _, language
from scanner.output import say

if TYPE_CHECKING:
    from patterns.schema import Severity
    from scanner.store.queries import Finding


@command(
    "findings",
    help=N_(
        "List what was found, the worst first. Numbers are masked.\n\n"
        "One line is one value in one document; the number on the left names the document."
    ),
    epilog=N_("scan findings --severity high\nscan findings --unit Education --limit 200"),
)
@workspace_option
@filters
@option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help=N_("How many lines to show."))
@option("--secret", is_flag=True, help=N_("List instead the documents that bear a sign of a state secret."))
@option(
    "--format", "kind", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
    help=N_("table for people, jsonl for programs."),
)  # fmt: skip
def findings(
    root: Path | None, severity: Severity | None, site: str, unit: str, entity_type: str, limit: int, secret: bool,
    kind: str,
) -> int:  # fmt: skip
    from scanner.store.connection import reading
    from scanner.store.ledger import count_entries
    from scanner.store.queries import Filter, count_findings, secrets
    from scanner.store.queries import findings as query

    place = workspace(root)
    site = site_id(place, site)
    wanted = Filter(int(severity or 0), site, unit, entity_type)
    with reading(place.database) as connection:
        hidden = secrets(connection) if secret else []
        total = 0 if secret else count_findings(connection, wanted)
        rows = [] if secret else list(query(connection, wanted, limit))
        unread = count_entries(connection, site)
    if secret:
        return _print_secrets(hidden, kind)
    if kind == "jsonl":
        return _print_jsonl(rows)
    _print_table(rows, total, wanted == Filter())
    if unread:
        say(_("{count} files were not wholly read; see `scan coverage --unread`.").format(count=f"{unread:,}"))
    return 0


def _print_jsonl(rows: list[Finding]) -> int:
    from dataclasses import asdict

    from scanner.exports import readable
    from scanner.output import binary_output, json_line

    with binary_output(None) as stream:
        for row in rows:
            stream.write(json_line(readable(asdict(row))))
    return 0


def _print_table(rows: list[Finding], total: int, everything: bool) -> None:
    from patterns.reasons import entity_name
    from scanner.places import Spot, where
    from scanner.tables import number, severity, show, table

    if not rows:
        nothing = _("Nothing was found yet. Next: scan run EXPORT.zip") if everything else _("Nothing matches.")
        say(nothing)
        return
    headers = (_("no."), _("severity"), _("what"), _("masked value"), _("where"), _("document"))
    lines = [
        (
            f.case_no, severity(f.severity), entity_name(f.entity_type, language()), f.masked,
            where(Spot(f.segment, f.place, f.row, f.col, f.hidden)), f.title or f.member,
        )
        for f in rows
    ]  # fmt: skip
    show(table(headers, lines, right=(0,), fold=(4, 5)))
    say()
    shown = _("{shown} of {total} findings.").format(shown=number(len(rows)), total=number(total))
    more = _(" More with --limit, all with `scan export`.") if total > len(rows) else ""
    say(shown + more)


def _print_secrets(rows: list[tuple[str, str]], kind: str) -> int:
    """Where, and a fingerprint; no text of the document."""
    if kind == "jsonl":
        from scanner.output import binary_output, json_line

        with binary_output(None) as stream:
            for location, fingerprint in rows:
                stream.write(json_line({"location": location, "fingerprint": fingerprint}))
        return 0
    from scanner.tables import show, table

    if rows:
        show(table((_("address"), _("fingerprint")), rows, fold=(0,)))
    say(
        _("Documents that bear a sign of a state secret: {count}. Report them by the channel for secrets only.").format(
            count=len({location for location, _fingerprint in rows})
        )
    )
    return 0
