"""The morning summary by e-mail or to the office's chat robots, through apprise (the extra ``notify``).

A message names units, cases and pages, never a value, not even a masked one.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Final

from scanner import morning as mornings
from scanner.clock import now
from scanner.errors import InputError, OutputError
from scanner.i18n import N_, _
from scanner.not_whole import NotWhole
from scanner.store import history
from scanner.store.connection import reading
from scanner.workspace import Workspace

_CASES: Final = 20


class NotInstalled(OutputError):
    pass


def message(workspace: Workspace) -> tuple[str, str]:
    """(title, text) about the last rescan."""
    with reading(workspace.database) as connection:
        run_id = history.last_rescan(connection)
        if run_id is None:
            raise InputError(N_("There was no rescan yet"), workspace.root, N_("Run `scan rescan` first."))
        rows = history.counts(connection, run_id, now())
        cases = history.cases_of(connection, run_id, _CASES + 1)
        problems = history.problems_of(connection, run_id)
        exports = history.exports_of(connection, run_id)
    names = {site.id: site.name or site.id for site in workspace.sites.sites}
    unread = [code for _name, code in problems if code == NotWhole.UNFINISHED]
    morning = mornings.Morning(run_id, rows, problems, exports - len(unread), 0, 0, 0, 0.0, not unread)
    lines = [mornings.headline(morning), *mornings.unit_lines(morning, names)]
    lines += mornings.problem_lines(morning, names)
    if cases:
        lines += ["", _("Cases:")]
        lines += [
            _("No. {number}, {what}: {unit} {title} {url}").format(
                number=case.case_no, what=mornings.measure(case.outcome), unit=case.unit, title=case.title, url=case.url
            )
            for case in cases[:_CASES]
        ]
    if len(cases) > _CASES:
        lines.append(_("… and more; `scan diff` has them all."))
    return _("scan: rescan {number}").format(number=run_id), "\n".join(lines)


def test_message() -> tuple[str, str]:
    return _("scan: a test"), _("If you can read this, messages of scan arrive here.")


def send(urls: Sequence[str], title: str, text: str) -> list[tuple[str, bool]]:
    """(service, whether it took the message). Only a service's kind is named: its address holds a password.

    Raises NotInstalled."""
    if find_spec("apprise") is None:
        what = N_("Messages need the package apprise")
        raise NotInstalled(what, todo=N_("Install it: pip install 'disclosure-scan[notify]'"))
    import apprise

    results = list[tuple[str, bool]]()
    for url in urls:
        kind = url.partition("://")[0]
        sender = apprise.Apprise()
        try:
            results.append((kind, bool(sender.add(url) and sender.notify(body=text, title=title))))
        except Exception:  # its message may quote the address
            results.append((kind, False))
    return results
