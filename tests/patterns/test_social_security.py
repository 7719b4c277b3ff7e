from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import social_security


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("11010519491231002X", ""),
        ("110105491231002", ""),
        ("A12345678", ""),
        ("123456789", ""),
        ("110105194912310021", "checksum"),
        ("A123", "length"),
        ("AB1234567", "characters"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = social_security.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


@settings(deadline=None)
@given(st.text() | st.text("A1101949X0 社保卡号", max_size=30))
def test_no_text_raises(text: str) -> None:
    social_security.validate(text)
    social_security.find(text)
