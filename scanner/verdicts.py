"""What a rescan proves about a case. Pure: what was observed in, one verdict out.

    the case's document is …                       and …                                    verdict
    there, a leak was read in it                   the page that linked it is gone          PAGE_GONE
                                                   its bytes are those of the last time     UNCHANGED
                                                   only masked numbers leak, full ones did  MASKED
                                                   otherwise                                STILL
    there, no leak was read in it                  it was not read to its end               UNREADABLE
                                                   it was                                   CLEAN
    not in the newest export                       what it held stands at another address   MOVED
                                                   that export is not whole, or there is no NOT_EXPORTED
                                                   the file it is packed in was not read    UNREADABLE
                                                   otherwise                                REMOVED

A leak is gone only when that is proven: CLEAN and REMOVED. UNREADABLE and NOT_EXPORTED prove nothing, so nothing
changes. The others prove that it is still there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scanner.i18n import N_, _


class Verdict(StrEnum):
    """Stored as written here."""

    PAGE_GONE = "page_gone"  # page deleted, attachment still there
    UNCHANGED = "unchanged"
    MASKED = "masked"  # masked, but not enough
    STILL = "still"  # changed and still leaking
    UNREADABLE = "unreadable"  # this time
    CLEAN = "clean"  # read again, no leak in it
    MOVED = "moved"  # to another address of the same site
    NOT_EXPORTED = "not_exported"  # this time
    REMOVED = "removed"  # the export is whole and it is not in it


GONE: Final = frozenset((Verdict.CLEAN, Verdict.REMOVED))
LEAKING: Final = frozenset((Verdict.PAGE_GONE, Verdict.UNCHANGED, Verdict.MASKED, Verdict.STILL, Verdict.MOVED))
UNKNOWN: Final = frozenset((Verdict.UNREADABLE, Verdict.NOT_EXPORTED))

_WORDS: Final = {
    Verdict.PAGE_GONE: N_("the page is gone, the attachment is still there"),
    Verdict.UNCHANGED: N_("unchanged"),
    Verdict.MASKED: N_("masked, but not enough"),
    Verdict.STILL: N_("changed, still leaking"),
    Verdict.UNREADABLE: N_("could not be read this time"),
    Verdict.CLEAN: N_("read again and clean"),
    Verdict.MOVED: N_("moved to another address"),
    Verdict.NOT_EXPORTED: N_("not exported this time"),
    Verdict.REMOVED: N_("removed from the site"),
}


@dataclass(frozen=True, slots=True)
class Observation:
    """What one rescan saw of one case."""

    present: bool  # in what was read of the newest export
    leaks: bool  # a leak was read in it, this time
    read: bool = True  # to its end; of an absent one: so was the file it was packed in
    whole: bool = True  # the newest export of its site is there, and was read to its end
    changed: bool = True  # its bytes are others than when a leak was last read in it
    masked: bool = False  # what leaks now is masked numbers only, and was full ones
    moved: bool = False  # most of its values stand, since then, at another address of the site
    page_gone: bool = False  # the page that linked it is not in a whole export


def judge(seen: Observation) -> Verdict:
    """The verdict; the table above, row by row."""
    if seen.present and seen.leaks:
        if seen.page_gone:
            return Verdict.PAGE_GONE
        if not seen.changed:
            return Verdict.UNCHANGED
        return Verdict.MASKED if seen.masked else Verdict.STILL
    if seen.present:
        return Verdict.CLEAN if seen.read else Verdict.UNREADABLE
    if seen.moved:
        return Verdict.MOVED
    if not seen.whole:
        return Verdict.NOT_EXPORTED
    return Verdict.REMOVED if seen.read else Verdict.UNREADABLE


def verdict_name(verdict: str) -> str:
    """In words; "" for what is no verdict."""
    known = {str(key): word for key, word in _WORDS.items()}
    return _(known.get(verdict, ""))
