"""The safe form of a value, for screens, the database and every report: enough to recognise, too little to use.

>>> mask("RESIDENT_ID", "34030219780615042X"), mask("MOBILE", "13955261784"), mask("PERSON_NAME", "欧阳文华")
('34**************2X', '13*******84', '欧**')
>>> mask("EMAIL", "zhang@163.com"), mask("ADDRESS", "怀远县河溜镇前庄村3组12号"), mask("QQ", "1234")
('z***@***', '怀远县河溜镇***', '****')
"""

from __future__ import annotations

from typing import Final

from patterns.characters import squeeze

# Type → characters shown at the start and at the end. The last two of a disability number are the illness.
_SHOWN: Final = {
    "RESIDENT_ID": (2, 2),
    "DISABILITY_NO": (2, 0),
    "VEHICLE_PLATE": (2, 0),
    "SECRET_MARK": (0, 0),
    "ID_PHOTO": (0, 0),
    "HEALTH": (0, 0),
    "DISABILITY": (0, 0),
    "FAMILY": (0, 0),
    "BIRTH_DATE": (0, 0),
}
_LEAST_HIDDEN: Final = 5  # digits: 100,000 values at least
_STARS: Final = "***"


def mask(entity_type: str, value: str) -> str:
    """The safe form. Numbers show their first and last two characters; what is too short for that shows none."""
    if entity_type == "PERSON_NAME":
        return _name(value)
    if entity_type == "EMAIL":
        return _email(value)
    if entity_type == "ADDRESS":
        return _address(value)
    first, last = _SHOWN.get(entity_type, (2, 2))
    return _ends(squeeze(value), first, last)


def _ends(value: str, first: int, last: int) -> str:
    hidden = len(value) - first - last
    if hidden < _LEAST_HIDDEN or not first:
        return "*" * max(len(value), 3) if first else _STARS
    return value[:first] + "*" * hidden + value[len(value) - last :]


def _name(value: str) -> str:
    """The first character and two stars, however long the name is."""
    name = squeeze(value)
    return name[0] + "**" if len(name) > 1 else _STARS


def _email(value: str) -> str:
    local, at, _ = value.strip().partition("@")
    return local[0] + "***@***" if at and len(local) > 1 else "***@***"


def _address(value: str) -> str:
    address = squeeze(value)
    return address[:6] + _STARS if len(address) >= 10 else _STARS
