"""scan stats and scan audit: what decisions teach, and who looked at what."""

from __future__ import annotations

from pathlib import Path

from scanner.commands.options import workspace, workspace_option
from scanner.help import command
from scanner.i18n import N_, _, language
from scanner.output import say, tell


@command(
    "stats",
    help=N_(
        "How often each rule was right, how far reviewers agree, and how long a case takes.\n\n"
        "Rules that are mostly dismissed come later in the queue; nothing is hidden for it."
    ),
)
@workspace_option
def stats(root: Path | None) -> int:
    from scanner.kinds import rule_name
    from scanner.store import labels
    from scanner.store.connection import reading
    from scanner.tables import number, show, table

    with reading(workspace(root).database) as connection:
        rules, people, hidden = labels.rules(connection), labels.reviewers(connection), labels.suppressed(connection)
    if not rules:
        say(_("Nothing was decided yet."))
        return 0
    headers = (_("what"), _("rule"), _("confirmed"), _("dismissed"), _("right"))
    lines = [
        (rule_name(r.rule_id), r.rule_id, number(r.confirmed), number(r.dismissed), f"{r.precision:.0%}") for r in rules
    ]
    show(table(headers, lines, right=(2, 3, 4)))
    tell()
    headers_2 = (_("who"), _("decisions"), _("confirmed"), _("seconds a case"), _("decided by others too"), _("agreed"))
    rows = [
        (
            p.reviewer, number(p.decisions), number(p.confirmed),
            f"{p.median_seconds:.0f}" if p.median_seconds is not None else "—", number(p.compared),
            f"{p.agreed / p.compared:.0%}" if p.compared else "—",
        )
        for p in people
    ]  # fmt: skip
    show(table(headers_2, rows, right=(1, 2, 3, 4, 5)))
    tell()
    tell(_("Findings hidden by suppressions: {count}").format(count=number(hidden)))
    return 0


@command("audit", help=N_("Who had which full value shown, and when. Newest first; nothing is ever removed."))
@workspace_option
def audit(root: Path | None) -> int:
    from patterns.reasons import entity_name
    from scanner import clock
    from scanner.store import casework
    from scanner.store.connection import reading
    from scanner.tables import show, table

    with reading(workspace(root).database) as connection:
        reveals = casework.reveals(connection)
    headers = (_("when"), _("who"), _("no."), _("what"), _("masked value"))
    lines = [(clock.local(at), by, no, entity_name(kind, language()), masked) for at, by, no, kind, masked in reveals]
    if lines:
        show(table(headers, lines, right=(2,)))
    say(_("{count} reveals.").format(count=len(lines)))
    return 0
