"""Reads the tables among the package's data files: one row a line, fields parted by spaces, ``#`` begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``patterns/lexicons/<name>.txt``, each split into its fields, without comments and empty lines."""
    text = files("patterns.lexicons").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return tuple(tuple(fields) for fields in lines if fields)
