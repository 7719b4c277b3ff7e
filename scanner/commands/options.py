"""Options several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

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


class KindType(click.ParamType[str]):
    """A kind of value by its name on the screen or a part of it (手机, 住址), or by its code: MOBILE, ADDRESS."""

    name = "type"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return _("TYPE")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from scanner import kinds

        found = kinds.parse(str(value))
        if len(found) > 1:
            names = _(", ").join(kinds.names(found))
            self.fail(_("{value} may be one of: {names}.").format(value=value, names=names), param, ctx)
        if value and not found:
            names = _(", ").join(kinds.names())
            self.fail(
                _("{value} is no kind of value. Use one of: {names}.").format(value=value, names=names), param, ctx
            )
        return found[0] if found else ""


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


def site_id(place: Workspace, typed: str) -> str:
    """The id of the site that is called so in sites.toml; anything else stays: an id, or a part of one.

    Raises InputError when the words are part of the names of several sites and of no id."""
    from scanner.errors import InputError

    sites = place.sites.sites
    if any(typed in site.id for site in sites):
        return typed
    called = [site for site in sites if site.name == typed] or [site for site in sites if typed in site.name]
    if len(called) > 1:
        names = _(", ").join(site.name for site in called)
        raise InputError(N_("Several sites are called so"), names, N_("Write the whole name, or the id."))
    return called[0].id if called else typed


ONLY_SITE: Final = N_("Only this site: its name or its id, or a part of it.")


def filters(function: Any) -> Any:
    """--severity, --site, --unit and --type, for findings and export."""
    options = (
        option("--severity", type=SeverityType(),
               help=N_("Only this severity and above: info, low, medium, high, critical.")),
        option("--site", default="", metavar=N_("NAME"), help=ONLY_SITE),
        option("--unit", default="", metavar=N_("NAME"), help=N_("Only this unit: its name, or a part of it.")),
        option("--type", "entity_type", type=KindType(), default="",
               help=N_("Only this kind of value: its name or a part of it (mobile, account), or its code (MOBILE).")),
    )  # fmt: skip
    for decorate in reversed(options):
        function = decorate(function)
    return function
