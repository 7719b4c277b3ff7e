"""The profile names functions that exist, and charges each stage only with its own time."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import corpus, profile_matcher
from benchmarks.profile_matcher import STAGES, Clock
from benchmarks.row_groups import WARM


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_names_functions_of_the_matcher(stage: str) -> None:
    assert all(callable(getattr(owner, name)) for owner, name in STAGES[stage])


def test_an_inner_stage_is_not_charged_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 1.0, 4.0, 5.0])
    monkeypatch.setattr(profile_matcher.time, "thread_time", lambda: next(ticks))
    clock = Clock()
    with clock.charge("outer"), clock.charge("inner"):
        pass
    assert dict(clock.seconds) == {"inner": 3.0, "outer": 2.0}


def test_stages_add_up_over_a_small_corpus(tmp_path: Path) -> None:
    corpus.write(tmp_path, 120, seed=3)
    corpus.write(tmp_path / WARM, 60, seed=4)
    clock, size, hits, _ = profile_matcher.profile(tmp_path)
    assert size > 100_000
    assert hits > 0
    assert {"Parquet decode", "runs of digits", "candidates, in one piece", "reading: tables, rows"} <= set(clock.calls)
    why = profile_matcher.closely_read(tmp_path)
    assert sum(count for (_, leaks), count in why.items() if leaks) >= 1
