from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import (
    disability_no,
    email,
    instant_messenger,
    landline,
    military_id,
    passport,
    permanent_residence,
    social_security,
    student_no,
    tax_no,
    travel_permit,
    vehicle,
)
from patterns.base import Pattern
from patterns.characters import fold

FINDERS = (
    disability_no, email, instant_messenger, landline, military_id, passport, permanent_residence, social_security,
    student_no, tax_no, travel_permit, vehicle,
)  # fmt: skip
ROWS = [(module, pattern) for module in FINDERS for pattern in module.PATTERNS]


@pytest.mark.parametrize(("module", "pattern"), ROWS, ids=lambda value: getattr(value, "rule_id", ""))
def test_examples_of_the_modules_that_find(module: ModuleType, pattern: Pattern) -> None:
    for example in pattern.finds:
        text = fold(example)
        start, end = text.index("⟦"), text.index("⟧") - 1
        if "18" not in pattern.rule_id:
            assert module.find(text.replace("⟦", "").replace("⟧", "")) == [(start, end)], example
    for text in pattern.ignores:
        assert module.find(fold(text)) == [], text


@settings(deadline=None)
@given(st.text())
def test_finders_answer_spans_of_the_text(text: str) -> None:
    for module in FINDERS:
        for start, end in module.find(text):
            assert 0 <= start < end <= len(text)
