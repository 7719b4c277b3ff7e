"""Reads a settings file a clerk has edited, and says in which line it cannot be understood."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from scanner.errors import ConfigError, Message
from scanner.i18n import N_

# What a file may hold, by key: a type, STRINGS, a nested table, or a list with the one table that repeats.
Shape = Mapping[str, Any]
STRINGS: Final = (str,)

_NAMES: Final = {
    str: N_("a text in quotes"),
    int: N_("a whole number"),
    float: N_("a number"),
    bool: N_("true or false"),
    STRINGS: N_("a list of texts in quotes"),
}
_SECTIONS: Final = (N_("a section in [brackets]"), N_("a section in [[double brackets]]"))
_FIX: Final = N_("Correct the file and try again.")
_WIDE: Final = re.compile("[“”‘’＝［］【】，。：；\u3000]")
_HEADER: Final = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")


def read(path: Path, shape: Shape) -> dict[str, Any]:
    """The file's content. Raises ConfigError naming the file and, where there is one, the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except FileNotFoundError:
        todo = N_("Restore it, or make a new workspace with `scan init`.")
        raise ConfigError(N_("The settings file is missing"), path, todo) from None
    except UnicodeDecodeError:
        raise ConfigError(N_("The settings file is not saved as UTF-8"), path, N_("Save it again as UTF-8.")) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        number = int(line[1]) if line else text.count("\n") + 1
        raise ConfigError(
            N_("The settings file has a mistake"), _at(path, number), _likely(str(error), text.split("\n")[number - 1])
        ) from None
    _Checker(path, text).table(content, shape, ())
    return content


def _likely(error: str, line: str) -> str:
    """What the person who wrote a line has to look for."""
    if re.search("twice|overwrite|immutable|mutate", error):
        return N_("It is written a second time: put both into one place.")
    if _WIDE.search(line.partition("#")[0]):
        return N_("There is a full-width quote, bracket, sign or space: write it in half width.")
    if "\\" in line:
        return N_("Write a folder with / instead of a backslash, or between single quotes.")
    return N_("Look for a missing quote, bracket or equals sign there.")


class _Checker:
    def __init__(self, path: Path, text: str) -> None:
        self.path, self.lines = path, text.splitlines()

    def table(self, content: Mapping[str, Any], shape: Shape, header: tuple[str, ...], index: int = 0) -> None:
        for key, value in content.items():
            if key not in shape and "*" not in shape:
                raise self._unknown(key, shape, header, index)
            self.value(key, value, shape.get(key, shape.get("*")), header, index)

    def value(self, key: str, value: Any, wanted: Any, header: tuple[str, ...], index: int) -> None:
        if isinstance(wanted, Mapping) and isinstance(value, Mapping):
            self.table(value, wanted, (*header, key))
        elif isinstance(wanted, list) and isinstance(value, list) and all(isinstance(v, Mapping) for v in value):
            for number, item in enumerate(value):
                self.table(item, wanted[0], (*header, key), number)
        elif isinstance(wanted, Mapping | list) or not _fits(value, wanted):
            name = _NAMES[wanted] if not isinstance(wanted, Mapping | list) else _SECTIONS[isinstance(wanted, list)]
            raise ConfigError(
                N_("The setting {key} must be {kind}"),
                _at(self.path, self._line(key, header, index)),
                _FIX,
                {"key": key, "kind": Message(name)},
            )

    def _unknown(self, key: str, shape: Shape, header: tuple[str, ...], index: int) -> ConfigError:
        near = get_close_matches(key, shape, 1)
        todo = N_("Did you mean {near}?") if near else N_("Known here: {known}.")
        return ConfigError(
            N_("There is no setting called {key}"),
            _at(self.path, self._line(key, header, index)),
            todo,
            {"key": key, "near": "".join(near), "known": ", ".join(shape)},
        )

    def _line(self, key: str, header: tuple[str, ...], index: int) -> int:
        """The line of a key in the ``index``-th table of that name; 1 when it is written some other way."""
        wanted, current, seen = ".".join(header), "", -1 if header else 0
        pattern = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        own_header = ".".join((*header, key))
        for number, line in enumerate(self.lines, start=1):
            if found := _HEADER.match(line):
                current = found[1].replace(" ", "")
                seen += current == wanted
                if current == own_header:
                    return number
            elif current == wanted and seen == index and pattern.match(line):
                return number
        return 1


def _fits(value: Any, wanted: Any) -> bool:
    if wanted == STRINGS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if isinstance(value, bool):
        return wanted is bool
    return isinstance(value, (int, float) if wanted is float else wanted)


def _at(path: Path, line: int) -> str:
    return f"{path}:{line}"
