"""Options several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.help import option
from scanner.i18n import N_, _

if TYPE_CHECKING:
    from patterns.schema import Severity
    from scanner.workspace import Workspace


class SeverityType(click.ParamType["Severity"]):
    """info … critical, or 提示 … 严重."""

    name = "severity"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return _("LEVEL")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Severity:
        from scanner import severities

        severity = severities.parse(str(value))
        if severity is None:
            names = _("info, low, medium, high, critical")
            self.fail(_("{value} is no severity. Use one of: {names}.").format(value=value, names=names), param, ctx)
        return severity


class ClockType(click.ParamType["time"]):
    """A time of day: 06:00."""

    name = "time"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return _("TIME")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        from scanner.config import clock_time
        from scanner.errors import ConfigError

        try:
            return value if isinstance(value, time) else clock_time(str(value))
        except ConfigError:
            self.fail(
                _("{given} is no time of day").format(given=value) + _(". ") + _('Write it as "06:00".'), param, ctx
            )


workspace_option: Callable[[Any], Any] = option(
    "-w", "--workspace", "root", type=click.Path(path_type=Path, readable=False), metavar=N_("FOLDER"),
    help=N_("The workspace. Default: SCAN_WORKSPACE, else the current folder."),
)  # fmt: skip


reviewer_option: Callable[[Any], Any] = option(
    "--reviewer", default="", metavar=N_("NAME"),
    help=N_("Who does this; it is kept with it. Default: SCAN_REVIEWER, else your login name."),
)  # fmt: skip
note_option: Callable[[Any], Any] = option(
    "--note", default="", metavar=N_("TEXT"), help=N_("A remark to keep with it; numbers in it are masked.")
)


def who(reviewer: str) -> str:
    """The name a decision is recorded under. Raises InputError when nobody is known."""
    import getpass

    from scanner.errors import InputError

    try:
        return reviewer.strip() or os.environ.get("SCAN_REVIEWER", "").strip() or getpass.getuser()
    except (KeyError, OSError):  # a user the system has no name for
        raise InputError(N_("It is not known who does this"), "", N_("Say it with --reviewer NAME.")) from None


def named_root(root: Path | None) -> Path:
    """Where the workspace is said to be: after the command, before it, in the environment, or here."""
    before = click.get_current_context().find_root().obj
    return root or before or Path(os.environ.get("SCAN_WORKSPACE") or ".")


def workspace(root: Path | None) -> Workspace:
    """The workspace the options name. Raises WorkspaceError when there is none."""
    from scanner.workspace import open_workspace

    return open_workspace(named_root(root))


def filters(function: Any) -> Any:
    """--severity, --site, --unit and --type, for findings and export."""
    options = (
        option("--severity", type=SeverityType(),
               help=N_("Only this severity and above: info, low, medium, high, critical.")),
        option("--site", default="", metavar=N_("NAME"), help=N_("Only this site: its id, or a part of it.")),
        option("--unit", default="", metavar=N_("NAME"), help=N_("Only this unit: its name, or a part of it.")),
        option("--type", "entity_type", default="", metavar=N_("TYPE"),
               help=N_("Only this kind: RESIDENT_ID, MOBILE, LANDLINE, BANK_CARD, EMAIL, PERSON_NAME, …")),
    )  # fmt: skip
    for decorate in reversed(options):
        function = decorate(function)
    return function
