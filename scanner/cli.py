"""The ``scan`` command: reads the language, finds the command, turns every error into one line and an exit code."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from pipelines.errors import PipelineError
from scanner import i18n
from scanner.commands.case import case
from scanner.commands.check import check
from scanner.commands.coverage import coverage
from scanner.commands.demo import demo
from scanner.commands.explain import explain
from scanner.commands.export import export
from scanner.commands.findings import findings
from scanner.commands.history import diff, history
from scanner.commands.init import init
from scanner.commands.notify import notify
from scanner.commands.purge import purge
from scanner.commands.rescan import rescan
from scanner.commands.review import review
from scanner.commands.run import run
from scanner.commands.schedule import schedule
from scanner.commands.stats import audit, stats
from scanner.commands.status import status
from scanner.commands.suppressions import suppressions
from scanner.commands.takedown import takedown
from scanner.errors import Exit, ScanError, exit_code, from_os, one_line
from scanner.help import CONTEXT, Group, common, option
from scanner.i18n import N_, _
from scanner.widths import visible


@click.group(
    "scan",
    cls=Group,
    context_settings=CONTEXT,
    options_metavar=N_("[OPTIONS]"),
    subcommand_metavar=N_("COMMAND …"),
    help=N_(
        "Finds personal information that a public website should not show: ID numbers, phone numbers, bank cards.\n\n"
        "New here? Type `scan demo` to see it work, or `scan check FILE` to check a file before it is published."
    ),
)
@option(
    "-w",
    "--workspace",
    "root",
    type=click.Path(path_type=Path, readable=False),
    metavar=N_("FOLDER"),
    help=N_("The workspace. Default: SCAN_WORKSPACE, else the current folder."),
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    help=N_("Show the version and exit."),
    callback=lambda context, _parameter, asked: _show_version(context) if asked else None,
)
@click.pass_context
def cli(context: click.Context, root: Path | None) -> None:
    context.obj = root


cli.params += common()
for _command in (
    check, coverage, demo, init, run, rescan, status, findings, review, case, takedown, suppressions, stats, audit,
    explain, export, history, diff, purge, schedule, notify,
):  # fmt: skip
    cli.add_command(_command)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; the exit code (scanner.errors.Exit)."""
    _open_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    i18n.activate(i18n.detect(arguments, os.environ))
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a GBK terminal cannot show every character
    logging.disable(logging.CRITICAL)  # libraries log what they read
    debug = "--debug" in arguments
    try:
        return _run(arguments)
    except BaseException as error:
        if debug:
            _trace(error)
        return _fail(error)


def _open_streams() -> None:
    """A scheduler may have closed them: then nobody reads what is written."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (until the end)


def script() -> NoReturn:
    """The console script. Whatever it writes is for its owner's eyes."""
    os.umask(0o077)
    # Worker processes are started as commands, for which Python looks for modules in the current folder first of all:
    # in one of downloaded files a tarfile.py would be run.
    os.environ["PYTHONSAFEPATH"] = "1"
    code = main()
    with suppress(BrokenPipeError, ValueError):  # the reader is gone
        sys.stdout.flush()
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    result = cli.main(arguments, prog_name="scan", standalone_mode=False)
    sys.stdout.flush()
    return int(result or 0)


def _fail(error: BaseException) -> int:
    """Say what went wrong in one line; the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return Exit.USAGE
    if isinstance(error, click.MissingParameter) and error.param is not None:  # click's own ends half in English
        what = error.param.get_error_hint(error.ctx)
        error = click.UsageError(_("What is missing: {what}.").format(what=what), error.ctx)
    if isinstance(error, click.ClickException):
        error.show()
        return Exit.USAGE
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return _say(_("Stopped. What is finished is kept; run the same command again to go on."), Exit.INTERRUPTED)
    if isinstance(error, BrokenPipeError):  # `scan export | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    if isinstance(error, OSError):
        error = from_os(error)
    if isinstance(error, (ScanError, PipelineError)):
        return _say(_("Error: {message}").format(message=one_line(error)), exit_code(error))
    if isinstance(error, SystemExit):
        return int(error.code) if isinstance(error.code, int) else Exit.INTERNAL
    if isinstance(error, MemoryError):
        return _say(_("Error: there is not enough memory. Close other programs, or use fewer --workers."), Exit.OUTPUT)
    kind = type(error).__name__
    message = _("Error: the program itself failed ({kind}). Nothing is lost; run it again with --debug and report it.")
    return _say(message.format(kind=kind), Exit.INTERNAL)


def _say(message: str, code: int) -> int:
    click.echo(visible(message), err=True)
    return code


def _trace(error: BaseException) -> None:
    """Where an error came from. Its words are left out: they may quote a document."""
    seen: BaseException | None = error
    while seen is not None:
        click.echo("".join(traceback.format_tb(seen.__traceback__)) + type(seen).__name__, err=True)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _show_version(context: click.Context) -> None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("disclosure-scan")
    except PackageNotFoundError:
        number = "?"
    click.echo(f"scan {number}")
    context.exit()


if __name__ == "__main__":
    script()
