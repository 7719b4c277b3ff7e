"""The Chinese catalogue: what the code says, against what is translated.

``python -m tests.scanner.catalogue`` adds new messages to the .po file (empty: to be translated), drops those nobody
says any more, and compiles the .mo file that ``scan`` reads.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from pipelines.layout import _STORAGE_ERRNOS
from scanner.i18n import LOCALE_DIR

ROOT: Final = Path(__file__).parents[2]
PO: Final = LOCALE_DIR / "zh_CN" / "LC_MESSAGES" / "scan.po"
MO: Final = PO.with_suffix(".mo")

_MARKS: Final = {"_": 1, "N_": 1, "n_": 2}  # function: how many of its arguments are messages
_ERRORS: Final = {
    "PipelineError", "ArchiveError", "ArchiveMissing", "ArchiveEmpty", "ArchiveDamaged", "ArchiveUnknown",
    "StorageError",
}  # fmt: skip
# What click itself says on the way to a wrong command line, and in help.
_CLICK: Final = (
    "Usage:", "Options", "Commands", "Positional arguments", "Error: {message}", "Aborted!", "Missing command.",
    "Try '{command} {option}' for help.", "Invalid value: {message}", "Invalid value for {param_hint}: {message}",
    "Missing argument", "Missing option", "Missing parameter", "No such option {name!r}.", "No such command {name!r}.",
    "default: {default}", "env var: {var}", "required", "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.", "Option {name!r} does not take a value.",
    "{name} {filename!r} is a directory.",
    "Show the version and exit.", "Show this message and exit.", "file", "directory", "path",
    "{name} {filename!r} does not exist.", "Got unexpected extra argument ({args})",
)  # fmt: skip
_CLICK_PLURALS: Final = (
    ("Did you mean {possibility}?", "(Possible options: {possibilities})"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}."),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("(Did you mean one of: {possibilities}?)", "(Did you mean one of: {possibilities}?)"),
)

Message = str | tuple[str, str]


def said() -> set[Message]:
    """Every message id in scanner, in the errors of pipelines, and in click."""
    plural_ids = {one for one, _many in _CLICK_PLURALS}
    found: set[Message] = {message for message in _CLICK if message not in plural_ids} | set(_CLICK_PLURALS)
    for path in sorted((ROOT / "scanner").rglob("*.py")):
        if "synthetic" not in path.parts:
            found |= set(_marked(path))
    for path in sorted((ROOT / "pipelines").rglob("*.py")):
        found |= set(_in_errors(path))
    found |= {text for pair in _STORAGE_ERRNOS.values() for text in pair}
    return found - {""}


def translated(path: Path = PO) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale="zh_CN")


def compiled(catalogue: Catalog) -> bytes:
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def _marked(path: Path) -> Iterator[Message]:
    for call in _calls(path):
        if isinstance(call.func, ast.Name) and call.func.id in _MARKS:
            texts = _texts(call)[: _MARKS[call.func.id]]
            if len(texts) == 2:
                yield texts[0], texts[1]
            else:
                yield from texts


def _in_errors(path: Path) -> Iterator[Message]:
    """What an error says and asks for: literals or constants of the module, or nobody could translate them."""
    constants = _constants(path)
    for call in _calls(path):
        if isinstance(call.func, ast.Name) and call.func.id in _ERRORS:
            for value in (*call.args[:1], *call.args[2:3]):
                if not isinstance(value, ast.Constant | ast.Name):
                    raise ValueError(f"{path}:{value.lineno}: cannot be translated: {ast.unparse(value)}")
                text = value.value if isinstance(value, ast.Constant) else constants.get(value.id, "")
                yield str(text)


def _constants(path: Path) -> dict[str, str]:
    assigned = (node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.AnnAssign))
    return {ast.unparse(node.target): node.value.value for node in assigned if isinstance(node.value, ast.Constant)}


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))


def _texts(call: ast.Call) -> list[str]:
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return [value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]


def update() -> None:
    old = translated() if PO.exists() else Catalog(locale="zh_CN")
    new = Catalog(locale="zh_CN", project="scan", fuzzy=False, charset="utf-8", creation_date=old.creation_date)
    new.revision_date = old.revision_date
    for message in sorted(said(), key=str):
        known = old.get(message if isinstance(message, str) else message[0])
        new.add(message, known.string if known else None)
    with PO.open("wb") as stream:
        write_po(stream, new, width=0, sort_output=True, omit_header=False)
    MO.write_bytes(compiled(new))
    missing = [message.id for message in new if message.id and not _done(message.string)]
    for message_id in missing:
        print(repr(message_id))  # noqa: T201


def _done(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    update()
