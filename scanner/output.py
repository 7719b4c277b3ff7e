"""Where output goes: data on standard output, narration on standard error; files appear whole or not at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from scanner.errors import from_os


def say(message: str = "") -> None:
    """Narration: a line on standard error."""
    click.echo(message, err=True)


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
        raise from_os(error) from None
    finally:
        temporary.unlink(missing_ok=True)
