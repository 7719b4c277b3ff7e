"""What the schedule runs: a rescan if a night is due, a log that says what happened, a message to those who asked."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

from pipelines.errors import PipelineError
from scanner import morning as mornings
from scanner.commands.rescan import site_names, summary, until_then
from scanner.errors import Exit, ScanError, exit_code, one_line
from scanner.i18n import _, n_
from scanner.rescans import rescan
from scanner.schedule import due
from scanner.store.connection import reading
from scanner.store.history import last_finished_rescan
from scanner.workspace import Workspace

_LOGS: Final = "logs"


def is_due(workspace: Workspace, at: time, now: datetime) -> bool:
    """Whether no rescan was finished since the last time one should have run."""
    with reading(workspace.database) as connection:
        started = last_finished_rescan(connection)
    return started is None or started.replace(tzinfo=UTC).astimezone().replace(tzinfo=None) < due(at, now)


def run(workspace: Workspace, at: time) -> int:
    """One night; its exit code. Whatever goes wrong stands in the log."""
    if not is_due(workspace, at, datetime.now()) or workspace.is_running():
        return Exit.OK
    log = Log(workspace.root / _LOGS)
    log.say(_("Rescan begins."))
    try:
        result = rescan(workspace, over=until_then(workspace.config.until))
        morning = summary(workspace, result)
        names = site_names(workspace)
        for line in (
            mornings.headline(morning),
            *mornings.unit_lines(morning, names),
            *mornings.problem_lines(morning, names),
        ):
            log.say(line)
        code = Exit.UNFINISHED if not result.finished else Exit.OK if result.complete else Exit.UNREAD
        if result.finished and workspace.config.purges:
            _purge(workspace, log)
    except (ScanError, PipelineError) as error:
        log.say(_("Error: {message}").format(message=one_line(error)))
        code = exit_code(error)
    except Exception as error:  # the log is all that anybody will see
        log.say(_("Error: the program itself failed ({kind}).").format(kind=type(error).__name__))
        code = Exit.INTERNAL
    log.say(_("Rescan ends with {code}.").format(code=code))
    _notify(workspace, log)
    return code


def _purge(workspace: Workspace, log: Log) -> None:
    """Raw text older than scan.toml allows goes; what cannot be thrown away never fails the scan."""
    from scanner import retention

    try:
        gone = retention.purge_when_due(workspace, workspace.config.keep_days, datetime.now())
        if gone:
            said = n_("Purge: {count} export was thrown away.", "Purge: {count} exports were thrown away.", len(gone))
            log.say(said.format(count=len(gone)))
    except (ScanError, PipelineError) as error:
        log.say(_("Purge failed: {message}").format(message=one_line(error)))
    except Exception as error:
        log.say(_("Purge failed: {message}").format(message=type(error).__name__))


def _notify(workspace: Workspace, log: Log) -> None:
    """A message that cannot be sent never fails the scan."""
    if not workspace.config.notify:
        return
    from scanner import notify

    try:
        for service, sent in notify.send(workspace.config.notify, *notify.message(workspace)):
            log.say(
                (_("Message sent: {service}.") if sent else _("Message not sent: {service}.")).format(service=service)
            )
    except Exception as error:
        log.say(_("Message not sent: {service}.").format(service=type(error).__name__))


class Log:
    """One file a month, a line each with the time before it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def say(self, line: str) -> None:
        now = datetime.now()
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with (self._folder / f"{now:%Y-%m}.log").open("a", encoding="utf-8") as file:
            file.write(f"{now:%Y-%m-%d %H:%M:%S}  {' '.join(line.split())}\n")


def last_lines(workspace: Workspace, count: int) -> list[str]:
    """The end of the newest log."""
    logs = sorted((workspace.root / _LOGS).glob("*.log"))
    return logs[-1].read_text("utf-8").splitlines()[-count:] if logs else []
