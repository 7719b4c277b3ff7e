"""Fingerprints are plain HMAC-SHA256, whatever is prepared for them."""

import hmac

from hypothesis import given
from hypothesis import strategies as st

from patterns import keyed


@given(key=st.binary(min_size=1, max_size=200), value=st.text(), purpose=st.binary(max_size=10))
def test_as_the_standard_library_says(key: bytes, value: str, purpose: bytes) -> None:
    message = purpose + value.encode("utf-8", "surrogatepass")
    assert keyed.digest(key, value, purpose) == hmac.digest(key, message, "sha256")
    assert keyed.digest(key, value, purpose) == keyed.digest(key, value, purpose)


def test_a_lone_surrogate_has_one_too() -> None:
    assert len(keyed.digest(b"key", "\ud800")) == 32
