"""The language of everything a person reads: Chinese or English.

English message ids stand in the code and the Chinese words in ``locale/``; click's own messages come from the same
catalogue. Call ``activate`` once, before anything is printed; until then all is English.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("zh", "en")
DOMAIN: Final = "scan"
LOCALE_DIR: Final = Path(__file__).with_name("locale")

_active = "en"


def detect(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """``--lang`` wherever it stands, else the locale's language; Chinese when the locale says nothing.

    >>> detect(["run", "--lang", "en"], {"LANG": "zh_CN.UTF-8"})
    'en'
    >>> detect([], {"LC_ALL": "C.UTF-8"}), detect([], {"LANG": "en_GB.UTF-8"}), detect([], {})
    ('zh', 'en', 'zh')
    """
    for word, following in zip_longest(argv, argv[1:], fillvalue=""):
        if word == "--":
            break
        asked = following if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if asked in LANGUAGES:
            return asked
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    language = locale.partition(".")[0].partition("_")[0].lower()
    return "zh" if language in ("", "c", "posix", "zh") else "en"


def activate(lang: str) -> None:
    """Speak ``lang`` from now on, in this process and in click's messages."""
    global _active
    _active = lang
    os.environ["LANGUAGE"] = "zh_CN" if lang == "zh" else "en"  # where the gettext functions inside click look
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)


def language() -> str:
    return _active


def _(message: str) -> str:
    """``message`` in the active language."""
    return _catalogue(_active).gettext(message) if message else ""


def n_(one: str, many: str, count: int) -> str:
    """``one`` or ``many`` in the active language."""
    return _catalogue(_active).ngettext(one, many, count)


def N_(message: str) -> str:
    """Marks a message that is translated later, where it is shown."""
    return message


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, str(LOCALE_DIR), languages=["zh_CN"], fallback=True)
