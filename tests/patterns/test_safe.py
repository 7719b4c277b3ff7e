from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.characters import squeeze
from patterns.safe import mask
from scanner.synthetic.people import Factory

TYPES = (
    "RESIDENT_ID MOBILE LANDLINE BANK_CARD EMAIL PERSON_NAME ADDRESS DISABILITY_NO STUDENT_NO PASSPORT VEHICLE_PLATE "
    "HEALTH QQ WECHAT SECRET_MARK MASKED_ID UNKNOWN"
)


@pytest.mark.parametrize(
    ("entity_type", "value", "safe"),
    [
        ("RESIDENT_ID", "34030219780615042X", "34**************2X"),
        ("RESIDENT_ID", "340302 19780615 042Ｘ", "34**************2X"),
        ("RESIDENT_ID", "340302780615042", "34***********42"),
        ("RESIDENT_ID", "3403", "****"),
        ("MOBILE", "13955261784", "13*******84"),
        ("BANK_CARD", "6228481234567890128", "62***************28"),
        ("PERSON_NAME", "张三", "张**"),
        ("PERSON_NAME", "李 　明", "李**"),
        ("PERSON_NAME", "欧阳文华", "欧**"),
        ("PERSON_NAME", "张", "***"),
        ("EMAIL", "zhang@163.com", "z***@***"),
        ("EMAIL", "z@163.com", "***@***"),
        ("EMAIL", "zhang", "***@***"),
        ("ADDRESS", "怀远县河溜镇前庄村3组12号", "怀远县河溜镇***"),
        ("ADDRESS", "前庄村3组", "***"),
        ("DISABILITY_NO", "34030219780615042X43", "34******************"),
        ("VEHICLE_PLATE", "皖C12345", "皖C*****"),
        ("HEALTH", "尿毒症", "***"),
        ("QQ", "12345", "*****"),
        ("QQ", "1234567890", "12******90"),
        ("RESIDENT_ID", "", "***"),
        ("MASKED_ID", "340302********042X", "34**************2X"),
        ("SECRET_MARK", "机密★长期", "***"),
    ],
)
def test_mask(entity_type: str, value: str, safe: str) -> None:
    assert mask(entity_type, value) == safe


@settings(deadline=None)
@given(st.sampled_from(TYPES.split()), st.text() | st.text("0123456789X张三@.", min_size=1, max_size=24))
def test_the_original_cannot_be_had(entity_type: str, value: str) -> None:
    safe = mask(entity_type, value)
    shown = safe.replace("*", "").replace("@", "")
    compact = squeeze(value)
    assert "***" in safe or safe.endswith("**")
    assert len(shown) <= max(6, len(compact) // 2)
    if entity_type not in ("PERSON_NAME", "EMAIL", "ADDRESS"):
        assert len(shown) <= 4 and (not shown or len(compact) - len(shown) >= 5)


def test_synthetic_people_stay_hidden() -> None:
    for person in Factory(9).people(100):
        for entity_type, value in (("RESIDENT_ID", person.resident_id), ("MOBILE", person.mobile)):
            assert value not in mask(entity_type, value)
        assert mask("PERSON_NAME", person.name) != person.name
