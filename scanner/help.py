"""click, speaking the active language: help is translated where it is shown and wrapped by terminal columns.

``command``, ``option`` and ``argument`` take English message ids as ``help``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any, Final

import click

from scanner.i18n import LANGUAGES, N_, _
from scanner.widths import width, wrap

CONTEXT: Final = {"help_option_names": ["-h", "--help"]}
_LEFT_MOST: Final = 30  # columns the left side of a definition list may take


class _Formatter(click.HelpFormatter):
    """Wraps by columns, not by characters; paragraphs parted by an empty line, ``\\b`` keeps a paragraph's lines."""

    def write_text(self, text: str) -> None:
        room = max(self.width - self.current_indent, 20)
        for number, paragraph in enumerate(text.split("\n\n")):
            if number:
                self.write("\n")
            as_is = paragraph.startswith("\b")
            lines = paragraph.lstrip("\b\n").split("\n") if as_is else wrap(_joined(paragraph), room)
            self.write("".join(f"{'':{self.current_indent}}{line}\n" for line in lines))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _LEFT_MOST, col_spacing: int = 2) -> None:
        rows = list(rows)
        left = min(max((width(term) for term, _text in rows), default=0), col_max) + col_spacing
        room = max(self.width - self.current_indent - left, 20)
        for term, text in rows:
            first, *others = wrap(text, room) or [""]
            gap = left - width(term)
            head = term + (" " * gap if gap >= col_spacing else "\n" + " " * (self.current_indent + left))
            self.write(f"{'':{self.current_indent}}{head}{first}".rstrip() + "\n")
            self.write("".join(f"{'':{self.current_indent + left}}{line}\n" for line in others))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose ``help`` and ``epilog`` are message ids."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:  # click made it once, in the language of that moment
            option.help = _("Show this help and exit.")
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_translated(self.help))

    def get_short_help_str(self, limit: int = 45) -> str:
        return _translated(self.help).partition("\n\n")[0].replace("\n", " ")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.epilog:
            with formatter.section(_("Examples")):
                formatter.write_text("\b\n" + _translated(self.epilog))


class Group(Command, click.Group):
    """Commands in the order they were added: the order in which a person meets them."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


class _Option(click.Option):
    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace(self.help or "", _(self.help or ""), 1))

    def make_metavar(self, ctx: click.Context) -> str:
        if self.metavar is None and isinstance(self.type, click.IntRange):
            return _("NUMBER")
        return _(super().make_metavar(ctx))

    def get_help_extra(self, ctx: click.Context) -> Any:
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)  # said when it is overstepped
        return extra


class _Argument(click.Argument):
    def make_metavar(self, ctx: click.Context) -> str:
        return _(super().make_metavar(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        return self.make_metavar(ctx), _(self.help or "")


def option(*names: str, **attrs: Any) -> Callable[[Any], Any]:
    return click.option(*names, cls=_Option, **attrs)


def argument(*names: str, **attrs: Any) -> Callable[[Any], Any]:
    return click.argument(*names, cls=_Argument, **attrs)


def command(name: str, *, help: str, epilog: str = "") -> Callable[[Callable[..., int]], Command]:
    """A command that returns its exit code; it knows --lang and --debug wherever they stand."""

    def wrapper(function: Callable[..., int]) -> Command:
        made = click.command(
            name, cls=Command, help=help, epilog=epilog or None, options_metavar=N_("[OPTIONS]"),
            context_settings=CONTEXT,
        )(function)  # fmt: skip
        made.params += common()
        return made

    return wrapper


def group(name: str, *, help: str, commands: Iterable[click.Command]) -> Group:
    """A command that only holds others: ``scan case show``."""
    made = Group(
        name, help=help, context_settings=CONTEXT, options_metavar=N_("[OPTIONS]"), subcommand_metavar=N_("COMMAND …")
    )
    made.params += common()
    for one in commands:
        made.add_command(one)
    return made


def common() -> list[click.Parameter]:
    """What every command and the group itself accept; main() has read both before click sees them."""
    lang = N_("Language: zh Chinese, en English.")
    return [
        _Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=lang),
        _Option(["--debug"], is_flag=True, expose_value=False, hidden=True),
    ]


def _joined(paragraph: str) -> str:
    return " ".join(line.strip() for line in paragraph.splitlines())


def _translated(text: str | None) -> str:
    return _(inspect.cleandoc(text)) if text else ""
