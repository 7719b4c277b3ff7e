"""What a candidate is, given the kind that its label or its column names."""

from __future__ import annotations

from typing import Final

from patterns import values
from patterns.candidates import Kind
from patterns.column_kinds import ColumnKind as K
from patterns.found import Found, Subject
from patterns.lettered import lettered, old_permanent_residence
from patterns.masked_values import masked

Spot = tuple[int, int, int]  # start, end, Kind: a candidate in code points


def value_in_text(text: str, start: int, end: int, kind: int, label: int, subject: Subject) -> Found | None:
    """What a candidate is, given the kind its label or column names; None when it is nothing of a person's."""
    if kind == Kind.ID18:
        found = values.resident(text, start, end)
        if label & K.DISABILITY_NO and (wrapped := values.disability(text, found)):
            return wrapped
        return values.behind_a_letter(text, start, end, found, label) or found
    if kind == Kind.ID_WRAPPED:
        return values.wrapped(text, start, end, label)
    if kind == Kind.MOBILE:
        return values.phone(text, start, end)
    if kind == Kind.BANK:
        return _card(text, start, end, label)
    if kind == Kind.LANDLINE:
        return values.fixed_phone(text, start, end)
    if kind == Kind.MASKED:
        return masked(text, start, end, label)
    if kind == Kind.ID15:
        return values.old_resident(text, start, end) if label & K.ID else None
    if kind == Kind.LONG:
        return _long(text, start, end, label)
    return lettered(text, start, end, kind, label)


def _card(text: str, start: int, end: int, label: int) -> Found | None:
    """A card needs a label, or UnionPay's 62: one in ten numbers of the right length passes Luhn."""
    found = values.card(text, start, end)
    if label & (K.BANK | K.ORG_ACCOUNT) or (found.value.startswith("62") and len(found.value) >= 16):
        return found
    return None


_ABROAD: Final = 15  # digits of 0086 and a mobile


def _long(text: str, start: int, end: int, label: int) -> Found | None:
    if end - start == _ABROAD and text.startswith("00861", start):
        return None  # a mobile with its country's code, whatever word stands before it
    if label & (K.BANK | K.ORG_ACCOUNT):
        return values.account(text, start, end)
    if end - start == 12 and (resident := old_permanent_residence(text, start, end, label)):
        return resident
    if label & K.ID and not label & K.ID_OTHER and 14 <= end - start <= 19 and text[start:end].isalnum():
        return values.damaged(text, start, end)
    return None
