"""No file of the project names the machine it was made on, a registry, or what is not part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
FOLDERS: Final = ("patterns", "pipelines", "scanner", "benchmarks", "tests", ".ci")
TEXT: Final = {".py", ".toml", ".txt", ".md", ".po", ".lock", ".sh", ""}
# Written in pieces, so that this file does not name them.
FORBIDDEN: Final = re.compile(
    "|".join(("/wor" + "k/", "shared" + "/", "/ro" + "ot/", "/ho" + "me/", "index-" + "url", "pypi" + r"\."))
)


def files() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXT)
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts:
                yield path


def test_no_path_or_host_of_a_workplace() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (match := FORBIDDEN.search(line))
    ]
    assert not found


@pytest.mark.parametrize("line", ["cd /wor" + "k/main", "see shared" + "/DESIGN.md", "https://pypi" + ".org/simple"])
def test_what_is_forbidden_is_seen(line: str) -> None:
    assert FORBIDDEN.search(line)
