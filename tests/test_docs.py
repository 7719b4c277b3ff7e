"""README.md says what there is: every command, option and exit code, in both directions; and pinned versions."""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click
import pytest

from scanner.cli import cli
from scanner.errors import Exit

ROOT: Final = Path(__file__).parents[1]
README: Final = (ROOT / "README.md").read_text("utf-8")
LOCK: Final = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
COMMON: Final = {"--help", "-h", "--lang", "--debug", "--workspace", "-w"}
ROWS: Final = dict(re.findall(r"^\| `scan (\w+)` \|(.*)$", README, re.MULTILINE))
OPTION: Final = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def options(command: click.Command) -> set[str]:
    """Of a command; of a group also those of the commands it holds."""
    if isinstance(command, click.Group) and command is not cli:
        return set().union(*(options(one) for one in command.commands.values())) | COMMON
    return {name for p in command.params if isinstance(p, click.Option) for name in (*p.opts, *p.secondary_opts)}


def test_the_table_has_every_command_and_no_other() -> None:
    assert set(ROWS) == set(cli.commands)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_a_commands_row_has_its_options_and_no_other(name: str) -> None:
    said, there = set(OPTION.findall(ROWS[name])), {o for o in options(cli.commands[name]) if o.startswith("--")}
    if "`findings`" in ROWS[name]:  # its English half refers to the filters of findings
        said |= set(OPTION.findall(ROWS["findings"])) & there
    assert said - {"--workspace"} == there - COMMON


def test_the_row_of_a_group_names_its_commands() -> None:
    for name, command in cli.commands.items():
        if isinstance(command, click.Group):
            assert set(re.findall(r"`(\w+)`", ROWS[name])) >= set(command.commands), name


def test_options_named_anywhere_exist() -> None:
    known = COMMON | options(cli).union(*(options(command) for command in cli.commands.values()))
    assert set(OPTION.findall(re.sub(r"`python -m [^`]*`", "", README))) <= known


def test_examples_are_commands_that_exist() -> None:
    examples = re.findall(r"^    .*?\bscan ([^|&\n]*)", README, re.MULTILINE)
    assert len(examples) >= 6
    for words in (example.split() for example in examples):
        command = cli.commands[words[0]]
        assert {word for word in words[1:] if word.startswith("-") and word != "-"} <= options(command) | COMMON


def test_exit_codes() -> None:
    codes = {value for name, value in vars(Exit).items() if name.isupper()}
    table = README.partition("## 退出码")[2].partition("\n## ")[0]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == codes


def test_every_figure_names_a_benchmark_that_exists() -> None:
    section = README.partition("## 度量")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|") and not line.startswith(("| 度", "|--"))]
    assert rows
    for row in rows:
        ((module, given),) = re.findall(r"`python -m (benchmarks\.\w+)([^`]*)`", row)
        found = find_spec(module)
        assert found and found.origin, row
        assert all(f'"{option}"' in Path(found.origin).read_text("utf-8") for option in OPTION.findall(given)), row


def test_files_named_exist() -> None:
    for path in re.findall(r"`((?:patterns|pipelines|scanner|benchmarks|\.ci)/[\w./]*)`", README):
        assert (ROOT / path).exists(), path


def _name(requirement: str) -> str:
    return re.split(r"[\s<>=\[;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_every_dependency_is_pinned_and_its_licence_stands_in_the_readme() -> None:
    pinned = {_name(line) for line in LOCK.splitlines() if "==" in line}
    runtime = {_name(line) for line in PROJECT["dependencies"]}
    table = README.partition("## 依赖")[2]
    assert runtime | {_name(line) for line in PROJECT["optional-dependencies"]["dev"]} <= pinned
    assert all(f"`{extra}`" in table for extra in PROJECT["optional-dependencies"])
    assert {_name(name) for name in re.findall(r"^\| ([\w-]+) \|", table, re.MULTILINE)} >= runtime
    assert "://" not in LOCK
