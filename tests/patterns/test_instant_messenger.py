from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import instant_messenger


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("12345678", ""),
        ("wxid_abc123", ""),
        ("Wang-Li88", ""),
        ("01234", "characters"),
        ("1234", "length"),
        ("wx_ab", "characters"),
        ("微信号码在此", "characters"),
    ],
)
def test_validate(text: str, failed: str) -> None:
    result = instant_messenger.validate(text)
    assert (result.ok, result.failed) == (failed == "", failed)


@settings(deadline=None)
@given(st.text() | st.text("QqVvWwXx微信号群公众：12345abc_@.", max_size=30))
def test_no_text_raises(text: str) -> None:
    instant_messenger.validate(text)
    instant_messenger.find(text)
    instant_messenger.compact(text)
