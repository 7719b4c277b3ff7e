"""Where output goes: data on standard output, narration on standard error; files appear whole or not at all."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import click

from scanner.errors import from_os
from scanner.widths import wrap


def say(message: str = "") -> None:
    """Narration: on standard error."""
    _echo(message, sys.stderr)


def tell(message: str = "") -> None:
    """A line of the answer itself: on standard output."""
    _echo(message, sys.stdout)


def _echo(message: str, stream: TextIO) -> None:
    """Broken into lines on a terminal, where Chinese text has no spaces to break at; whole everywhere else."""
    if stream.isatty():
        indent = len(message) - len(message.lstrip(" "))
        lines = wrap(message[indent:], shutil.get_terminal_size().columns - indent) or [""]
        message = "\n".join(" " * indent + line for line in lines)
    click.echo(message, file=stream)


def json_line(row: Mapping[str, Any]) -> bytes:
    """One line of JSONL. A file name that is no Unicode is escaped, so that the line stays valid."""
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


@contextmanager
def binary_output(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or ``path``, which gets its new content only when all of it is written."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as stream:
            temporary.chmod(0o600)
            yield stream
        temporary.replace(path)
    except OSError as error:
        raise from_os(error, path) from None
    finally:
        temporary.unlink(missing_ok=True)
