"""scan status: a workspace at a glance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.commands.options import workspace, workspace_option
from scanner.help import command
from scanner.i18n import N_, _
from scanner.output import say, tell

if TYPE_CHECKING:
    from scanner.store.runs import Run

_REASONS: Final = 5  # why files were not read; the others are added up


@command(
    "status",
    help=N_("Show the workspace at a glance: the last run, open cases, what could not be read, what to do next."),
)
@workspace_option
def status(root: Path | None) -> int:
    from scanner.cases import REVIEWABLE
    from scanner.store.connection import reading
    from scanner.store.history import problems_of
    from scanner.store.ledger import count_entries
    from scanner.store.queries import cases_by_state, secrets, unread
    from scanner.store.runs import last
    from scanner.unread import counted

    place = workspace(root)
    names = {site.id: site.name or site.id for site in place.sites.sites}
    with reading(place.database) as connection:
        run = last(connection)
        cases = cases_by_state(connection)
        missed = counted(unread(connection))
        known = count_entries(connection, everything=True) > 0
        problems = problems_of(connection, run.run_id) if run else []
        hidden = len({location for location, _fingerprint in secrets(connection)})
    tell(_("Workspace: {folder}").format(folder=place.root.resolve()))
    if run is None:
        tell(_("No run yet."))
        say(_("Next: {command}").format(command="scan run " + _("EXPORT.zip")))
        return 0
    working = run.state == "running" and place.is_running()
    tell(_run_line(run, working))
    if cases or (known and run.state == "done"):
        _print_cases(cases)
    if problems:
        from scanner.morning import problem

        for name, code in problems:
            tell(problem(names.get(name, name), code))
    if missed or (known and run.state == "done" and not problems):
        _print_unread(missed)
    if hidden:
        tell(_("Signs of state secrets: {count} documents. See `scan findings --secret`.").format(count=hidden))
    say()
    to_review = any(state in REVIEWABLE for state, _level, _count in cases)
    say(_next(run, working, to_review, bool(cases), bool(missed), [code for _name, code in problems]))
    return 0


def _run_line(run: Run, working: bool) -> str:
    from scanner.clock import local
    from scanner.tables import number

    when = local(run.started_at)
    archives = _(", ").join(run.archives[:3]) + (" …" if len(run.archives) > 3 else "")
    archives = archives or _("no export")
    if working:
        return _("Run {number} of {archives}, begun {when}: still working").format(
            number=run.run_id, archives=archives, when=when
        )
    if run.state != "done":
        return _("Run {number} of {archives}, begun {when}: stopped before its end").format(
            number=run.run_id, archives=archives, when=when
        )
    return _("Last run: number {number}, {when}, {archives}: {members} files, {new} new findings").format(
        number=run.run_id, when=when, archives=archives, members=number(run.members or 0),
        new=number(run.new_findings or 0),
    )  # fmt: skip


def _print_cases(cases: list[tuple[str, int, int]]) -> None:
    from scanner.cases import state_name
    from scanner.tables import number, severity, show, table

    if cases:
        headers = (_("state"), _("severity"), _("cases"))
        rows = [(state_name(state), severity(level), number(count)) for state, level, count in cases]
        tell()
        show(table(headers, rows, right=(2,)))
        tell()
    else:
        tell(_("No cases."))


def _print_unread(missed: list[tuple[str, int]]) -> None:
    from scanner.tables import number

    if missed:
        shown, rest = missed[:_REASONS], sum(files for _why, files in missed[_REASONS:])
        shown += [(_("other reasons"), rest)] if rest else []
        kinds = _("; ").join(f"{why} × {number(files)}" for why, files in shown)
        tell(_("Not or not wholly read: {kinds}").format(kinds=kinds))
    else:
        tell(_("Every file was read."))


def _next(run: Run, working: bool, to_review: bool, cases: bool, unread: bool, problems: list[str]) -> str:
    from scanner.not_whole import NotWhole

    if working:
        return _("Next: wait until it has finished.")
    if run.state != "done" or NotWhole.UNFINISHED in problems:
        if run.kind == "rescan":
            return _("Next: repeat `scan rescan`; it goes on where it stopped.")
        return _("Next: repeat the same `scan run`; it goes on where it stopped.")
    if to_review:
        return _("Next: `scan review` judges them one by one; `scan findings` lists them, the worst first.")
    if cases:
        return _("Next: `scan takedown list` shows what each unit has still to do; `scan export` for Excel.")
    if unread:
        return _("Next: `scan coverage --unread` lists what to open by hand; only then is the site clean.")
    if problems or (run.kind == "rescan" and not run.archives):
        return _("Next: repeat `scan rescan` when the exports are there.")
    return _("Next: nothing was found. Run `scan run` again with the next export.")
