"""Everything that is looked for by its own module, in one visible tuple. A new kind is one module and one line here.

Not in ``patterns/__init__``: importing a package must not load every word list.
"""

from __future__ import annotations

from typing import Final

from patterns import (
    address,
    bank_card,
    disability_no,
    email,
    instant_messenger,
    landline,
    military_id,
    mobile,
    passport,
    permanent_residence,
    person_name,
    residence_permit,
    resident_id,
    social_security,
    student_no,
    tax_no,
    travel_permit,
    vehicle,
)
from patterns.base import Pattern

ALL: Final[tuple[Pattern, ...]] = (
    *resident_id.PATTERNS,
    *residence_permit.PATTERNS,
    *permanent_residence.PATTERNS,
    *student_no.PATTERNS,
    *disability_no.PATTERNS,
    *tax_no.PATTERNS,
    *social_security.PATTERNS,
    *bank_card.PATTERNS,
    *mobile.PATTERNS,
    *landline.PATTERNS,
    *passport.PATTERNS,
    *travel_permit.PATTERNS,
    *military_id.PATTERNS,
    *vehicle.PATTERNS,
    *email.PATTERNS,
    *instant_messenger.PATTERNS,
    *address.PATTERNS,
    person_name.PERSON_NAME,
)
