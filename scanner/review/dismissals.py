"""The fourteen reasons for which a reviewer dismisses a case (codes D01–D14, as offices use them)."""

from __future__ import annotations

from typing import Final

from scanner.errors import InputError
from scanner.i18n import N_, _

REASONS: Final = {
    "D01": N_("office phone or hotline"),
    "D02": N_("code or number of an organisation"),
    "D03": N_("example or template data"),
    "D04": N_("publication is required by law (say which)"),
    "D05": N_("the person has agreed (with proof)"),
    "D06": N_("masked well enough"),
    "D07": N_("company or its legal representative"),
    "D08": N_("public or historical figure"),
    "D09": N_("passes the check by chance, is no ID number"),
    "D10": N_("found twice (say which case is the main one)"),
    "D11": N_("the page cannot be opened any more"),
    "D12": N_("text of a law or of instructions"),
    "D13": N_("official acting in office"),
    "D14": N_("the file was read wrongly"),
}
NEED_NOTE: Final = frozenset({"D04", "D05", "D10"})  # the reason asks for a word more


def reason_name(code: str) -> str:
    """The reason in words; a code without words stands for itself."""
    return _(REASONS.get(code, code))


def parse(typed: str) -> str | None:
    """The code a person means, or None.

    >>> parse("d1"), parse("9"), parse("D14"), parse("x")
    ('D01', 'D09', 'D14', None)
    """
    digits = typed.strip().upper().removeprefix("D")
    code = f"D{int(digits):02d}" if digits.isascii() and digits.isdigit() else ""
    return code if code in REASONS else None


def check(reason: str, note: str) -> None:
    """Raises InputError for a code there is not, or one that needs a note and has none."""
    if reason not in REASONS:
        todo = N_("Reasons are {codes}; `scan case reasons` lists them.")
        codes = f"{min(REASONS)}–{max(REASONS)}"
        raise InputError(N_("There is no such reason"), reason, todo, {"codes": codes})
    if reason in NEED_NOTE and not note.strip():
        where = f"{reason} {reason_name(reason)}"
        raise InputError(N_("This reason needs a note"), where, N_("Write it down and try again."))
