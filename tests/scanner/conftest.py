"""A language that does not depend on the machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scanner import i18n


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.activate("en")
    yield
    i18n.activate("en")
