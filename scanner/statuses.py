"""What became of a file, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping
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
# The code a reason begins with; its detail may quote the document and is not shown.
_REASONS: Final = {
    "truncated": N_("cut off"),
    "zip bomb": N_("unpacks to far more than it is"),
    "archive": N_("an archive of a kind that cannot be opened"),
    "memory": N_("needs too much memory"),
    "memory limit": N_("needs too much memory"),
    "text limit": N_("too much text"),
    "unreadable": N_("the system could not read it"),
    "symlink": N_("a link to another file"),
    "no text layer": N_("scanned pictures without text"),
}


def status_name(status: str) -> str:
    return _(_WORDS.get(status, status))


def unread(members: Mapping[str, int]) -> dict[str, int]:
    """Of counts by status, those that were not wholly read."""
    return {status: count for status, count in members.items() if status != Status.EXTRACTED}


def why_unread(status: str, reason: str) -> str:
    """The status in words, and the reason's code where it says more."""
    code = reason.partition(":")[0].strip()
    known = _(_REASONS[code]) if code in _REASONS else ""
    return f"{status_name(status)}" + (_(" ({reason})").format(reason=known) if known else "")
