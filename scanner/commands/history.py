"""scan history: the runs of a workspace, and scan diff: what changed between two of them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.commands.options import workspace, workspace_option
from scanner.help import argument, command, option
from scanner.i18n import N_, _
from scanner.output import json_line, tell

if TYPE_CHECKING:
    from scanner.store.connection import Connection
    from scanner.store.history import RunRow

_FORMAT = option(
    "--format", "form", type=click.Choice(("table", "jsonl")), default="table", show_default=True,
    help=N_("A table to read, or a line of JSON each."),
)  # fmt: skip


@command(
    "history",
    help=N_("The runs of this workspace, newest first, and what each found."),
    epilog="scan history --limit 30",
)
@workspace_option
@option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, metavar=N_("NUMBER"), help=N_("How many runs.")
)
@_FORMAT
def history(root: Path | None, limit: int, form: str) -> int:
    from scanner.store import history as store
    from scanner.store.connection import reading
    from scanner.tables import number, show, table

    with reading(workspace(root).database) as connection:
        rows = store.history(connection, limit)
    if form == "jsonl":
        for row in rows:
            tell(_json(asdict(row)))
        return 0
    if not rows:
        tell(_("No run yet."))
        return 0
    headers = (
        _("run"),
        _("begun"),
        _("what"),
        _("files"),
        _("unread"),
        _("new"),
        _("worse"),
        _("fixed"),
        _("reopened"),
    )
    lines = [
        (
            str(row.run_id), _when(row), _kind(row),
            *("—" if value is None else number(value) for value in (row.members, row.unread)),
            *(number(value) for value in (row.new, row.worse, row.fixed, row.reopened)),
        )
        for row in rows
    ]  # fmt: skip
    show(table(headers, lines, right=(0, 3, 4, 5, 6, 7, 8)))
    return 0


def _when(row: RunRow) -> str:
    from scanner.clock import local

    return str(local(row.started_at))


def _kind(row: RunRow) -> str:
    kinds = {"scan": _("scan"), "rescan": _("rescan")}
    states = {"running": _("not finished"), "stopped": _("stopped")}
    kind = kinds.get(row.kind, row.kind)
    return _("{what} ({state})").format(what=kind, state=states[row.state]) if row.state in states else kind


def _json(row: dict[str, Any]) -> str:
    plain = {
        name: value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
        for name, value in row.items()
    }
    return json_line(plain).decode().rstrip()


@command(
    "diff",
    help=N_(
        "What appeared and what went between two runs, by site and unit, and the cases it happened in.\n\n"
        "FIRST and SECOND are numbers of runs, as `scan history` shows them; without them, the last two."
    ),
    epilog="scan diff\nscan diff 12 19",
)
@argument("first", type=click.IntRange(1), required=False, metavar=N_("FIRST"), help=N_("The earlier run."))
@argument("second", type=click.IntRange(1), required=False, metavar=N_("SECOND"), help=N_("The later run."))
@workspace_option
@option(
    "--limit", type=click.IntRange(0), default=20, show_default=True, metavar=N_("NUMBER"), help=N_("How many cases.")
)
@_FORMAT
def diff(first: int | None, second: int | None, root: Path | None, limit: int, form: str) -> int:
    from scanner.store import history as store
    from scanner.store.connection import reading

    place = workspace(root)
    with reading(place.database) as connection:
        first, second = sorted(_two_runs(connection, first, second))
        units = store.difference(connection, first, second)
        cases = store.changed_cases(connection, first, second, limit)
    if form == "jsonl":
        rows: list[Any] = [*units, *cases]
        for row in rows:
            tell(_json(asdict(row)))
        return 0
    _show_difference(units, cases, {site.id: site.name or site.id for site in place.sites.sites})
    return 0


def _two_runs(connection: Connection, first: int | None, second: int | None) -> tuple[int, int]:
    """The runs that are named, or the last two. Raises InputError when there are none such."""
    from scanner.errors import InputError
    from scanner.store.history import last_done

    if first is None:
        done = last_done(connection, 2)
        if len(done) < 2:
            todo = N_("`scan history` lists the runs.")
            raise InputError(N_("There are not two finished runs yet to compare"), "", todo)
        return done[0], done[1]
    if second is None:
        raise InputError(N_("Which other run?"), "", N_("Give two numbers, or none for the last two runs."))
    for run in (first, second):
        _must_be_done(connection, run)
    return first, second


def _must_be_done(connection: Connection, run: int) -> None:
    from scanner.errors import InputError
    from scanner.store.history import run_kind

    if run_kind(connection, run) is None:
        todo = N_("`scan history` lists the runs.")
        raise InputError(N_("There is no finished run of this number"), str(run), todo)


def _show_difference(units: list[Any], cases: list[Any], names: dict[str, str]) -> None:
    from scanner.tables import number, severity, show, table

    if not units:
        tell(_("No difference."))
        return
    headers = (_("site"), _("unit"), _("findings new"), _("findings gone"), _("cases with new"), _("cases with gone"))
    rows = [
        (names.get(u.site, u.site), u.unit or "—", *map(number, (u.appeared, u.went, u.cases_appeared, u.cases_went)))
        for u in units
    ]
    show(table(headers, rows, right=(2, 3, 4, 5), fold=(0, 1)))
    headers = (_("case"), _("severity"), _("unit"), _("title"), _("findings new"), _("findings gone"))
    lines = [
        (str(c.case_no), severity(c.severity), c.unit or "—", c.title or c.url, number(c.appeared), number(c.went))
        for c in cases
    ]
    if lines:
        tell()
        show(table(headers, lines, right=(0, 4, 5), fold=(2, 3)))
