"""From a candidate's span to what it is by itself: entity, compact value, how it was validated. No context yet."""

from __future__ import annotations

import re
from typing import Final

from patterns import bank_card, landline, mobile, resident_id
from patterns.characters import joined, squeeze
from patterns.column_kinds import ColumnKind as K
from patterns.factors import Factor
from patterns.found import Found

_SUFFIX_CLASS: Final = frozenset("1234567")  # disability certificate: kind of disability …
_SUFFIX_GRADE: Final = frozenset("1234")  # … and grade


def resident(text: str, start: int, end: int) -> Found:
    """A valid 18-digit ID: a resident's, a residence permit (81, 82, 83), or a foreigner's (9)."""
    value = resident_id.compact(text[start:end])
    entity, rule = "RESIDENT_ID", "resident_id.18"
    if value[:2] in ("81", "82", "83"):
        entity, rule = "RESIDENCE_PERMIT", "residence_permit"
    elif value[0] == "9":
        entity, rule = "PERMANENT_RESIDENCE_ID", "permanent_residence.2023"
    region = resident_id.region_check(value)
    signals = [] if end - start == len(value) else ["split"]
    score = {"region": 0.99, "city": 0.95}.get(region, 0.85)
    return Found(start, end, entity, rule, Factor.ID, value, f"checksum,date,{region}", score, signals)


def behind_a_letter(text: str, start: int, end: int, found: Found, label: int) -> Found | None:
    """A valid ID behind one letter that stands alone: G or J, a student number of the national register; L, a temporary
    tax number, unless the label says student: then a temporary student number whose last digit fits by chance."""
    letter = text[start - 1 : start].upper() if start else ""
    before = text[start - 2 : start - 1] if start > 1 else ""
    if letter not in ("G", "J", "L") or (before.isascii() and before.isalnum()):
        return None
    entity = "TAX_NO" if letter == "L" and not label & K.STUDENT_NO else "STUDENT_NO"
    return Found(start - 1, end, entity, entity.lower(), Factor.ID, letter + found.value, found.validation, 0.99)


_SUFFIX: Final = re.compile(r"[ \-]?([1-7][1-4])(?:[Bb]\d{1,2})?(?!\d)")
_REISSUE: Final = re.compile(r"[Bb]\d{1,2}(?![A-Za-z0-9])")


def disability(text: str, found: Found) -> Found | None:
    """A valid ID that a label calls a disability certificate's, with its class and grade behind it, perhaps parted."""
    suffix = _SUFFIX.match(text, found.end)
    if suffix is None:
        return None
    value = found.value + suffix[1]
    checks = "checksum,date,class"
    return Found(found.start, suffix.end(), "DISABILITY_NO", "disability_no", Factor.DISABILITY_NO, value, checks, 0.97)


def wrapped(text: str, start: int, end: int, kind: int) -> Found:
    """Twenty digits that begin with a valid ID: a disability certificate by its class and grade, or a tax number.

    A reissued certificate ends with B and a number: part of its span, not of its value, for it is the same person's.
    """
    value = joined(text[start:end]).upper()
    disability = value[18] in _SUFFIX_CLASS and value[19] in _SUFFIX_GRADE
    if disability and not kind & K.CODE:
        reissue = _REISSUE.match(text, end)
        end = reissue.end() if reissue else end
        return Found(
            start, end, "DISABILITY_NO", "disability_no", Factor.DISABILITY_NO, value, "checksum,date,class", 0.98
        )
    return Found(start, end, "TAX_NO", "tax_no", Factor.ID, value, "checksum,date", 0.95)


def old_resident(text: str, start: int, end: int) -> Found:
    value = text[start:end]
    region = resident_id.region_check(value)
    upgraded = resident_id.upgrade15(value) or value
    return Found(start, end, "RESIDENT_ID", "resident_id.15", Factor.ID, upgraded, f"date,{region}", 0.8)


def phone(text: str, start: int, end: int) -> Found:
    value = mobile.compact(text[start:end])
    prefix = mobile.classify(value)
    score = 0.9 if prefix == "known" else 0.5
    signals = [] if end - start == len(value) else ["split"]
    if prefix != "known":
        signals.append(f"prefix:{prefix}")
    return Found(start, end, "MOBILE", "mobile", Factor.MOBILE, value, f"prefix:{prefix}", score, signals)


# Two numbers in a row that share an area code (0552-3061234-3061235) have no extension between them.
_EXTENSION: Final = re.compile(r"(?:转分机|转|分机|ext\.?|[-－—])\s?\d{1,5}(?![\d\-])", re.I)


def fixed_phone(text: str, start: int, end: int) -> Found | None:
    raw = text[start:end]
    checked = landline.validate(raw)
    if not checked.ok:
        return None
    extension = _EXTENSION.match(text, end)
    end = extension.end() if extension else end
    if text[start - 1 : start] in ("(", "（") and (")" in raw or "）" in raw):
        start -= 1  # the bracket that the number closes
    return Found(
        start, end, "LANDLINE", "landline", Factor.LANDLINE, landline.compact(raw), ",".join(checked.checks), 0.8
    )


def card(text: str, start: int, end: int) -> Found:
    value = bank_card.compact(text[start:end])
    known = bool(bank_card.issuer(value))
    score = 0.9 if known else 0.7 if value.startswith("62") else 0.3
    signals = [] if end - start == len(value) else ["split"]
    return Found(
        start, end, "BANK_CARD", "bank_card", Factor.BANK, value, "luhn,bin" if known else "luhn", score, signals
    )


def account(text: str, start: int, end: int) -> Found | None:
    """12–23 digits under an account header or behind an account label, Luhn or not."""
    value = bank_card.compact(text[start:end])
    if not bank_card.account_like(value):
        return None
    if bank_card.validate(value).ok:
        return card(text, start, end)
    return Found(start, end, "BANK_ACCOUNT", "bank_account", Factor.BANK, value, "header", 0.8)


def damaged(text: str, start: int, end: int) -> Found:
    """Where an ID should stand and none is: Excel's …000, a typing error, a lost digit."""
    value = squeeze(text[start:end]).upper()
    signals = ["excel"] if value.endswith("000") or "E+" in value else []
    return Found(start, end, "DAMAGED_ID", "resident_id.damaged", Factor.ID_DAMAGED, value, "header", 0.7, signals)


def damage(found: Found) -> None:
    """Makes a valid ID number a damaged one: it is right by chance."""
    found.entity, found.rule, found.factor = "DAMAGED_ID", "resident_id.damaged", Factor.ID_DAMAGED
    found.validation, found.score = "header", 0.7
    found.signals.append("excel")
