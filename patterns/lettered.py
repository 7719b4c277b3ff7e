"""Values of letters and digits, and those that only a word beside them explains: passports, permits, plates, e-mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType
from typing import Final

from patterns import email, instant_messenger, military_id, passport, student_no, travel_permit, vehicle
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
    if student and student_no.validate(student[0]).ok:
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
    for entity, rule, module in _DOCUMENTS:
        found = _beside(text, start, end, module)
        if found:
            return _found_document(text, *found, entity, rule, module)
    for entity, rule, module in _DOCUMENTS:
        if label & K.ID_OTHER and module.validate(text[start:end]).ok:
            return _found_document(text, start, end, entity, rule, module)
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


def messenger(text: str, start: int, end: int) -> list[Found]:
    """QQ numbers and WeChat names beside their words in a span of the text."""
    window = text[start:end].translate(_SAME_LENGTH)
    if not _IM_WORD.search(window):
        return []
    found = []
    for at, stop in instant_messenger.find(window):
        value = instant_messenger.compact(window[at:stop])
        entity = "QQ" if value.isdigit() else "WECHAT"
        found.append(Found(start + at, start + stop, entity, entity.lower(), Factor.EMAIL_IM, value, "label", 0.8))
    return found


_SAME_LENGTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ： as :
_IM_WORD: Final = re.compile("QQ|扣扣|企鹅|微信|V信|WX|VX|wechat|weixin", re.IGNORECASE)
