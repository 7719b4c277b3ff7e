"""What became of a file, and why, in words."""

from __future__ import annotations

from typing import Final

from pipelines.schema import Status
from scanner.i18n import N_, _

UNMATCHED: Final = "unmatched"  # counted beside the statuses: its text was read but could not be searched

_WORDS: Final = {
    Status.EXTRACTED: N_("read"),
    Status.PARTIAL: N_("read in part"),
    Status.ENCRYPTED: N_("protected by a password"),
    Status.CORRUPT: N_("damaged"),
    Status.UNSUPPORTED: N_("kind not supported"),
    Status.TOO_LARGE: N_("too large"),
    Status.TIMED_OUT: N_("took too long"),
    UNMATCHED: N_("read, but searching it failed"),
}


def status_name(status: str) -> str:
    return _(_WORDS.get(status, status))
