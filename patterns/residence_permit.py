"""Residence permit of people of Hong Kong, Macau and Taiwan (港澳台居民居住证), since September 2018.

Eighteen characters built as a resident ID: 810000 Hong Kong, 820000 Macau, 830000 Taiwan, the birth date, three serial
digits and the check character of ISO 7064 MOD 11-2. Only its first six digits tell it from a resident ID.

>>> validate("810000199408230021").ok
True
>>> validate("810000199408230022").failed
'checksum'
"""

from __future__ import annotations

from datetime import date
from typing import Final

from patterns import resident_id
from patterns.base import Pattern, Validation

AREAS: Final = {"810000": "香港", "820000": "澳门", "830000": "台湾"}

PATTERNS: Final = (
    Pattern(
        "residence_permit",
        "RESIDENCE_PERMIT",
        "GB 11643-1999",
        finds=("居住证号码：⟦830000199201150044⟧", "⟦810000 19940815 0048⟧"),
        ignores=("810000199413150043", "810000199408150047"),
    ),
)

compact = resident_id.compact


def validate(text: str, *, today: date | None = None) -> Validation:
    """Area, birth date and checksum."""
    result = resident_id.validate18(text, today=today)
    if result.ok and compact(text)[:6] not in AREAS:
        return Validation(False, failed="province")
    return result


def area(text: str) -> str:
    """香港, 澳门, 台湾 or ""."""
    return AREAS.get(compact(text)[:6], "")
