"""The states of a case: what an office has done about one document. Codes are stored, words are shown."""

from __future__ import annotations

from typing import Final

from scanner.i18n import N_, _

TO_REVIEW: Final = "to_review"  # 待复核: found, not yet judged by a person

_WORDS: Final = {TO_REVIEW: N_("to be reviewed")}


def state_name(state: str) -> str:
    return _(_WORDS.get(state, state))
