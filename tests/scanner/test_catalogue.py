"""Everything the code says has Chinese words, and the compiled catalogue is the readable one."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from scanner import i18n
from tests.scanner.catalogue import MO, compiled, said, translated


def test_every_message_is_translated_and_none_is_left_over() -> None:
    catalogue = {m.id if isinstance(m.id, str) else tuple(m.id): m.string for m in translated() if m.id}
    assert set(catalogue) == said(), "run: python -m tests.scanner.catalogue"
    empty = [i for i, string in catalogue.items() if not (all(string) if isinstance(string, tuple) else string)]
    assert empty == []


def test_the_compiled_catalogue_is_the_readable_one() -> None:
    assert MO.read_bytes() == compiled(translated()), "run: python -m tests.scanner.catalogue"


def test_a_translation_fills_no_field_that_its_message_does_not_have() -> None:
    for message in translated():
        if message.id:
            ids = (message.id,) if isinstance(message.id, str) else message.id
            strings = (message.string,) if isinstance(message.string, str) else message.string
            allowed = {name for text in ids for name in _fields(text)}
            assert all(_fields(string) <= allowed for string in strings), message.id


def test_no_translation_speaks_english() -> None:
    """A word of four letters or more is a command, an option, a file or a code: never a sentence."""
    for message in translated():
        if message.id and isinstance(message.string, str):
            assert re.search("[\u4e00-\u9fff、。：；（]", message.string), message.id


@pytest.mark.parametrize(
    ("argv", "environ", "language"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LANG": "zh_CN.GBK"}, "zh"),
        (["run", "--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["--lang=zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["check", "--", "--lang", "en"], {}, "zh"),
        (["--lang", "fr"], {}, "zh"),
    ],
)
def test_the_language_is_asked_for_or_the_locales(argv: list[str], environ: dict[str, str], language: str) -> None:
    assert i18n.detect(argv, environ) == language


def test_both_languages_can_be_spoken_in_turn() -> None:
    i18n.activate("zh")
    assert i18n._("severity") == "级别"
    i18n.activate("en")
    assert i18n._("severity") == "severity"


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
