"""Values of letters and digits: passports, permits, plates, e-mail, military IDs, temporary student numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType
from typing import Final

from patterns import (
    email,
    military_id,
    passport,
    permanent_residence,
    student_no,
    tax_no,
    travel_permit,
    vehicle,
)
from patterns.candidates import Kind
from patterns.column_kinds import ColumnKind as K
from patterns.factors import Factor
from patterns.found import Found

_REACH: Final = 40
_MILITARY: Final = re.compile(r"[一-鿿]字第\d{6,9}号?")
_STUDENT: Final = re.compile(r"[LGJlgj]\d{17}[\dXx]")


def lettered(text: str, start: int, end: int, kind: int, label: int) -> Found | None:
    """What a LETTERED, PLATE, EMAIL or MILITARY candidate is."""
    reader = _READERS.get(kind)
    return reader(text, start, end, label) if reader else None


def _document(text: str, start: int, end: int, label: int) -> Found | None:
    """A passport or permit, if the label says document; a student number of class L by its own shape."""
    student = _STUDENT.match(text, start) or _STUDENT.match(text, start + 1)
    if student and student_no.validate(student[0]).ok and not _is_tax_number(student[0], label):
        return Found(
            student.start(),
            student.end(),
            "STUDENT_NO",
            "student_no",
            Factor.STUDENT_NO,
            student[0].upper(),
            "date",
            0.9,
        )
    if resident := old_permanent_residence(text, start, end, label):
        return resident
    for entity, rule, module in _DOCUMENTS:
        found = _beside(text, start, end, module)
        if found:
            return _found_document(text, *found, entity, rule, module)
    for entity, rule, module in _DOCUMENTS:
        if label & K.ID_OTHER and module.validate(text[start:end]).ok:
            return _found_document(text, start, end, entity, rule, module)
    return None


def _is_tax_number(number: str, label: int) -> bool:
    """L and a valid ID: one temporary student number in eleven has such a check digit; then its label tells."""
    return number[0] in "Ll" and not label & K.STUDENT_NO and tax_no.validate(number).ok


def old_permanent_residence(text: str, start: int, end: int, label: int) -> Found | None:
    """The permanent residence card of before 2023, three letters and twelve digits, where its label says document."""
    if not label & (K.ID | K.ID_OTHER):
        return None
    floor = max(0, start - 4)
    for at, stop in permanent_residence.find(text[floor:end]):
        value = permanent_residence.compact(text[floor + at : floor + stop])
        checks = ",".join(permanent_residence.validate(value).checks)
        entity, rule = "PERMANENT_RESIDENCE_ID", "permanent_residence.old"
        return Found(floor + at, floor + stop, entity, rule, Factor.OTHER_DOC, value, checks, 0.85)
    return None


def _found_document(text: str, start: int, end: int, entity: str, rule: str, module: ModuleType) -> Found:
    return Found(start, end, entity, rule, Factor.OTHER_DOC, module.compact(text[start:end]), "prefix,label", 0.85)


# Permits first: H and eight digits is a permit far more often than a Hong Kong passport.
_DOCUMENTS: Final = (("TRAVEL_PERMIT", "travel_permit", travel_permit), ("PASSPORT", "passport", passport))


def _beside(text: str, start: int, end: int, module: ModuleType) -> tuple[int, int] | None:
    """The span that a module finds beside its own word, if it covers this candidate."""
    floor = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    for at, stop in module.find(text[floor : end + 4]):
        if at + floor <= start + 1 and end <= stop + floor:
            return at + floor, stop + floor
    return None


def _plate(text: str, start: int, end: int, label: int) -> Found | None:
    for at, stop in vehicle.find(text[start : start + 12]):
        if at == 0:
            value = vehicle.compact(text[start : start + stop])
            return Found(start, start + stop, "VEHICLE_PLATE", "vehicle_plate", Factor.PLATE, value, "shape", 0.8)
    return None


def _email(text: str, start: int, end: int, label: int) -> Found | None:
    floor = max(0, start - 64)
    for at, stop in email.find(text[floor : end + 80]):
        if at + floor <= start < stop + floor:
            raw = text[at + floor : stop + floor]
            factor = Factor.OFFICE_PHONE if email.is_office(raw) else Factor.EMAIL_IM
            return Found(at + floor, stop + floor, "EMAIL", "email", factor, email.compact(raw), "shape", 0.9)
    return None


def _military(text: str, start: int, end: int, label: int) -> Found | None:
    found = _beside(text, start, end, military_id)
    if not found and label & K.ID_OTHER and (shape := _MILITARY.search(text[max(0, start - 4) : end + 1])):
        found = (max(0, start - 4) + shape.start(), max(0, start - 4) + shape.end())
    if not found:
        return None
    value = military_id.compact(text[found[0] : found[1]])
    return Found(*found, "MILITARY_ID", "military_id", Factor.OTHER_DOC, value, "shape", 0.9)


_READERS: Final[dict[int, Callable[[str, int, int, int], Found | None]]] = {
    Kind.LETTERED: _document,
    Kind.PLATE: _plate,
    Kind.EMAIL: _email,
    Kind.MILITARY: _military,
}
