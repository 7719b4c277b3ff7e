"""scan check: files before they are published. No workspace, no database."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scanner.commands.options import SeverityType, named_root
from scanner.errors import Exit, InputError
from scanner.help import argument, command, option
from scanner.i18n import N_

if TYPE_CHECKING:
    from patterns.schema import Severity
    from pipelines.check import Checked
    from scanner.checks import Verdict
    from scanner.config import Config

_STDIN: Final = Path("-")


@command(
    "check",
    help=N_(
        "Check files before they are published: what personal information is in them, and where.\n\n"
        "PATH is a file, a folder or an archive; - reads standard input. Nothing is stored.\n\n"
        "Ends with 1 when something at or above --fail-on was found, with 3 when a file could not be read, "
        "with 0 when all is well."
    ),
    epilog=N_("scan check list.xlsx\nscan check notice/ --fail-on high\nscan check - < notice.html"),
)
@argument(
    "paths", nargs=-1, required=True, metavar=N_("PATH…"),
    type=click.Path(path_type=Path, readable=False, allow_dash=True),
    help=N_("Files or folders, or - for standard input."),
)  # fmt: skip
@option(
    "--fail-on", type=SeverityType(), help=N_("From which severity on the check fails; default: medium."),
)  # fmt: skip
@option(
    "--format", "kind", type=click.Choice(["text", "jsonl"]), default="text", show_default=True,
    help=N_("text for people, jsonl for programs."),
)  # fmt: skip
@option("--reveal", is_flag=True, help=N_("Show the numbers in full instead of masked."))
@option(
    "--all", "everything", is_flag=True, help=N_("Also what is no problem by itself: a name alone, an office phone.")
)
@option(
    "--workers", type=click.IntRange(1, 256), metavar=N_("NUMBER"), help=N_("Processes that work at once."),
)  # fmt: skip
def check(
    paths: tuple[Path, ...], fail_on: Severity | None, kind: str, reveal: bool, everything: bool, workers: int | None
) -> int:
    from scanner.starting import start_workers

    start_workers()
    from scanner.checks import Verdict

    config = _configured()
    verdict = Verdict(fail_on or config.fail_on)
    checked = _checked(paths, config, everything, workers)
    if kind == "jsonl":
        _print_jsonl(checked, verdict, reveal)
    else:
        _print_text(checked, verdict, reveal)
    if not verdict.files:
        raise InputError(N_("There is no file in it"), ", ".join(map(str, paths)), N_("Check the name and try again."))
    return Exit.FOUND if verdict.failed else Exit.UNREAD if verdict.unread else Exit.OK


def _configured() -> Config:
    """As scan.toml says where there is a workspace."""
    from scanner.config import Config, load
    from scanner.workspace import is_workspace

    root = named_root(None)
    return load(root / "scan.toml") if is_workspace(root) else Config()


def _checked(paths: tuple[Path, ...], config: Config, everything: bool, workers: int | None) -> Iterator[Checked]:
    import secrets

    from pipelines.check import Given, iter_checked

    given = [Given("-", sys.stdin.buffer.read()) if path == _STDIN else path for path in paths]
    key = secrets.token_bytes(32)  # fingerprints of one check mean nothing to another
    processes = workers or _default_workers(paths)
    return iter_checked(given, key=key, everything=everything, workers=processes, passwords=config.passwords)


def _default_workers(paths: tuple[Path, ...]) -> int:
    """A worker for each processor where there is much to do; starting them costs more than one small file does."""
    alone = len(paths) == 1 and not paths[0].is_dir()
    return 1 if alone else os.cpu_count() or 1


def _print_jsonl(checked: Iterator[Checked], verdict: Verdict, reveal: bool) -> None:
    from scanner.checks import closing, rows
    from scanner.output import binary_output, json_line, say

    with binary_output(None) as stream:
        for one in checked:
            verdict.add(one)
            for row in rows(one, reveal=reveal):
                stream.write(json_line(row))
    if verdict.files:
        say(closing(verdict))


def _print_text(checked: Iterator[Checked], verdict: Verdict, reveal: bool) -> None:
    from scanner.checks import closing, lines
    from scanner.output import say

    columns = max(shutil.get_terminal_size().columns, 40)
    for one in checked:
        verdict.add(one)
        for line in lines(one, columns, reveal=reveal):
            click.echo(line)
    if verdict.files:
        say(closing(verdict))
