"""Masked numbers in a text: what they hide, and how many people that leaves."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from patterns import masks
from patterns.column_kinds import PHONES
from patterns.column_kinds import ColumnKind as K
from patterns.factors import Factor
from patterns.found import Found, Subject
from patterns.masking import MaskedID, candidates

_ONE: Final = re.escape(masks.ALWAYS)
_RUN: Final = re.escape(masks.IN_RUNS)
_SPAN: Final = re.compile(rf"\d+(?:[{_ONE}]+|([{_RUN}])\1+|\d+|&#42;|&times;)+[XxＸｘ]?")
_PHONE: Final = re.compile(r"1[3-9]\d?\d*\*+\d*")
_LEVELS: Final = ((10, Factor.ID_MASKED_10), (100, Factor.ID_MASKED_100), (1000, Factor.ID_MASKED_1000))
_LONGEST: Final = 48
_ID_LENGTHS: Final = range(14, 21)  # masks are often a star or two too long or short


def masked(text: str, start: int, end: int, label: int) -> Found | None:
    """The masked ID, phone or account that begins at a run of digits; None when it is none of these."""
    match = _SPAN.match(text, start, min(len(text), start + _LONGEST))
    if match is None:
        return None
    stop = match.end()
    value = masks.normalise(text[start:stop])
    if value.count("*") < 2 and not label:
        return None
    if not label & K.ID and (label & PHONES or len(value) == 11) and _PHONE.fullmatch(value):
        return Found(start, stop, "MASKED_PHONE", "masked.phone", Factor.MOBILE_MASKED, value, "mask", 0.8)
    if label & K.BANK and len(value) >= 12:
        return Found(start, stop, "MASKED_BANK", "masked.bank", Factor.BANK_MASKED, value, "mask", 0.8)
    if (label & K.ID or len(value) in _ID_LENGTHS) and MaskedID.parse(value):
        return Found(start, stop, "MASKED_ID", "masked.id", Factor.ID_MASKED, value, "mask", 0.8)
    if len(value) in range(15, 20) and value.startswith("6"):
        return Found(start, stop, "MASKED_BANK", "masked.bank", Factor.BANK_MASKED, value, "mask", 0.6)
    return None


def judge_masks(subject: Subject, on: date) -> None:
    """Counts the people each masked ID of a subject still fits, with what its row shows beside it."""
    for hit in subject.hits:
        pattern = MaskedID.parse(hit.value) if hit.factor & Factor.ID_MASKED else None
        if pattern is None:
            continue
        told = hit.near or subject
        left = left_to(pattern, told, on)
        hit.factor = level_of(left)
        hit.signals.append(f"mask:R={left}" + _beside(told))


def left_to(pattern: MaskedID, told: Subject, on: date) -> int:
    """How many people a mask leaves with what is told beside it."""
    return candidates(
        pattern,
        birth=told.birth,
        birth_month=told.birth_month,
        birth_year=told.birth_year,
        age=(told.age, on) if told.age is not None else None,
        sex=told.sex or None,
        today=on,
    )


def level_of(left: int) -> int:
    """The factor of a masked ID that leaves so many people."""
    return next((factor for most, factor in _LEVELS if left <= most), Factor.ID_MASKED)


def _beside(subject: Subject) -> str:
    known = (
        ("birth", subject.birth), ("birth_month", subject.birth_month), ("birth_year", subject.birth_year),
        ("age", subject.age), ("sex", subject.sex or None),
    )  # fmt: skip
    return "".join(f";{name}" for name, value in known if value is not None)
