"""What every pattern module says of itself, and what a validator answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing that is looked for. ``finds`` and ``ignores`` are whole texts; one test runs them all.

    The proof sits beside the rule: each text of ``finds`` holds exactly one value of this type (between ⟦ and ⟧, which
    the test removes), each text of ``ignores`` holds none.
    """

    rule_id: str  # resident_id.18
    entity_type: str  # RESIDENT_ID
    standard: str  # "GB 11643-1999"
    finds: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Validation:
    """Why a value passed: ``checks`` in the order made ("checksum", "date", "region", "luhn", "bin", "prefix", …)."""

    ok: bool
    checks: tuple[str, ...] = ()
    failed: str = ""  # the first check that failed: length | characters | date | checksum | province | prefix
