"""Several reviewers, a merge and a kill -9 at once: what the journals say is what the database says."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from benchmarks import reviewers
from scanner import workspace
from scanner.store.connection import create


@pytest.mark.parametrize("kill", [False, True])
def test_no_decision_is_lost_doubled_or_overwritten(tmp_path: Path, kill: bool) -> None:
    place = workspace.create(tmp_path / "w")
    create(place.database)
    reviewers.merge_once(place, reviewers.write_parts(place, 0, 2000))
    seconds = 26 if kill else 12  # nobody is killed in the last fifteen
    given = argparse.Namespace(seconds=seconds, reviewers=2, hits=2000, kill=kill, seed=3)
    journal, merges, killed = reviewers.run(place, tmp_path, given)
    assert killed >= kill
    assert merges
    assert any("case" in row for row in journal)
    assert reviewers.held_against(place, journal, killed) == []


def test_the_comparison_can_fail(tmp_path: Path) -> None:
    place = workspace.create(tmp_path / "w")
    create(place.database)
    reviewers.merge_once(place, reviewers.write_parts(place, 0, 100))
    lost = [{"case": 1, "actor": "li", "step": "confirm"}]
    assert reviewers.held_against(place, lost, 0) == ["lost: (1, 'li', 'confirm')"]
