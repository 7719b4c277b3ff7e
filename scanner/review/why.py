"""Asking why: one of the fourteen reasons, and the word more that some of them need."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, Final

from textual.screen import Screen

from scanner.i18n import _
from scanner.review.dialogs import Ask, Choose
from scanner.review.dismissals import NEED_NOTE, REASONS, reason_name

_CODES: Final = tuple(REASONS)


def ask_reason(
    screen: Screen[Any], title: str, then: Callable[[str, str], None], drafts: MutableMapping[str, str], key: str
) -> None:
    """Call ``then`` with code and note, once there are both; never when the reviewer turns back."""

    def chosen(at: int | None) -> None:
        if at is None:
            return
        code = _CODES[at]

        def noted(note: str | None) -> None:
            if note:
                then(code, note)

        if code in NEED_NOTE:
            screen.app.push_screen(_note(code, drafts, key), noted)
        else:
            then(code, "")

    screen.app.push_screen(Choose(title, options()), chosen)


def options() -> list[str]:
    return [f"{code} {reason_name(code)}" for code in _CODES]


def _note(code: str, drafts: MutableMapping[str, str], key: str) -> Ask:
    def keep(text: str) -> None:
        drafts[key] = text

    return Ask(f"{code} {reason_name(code)}", drafts.get(key, ""), keep=keep, check=_empty)


def _empty(text: str) -> str:
    return "" if text else _("This reason needs a word more.")
