"""Every place that nobody looks into is read, and said to be hidden."""

from __future__ import annotations

import pytest

from benchmarks import hidden_office
from benchmarks.hidden import measured, measured_office


def test_every_place_is_read() -> None:
    assert [row for row in measured() if not row.good] == []


@pytest.mark.skipif(not hidden_office.available(), reason="LibreOffice is not installed")
def test_every_place_that_an_office_suite_writes_is_read() -> None:
    rows = list(measured_office())
    assert len(rows) > 40
    assert [row for row in rows if not row.good] == []
