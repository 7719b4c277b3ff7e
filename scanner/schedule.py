"""The nightly rescan in the hands of the system: a systemd timer, else a crontab entry, else lines to hand over.

What runs is always ``scan schedule run``: it does nothing unless a night is due, so a night the machine slept through
is caught up as soon as it is awake, and none is done twice. systemd remembers missed times itself; cron asks hourly.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Final

from scanner.errors import OutputError, from_os
from scanner.i18n import N_, language

SYSTEMD: Final = "systemd"
CRON: Final = "cron"
PRINT: Final = "print"
BACKENDS: Final = (SYSTEMD, CRON, PRINT)
_RUNNING_SYSTEMD: Final = Path("/run/systemd/system")


@dataclass(frozen=True, slots=True)
class Nightly:
    """What is to run: the workspace's rescan at a time of day."""

    root: Path
    at: time

    @property
    def name(self) -> str:
        """Of the units: one a workspace."""
        return f"scan-{blake2b(str(self.root.resolve()).encode(), digest_size=4).hexdigest()}"

    @property
    def command(self) -> list[str]:
        at = self.at.strftime("%H:%M")
        here = [sys.executable, "-P", "-m", "scanner", "schedule", "run"]  # whatever lies in the current folder
        return [*here, "--at", at, "-w", str(self.root.resolve()), "--lang", language()]


def backend() -> str:
    """What this machine has."""
    if _RUNNING_SYSTEMD.is_dir() and shutil.which("systemctl"):
        return SYSTEMD
    return CRON if shutil.which("crontab") else PRINT


def due(at: time, now: datetime) -> datetime:
    """The last time it should have run."""
    today = datetime.combine(now.date(), at)
    return today if today <= now else today - timedelta(days=1)


# systemd


def units(nightly: Nightly) -> dict[str, str]:
    """The two units, by file name. Exit codes 3 and 9 are no failures: something was unread, or the time was up."""
    root = _escaped(str(nightly.root.resolve()))
    service = (
        f"[Unit]\nDescription=scan: nightly rescan of {root}\n\n"
        f"[Service]\nType=oneshot\nExecStart={' '.join(map(_quoted, nightly.command))}\n"
        "SuccessExitStatus=3 9\nUMask=0077\nNice=10\nIOSchedulingClass=idle\n"
    )
    timer = (
        f"[Unit]\nDescription=scan: every night at {nightly.at:%H:%M}\n\n"
        f"[Timer]\nOnCalendar=*-*-* {nightly.at:%H:%M}:00\nPersistent=true\nUnit={nightly.name}.service\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    return {f"{nightly.name}.service": service, f"{nightly.name}.timer": timer}


def _escaped(text: str) -> str:
    return text.replace("%", "%%").replace("\n", " ")


def _quoted(word: str) -> str:
    escaped = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"'


def unit_folder() -> Path:
    if os.geteuid() == 0:
        return Path("/etc/systemd/system")
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def _systemctl(*words: str) -> None:
    user = [] if os.geteuid() == 0 else ["--user"]
    _run(["systemctl", *user, *words])


# cron


def cron_lines(nightly: Nightly) -> list[str]:
    """An hourly question whether a night is due; the first one after the time of day is the right moment."""
    command = " ".join(map(shlex.quote, nightly.command)).replace("%", "\\%")
    return [f"# {nightly.name}", f"{nightly.at.minute} * * * * {command} >/dev/null 2>&1"]


def _crontab() -> list[str]:
    shown = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)
    return shown.stdout.splitlines() if shown.returncode == 0 else []


def _without(lines: Sequence[str], name: str) -> list[str]:
    kept, skip = list[str](), False
    for line in lines:
        if line == f"# {name}":
            skip = True
        elif skip:
            skip = False
        else:
            kept.append(line)
    return kept


def _write_crontab(lines: Sequence[str]) -> None:
    _run(["crontab", "-"], "\n".join(lines) + "\n" if lines else "")


# what the command does


def install(nightly: Nightly, by: str) -> None:
    """Puts the entry there, in the place of an earlier one of this workspace."""
    if by == SYSTEMD:
        for name, content in units(nightly).items():
            _write(unit_folder() / name, content)
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", f"{nightly.name}.timer")
    elif by == CRON:
        if not shutil.which("crontab"):
            todo = N_("Hand the lines of `scan schedule install --by print` to the operator.")
            raise OutputError(N_("There is no crontab on this computer"), "", todo)
        _write_crontab([*_without(_crontab(), nightly.name), *cron_lines(nightly)])


def installed(nightly: Nightly) -> tuple[str, list[str]] | None:
    """(backend, its lines) of this workspace's entry; None when there is none."""
    timer = unit_folder() / f"{nightly.name}.timer"
    if timer.is_file():
        return SYSTEMD, [str(timer), *timer.read_text("utf-8").splitlines()]
    lines = _crontab() if shutil.which("crontab") else []
    mark = f"# {nightly.name}"
    return (CRON, lines[lines.index(mark) + 1 : lines.index(mark) + 2]) if mark in lines else None


def remove(nightly: Nightly) -> bool:
    """Takes the entry away, wherever it is; whether there was one."""
    found = installed(nightly)
    if found and found[0] == SYSTEMD:
        if _RUNNING_SYSTEMD.is_dir():
            _systemctl("disable", "--now", f"{nightly.name}.timer")
        for name in units(nightly):
            (unit_folder() / name).unlink(missing_ok=True)
        if _RUNNING_SYSTEMD.is_dir():
            _systemctl("daemon-reload")
    elif found:
        _write_crontab(_without(_crontab(), nightly.name))
    return found is not None


def _write(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise from_os(error, path) from None


def _run(command: Sequence[str], given: str | None = None) -> None:
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    except OSError as error:
        raise from_os(error, command[0]) from None
    if done.returncode:
        what = N_("The schedule could not be changed: {detail}")
        todo = N_("Hand the lines of `scan schedule install --by print` to the operator.")
        detail = (done.stderr.strip().splitlines() or [str(done.returncode)])[0]
        raise OutputError(what, command[0], todo, {"detail": detail})
