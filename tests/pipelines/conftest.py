"""Whether the extra ``[ocr]`` is installed makes no difference to the tests: they bring their own engine."""

from __future__ import annotations

import pytest

from pipelines.extractors import ocr


@pytest.fixture(autouse=True)
def _no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
