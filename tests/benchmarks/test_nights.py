"""A few nights of the city that ``benchmarks.nights`` lives through; the state of every case is the truth."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks import nights, nights_city


def test_every_case_is_what_it_must_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city, root = nights.make(tmp_path / "nights", 8, 30)
    monkeypatch.setattr(nights_city, "RULES_CHANGE", 3)
    tally = nights.live(city, root, 4, {3}, random.Random(8))
    assert tally.wrong == []
    assert sum(tally.states.values()) > 5 and city.day - nights_city.FIRST_DAY == timedelta(days=4)


def test_a_state_that_is_not_the_truth_is_found(tmp_path: Path) -> None:
    city, root = nights.make(tmp_path / "nights", 3, 15)
    assert not nights.live(city, root, 1, set(), random.Random(3)).wrong
    case = next(case for site in city.sites for case in site.cases.values())
    case.state = "closed"
    assert [line.endswith("must be closed") for line in nights.differences(city, root)] == [True]
    case.state, case.name = "to_review", "elsewhere.html"
    assert len(nights.differences(city, root)) == 2
