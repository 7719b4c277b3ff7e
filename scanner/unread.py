"""Why a file could not be (wholly) read, and what a person does about it, in words.

The pipeline's reasons begin with a code; what follows may quote the document (a sheet's name, a library's message), so
only what this table knows to be harmless leaves ``records/``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipelines.schema import Status
from scanner.i18n import N_, _

_OPEN: Final = N_("Open it by hand and look through it.")
_PICTURE: Final = N_("Look at the picture by hand; or install the extra `ocr` and run again.")
_PAGES: Final = N_("Look at these pages by hand.")
_AGAIN: Final = N_("Fetch it from the site again; when it does not open there either, ask the unit to replace it.")
_LIMIT: Final = N_("Open it by hand, or raise {limit} in scan.toml and scan this export again.")
_PASSWORD: Final = N_("Ask the unit for the password, write it into scan.toml (passwords) and run again.")
_UNPACK: Final = N_("Unpack it with another program and scan the folder.")
_OTHER: Final = "other"
_NUMBERS: Final = re.compile(
    r"[\d ,.…%×()]*(?:(?:of|pages?|on|files?|bytes|become|s|MiB|from|inside|not|read)[\d ,.…%×()]*)*"
)


@dataclass(frozen=True, slots=True)
class Reason:
    """``code`` is what the pipeline's reason begins with; its detail is kept where it is nothing but numbers."""

    code: str
    why: str
    todo: str
    limit: str = ""  # the setting of scan.toml that bounds it


REASONS: Final = (
    Reason("password", N_("needs a password"), _PASSWORD),
    Reason("image: needs OCR", N_("a picture, and text recognition is not installed"), _PICTURE),
    Reason("image", N_("a picture too large to recognise"), N_("Look at the picture by hand.")),
    Reason("no text layer: pages from", N_("scanned pages, too many to recognise"), _PAGES),
    Reason("no text layer", N_("scanned pages without text"), N_(
        "Look at the pages by hand; or install the extra `ocr` and run again."
    )),
    Reason("OCR: no time", N_("more pictures than there is time to recognise"), N_("Look at the pictures by hand.")),
    Reason("OCR", N_("text recognition is not sure of it"), N_("Look at the picture by hand.")),
    Reason("glyphs without Unicode", N_("its font does not say which characters it shows"), _PAGES),
    Reason("encoding", N_("some characters could not be decoded"), _OPEN),
    Reason("truncated", N_("cut off: the end is missing"), _AGAIN),
    Reason("compression method", N_("packed in a way that cannot be unpacked"), _UNPACK),
    Reason("7z: compression method", N_("packed in a way that cannot be unpacked"), _UNPACK),
    Reason("RAR: compression method", N_("packed in a way that cannot be unpacked"), _UNPACK),
    Reason("zip bomb", N_("unpacks to far more than it is"), N_("Do not unpack it; ask the unit what it is.")),
    Reason("archive: contains itself", N_("an archive that contains itself"), N_("Nothing to look at in this copy.")),
    Reason("archive: holds more", N_("an archive with too much in it"), N_("Unpack it and scan the folder.")),
    Reason("archive", N_("an archive of a kind that cannot be opened"), N_("Unpack it and scan the folder.")),
    Reason("nested deeper than", N_("archives inside archives, too deep"), _LIMIT, "limits.depth"),
    Reason("more than", N_("too many files inside"), _LIMIT, "limits.children"),
    Reason("text limit", N_("too much text"), _LIMIT, "limits.text_mb"),
    Reason("text cut at", N_("too much text"), N_("Open it by hand and look at its end.")),
    Reason("time limit", N_("took too long"), _LIMIT, "limits.seconds"),
    Reason("memory", N_("needs too much memory"), _LIMIT, "limits.memory_mb"),
    Reason("worker died", N_("reading it made the program fail"), _OPEN),
    Reason("error", N_("reading it made the program fail"), _OPEN),
    Reason("unreadable", N_("the system could not read it"), N_("Check the rights of the file and run again.")),
    Reason("symlink", N_("a link to another file"), N_("Export the site again, with the file itself.")),
    Reason("ole: embedded object", N_("an object embedded in it"), N_("Open it and double-click the object.")),
    Reason("memo fields lie in another file", N_("part of it lies in another file"), _OPEN),
    Reason("Word 6 or 95", N_("of an old Word: what is deleted or hidden is not told apart"), _OPEN),
    Reason("log of changes", N_("a log of changes, of which only the texts are read"), N_(
        "Open it in Excel, turn the sharing off (the log goes with it), and have the site's copy replaced."
    )),
    Reason("format: application/x-msdownload", N_("a program"), N_("Do not run it; ask the unit why it is there.")),
    Reason("format: application/x-executable", N_("a program"), N_("Do not run it; ask the unit why it is there.")),
    Reason("format", N_("a kind of file that cannot be read"), N_("Open it with the program it belongs to.")),
    Reason("unknown", N_("a kind of file nobody knows"), N_("Find out what it is, or ask the unit.")),
    Reason("RAR: split", N_("one part of several"), N_("Unpack it with the other parts and scan the folder.")),
)  # fmt: skip
_BY_STATUS: Final = {
    Status.PARTIAL: (N_("parts of it could not be read"), _OPEN),
    Status.ENCRYPTED: (N_("needs a password"), _PASSWORD),
    Status.CORRUPT: (N_("damaged"), _AGAIN),
    Status.UNSUPPORTED: (N_("a kind of file that cannot be read"), N_("Open it with the program it belongs to.")),
    Status.TOO_LARGE: (N_("too large"), _OPEN),
    Status.TIMED_OUT: (N_("took too long"), _OPEN),
}


def public(reason: str) -> str:
    """What of a record's reason may leave ``records/``: known codes, and numbers behind them.

    >>> public("no text layer: 2 of 9 pages (3, 4); sheet 张三: bad"), public("ole: 340302"), public("")
    ('no text layer: 2 of 9 pages (3, 4); other', 'other', '')
    """
    return "; ".join(dict.fromkeys(_public(note) for note in reason.split("; "))) if reason else ""


def _public(note: str) -> str:
    known = _known(note)
    if known is None:
        return _OTHER
    detail = note[len(known.code) :].removeprefix(":")
    return note if _NUMBERS.fullmatch(detail) else known.code


def _known(note: str) -> Reason | None:
    return next((reason for reason in REASONS if note.startswith(reason.code)), None)


def explained(status: str, reason: str) -> tuple[str, str]:
    """(why, what to do) of an entry of the ledger, in the active language."""
    known = [(known, note) for note in reason.split("; ") if (known := _known(note))]
    if not known:
        why, todo = _by_status(status)
        return _(why), _(todo)
    whys = [_(entry.why) + _pages(note) for entry, note in known]
    todos = [_(entry.todo).format(limit=entry.limit) for entry, _note in known]
    return _("; ").join(dict.fromkeys(whys)), " ".join(dict.fromkeys(todos))


def counted(entries: Iterable[tuple[str, str, int]]) -> list[tuple[str, int]]:
    """(why, files) of (status, reason, files): by the first of a file's reasons, the most frequent first."""
    counts = Counter[str]()
    for status, reason, files in entries:
        known = next(filter(None, map(_known, reason.split("; "))), None)
        counts[known.why if known else _by_status(status)[0]] += files
    return [(_(why), files) for why, files in counts.most_common()]


def _by_status(status: str) -> tuple[str, str]:
    return _BY_STATUS.get(status, (N_("read, but searching it failed"), _OPEN))


def _pages(note: str) -> str:
    """Which pages, where the reason lists them."""
    found = re.search(r"\(([\d, …]+)\)$|page (\d+)$|pages from (\d+) on", note)
    if not found:
        return ""
    listed = found[1] or found[2] or f"{found[3]}–"
    return _(" (pages {pages})").format(pages=listed)
